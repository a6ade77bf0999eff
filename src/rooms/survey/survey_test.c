/* survey_test.c — 大会诊: the route, a visit with its photo, a finding that is a problem at once,
 * closing, coverage, who may do what, pages. */
#include "tests/web_town.h"

#include "pictures.h"
#include "rooms/attachment/attachment.h"
#include "rooms/problem/problem.h"
#include "rooms/survey/survey.h"

#include "gen/sql_survey.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>
#include <string.h>

static const struct survey_target route[] = {{.unit = NANWANG}, {.unit = SUNZHUANG}};

static int64_t a_round(Cx *cx)
{
    static const int64_t person[] = {LEAD_WANG, INSPECTOR_SHI};
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_put(cx,
                         &(struct survey_new){.name = S("第一轮大会诊"),
                             .from_on = S("2026-06-15"),
                             .to_on = S("2026-06-26"),
                             .led_by = COMMANDER_CHEN,
                             .person = person,
                             .n_persons = 2},
                         &id),
        OK);
    return id;
}

static int64_t a_walk(Cx *cx)
{
    int64_t id = a_round(cx);
    assert_int_equal(survey_stops_add(cx, id, route, 2, S("2026-06-16")), OK);
    assert_int_equal(survey_start(cx, id), OK);
    return id;
}

static struct survey_stop stop_of(Cx *cx, int64_t round, size_t i)
{
    struct survey_stops s;
    assert_int_equal(survey_stops(cx, round, &s), OK);
    assert_true(i < s.n);
    return s.at[i];
}

static Err visit(Cx *cx, const struct survey_stop *s, Str photo)
{
    return survey_visit(cx,
        &(struct survey_result){
            .stop = s->id, .version = s->version, .photo = &photo, .n_photos = photo.len ? 1 : 0});
}

static void a_round_needs_a_name_its_days_a_leader_and_walkers(void **state)
{
    Cx *cx = *state;
    const int64_t person = LEAD_WANG;
    int64_t id;
    struct survey_new in = {.name = S(""), .from_on = S("2026-06-15"), .to_on = S("2026-06-14")};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "name");
    in.name = S("甲");
    assert_int_equal(survey_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "to_on");
    in.to_on = S("2026-06-20");
    assert_int_equal(survey_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "led_by");
    in.led_by = COMMANDER_CHEN;
    assert_int_equal(survey_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "walkers");
    in.person = &person, in.n_persons = 1;
    assert_int_equal(survey_put(cx, &in, &id), OK);
    assert_int_equal(survey_put(cx, &in, &id), ERR_INVALID); /* the name is taken */
    sign_in(cx, LEAD_WANG);
    in.name = S("乙");
    assert_int_equal(survey_put(cx, &in, &id), ERR_FORBIDDEN);
}

static void two_who_change_a_round_do_not_overwrite_each_other(void **state)
{
    Cx *cx = *state;
    const int64_t person = LEAD_WANG;
    int64_t id = a_round(cx), same;
    struct survey_new in = {.id = id,
        .version = 1,
        .name = S("改过的名字"),
        .from_on = S("2026-06-15"),
        .to_on = S("2026-06-26"),
        .led_by = COMMANDER_CHEN,
        .person = &person,
        .n_persons = 1};
    assert_int_equal(survey_put(cx, &in, &same), OK);
    assert_int_equal(survey_put(cx, &in, &same), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "version");
}

static void a_place_is_once_on_the_route_and_only_within_its_days(void **state)
{
    Cx *cx = *state;
    int64_t id = a_round(cx), place;
    enum put put;
    struct survey_stops s;
    assert_int_equal(survey_start(cx, id), ERR_CONFLICT); /* nothing to walk to */
    assert_int_equal(survey_stops_add(cx, id, route, 2, S("2026-06-14")), ERR_INVALID);
    assert_string_equal(cx->why.field, "planned_on");
    assert_int_equal(
        survey_stops_add(cx, id, &(struct survey_target){.unit = ELSEWHERE}, 1, S("2026-06-16")),
        ERR_INVALID);
    assert_int_equal(survey_stops_add(cx, id, route, 2, S("2026-06-16")), OK);
    assert_int_equal(survey_stops_add(cx, id, route, 2, S("2026-06-17")), OK);
    assert_int_equal(
        town_place_put(cx,
            &(struct place_new){.unit = NANWANG, .kind = S("enterprise"), .name = S("砖厂")}, &put,
            &place),
        OK);
    assert_int_equal(
        survey_stops_add(cx, id, &(struct survey_target){.place = place}, 1, S("2026-06-16")), OK);
    assert_int_equal(survey_stops(cx, id, &s), OK);
    assert_int_equal(s.n, 3);
    assert_true(str_eq(s.at[2].kind, S("enterprise")));
    assert_int_equal(s.at[2].village, NANWANG);
    assert_int_equal(survey_stop_earlier(cx, s.at[2].id), OK);
    assert_int_equal(survey_stop_drop(cx, s.at[0].id), OK);
    assert_int_equal(survey_stops(cx, id, &s), OK);
    assert_int_equal(s.n, 2);
    assert_true(str_eq(s.at[0].name, S("砖厂")));
}

