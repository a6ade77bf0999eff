/* observe_web.c — /observe: rounds and demonstration villages; /observe/ID: route, ranking, photos
 * side by side, findings. */
#include "rooms/observe/observe_view.h"

#include "gen/tmpl.h"
#include "rooms/attachment/attachment.h"
#include "rooms/observe/demo_site.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/town/town_form_web.h"

#include <inttypes.h>

enum { SITES_SHOWN = 200, PICTURES_SHOWN = 6 };

Str observe_points(Cx *cx, int64_t n)
{
    return n < 0 ? (Str){0}
                 : str(arena_printf(&cx->mem, "%" PRId64 ".%02" PRId64, n / 100, n % 100));
}

Text observe_state_label(Str state)
{
    return str_eq(state, S("planned"))   ? TC("observe", "待开始")
           : str_eq(state, S("running")) ? TC("observe", "进行中")
           : str_eq(state, S("voided"))  ? TC("observe", "已作废")
                                         : TC("observe", "已结束");
}

static bool is_office(const Cx *cx)
{
    return (cx->me.posts & OFFICE_POSTS) != 0;
}

Err observe_pictures_of(Cx *cx, int64_t object, struct observe_pictures *to)
{
    struct attachments a;
    TRY(attachment_of(cx, object, &a));
    struct observe_picture *at = NEW_ARRAY(&cx->mem, a.n + 1, struct observe_picture);
    size_t n = a.n < PICTURES_SHOWN ? a.n : PICTURES_SHOWN;
    for (size_t i = 0; i < n; i++) /* the newest */
        at[i].id = a.at[a.n - n + i].id;
    *to = (struct observe_pictures){at, n};
    return OK;
}

/* ---- the list */
static Err sites_of(Cx *cx, struct site_lines *to)
{
    struct sql_demo_site_all_rows r;
    Str today = town_today(cx);
    TRY(sql_demo_site_all(cx, &(struct sql_demo_site_all){.limit = SITES_SHOWN}, &r));
    struct site_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct site_line);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct site_line){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .name = town_unit_name(cx, r.at[i].unit),
            .standard = r.at[i].standard,
            .named_by = r.at[i].named_by,
            .basis = r.at[i].basis.set ? r.at[i].basis.v : (Str){0},
            .from_on = r.at[i].from_on,
            .to_on = r.at[i].to_on.set ? r.at[i].to_on.v : (Str){0},
            .word = demo_site_word(r.at[i].basis),
            .over = r.at[i].to_on.set && memcmp(r.at[i].to_on.v.at, today.at, 10) < 0};
    *to = (struct site_lines){at, r.n};
    return OK;
}

static Err observe_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct observe_list_view v = {.office = is_office(cx)};
    struct observe_rounds r;
    TRY(observe_rounds(cx, &r));
    struct round_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct round_line);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct round_line){.id = r.at[i].id,
            .name = r.at[i].name,
            .held_on = r.at[i].held_on,
            .state = r.at[i].state,
            .label = observe_state_label(r.at[i].state)};
    v.rounds = (struct round_lines){at, r.n};
    TRY(sites_of(cx, &v.sites));
    v.shell = shell_of(cx, req, "observe");
    page_observe_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one round */
struct last {
    bool there;
    struct observe_plan p;
    struct observe_standing s;
};

static Err last_of(Cx *cx, const struct observe_round *r, struct last *to)
{
    int64_t id;
    *to = (struct last){0};
    Err e = observe_before(cx, r, &id);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    to->there = true;
    TRY(observe_plan_get(cx, id, &to->p));
    return observe_stand(cx, &to->p, &to->s);
}

static const struct observe_village *village_in(const struct last *l, int64_t unit)
{
    for (size_t i = 0; l->there && i < l->s.villages.n; i++)
        if (l->s.villages.at[i].unit == unit)
            return &l->s.villages.at[i];
    return NULL;
}

/* Rounds with other items have other full marks: only like is compared with like. */
static void compare(Cx *cx, const struct observe_village *now, const struct last *l, bool alike,
    struct village_line *to)
{
    const struct observe_village *was = village_in(l, now->unit);
    if (!was || was->score < 0)
        return;
    to->last = observe_points(cx, was->score);
    if (!alike || now->score < 0)
        return;
    int64_t d = now->score - was->score;
    to->up = d > 0, to->down = d < 0;
    Str s = observe_points(cx, d < 0 ? -d : d);
    to->change = str(arena_printf(&cx->mem, "%s%.*s",
        d > 0   ? "+"
        : d < 0 ? "−"
                : "±",
        (int)s.len, s.at));
}

