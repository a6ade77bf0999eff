/* survey_web.c — /survey: rounds with their coverage; /survey/ID: route, coverage by village, what
 * was found; /survey/ID/sheet: the round's sheet on paper, made from its rows. */
#include "rooms/survey/survey_view.h"

#include "gen/tmpl.h"
#include "rooms/attachment/attachment.h"
#include "rooms/category/category.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "rooms/survey/survey_inner.h"
#include "rooms/town/town.h"
#include "rooms/town/town_form_web.h"

#include <inttypes.h>
#include <string.h>

enum { PICTURES_SHOWN = 6, ROUNDS_COUNTED = 20 };

Text survey_state_label(Str state)
{
    return str_eq(state, S("planned"))   ? TC("survey", "待开始")
           : str_eq(state, S("walking")) ? TC("survey", "走访中")
           : str_eq(state, S("voided"))  ? TC("survey", "已作废")
                                         : TC("survey", "已结束");
}

Text survey_label(const struct option *o, Str code)
{
    for (; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return TC("survey", "还没走");
}

static bool is_office(const Cx *cx)
{
    return (cx->me.posts & OFFICE_POSTS) != 0;
}

Err survey_pictures_of(Cx *cx, int64_t stop, struct survey_pictures *to)
{
    struct attachments a;
    TRY(attachment_of(cx, stop, &a));
    size_t n = a.n < PICTURES_SHOWN ? a.n : PICTURES_SHOWN;
    struct survey_picture *at = NEW_ARRAY(&cx->mem, n + 1, struct survey_picture);
    for (size_t i = 0; i < n; i++) /* the newest */
        at[i].id = a.at[a.n - n + i].id;
    *to = (struct survey_pictures){at, n};
    return OK;
}

/* ---- the list */
static Err line_of(Cx *cx, const struct survey_round *r, bool counted, struct survey_line_view *to)
{
    *to = (struct survey_line_view){.id = r->id,
        .name = r->name,
        .from_on = r->from_on,
        .to_on = r->to_on,
        .state = r->state,
        .led_by = people_name(cx, r->led_by),
        .label = survey_state_label(r->state)};
    struct survey_stops s = {0};
    struct survey_coverage c;
    if (counted)
        TRY(survey_stops(cx, r->id, &s));
    TRY(survey_cover(cx, &s, &c));
    to->n_stops = c.n_stops, to->n_visited = c.n_visited, to->n_not = c.n_not;
    to->n_villages = c.n_villages_visited, to->n_problems = c.n_problems;
    return OK;
}

static Err survey_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_list_view v = {.office = is_office(cx)};
    struct survey_rounds r;
    struct units villages;
    TRY(survey_rounds(cx, &r));
    TRY(town_villages(cx, &villages));
    struct survey_line_view *at = NEW_ARRAY(&cx->mem, r.n + 1, struct survey_line_view);
    for (size_t i = 0; i < r.n; i++)
        TRY(line_of(
            cx, &r.at[i], i < ROUNDS_COUNTED && !str_eq(r.at[i].state, S("voided")), &at[i]));
    v.rounds = (struct survey_line_views){at, r.n};
    v.n_town = (int64_t)villages.n;
    v.shell = shell_of(cx, req, "survey");
    page_survey_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one round */
static Err stops_of(Cx *cx, const struct survey_stops *s, bool photos, struct survey_round_view *v)
{
    struct survey_stop_view *at = NEW_ARRAY(&cx->mem, s->n + 1, struct survey_stop_view);
    for (size_t i = 0; i < s->n; i++) {
        const struct survey_stop *x = &s->at[i];
        at[i] = (struct survey_stop_view){.no = (int64_t)i + 1,
            .id = x->id,
            .visited_at = x->visited_at,
            .n_problems = x->n_problems,
            .name = x->name,
            .village = x->place ? town_unit_name(cx, x->village) : (Str){0},
            .planned_on = x->planned_on,
            .result = x->result,
            .note = x->note,
            .by = x->visited_by ? people_name(cx, x->visited_by) : (Str){0},
            .kind = survey_label(survey_kinds, x->kind),
            .label = survey_label(survey_results, x->result),
            .first = i == 0};
        if (photos)
            TRY(survey_pictures_of(cx, x->id, &at[i].photos));
        if (!x->result.len) {
            v->n_due++;
            v->next = v->next ? v->next : x->id;
        }
    }
    v->stops = (struct survey_stop_views){at, s->n};
    return OK;
}

static void villages_of(Cx *cx, struct survey_round_view *v)
{
    const struct survey_coverage *c = &v->cover;
    struct survey_village_view *at = NEW_ARRAY(&cx->mem, c->n + 1, struct survey_village_view);
    for (size_t i = 0; i < c->n; i++)
        at[i] = (struct survey_village_view){.unit = c->at[i].unit,
            .n_stops = c->at[i].n_stops,
            .n_visited = c->at[i].n_visited,
            .n_not = c->at[i].n_not,
            .n_problems = c->at[i].n_problems,
            .name = town_unit_name(cx, c->at[i].unit)};
    v->villages = (struct survey_village_views){at, c->n};
}

Err survey_finding_views(Cx *cx, int64_t round, int64_t stop, struct survey_finding_views *to)
{
    struct survey_findings f;
    size_t n = 0;
    TRY(survey_findings(cx, round, &f));
    struct survey_finding_view *at = NEW_ARRAY(&cx->mem, f.n + 1, struct survey_finding_view);
    for (size_t i = 0; i < f.n; i++) {
        struct category c;
        if (stop && f.at[i].stop != stop)
            continue;
        TRY(category_find(cx, f.at[i].category, &c));
        at[n++] = (struct survey_finding_view){.problem = f.at[i].problem,
            .at = f.at[i].at,
            .number = f.at[i].number,
            .category = category_shown(cx, &c),
            .place = f.at[i].place,
            .village = town_unit_name(cx, town_village_of(f.at[i].unit)),
            .by = people_name(cx, f.at[i].by),
            .state = problem_state_label(f.at[i].state),
            .seen = problem_seen(cx, f.at[i].problem) == OK};
    }
    memset(&cx->why, 0, sizeof cx->why);
    *to = (struct survey_finding_views){at, n};
    return OK;
}

/* What may be added: each village, with its places. */
static Err targets_of(Cx *cx, struct survey_round_view *v)
{
    struct units villages;
    TRY(town_villages(cx, &villages));
    struct survey_group *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct survey_group);
    for (size_t i = 0; i < villages.n; i++) {
        const struct unit *u = &villages.at[i];
        struct places p;
        TRY(town_places(cx, u->code, &p));
        struct survey_pick *pick = NEW_ARRAY(&cx->mem, p.n + 1, struct survey_pick);
        pick[0] = (struct survey_pick){
            .value = str(arena_printf(&cx->mem, "u%" PRId64, u->code)), .label = u->name};
        for (size_t k = 0; k < p.n; k++)
            pick[k + 1] =
                (struct survey_pick){.value = str(arena_printf(&cx->mem, "p%" PRId64, p.at[k].id)),
                    .label = p.at[k].name};
        at[i] = (struct survey_group){
            u->name, {pick, p.n + 1}
        };
    }
    v->targets = (struct survey_groups){at, villages.n};
    return OK;
}