static void a_visit_shows_the_place_and_is_told_by_who_walks(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx);
    struct survey_stop s = stop_of(cx, round, 0);
    struct attachments photos;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(visit(cx, &s, (Str){0}), ERR_FORBIDDEN);
    sign_in(cx, LEAD_WANG);
    assert_int_equal(visit(cx, &s, (Str){0}), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    assert_int_equal(visit(cx, &s, picture_taken(cx, 64)), OK);
    s = stop_of(cx, round, 0);
    assert_true(str_eq(s.result, S("visited")));
    assert_int_equal(s.visited_by, LEAD_WANG);
    assert_int_equal(s.visited_at, cx->now);
    assert_int_equal(attachment_of(cx, s.id, &photos), OK);
    assert_int_equal(photos.n, 1);
}

static void the_second_who_tells_about_a_stop_sees_the_first(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx);
    struct survey_stop s = stop_of(cx, round, 0);
    struct survey_result skip = {.stop = s.id, .version = s.version, .note = S("大雨封路")};
    sign_in(cx, LEAD_WANG);
    assert_int_equal(visit(cx, &s, picture_taken(cx, 64)), OK);
    sign_in(cx, INSPECTOR_SHI);
    assert_int_equal(survey_skip(cx, &skip), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "version");
}

static void what_was_kept_on_the_phone_counts_once_with_its_own_time(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx), an_hour_ago = cx->now - 3600000;
    struct survey_stop s = stop_of(cx, round, 0);
    Str photo = picture_taken(cx, 64);
    struct survey_result in = {.key = S("0123456789abcdefghij__"),
        .stop = s.id,
        .version = s.version,
        .at = an_hour_ago,
        .photo = &photo,
        .n_photos = 1};
    sign_in(cx, LEAD_WANG);
    assert_int_equal(survey_visit(cx, &in), OK);
    assert_int_equal(survey_visit(cx, &in), OK); /* the answer was lost on the way */
    s = stop_of(cx, round, 0);
    assert_int_equal(s.visited_at, an_hour_ago);
    assert_int_equal(s.version, 2);
}

static void a_finding_is_a_problem_at_the_stop_with_its_photo(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx), problem, again;
    struct survey_stop s = stop_of(cx, round, 1);
    struct survey_findings f;
    struct attachments photos;
    Str photo = picture_taken(cx, 64);
    struct survey_find in = {
        .key = S("0123456789abcdefghik__"), .stop = s.id, .category = S("0102")};
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(survey_find(cx, &in, &problem), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    in.photo = &photo, in.n_photos = 1;
    assert_int_equal(survey_find(cx, &in, &problem), OK);
    assert_int_equal(survey_find(cx, &in, &again), OK);
    assert_int_equal(again, problem);
    assert_int_equal(survey_findings(cx, round, &f), OK);
    assert_int_equal(f.n, 1);
    assert_int_equal(f.at[0].problem, problem);
    assert_int_equal(f.at[0].unit, SUNZHUANG);
    assert_int_equal(attachment_of(cx, problem, &photos), OK);
    assert_int_equal(photos.n, 1);
    s = stop_of(cx, round, 1);
    assert_int_equal(s.n_problems, 1);
    assert_int_equal(s.result.len, 0); /* finding something is not yet the visit */
}

