/* problem_like_web.c — 是不是这一件: what is like a report is shown with text and a large picture,
 * by script while somebody is still choosing (POST /report/like), else in a step of its own after
 * the report has come and before it is a matter of its own.  Nothing is lost on the way: the step's
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
        .n_days = day_of(cx->now) - day_of(s.reported_at),
        .same_place = l->same_place,
        .same_words = l->same_words};
    return OK;
}

static bool among(int64_t id, const int64_t *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] == id)
            return true;
    return false;
}

/* What is like it in the eyes of residents; what the rules will refuse is like nothing, they say it
 * with their own words. */
static Err likes_shown(Cx *cx, const Req *req, const struct problem_new *in, struct step_view *to)
{
    struct like likes[LIKES_MAX];
    struct place p = {0};
    struct category c;
    size_t n, n_seen;
    const int64_t *seen;
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
    /* "seen": shown beside the form already, and they were not it */
    seen = form_i64s(cx, req, "seen", &n_seen);
    for (size_t i = 0; i < n; i++)
        if (!screen_is_hidden(cx, likes[i].id) && !among(likes[i].id, seen, n_seen))
            TRY(step_like(cx, &likes[i], &at[to->likes.n++]));
    return OK;
}

Err likes_asked(Cx *cx, const Req *req, const struct problem_new *in, struct step_view *to)
{
    if (form_has(req, "alone") || in->same_as || problem_report_came(cx, in->key))
        return OK;
    return likes_shown(cx, req, in, to);
}

/* The words may say who somebody is, so they come in a form and stand in no address; nothing is
 * written. */
Err like_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in;
    struct step_view v = {0};
    town_of_form(cx, form_i64(req, "unit"), form_i64(req, "town"));
    report_typed(cx, req, &in);
    if (report_position(cx, req, &in) != OK)
        memset(&cx->why, 0, sizeof cx->why); /* said when it is sent */
    TRY(likes_shown(cx, req, &in, &v));
    v.shell = shell_of(cx, req, "report");
    page_like(resp_page(cx, req, resp), &v);
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
