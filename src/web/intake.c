/* intake.c — a body on its way in: texts into the request's memory, files into unnamed files.
 *
 * An unnamed file (O_TMPFILE) is gone when its descriptor closes, whatever ends the process
 * (security.md UPL-6). */
#include "web/query.h"
#include "web/web.h"

#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <unistd.h>

static Str kept(struct exchange *x, Str s)
{
    return (Str){arena_copy(&x->cx.mem, s.at, s.len), s.len};
}

static int gather(struct exchange *x, const char *at, size_t len)
{
    struct intake *in = &x->in;
    if (len > TEXT_MAX - in->text)
        return 413;
    in->text += len;
    if (in->cap - in->len < len) {
        size_t cap = in->cap ? in->cap : 256;
        while (cap - in->len < len)
            cap *= 2;
        char *bigger = arena_raw(&x->cx.mem, cap);
        if (in->len)
            memcpy(bigger, in->at, in->len);
        in->at = bigger;
        in->cap = cap;
    }
    memcpy(in->at + in->len, at, len);
    in->len += len;
    return 0;
}

static int spool(struct exchange *x, const char *at, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(x->in.fd, at + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            (void)fail_log(&x->cx, ERR_BUSY, "upload: write: %m");
            return 503;
        }
        done += (size_t)n;
    }
    return 0;
}

static int part_begin(void *who, const struct part *p)
{
    struct exchange *x = who;
    struct intake *in = &x->in;

    if (!text_sound(p->name) || !text_sound(p->filename) || !text_sound(p->type))
        return 400;
    in->part = (struct part){kept(x, p->name), kept(x, p->filename), kept(x, p->type), p->is_file};
    in->at = NULL;
    in->len = in->cap = 0;
    in->in_file = p->is_file;
    if (!p->is_file)
        return in->n_fields == FIELDS_MAX ? 413 : 0;
    if (in->n_files == FILES_MAX)
        return 413;
    if (in->drop)
        return 0;
    in->fd = openat(web->tmp_dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (in->fd < 0) {
        (void)fail_log(&x->cx, ERR_BUSY, "upload: open: %m");
        return 503;
    }
    in->files[in->n_files++] = (struct upload){
        .field = in->part.name, .filename = in->part.filename, .type = in->part.type, .fd = in->fd};
    return 0;
}

static int part_data(void *who, const char *at, size_t len)
{
    struct exchange *x = who;
    struct intake *in = &x->in;

    if (!in->in_file)
        return gather(x, at, len);
    if (in->drop)
        return 0;
    struct upload *u = &in->files[in->n_files - 1];
    u->size += (int64_t)len;
    return (size_t)u->size > in->file_most ? 413 : spool(x, at, len);
}

static int part_end(void *who)
{
    struct exchange *x = who;
    struct intake *in = &x->in;

    if (!in->in_file) {
        Str value = {in->at, in->len};
        if (!text_sound(value))
            return 400;
        in->fields[in->n_fields++] = (struct pair){in->part.name, line_ends(&x->cx.mem, value)};
        return 0;
    }
    if (in->drop)
        return 0;
    struct upload *u = &in->files[in->n_files - 1];
    if (u->size == 0 && u->filename.len == 0) { /* the field was left empty */
        close(u->fd);
        in->n_files--;
    } else if (lseek(u->fd, 0, SEEK_SET) < 0) {
        return 500;
    }
    return 0;
}

static bool type_is(Str type, const char *z)
{
    size_t n = strlen(z);
    return type.len >= n && strncasecmp(type.at, z, n) == 0
           && (type.len == n || type.at[n] == ';' || type.at[n] == ' ');
}

void intake_open(struct exchange *x, Str type)
{
    struct intake *in = &x->in;

    in->most = x->route ? route_most_bytes(x->route) : TEXT_MAX;
    in->file_most = x->route && x->route->limit == SIX_PHOTOS ? (size_t)PHOTO_MAX : in->most;
    in->drop = x->refused != 0;
    if (type_is(type, "application/x-www-form-urlencoded")) {
        in->kind = IN_FORM;
    } else if (type_is(type, "multipart/form-data")) {
        in->kind = IN_PARTS;
        in->parts =
            (struct multipart){.begin = part_begin, .data = part_data, .end = part_end, .who = x};
        in->fields = NEW_ARRAY(&x->cx.mem, FIELDS_MAX, struct pair);
        in->files = NEW_ARRAY(&x->cx.mem, FILES_MAX, struct upload);
        if (multipart_open(&in->parts, type) != 0)
            exchange_refuse(x, 400, 0);
    }
}

int intake_feed(struct exchange *x, const char *at, size_t len)
{
    struct intake *in = &x->in;

    in->got += len;
    if (in->got > in->most)
        return 413;
    switch (in->kind) {
    case IN_FORM: return gather(x, at, len);
    case IN_PARTS: return multipart_feed(&in->parts, at, len);
    case IN_NOTHING: break;
    }
    return 415;
}

int intake_close(struct exchange *x)
{
    struct intake *in = &x->in;
    int status = 0;

    if (in->kind == IN_FORM) {
        status = query_read(&x->cx.mem, (Str){in->at, in->len}, FIELDS_MAX, &x->req.form);
    } else if (in->kind == IN_PARTS) {
        status = multipart_close(&in->parts);
        x->req.form = (struct pairs){in->fields, in->n_fields};
        x->req.uploads = in->files;
        x->req.n_uploads = in->n_files;
    }
    return status;
}

void intake_free(struct exchange *x)
{
    for (size_t i = 0; i < x->in.n_files; i++)
        close(x->in.files[i].fd);
    x->in.n_files = 0;
}
