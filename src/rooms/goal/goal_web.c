/* goal_web.c — /goals: requirements and the villages side by side; /goals/CODE: one village's
 * goals, its progress and who saw it. */
#include "base/fields.h"
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/goal/goal_pages.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { REQUIREMENTS_SHOWN = 200 };

#define ENTER_POSTS (OFFICE_POSTS | HAS(POST_DEPT) | HAS(POST_SECRETARY) | HAS(POST_CADRE))
#define VERIFY_POSTS (HAS(POST_DEPT) | HAS(POST_LEAD))
#define SET_POSTS (OFFICE_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY))

static Text origin_label(Str code)
{
    for (const struct option *o = goal_origins; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return T("其他");
}

static Err requirements_of(Cx *cx, struct goals_view *v)
{
    struct sql_requirement_list_rows r;
    Str today = town_today(cx);
    TRY(sql_requirement_list(cx, &(struct sql_requirement_list){.limit = REQUIREMENTS_SHOWN}, &r));
    struct goal_requirement *at = NEW_ARRAY(&cx->mem, r.n + 1, struct goal_requirement);
    for (size_t i = 0; i < r.n; i++) {
        const struct sql_requirement_list_row *q = &r.at[i];
        at[i] = (struct goal_requirement){.id = q->id,
            .n_villages = q->refined_n,
            .paper_no = q->paper_no,
            .text = q->text,
            .due_on = q->due_on.set ? q->due_on.v : (Str){0},
            .to = town_village_of(q->unit) ? town_unit_name(cx, q->unit) : (Str){0},
            .from = origin_label(q->origin),
            .over = q->due_on.set && memcmp(q->due_on.v.at, today.at, 10) < 0};
        v->n_open += q->refined_n == 0;
    }
    v->requirements = (struct goal_requirements){at, r.n};
    return OK;
}

static struct goal_measure_lines measures(Cx *cx)
{
    size_t n = 0;
    while (goal_measures[n].code)
        n++;
    struct goal_measure_line *at = NEW_ARRAY(&cx->mem, n, struct goal_measure_line);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct goal_measure_line){goal_measures[i].name, goal_measures[i].definition};
    return (struct goal_measure_lines){at, n};
}

static Err goals_get(Cx *cx, const Req *req, Resp *resp)
{
    struct goals_view v = {.shell = shell_of(cx, req, "goals"),
        .may_require = (cx->me.posts & OFFICE_POSTS) != 0,
        .may_set = (cx->me.posts & SET_POSTS) != 0,
        .measures = measures(cx)};
    TRY(requirements_of(cx, &v));
    TRY(goal_show_rows(cx, &v.heads, &v.rows));
    page_goals(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- one village */

static Err its_village(Cx *cx, int64_t code)
{
    struct unit u;
    if (town_of(code) != cx->town_id || town_village_of(code) != code)
        return ERR_NOT_FOUND;
    return town_unit(cx, code, &u);
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct goal_village_view v = {0};
    int64_t village = path_i64(req, "unit_id");
    TRY(goal_show_village(cx, village, true, &v));
    v.shell = shell_of(cx, req, "goals");
    v.key = new_key(cx);
    v.say = wrong;
    v.typed_target = form_i64(req, "target");
    v.typed_value = form_text(req, "value");
    v.typed_day = form_text(req, "day");
    v.typed_said = form_text(req, "said");
    v.applied = query_text(req, "made").len > 0;
    v.made = query_i64(req, "made");
    v.there = query_i64(req, "there");
    if (wrong.len)
        resp->status = 422;
    page_goal_village(resp_page(cx, req, resp), &v);
    return OK;
}

static Err village_goals_get(Cx *cx, const Req *req, Resp *resp)
{
    TRY(its_village(cx, path_i64(req, "unit_id")));
    return show(cx, req, resp, (Str){0});
}

static Err read_reading(Cx *cx, const Req *req, struct goal_reading *in)
{
    static const struct field number = {
        .type = FIELD_DECIMAL, .keeps = KEEPS_I64, .scale = 2, .max = INT64_C(10000000000)};
    struct photo_hashes photos;
    struct value v;
    Str why, said = form_text(req, "said");
    if (!field_read(cx, &number, form_text(req, "value"), 0, &v, &why))
        return fail_say(cx, ERR_INVALID, "value", why);
    if (!v.set)
        return fail(cx, ERR_INVALID, "value", T("请填写现在的数"));
    in->target = form_i64(req, "target");
    in->value = v.i;
    in->said = said.len ? some_str(said) : (OptStr){0};
    if (!day_read(cx, form_text(req, "day"), 0, &in->day, &why))
        return fail_say(cx, ERR_INVALID, "day", why);
    TRY(photos_typed(cx, req, "photo", NULL, &photos));
    in->photo = photos_joined(cx, &photos);
    return OK;
}

static Err progress_post(Cx *cx, const Req *req, Resp *resp)
{
    struct goal_reading in;
    int64_t id;
    TRY(its_village(cx, path_i64(req, "unit_id")));
    Err e = read_reading(cx, req, &in);
    if (e == OK)
        e = goal_progress(cx, &in, &id);
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/goals/%" PRId64, path_i64(req, "unit_id"));
}

static Err verify_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(its_village(cx, path_i64(req, "unit_id")));
    TRY(goal_verify(cx, form_i64(req, "progress")));
    return redirect(cx, resp, "/goals/%" PRId64, path_i64(req, "unit_id"));
}

/* clang-format off */
const struct route goal_routes[] = {
    {GET, "/goals", .who = STAFF_POSTS, .run = goals_get, .on = ON_READ},
    {GET, "/goals/{unit_id}", .who = STAFF_POSTS, .run = village_goals_get, .on = ON_READ},
    {POST, "/goals/{unit_id}/progress", .who = ENTER_POSTS, .run = progress_post, .on = ON_WAIT,
        .limit = SIX_PHOTOS},
    {POST, "/goals/{unit_id}/verify", .who = VERIFY_POSTS, .run = verify_post, .on = ON_WAIT},
    {GET, "/goals/{unit_id}/template", .who = SET_POSTS, .run = goal_template_get, .on = ON_READ},
    {POST, "/goals/{unit_id}/template", .who = SET_POSTS, .run = goal_template_post, .on = ON_WAIT},
    {GET, "/v", .who = ANYONE, .run = villages_get, .on = ON_READ},
    {GET, "/v/{unit_id}", .who = ANYONE, .run = village_get, .on = ON_READ},
    {0},
};

const struct menu_item goal_menu[] = {
    {"/goals", "goals", T("目标"), .who = STAFF_POSTS, .icon = "i-star"},
    {"/v", "villages", T("各村"), .who = ANYONE, .icon = "i-home"},
    {0},
};
/* clang-format on */