static void a_round_closes_when_every_stop_has_its_result(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx);
    struct survey_stop first = stop_of(cx, round, 0), second = stop_of(cx, round, 1);
    struct survey_result skip = {.stop = second.id, .version = second.version};
    sign_in(cx, LEAD_WANG);
    assert_int_equal(visit(cx, &first, picture_taken(cx, 64)), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_close(cx, round), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "stops");
    assert_int_equal(survey_skip(cx, &skip), ERR_INVALID);
    assert_string_equal(cx->why.field, "note");
    skip.note = S("当天防汛，改期到下一轮");
    assert_int_equal(survey_skip(cx, &skip), OK);
    assert_int_equal(survey_stop_drop(cx, second.id), ERR_CONFLICT); /* the reason stays */
    sign_in(cx, LEAD_WANG);
    assert_int_equal(survey_close(cx, round), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_close(cx, round), OK);
    assert_int_equal(survey_close(cx, round), ERR_CONFLICT);
    sign_in(cx, LEAD_WANG);
    assert_int_equal(visit(cx, &first, picture_taken(cx, 64)), ERR_CONFLICT);
}

static void coverage_counts_visits_and_shows_what_nobody_planned(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx);
    struct survey_stop first = stop_of(cx, round, 0);
    struct survey_stops s;
    struct survey_coverage c;
    sign_in(cx, LEAD_WANG);
    assert_int_equal(visit(cx, &first, picture_taken(cx, 64)), OK);
    assert_int_equal(survey_stops(cx, round, &s), OK);
    assert_int_equal(survey_cover(cx, &s, &c), OK);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.n_villages_visited, 1);
    assert_int_equal(c.n_visited, 1);
    assert_int_equal(c.at[0].unit, NANWANG);
    assert_int_equal(c.at[0].n_visited, 1);
    assert_int_equal(c.at[1].n_stops, 1);
    assert_int_equal(survey_cover(cx, &(struct survey_stops){0}, &c), OK);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.at[0].n_stops, 0);
}

static void a_table_plans_a_route_and_twice_is_once(void **state)
{
    Cx *cx = *state;
    struct survey_line l = {.round = S("表里的一轮"),
        .stop = S("孙庄村"),
        .planned_on = S("2026-06-20"),
        .village = SUNZHUANG,
        .led_by = COMMANDER_CHEN};
    struct taken to;
    struct survey_round r;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_line(cx, &l, &to), OK);
    assert_false(to.same);
    assert_int_equal(survey_line(cx, &l, &to), OK);
    assert_true(to.same);
    l.village = NANWANG, l.stop = S("南王村"), l.planned_on = S("2026-06-22");
    assert_int_equal(survey_line(cx, &l, &to), OK);
    assert_int_equal(survey_round_get(cx, to.object, &r), OK);
    assert_true(str_eq(r.to_on, S("2026-06-22"))); /* the round grew */
    l.stop = S("没有的厂");
    assert_int_equal(survey_line(cx, &l, &to), ERR_INVALID);
    assert_string_equal(cx->why.field, "stop");
    assert_int_equal(survey_start(cx, to.object), OK);
    l.stop = S("南王村");
    assert_int_equal(survey_line(cx, &l, &to), ERR_CONFLICT);
}

/* Its finding stays a problem; it counts nowhere, and the right round comes under its name. */
static void a_mistaken_round_is_void_when_a_second_person_agrees(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx), problem, again;
    struct survey_stop first = stop_of(cx, round, 0);
    Str photo = picture_taken(cx, 64);
    struct survey_find found = {.stop = first.id, .photo = &photo, .n_photos = 1};
    struct survey_round r;
    struct sql_survey_find_row row;
    struct survey_findings f;
    sign_in(cx, LEAD_WANG);
    assert_int_equal(survey_find(cx, &found, &problem), OK);
    assert_int_equal(survey_void_ask(cx, round, S("开错了")), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_void_ask(cx, round, S(" ")), ERR_INVALID);
    assert_string_equal(cx->why.field, "why");
    assert_int_equal(survey_void_decide(cx, round, true), ERR_CONFLICT); /* nobody has asked */
    assert_int_equal(survey_void_ask(cx, round, S("开错了")), OK);
    assert_int_equal(survey_void_ask(cx, round, S("开错了")), ERR_CONFLICT);
    assert_int_equal(survey_void_decide(cx, round, true), ERR_FORBIDDEN); /* their own ask */
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(survey_void_decide(cx, round, false), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_void_ask(cx, round, S("还是开错了")), OK);
    assert_int_equal(sql_survey_find(cx, &(struct sql_survey_find){.id = first.id}, &row), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(survey_void_decide(cx, round, true), OK);
    assert_int_equal(survey_round_get(cx, round, &r), OK);
    assert_true(str_eq(r.state, S("voided")) && r.voided_by == COMMANDER_CHEN);
    assert_true(str_eq(r.name, S("第一轮大会诊（作废）")));
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(/* no line of the ledger */
        sql_survey_find(cx, &(struct sql_survey_find){.id = first.id}, &row), ERR_NOT_FOUND);
    assert_int_equal(survey_close(cx, round), ERR_CONFLICT);
    assert_int_equal(survey_stops_add(cx, round, route, 2, S("2026-06-16")), ERR_CONFLICT);
    assert_int_equal(visit(cx, &first, photo), ERR_CONFLICT);
    assert_int_equal(problem_seen(cx, problem), OK); /* still to be dealt with */
    assert_int_equal(survey_findings(cx, round, &f), OK);
    assert_int_equal(f.n, 1);
    again = a_round(cx);
    assert_int_not_equal(again, round);
}

