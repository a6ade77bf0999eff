/* problem_like_web.c — 是不是这一件: after a report has come and before it is a matter of its own,
 * what is like it is shown with text and a large picture.  Nothing is lost on the way: the step's
 * form carries every field, the pictures that have come and the same submission key. */
#include "gen/tmpl.h"
#include "rooms/category/category.h"
#include "rooms/problem/problem_like.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/problem/problem_screen.h"
#include "rooms/town/town.h"

/* As residents may see one of somebody else: the place by its name, words that were released, a
 * picture that was cleared. */
static Err step_like(Cx *cx, const struct like *l, struct step_like *to)
{
    struct problem_shown s;
    TRY(problem_shown(cx, l->id, &s));
    *to = (struct step_like){.id = l->id,
        .metres = l->metres,
        .at = s.reported_at,
        .title = s.title,
        .where = s.where,
        .body = s.body,
        .photo = s.photo ? photo_pass(cx, s.photo) : (Str){0},
        .state = s.state_label,
        .state_code = s.state_code,
        .n_others = s.n_others,
        .same_place = l->same_place};
    return OK;
}

Err likes_asked(Cx *cx, const Req *req, const struct problem_new *in, struct step_view *to)
{
    struct like likes[LIKES_MAX];
    struct place p;
    struct category c;
    size_t n;
    if (form_has(req, "alone") || in->same_as || problem_report_came(cx, in->key))
        return OK;
    /* What the rules will refuse is refused by them, with their words. */
    if (category_of_tile(cx, in->category.len ? in->category : S("9999"), &c) != OK
        || (in->known_place && town_place(cx, in->known_place, &p) != OK))
        return memset(&cx->why, 0, sizeof cx->why), OK;
    struct like_ask ask = {.category = c.code,
        .unit = in->unit ? in->unit : p.unit,
        .at = cx->now,
        .lat = in->lat,
        .lng = in->lng,
        .place = in->known_place ? some_i64(in->known_place) : (OptI64){0},
        .place_text = in->place,
        .body = in->body,
        .for_resident = true};
    TRY(problem_likes_find(cx, &ask, likes, &n));
    if (n && problem_report_came(cx, in->key))
        return OK; /* sent twice at once: what was found is its own row */
    struct step_like *at = NEW_ARRAY(&cx->mem, n + 1, struct step_like);
    to->likes.at = at;
    for (size_t i = 0; i < n; i++)
        if (!screen_is_hidden(cx, likes[i].id))
            TRY(step_like(cx, &likes[i], &at[to->likes.n++]));
    return OK;
}

static bool is_carried(Str name)
{
    static const char *const own[] = {"csrf", "key", "photo_hash", "same_as", "alone"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(name, str(own[i])))
            return false;
    return true;
}

Err step_show(Cx *cx, const Req *req, Resp *resp, const struct problem_new *in, struct step_view *v)
{
    struct pair *at = NEW_ARRAY(&cx->mem, req->form.n + 1, struct pair);
    for (size_t i = 0; i < req->form.n; i++)
        if (req->form.at[i].value.len && is_carried(req->form.at[i].name))
            at[v->fields.n++] = req->form.at[i];
    v->fields.at = at;
    v->key = in->key;
    v->photos = kept_of(cx, in->before);
    v->shell = shell_of(cx, req, "report");
    Out *out = resp_page(cx, req, resp);
    out->csrf = form_token(cx, req, in->key);
    page_step(out, v);
    return OK;
}
