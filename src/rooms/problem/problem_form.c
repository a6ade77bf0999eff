/* problem_form.c — what the forms of 问题台账 carry: fields of verbs, pictures, choices. */
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/problem/problem_inner.h"
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

Err form_fields(Cx *cx, const Req *req, struct problem_fields *in)
{
    struct photo_hashes photos;

    *in = (struct problem_fields){.key = opt_text(req, "key")};
    TRY(form_typed(cx, problem_form, req->form, in));
    if (form_has(req, "version"))
        in->version = some_i64(form_i64(req, "version"));
    /* A ready word is one tap; what was written by hand says more. */
    if (!in->text.set)
        in->text = opt_text(req, "phrase");
    TRY(photos_typed(cx, req, "photo", "photo_hash", &photos));
    in->photo = photos_joined(cx, &photos);
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
