/* problem_form.c — what the forms of 问题台账 carry: fields of verbs, pictures, choices. */
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

bool is_hash(Str s)
{
    if (s.len != 64)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789abcdef", s.at[i]))
            return false;
    return true;
}

static bool has_photo(const struct problem_photos *p, Str hash)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i], hash))
            return true;
    return false;
}

Err form_photos(
    Cx *cx, const Req *req, const char *field, const char *kept, struct problem_photos *out)
{
    Str *at = NEW_ARRAY(&cx->mem, PHOTOS_MAX, Str);
    struct problem_photos p = {.at = at};
    const struct upload *up;
    size_t n = 0; /* also of the same picture twice, which is kept once */

    for (size_t i = 0; i < req->form.n && n < PHOTOS_MAX; i++)
        if (str_eq(req->form.at[i].name, str(kept)) && is_hash(req->form.at[i].value)) {
            n++;
            if (!has_photo(&p, req->form.at[i].value))
                at[p.n++] = req->form.at[i].value;
        }
    for (size_t i = 0; (up = form_upload(req, field, i)); i++) {
        Str hash;
        if (up->size == 0)
            continue; /* a browser sends an empty file where none was chosen */
        if (n++ == PHOTOS_MAX) {
            *out = p;
            return fail(cx, ERR_INVALID, "photo", T("最多 6 张照片"));
        }
        Err e = photo_take(cx, up->fd, up->size, &hash);
        if (e != OK) {
            *out = p; /* those before it are kept for the next try */
            return e;
        }
        if (!has_photo(&p, hash))
            at[p.n++] = hash;
    }
    *out = p;
    return OK;
}

struct kept_photos kept_of(Cx *cx, struct problem_photos photos)
{
    struct kept_photo *at = NEW_ARRAY(&cx->mem, photos.n + 1, struct kept_photo);
    for (size_t i = 0; i < photos.n; i++)
        at[i].value = photos.at[i];
    return (struct kept_photos){at, photos.n};
}

static OptStr opt_text(const Req *req, const char *name)
{
    Str s = form_text(req, name);
    return s.len ? some_str(s) : (OptStr){0};
}

/* A number of digits only: absent if it is empty; -1 where it is none, which no rule takes. */
static OptI64 opt_i64(const Req *req, const char *name)
{
    Str s = form_text(req, name);
    int64_t n = form_i64(req, name);
    if (!s.len)
        return (OptI64){0};
    return some_i64(n || str_eq(s, S("0")) ? n : -1);
}

/* "2026-06-23T17:30" of the town's time. */
static Err opt_time(Cx *cx, const Req *req, const char *name, OptI64 *out)
{
    Str s = form_text(req, name);
    int64_t number;

    *out = (OptI64){0};
    if (!s.len)
        return OK;
    if (s.len < 16 || (s.at[10] != 'T' && s.at[10] != ' ') || s.at[13] != ':'
        || !day_parse((Str){s.at, 10}, &number))
        return fail(cx, ERR_INVALID, name, T("时间写成 2026-06-23 17:30"));
    int h = (s.at[11] - '0') * 10 + s.at[12] - '0', m = (s.at[14] - '0') * 10 + s.at[15] - '0';
    if (h < 0 || h > 23 || m < 0 || m > 59)
        return fail(cx, ERR_INVALID, name, T("时间写成 2026-06-23 17:30"));
    *out = some_i64(day_start(number) + (int64_t)(h * 60 + m) * 60000);
    return OK;
}

static OptStr joined(Cx *cx, const struct problem_photos *p)
{
    if (!p->n)
        return (OptStr){0};
    char *at = arena_alloc(&cx->mem, p->n * 65);
    size_t len = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (i)
            at[len++] = ',';
        memcpy(at + len, p->at[i].at, p->at[i].len);
        len += p->at[i].len;
    }
    return some_str((Str){at, len});
}

Err form_fields(Cx *cx, const Req *req, struct problem_fields *out)
{
    struct problem_photos photos;
    struct problem_fields f = {
        .text = opt_text(req, "text"),
        .reason = opt_text(req, "reason"),
        .handler = opt_i64(req, "handler"),
        .unit = opt_i64(req, "unit"),
        .place = opt_i64(req, "place"),
        .category = opt_text(req, "category"),
        .severity = opt_i64(req, "severity"),
        .master = opt_i64(req, "master"),
        .body = opt_text(req, "body"),
        .paper_no = opt_text(req, "paper_no"),
        .review_on = opt_text(req, "review_on"),
        .plan = opt_text(req, "plan"),
        .answer = opt_text(req, "answer"),
        .evaluation = opt_text(req, "evaluation"),
        .version = opt_i64(req, "version"),
        .key = opt_text(req, "key"),
    };

    /* A ready word is one tap; what was written by hand says more. */
    if (!f.text.set)
        f.text = opt_text(req, "phrase");
    TRY(opt_time(cx, req, "until", &f.until));
    TRY(form_photos(cx, req, "photo", "photo_hash", &photos));
    f.photo = joined(cx, &photos);
    *out = f;
    return OK;
}

struct picks picks_of(Cx *cx, const struct choice_row *rows, size_t n, Str chosen)
{
    struct pick *at = NEW_ARRAY(&cx->mem, n + 1, struct pick);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct pick){.value = str(rows[i].value),
            .label = say(cx, rows[i].label),
            .chosen = str_eq(chosen, str(rows[i].value))};
    return (struct picks){at, n};
}

struct picks village_picks(Cx *cx, Str chosen, Text all)
{
    struct units units = {0};
    size_t n = 0;

    if (town_villages(cx, &units) != OK)
        units.n = 0;
    struct pick *at = NEW_ARRAY(&cx->mem, units.n + 1, struct pick);
    if (all.zh)
        at[n++] = (struct pick){.label = say(cx, all), .chosen = !chosen.len};
    for (size_t i = 0; i < units.n; i++) {
        Str code = str(arena_printf(&cx->mem, "%lld", (long long)units.at[i].code));
        at[n++] =
            (struct pick){.value = code, .label = units.at[i].name, .chosen = str_eq(code, chosen)};
    }
    return (struct picks){at, n};
}

struct problem_events newest_first(Cx *cx, const struct problem_events *events)
{
    struct problem_event *at = NEW_ARRAY(&cx->mem, events->n + 1, struct problem_event);
    for (size_t i = 0; i < events->n; i++)
        at[i] = events->at[events->n - 1 - i];
    return (struct problem_events){at, events->n};
}