static void a_table_taken_by_mistake_comes_again_when_its_round_is_void(void **state)
{
    Cx *cx = *state;
    struct survey_line l = {.round = S("表里的一轮"),
        .stop = S("孙庄村"),
        .planned_on = S("2026-06-20"),
        .village = SUNZHUANG,
        .led_by = COMMANDER_CHEN};
    struct taken wrong, right;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_line(cx, &l, &wrong), OK);
    assert_int_equal(survey_void_ask(cx, wrong.object, S("导错了村")), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(survey_void_decide(cx, wrong.object, true), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(survey_line(cx, &l, &right), OK);
    assert_true(!right.same && right.object != wrong.object);
}

/* ---- pages */
static void an_empty_list_says_what_to_do_next(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_page(cx, OFFICE_ZHENG, "/survey");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "安排第一轮"));
    a = web_page(cx, SECRETARY_QIAN, "/survey");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "还没有走访过"));
    assert_false(web_body_has(&a, "安排第一轮"));
}

static void a_reason_left_out_keeps_the_page_and_says_so(void **state)
{
    Cx *cx = *state;
    int64_t round = a_walk(cx);
    struct survey_stop s = stop_of(cx, round, 0);
    const char *path = arena_printf(&cx->mem, "/survey/stops/%" PRId64, s.id);
    const char *skip = arena_printf(&cx->mem, "%s/skip", path);
    struct web_answer a = web_page(cx, LEAD_WANG, path);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "转为问题"));
    a = web_page(cx, SECRETARY_QIAN, path);
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "转为问题"));
    const struct pair none[] = {
        {S("version"), S("1")},
        {S("note"),    S("") }
    };
    a = web_form(cx, LEAD_WANG, skip, (struct pairs){none, 2});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "请写明没有走的原因"));
    const struct pair some[] = {
        {S("version"), S("1")           },
        {S("note"),    S("企业停产")}
    };
    a = web_form(cx, LEAD_WANG, skip, (struct pairs){some, 2});
    assert_int_equal(a.status, 303);
    a = web_page(cx, LEAD_WANG, arena_printf(&cx->mem, "/survey/%" PRId64, round));
    assert_true(web_body_has(&a, "企业停产"));
    a = web_page(cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/survey/%" PRId64 "/sheet", round));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "企业停产"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_round_needs_a_name_its_days_a_leader_and_walkers),
        IN_TOWN(two_who_change_a_round_do_not_overwrite_each_other),
        IN_TOWN(a_place_is_once_on_the_route_and_only_within_its_days),
        IN_TOWN(a_visit_shows_the_place_and_is_told_by_who_walks),
        IN_TOWN(the_second_who_tells_about_a_stop_sees_the_first),
        IN_TOWN(what_was_kept_on_the_phone_counts_once_with_its_own_time),
        IN_TOWN(a_finding_is_a_problem_at_the_stop_with_its_photo),
        IN_TOWN(a_round_closes_when_every_stop_has_its_result),
        IN_TOWN(coverage_counts_visits_and_shows_what_nobody_planned),
        IN_TOWN(a_table_plans_a_route_and_twice_is_once),
        IN_TOWN(a_mistaken_round_is_void_when_a_second_person_agrees),
        IN_TOWN(a_table_taken_by_mistake_comes_again_when_its_round_is_void),
        ON_THE_WEB(an_empty_list_says_what_to_do_next),
        ON_THE_WEB(a_reason_left_out_keeps_the_page_and_says_so),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
