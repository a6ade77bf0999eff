/* problem_form.c — what the forms of 问题台账 carry: fields of verbs, pictures, choices. */
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

struct kept_photos kept_of(Cx *cx, struct photo_hashes photos)
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

Err form_fields(Cx *cx, const Req *req, struct problem_fields *out)
{
    struct photo_hashes photos;
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
    TRY(photos_typed(cx, req, "photo", "photo_hash", &photos));
    f.photo = photos_joined(cx, &photos);
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
