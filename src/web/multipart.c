/* multipart.c — a reader that never looks back. */
#include "web/multipart.h"

#include <strings.h>

static bool begins(Str s, const char *with)
{
    size_t n = strlen(with);
    return s.len >= n && strncasecmp(s.at, with, n) == 0;
}

static Str skip_space(Str s)
{
    while (s.len && (*s.at == ' ' || *s.at == '\t'))
        s.at++, s.len--;
    return s;
}

/* One of "; name=value" or "; name=\"value\""; false at the end and at nonsense (then left.len). */
static bool parameter(Str *left, Str *name, Str *value)
{
    Str s = skip_space(*left);
    if (!s.len || *s.at != ';')
        return false;
    s = skip_space((Str){s.at + 1, s.len - 1});
    const char *equals = s.len ? memchr(s.at, '=', s.len) : NULL;
    if (!equals)
        return false;
    *name = (Str){s.at, (size_t)(equals - s.at)};
    s = (Str){equals + 1, s.len - name->len - 1};
    if (s.len && *s.at == '"') {
        const char *close = memchr(s.at + 1, '"', s.len - 1);
        if (!close)
            return false;
        *value = (Str){s.at + 1, (size_t)(close - s.at) - 1};
        *left = (Str){close + 1, s.len - value->len - 2};
        return true;
    }
    size_t n = 0;
    while (n < s.len && s.at[n] != ';' && s.at[n] != ' ' && s.at[n] != '\t')
        n++;
    *value = (Str){s.at, n};
    *left = (Str){s.at + n, s.len - n};
    return true;
}

static bool boundary_sound(Str b)
{
    if (!b.len || b.len > 70)
        return false;
    for (size_t i = 0; i < b.len; i++) {
        char c = b.at[i];
        bool fine = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')
                    || (c && strchr("'()+_,-./:=? ", c));
        if (!fine)
            return false;
    }
    return b.at[b.len - 1] != ' ';
}

int multipart_open(struct multipart *m, Str type)
{
    Str name, value, boundary = {0};
    if (!begins(type, "multipart/form-data"))
        return 400;
    Str left = {type.at + 19, type.len - 19};
    while (parameter(&left, &name, &value))
        if (name.len == 8 && begins(name, "boundary")) {
            if (boundary.len)
                return 400;
            boundary = value;
        }
    if (skip_space(left).len || !boundary_sound(boundary))
        return 400;

    memcpy(m->mark, "\r\n--", 4);
    memcpy(m->mark + 4, boundary.at, boundary.len);
    m->mark_len = boundary.len + 4;
    m->matched = 2; /* the first mark stands without a line end before it */
    m->at = MP_BEFORE;
    m->head_len = 0;
    m->parts = 0;
    return 0;
}

/* The headers of a part, "Name: value\r\n" each.  Only two mean something. */
static int read_head(struct multipart *m)
{
    struct part part = {0};
    bool named = false;

    for (Str left = {m->head, m->head_len}; left.len;) {
        const char *end = memmem(left.at, left.len, "\r\n", 2);
        Str line = {left.at, end ? (size_t)(end - left.at) : left.len};
        left = end ? (Str){end + 2, left.len - line.len - 2} : (Str){0};
        if (!line.len)
            continue;
        if (*line.at == ' ' || *line.at == '\t' || memchr(line.at, 0, line.len))
            return 400;
        if (begins(line, "content-type:"))
            part.type = skip_space((Str){line.at + 13, line.len - 13});
        if (!begins(line, "content-disposition:"))
            continue;
        Str rest = skip_space((Str){line.at + 20, line.len - 20}), name, value;
        if (named || !begins(rest, "form-data"))
            return 400;
        rest = (Str){rest.at + 9, rest.len - 9};
        while (parameter(&rest, &name, &value)) {
            if (name.len == 4 && begins(name, "name"))
                part.name = value, named = true;
            if (name.len == 8 && begins(name, "filename"))
                part.filename = value, part.is_file = true;
        }
        if (skip_space(rest).len)
            return 400;
    }
    if (!named || !part.name.len)
        return 400;
    if (++m->parts > PARTS_MAX)
        return 413;
    return m->begin(m->who, &part);
}

/* Data until the next mark.  In the mark '\r' stands only in front, so what did not match is data
 * and no shorter match can hide in it. */
static int feed_data(struct multipart *m, const char **at, size_t *len, bool keep)
{
    const char *p = *at, *end = p + *len;
    int status = 0;

    while (p < end && status == 0) {
        if (m->matched == 0) {
            const char *cr = memchr(p, '\r', (size_t)(end - p));
            size_t plain = cr ? (size_t)(cr - p) : (size_t)(end - p);
            if (plain && keep)
                status = m->data(m->who, p, plain);
            p += plain;
            if (p < end)
                m->matched = 1, p++;
        } else if (*p == m->mark[m->matched]) {
            p++;
            if (++m->matched == m->mark_len) {
                m->matched = 0;
                m->at = MP_MARK;
                m->head_len = 0;
                if (keep && status == 0)
                    status = m->end(m->who);
                break;
            }
        } else {
            if (keep)
                status = m->data(m->who, m->mark, m->matched);
            m->matched = 0;
        }
    }
    *len -= (size_t)(p - *at);
    *at = p;
    return status;
}

/* Behind a mark: "\r\n" and a part, or "--" and the end. */
static int feed_mark(struct multipart *m, char c)
{
    m->head[m->head_len++] = c;
    if (m->head_len < 2)
        return c == '\r' || c == '-' ? 0 : 400;
    if (!memcmp(m->head, "--", 2))
        m->at = MP_OVER;
    else if (!memcmp(m->head, "\r\n", 2))
        m->at = MP_HEAD;
    else
        return 400;
    m->head_len = 0;
    return 0;
}

static int feed_head(struct multipart *m, char c)
{
    if (m->head_len == sizeof m->head)
        return 400;
    m->head[m->head_len++] = c;
    if (m->head_len < 4 || memcmp(m->head + m->head_len - 4, "\r\n\r\n", 4) != 0)
        return m->head_len == 2 && !memcmp(m->head, "\r\n", 2) ? 400 : 0;
    m->at = MP_DATA;
    m->matched = 0;
    return read_head(m);
}

int multipart_feed(struct multipart *m, const char *at, size_t len)
{
    int status = 0;
    while (len && status == 0) {
        switch (m->at) {
        case MP_BEFORE: status = feed_data(m, &at, &len, false); continue;
        case MP_DATA: status = feed_data(m, &at, &len, true); continue;
        case MP_MARK: status = feed_mark(m, *at); break;
        case MP_HEAD: status = feed_head(m, *at); break;
        case MP_OVER: return 0; /* what stands behind the end is nobody's */
        case MP_BROKEN: return 400;
        }
        at++, len--;
    }
    if (status)
        m->at = MP_BROKEN;
    return status;
}

int multipart_close(const struct multipart *m)
{
    return m->at == MP_OVER ? 0 : 400;
}
