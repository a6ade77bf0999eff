/* request.c — what handlers ask of a request. */
#include "web/request.h"

#include "base/utf8.h"

static const Str *find(const struct pairs *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i].name, str(name)))
            return &p->at[i].value;
    return NULL;
}

static Str text(const struct pairs *p, const char *name)
{
    const Str *s = find(p, name);
    return s ? str_trim(*s) : (Str){0};
}

/* ASCII digits with a sign; what does not fit is 0, as what is no number. */
static int64_t number(Str s)
{
    bool minus = s.len && *s.at == '-';
    int64_t n = 0;

    if (minus)
        s = (Str){s.at + 1, s.len - 1};
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9' || __builtin_mul_overflow(n, 10, &n)
            || __builtin_add_overflow(n, s.at[i] - '0', &n))
            return 0;
    return minus ? -n : n;
}

Str form_text(const Req *r, const char *name)
{
    return text(&r->form, name);
}
Str query_text(const Req *r, const char *name)
{
    return text(&r->query, name);
}
Str path_text(const Req *r, const char *name)
{
    return text(&r->path_args, name);
}
Str cookie_text(const Req *r, const char *name)
{
    return text(&r->cookies, name);
}
int64_t form_i64(const Req *r, const char *name)
{
    return number(form_text(r, name));
}
int64_t *form_i64s(Cx *cx, const Req *r, const char *name, size_t *n)
{
    int64_t *at = NEW_ARRAY(&cx->mem, r->form.n + 1, int64_t);
    *n = 0;
    for (size_t i = 0; i < r->form.n; i++)
        if (str_eq(r->form.at[i].name, str(name)))
            at[(*n)++] = number(str_trim(r->form.at[i].value));
    return at;
}
int64_t query_i64(const Req *r, const char *name)
{
    return number(query_text(r, name));
}
int64_t path_i64(const Req *r, const char *name)
{
    return number(path_text(r, name));
}
bool form_has(const Req *r, const char *name)
{
    return find(&r->form, name) != NULL;
}

const struct upload *form_upload(const Req *r, const char *field, size_t idx)
{
    for (size_t i = 0; i < r->n_uploads; i++)
        if (str_eq(r->uploads[i].field, str(field)) && idx-- == 0)
            return &r->uploads[i];
    return NULL;
}