static Err walkers_of(Cx *cx, struct survey_round_view *v)
{
    struct survey_walkers w;
    TRY(survey_walkers(cx, v->r.id, &w));
    struct survey_pick *at = NEW_ARRAY(&cx->mem, w.n + 1, struct survey_pick);
    for (size_t i = 0; i < w.n; i++)
        at[i].label = people_name(cx, w.at[i]);
    v->walkers = (struct survey_picks){at, w.n};
    return OK;
}

static Err view_of(Cx *cx, const Req *req, bool photos, struct survey_round_view *v)
{
    struct survey_stops s;
    TRY(survey_round_get(cx, path_i64(req, "id"), &v->r));
    TRY(survey_stops(cx, v->r.id, &s));
    TRY(survey_cover(cx, &s, &v->cover));
    TRY(survey_walks(cx, &v->r, &v->walks));
    v->label = survey_state_label(v->r.state);
    v->led_by = people_name(cx, v->r.led_by);
    v->office = is_office(cx);
    v->planned = str_eq(v->r.state, S("planned"));
    v->walking = str_eq(v->r.state, S("walking"));
    v->over = survey_over(&v->r);
    v->voiding = void_view_of(cx, true, v->r.id,
        &(struct void_standing){v->r.name, v->r.void_reason, v->r.void_by, v->r.voided_by}, true);
    TRY(stops_of(cx, &s, photos, v));
    villages_of(cx, v);
    TRY(walkers_of(cx, v));
    TRY(survey_finding_views(cx, v->r.id, 0, &v->findings));
    v->shell = shell_of(cx, req, "survey");
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str say, int status)
{
    struct survey_round_view v = {.say = say};
    TRY(view_of(cx, req, false, &v));
    Str typed = form_text(req, "planned_on");
    v.day = typed.len ? typed : v.r.from_on;
    if (v.office && !v.over)
        TRY(targets_of(cx, &v));
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_survey_round(out, &v);
    return OK;
}

static Err survey_round_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

static Err survey_sheet_get(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_round_view v = {0};
    TRY(view_of(cx, req, true, &v));
    page_survey_sheet(resp_page(cx, req, resp), &v);
    return OK;
}