static Err village_of(Cx *cx, const struct observe_plan *p, const struct observe_village *w,
    const struct last *l, bool observer, struct village_line *to)
{
    const struct observe_village *was = village_in(l, w->unit);
    int64_t points[ITEMS_MAX];
    *to = (struct village_line){.unit = w->unit,
        .rank = w->rank,
        .n_sheets = w->n_sheets,
        .name = town_unit_name(cx, w->unit),
        .score = observe_points(cx, w->score)};
    compare(cx, w, l, l->there && l->p.items.n == p->items.n, to);
    TRY(observe_pictures_of(cx, w->stop, &to->now));
    if (was)
        TRY(observe_pictures_of(cx, was->stop, &to->before));
    if (!observer)
        return OK;
    TRY(observe_is_own(cx, w->unit, cx->me.person, &to->own));
    TRY(observe_sheet_get(cx, p->r.id, w->unit, cx->me.person, points));
    to->done = points[0] >= 0;
    to->may_judge = !to->own && str_eq(p->r.state, S("running"));
    return OK;
}

static Err villages_of(Cx *cx, const struct observe_plan *p, const struct observe_standing *s,
    const struct last *l, struct observe_round_view *v, const Req *req)
{
    struct village_line *at = NEW_ARRAY(&cx->mem, s->villages.n + 1, struct village_line);
    int64_t a = query_i64(req, "a"), b = query_i64(req, "b");
    if (!a && !b && s->villages.n > 1) /* to begin with, the first two */
        a = s->villages.at[0].unit, b = s->villages.at[1].unit;
    for (size_t i = 0; i < s->villages.n; i++) {
        TRY(village_of(cx, p, &s->villages.at[i], l, v->observer, &at[i]));
        at[i].no = (int64_t)i + 1;
        v->n_photos += (int64_t)(at[i].now.n + at[i].before.n);
        if (at[i].unit == a)
            v->a = at[i];
        if (at[i].unit == b)
            v->b = at[i];
    }
    v->villages = (struct village_lines){at, s->villages.n};
    return OK;
}

static void observers_of(Cx *cx, const struct observe_standing *s, struct observe_round_view *v)
{
    struct observer_line *at = NEW_ARRAY(&cx->mem, s->observers.n + 1, struct observer_line);
    for (size_t i = 0; i < s->observers.n; i++) {
        const struct observe_missing *m = &s->observers.at[i];
        at[i] = (struct observer_line){.person = m->person,
            .n_due = m->n_due,
            .n_done = m->n_done,
            .name = people_name(cx, m->person),
            .excuse = m->excuse,
            .late = m->n_done < m->n_due};
    }
    v->observers = (struct observer_lines){at, s->observers.n};
    v->n_missing = s->n_missing;
}