/* Done: back to the round; refused for a reason: the round, with the reason. */
static Err after(Cx *cx, const Req *req, Resp *resp, Err e)
{
    return verb_answer(cx, req, resp, e, show, "/survey/", "#route");
}

/* "u410108101206000" or "p123"; anything else is no stop. */
static bool target_typed(Str s, struct survey_target *to)
{
    int64_t n = 0;
    if (s.len < 2 || s.len > 17)
        return false;
    for (size_t i = 1; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        n = n * 10 + s.at[i] - '0';
    }
    *to = s.at[0] == 'p' ? (struct survey_target){.place = n} : (struct survey_target){.unit = n};
    return s.at[0] == 'p' || s.at[0] == 'u';
}

static Err all_villages(Cx *cx, struct survey_target **at, size_t *n)
{
    struct units u;
    TRY(town_villages(cx, &u));
    *at = NEW_ARRAY(&cx->mem, u.n + 1, struct survey_target);
    for (*n = 0; *n < u.n; ++*n)
        (*at)[*n].unit = u.at[*n].code;
    return OK;
}

static Err survey_stops_post(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_target *at = NEW_ARRAY(&cx->mem, req->form.n + 1, struct survey_target);
    size_t n = 0;
    if (form_has(req, "all"))
        TRY(all_villages(cx, &at, &n));
    else
        for (size_t i = 0; i < req->form.n; i++)
            if (str_eq(req->form.at[i].name, S("stop"))
                && target_typed(req->form.at[i].value, &at[n]))
                n++;
    return after(cx, req, resp,
        survey_stops_add(cx, path_i64(req, "id"), at, n, form_text(req, "planned_on")));
}

static Err survey_earlier_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, survey_stop_earlier(cx, form_i64(req, "stop")));
}

static Err survey_drop_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, survey_stop_drop(cx, form_i64(req, "stop")));
}

static Err survey_start_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, survey_start(cx, path_i64(req, "id")));
}

static Err survey_close_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, survey_close(cx, path_i64(req, "id")));
}

static Err survey_void_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, survey_void_ask(cx, path_i64(req, "id"), form_text(req, "why")));
}

static Err survey_void_decide_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(
        cx, req, resp, survey_void_decide(cx, path_i64(req, "id"), form_has(req, "grant")));
}

/* clang-format off */
const struct route survey_routes[] = {
    {GET, "/survey", .who = STAFF_POSTS, .run = survey_list_get, .on = ON_READ},
    {GET, "/survey/new", .who = OFFICE_POSTS, .run = survey_form_new_get, .on = ON_READ},
    {POST, "/survey/new", .who = OFFICE_POSTS, .run = survey_form_new_post, .on = ON_WAIT},
    {GET, "/survey/{id}", .who = STAFF_POSTS, .run = survey_round_page_get, .on = ON_READ},
    {GET, "/survey/{id}/edit", .who = OFFICE_POSTS, .run = survey_form_edit_get, .on = ON_READ},
    {POST, "/survey/{id}/edit", .who = OFFICE_POSTS, .run = survey_form_edit_post, .on = ON_WAIT},
    {GET, "/survey/{id}/sheet", .who = STAFF_POSTS, .run = survey_sheet_get, .on = ON_READ},
    {POST, "/survey/{id}/stops", .who = OFFICE_POSTS, .run = survey_stops_post, .on = ON_WAIT},
    {POST, "/survey/{id}/earlier", .who = OFFICE_POSTS, .run = survey_earlier_post, .on = ON_WAIT},
    {POST, "/survey/{id}/drop", .who = OFFICE_POSTS, .run = survey_drop_post, .on = ON_WAIT},
    {POST, "/survey/{id}/start", .who = OFFICE_POSTS, .run = survey_start_post, .on = ON_WAIT},
    {POST, "/survey/{id}/close", .who = OFFICE_POSTS, .run = survey_close_post, .on = ON_WAIT},
    {POST, "/survey/{id}/void", .who = OFFICE_POSTS, .run = survey_void_post, .on = ON_WAIT},
    {POST, "/survey/{id}/decide", .who = OFFICE_POSTS | HAS(POST_COMMANDER), .run = survey_void_decide_post, .on = ON_WAIT},
    {GET, "/survey/stops/{id}", .who = STAFF_POSTS, .run = survey_stop_page_get, .on = ON_READ},
    {POST, "/survey/stops/{id}/visit", .who = STAFF_POSTS, .run = survey_visit_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {POST, "/survey/stops/{id}/skip", .who = STAFF_POSTS, .run = survey_skip_post, .on = ON_WAIT},
    {POST, "/survey/stops/{id}/find", .who = STAFF_POSTS, .run = survey_find_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {0}};

const struct menu_item survey_menu[] = {
    {"/survey", "survey", TC("menu", "大会诊"), .who = STAFF_POSTS, .icon = "i-walk"},
    {0}};
/* clang-format on */