static Err findings_of(Cx *cx, struct observe_round_view *v)
{
    struct observe_findings f;
    TRY(observe_findings(cx, v->r.id, &f));
    struct finding_line *at = NEW_ARRAY(&cx->mem, f.n + 1, struct finding_line);
    for (size_t i = 0; i < f.n; i++) {
        at[i] = (struct finding_line){.id = f.at[i].id,
            .problem = f.at[i].problem,
            .at = f.at[i].at,
            .village = town_unit_name(cx, f.at[i].unit),
            .place = f.at[i].place,
            .said = f.at[i].said,
            .by = people_name(cx, f.at[i].observer),
            .may_report = !f.at[i].problem && (v->office || f.at[i].observer == cx->me.person)};
        TRY(observe_pictures_of(cx, f.at[i].id, &at[i].photos));
    }
    v->findings = (struct finding_lines){at, f.n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str say, int status)
{
    int64_t id = path_i64(req, "id");
    struct observe_plan p;
    struct observe_standing s;
    struct last l;
    TRY(observe_plan_get(cx, id, &p));
    TRY(observe_stand(cx, &p, &s));
    TRY(last_of(cx, &p.r, &l));
    struct observe_round_view v = {.r = p.r,
        .label = observe_state_label(p.r.state),
        .items = p.items,
        .full = (int64_t)p.items.n * POINTS_MAX,
        .before_id = l.there ? l.p.r.id : 0,
        .before = l.there ? l.p.r.name : (Str){0},
        .sent = query_i64(req, "sent"),
        .office = is_office(cx),
        .running = str_eq(p.r.state, S("running")),
        .planned = str_eq(p.r.state, S("planned")),
        .say = say};
    for (size_t i = 0; i < p.observers.n; i++)
        v.observer |= p.observers.at[i].person == cx->me.person;
    TRY(villages_of(cx, &p, &s, &l, &v, req));
    observers_of(cx, &s, &v);
    v.voiding = void_view_of(cx, false, id,
        &(struct void_standing){p.r.name, p.r.void_reason, p.r.void_by, p.r.voided_by}, p.r.paper);
    TRY(findings_of(cx, &v));
    v.shell = shell_of(cx, req, "observe");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_observe_round(out, &v);
    return OK;
}

static Err observe_round_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

/* Done: back to the round; refused for a reason: the round, with the reason. */
static Err after(Cx *cx, const Req *req, Resp *resp, Err e)
{
    return verb_answer(cx, req, resp, e, show, "/observe/", "");
}

static Err observe_start_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, observe_start(cx, path_i64(req, "id")));
}

static Err observe_close_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, observe_close(cx, path_i64(req, "id")));
}

static Err observe_excuse_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp,
        observe_excuse(cx, path_i64(req, "id"), form_i64(req, "person"), form_text(req, "reason")));
}

static Err observe_void_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, observe_void_ask(cx, path_i64(req, "id"), form_text(req, "why")));
}

static Err observe_void_decide_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(
        cx, req, resp, observe_void_decide(cx, path_i64(req, "id"), form_has(req, "grant")));
}

static Err observe_report_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t problem;
    return after(cx, req, resp, observe_find_report(cx, form_i64(req, "finding"), &problem));
}

/* clang-format off */
const struct route observe_routes[] = {
    {GET, "/observe", .who = STAFF_POSTS, .run = observe_list_get, .on = ON_READ},
    {GET, "/observe/new", .who = OFFICE_POSTS, .run = observe_form_new_get, .on = ON_READ},
    {POST, "/observe/new", .who = OFFICE_POSTS, .run = observe_form_new_post, .on = ON_WAIT},
    {GET, "/observe/{id}", .who = STAFF_POSTS, .run = observe_round_page_get, .on = ON_READ},
    {GET, "/observe/{id}/edit", .who = OFFICE_POSTS, .run = observe_form_edit_get, .on = ON_READ},
    {POST, "/observe/{id}/edit", .who = OFFICE_POSTS, .run = observe_form_edit_post, .on = ON_WAIT},
    {POST, "/observe/{id}/start", .who = OFFICE_POSTS, .run = observe_start_post, .on = ON_WAIT},
    {POST, "/observe/{id}/close", .who = OFFICE_POSTS, .run = observe_close_post, .on = ON_WAIT},
    {POST, "/observe/{id}/excuse", .who = OFFICE_POSTS, .run = observe_excuse_post, .on = ON_WAIT},
    {POST, "/observe/{id}/void", .who = OFFICE_POSTS, .run = observe_void_post, .on = ON_WAIT},
    {POST, "/observe/{id}/decide", .who = OFFICE_POSTS | HAS(POST_COMMANDER), .run = observe_void_decide_post, .on = ON_WAIT},
    {GET, "/observe/{id}/sheet", .who = STAFF_POSTS, .run = observe_sheet_page_get, .on = ON_READ},
    {POST, "/observe/{id}/sheet", .who = STAFF_POSTS, .run = observe_sheet_page_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {POST, "/observe/{id}/finding", .who = STAFF_POSTS, .run = observe_finding_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {POST, "/observe/{id}/report", .who = STAFF_POSTS, .run = observe_report_post, .on = ON_WAIT},
    {0}};

const struct menu_item observe_menu[] = {
    {"/observe", "observe", TC("menu", "观摩"), .who = STAFF_POSTS, .icon = "i-walk"},
    {0}};
/* clang-format on */
