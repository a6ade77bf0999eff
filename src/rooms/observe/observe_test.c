/* observe_test.c — 逐村观摩: the mean at its borders, one's own village, closing, findings, pages.
 */
#include "tests/web_town.h"

#include "pictures.h"
#include "rooms/attachment/attachment.h"
#include "rooms/observe/observe.h"
#include "rooms/people/people.h"

#include <inttypes.h>
#include <string.h>

static void under_five_sheets_all_count_and_half_goes_up(void **state)
{
    (void)state;
    assert_int_equal(observe_mean(NULL, 0), -1);
    assert_int_equal(observe_mean((int64_t[]){41}, 1), 4100);
    assert_int_equal(observe_mean((int64_t[]){40, 41}, 2), 4050);
    assert_int_equal(observe_mean((int64_t[]){40, 41, 41}, 3), 4067);    /* 40.666… */
    assert_int_equal(observe_mean((int64_t[]){40, 40, 41}, 3), 4033);    /* 40.333… */
    assert_int_equal(observe_mean((int64_t[]){0, 50, 50, 50}, 4), 3750); /* four: none is dropped */
}

static void from_five_sheets_one_highest_and_one_lowest_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(observe_mean((int64_t[]){0, 40, 41, 42, 50}, 5), 4100);
    assert_int_equal(observe_mean((int64_t[]){40, 40, 40, 50, 50}, 5), 4333);
    assert_int_equal(observe_mean((int64_t[]){44, 44, 44, 44, 44}, 5), 4400);
    /* eight that count: 321 / 8 = 40.125, half up */
    assert_int_equal(observe_mean((int64_t[]){1, 40, 40, 40, 40, 40, 40, 40, 41, 60}, 10), 4013);
}

static void equal_scores_share_a_rank_and_no_score_has_none(void **state)
{
    (void)state;
    int64_t rank[4];
    observe_ranks((int64_t[]){4100, 4350, 4350, -1}, 4, rank);
    assert_int_equal(rank[0], 3);
    assert_int_equal(rank[1], 1);
    assert_int_equal(rank[2], 1);
    assert_int_equal(rank[3], 0);
}

#define W(z)                                                                                       \
    {                                                                                              \
        z, sizeof(z) - 1                                                                           \
    }
static const Str items[] = {W("主街"), W("小巷"), W("坑塘"), W("公厕"), W("机制")};
enum { N_ITEMS = 5 };

static int64_t a_round(Cx *cx)
{
    static const int64_t unit[] = {NANWANG, SUNZHUANG};
    static const int64_t person[] = {SECRETARY_QIAN, SECRETARY_OF_SUNZHUANG, COMMANDER_CHEN};
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_put(cx,
                         &(struct observe_new){.name = S("第一轮"),
                             .held_on = S("2026-06-15"),
                             .item = items,
                             .n_items = N_ITEMS,
                             .unit = unit,
                             .n_units = 2,
                             .person = person,
                             .n_persons = 3},
                         &id),
        OK);
    return id;
}

static int64_t a_running_round(Cx *cx)
{
    int64_t id = a_round(cx);
    assert_int_equal(observe_start(cx, id), OK);
    return id;
}

static Err judge(Cx *cx, int64_t person, int64_t round, int64_t unit, int64_t points)
{
    const int64_t score[N_ITEMS] = {points, points, points, points, points};
    sign_in(cx, person);
    return observe_judge(
        cx, &(struct observe_sheet){.round = round, .unit = unit, .score = score, .n = N_ITEMS});
}

static void nobody_scores_their_own_village(void **state)
{
    Cx *cx = *state;
    int64_t round = a_running_round(cx);
    assert_int_equal(judge(cx, SECRETARY_QIAN, round, NANWANG, 10), ERR_FORBIDDEN);
    assert_string_equal(cx->why.field, "unit");
    assert_int_equal(judge(cx, SECRETARY_QIAN, round, SUNZHUANG, 8), OK);
    assert_int_equal(judge(cx, LEAD_WANG, round, SUNZHUANG, 8), ERR_FORBIDDEN); /* no observer */
}

static void points_are_whole_and_between_nothing_and_ten(void **state)
{
    Cx *cx = *state;
    int64_t round = a_running_round(cx);
    assert_int_equal(judge(cx, COMMANDER_CHEN, round, NANWANG, 11), ERR_INVALID);
    assert_int_equal(judge(cx, COMMANDER_CHEN, round, NANWANG, -1), ERR_INVALID);
    assert_string_equal(cx->why.field, "score");
    assert_int_equal(judge(cx, COMMANDER_CHEN, round, NANWANG, 0), OK);
    assert_int_equal(judge(cx, COMMANDER_CHEN, round, NANWANG, 10), OK); /* the later one counts */
    struct observe_plan p;
    struct observe_standing s;
    assert_int_equal(observe_plan_get(cx, round, &p), OK);
    assert_int_equal(observe_stand(cx, &p, &s), OK);
    assert_int_equal(s.villages.at[0].score, 5000);
    assert_int_equal(s.villages.at[0].n_sheets, 1);
}

static void a_round_closes_with_every_sheet_or_a_reason(void **state)
{
    Cx *cx = *state;
    int64_t round = a_round(cx);
    assert_int_equal(judge(cx, COMMANDER_CHEN, round, NANWANG, 7), ERR_CONFLICT); /* not started */
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_start(cx, round), OK);
    assert_int_equal(observe_start(cx, round), ERR_CONFLICT);
    assert_int_equal(judge(cx, SECRETARY_QIAN, round, SUNZHUANG, 8), OK);
    assert_int_equal(judge(cx, SECRETARY_OF_SUNZHUANG, round, NANWANG, 9), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_close(cx, round), ERR_CONFLICT);
    assert_int_equal(observe_excuse(cx, round, COMMANDER_CHEN, S("")), ERR_INVALID);
    assert_int_equal(observe_excuse(cx, round, COMMANDER_CHEN, S("去区里开会")), OK);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(observe_close(cx, round), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_close(cx, round), OK);
    assert_int_equal(judge(cx, SECRETARY_QIAN, round, SUNZHUANG, 9), ERR_CONFLICT);
}

static void four_items_or_a_village_twice_are_refused(void **state)
{
    Cx *cx = *state;
    const int64_t twice[] = {NANWANG, NANWANG}, person = COMMANDER_CHEN;
    int64_t id;
    struct observe_new in = {.name = S("甲"),
        .held_on = S("2026-06-15"),
        .item = items,
        .n_items = 4,
        .unit = twice,
        .n_units = 1,
        .person = &person,
        .n_persons = 1};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "items");
    in.n_items = N_ITEMS, in.n_units = 2;
    assert_int_equal(observe_put(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "route");
    in.n_units = 1;
    assert_int_equal(observe_put(cx, &in, &id), OK);
    assert_int_equal(observe_put(cx, &in, &id), ERR_INVALID); /* the name is taken */
    sign_in(cx, SECRETARY_QIAN);
    in.name = S("乙");
    assert_int_equal(observe_put(cx, &in, &id), ERR_FORBIDDEN);
}

static void a_finding_becomes_a_problem_once(void **state)
{
    Cx *cx = *state;
    int64_t round = a_running_round(cx), id, first, second;
    sign_in(cx, COMMANDER_CHEN);
    struct observe_finding_new in = {
        .round = round, .unit = NANWANG, .place = S("村口"), .said = S("一堆建筑垃圾")};
    assert_int_equal(observe_find_add(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    in.photo = picture_taken(cx, 64);
    assert_int_equal(observe_find_add(cx, &in, &id), OK);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(observe_find_report(cx, id, &first), ERR_FORBIDDEN);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(observe_find_report(cx, id, &first), OK);
    assert_int_equal(observe_find_report(cx, id, &second), OK);
    assert_true(first > 0);
    assert_int_equal(first, second);
}

static struct observe_paper paper(void)
{
    static const int64_t score[N_ITEMS] = {7, 8, 9, 6, 5};
    return (struct observe_paper){.name = S("纸上一轮"),
        .held_on = S("2026-06-01"),
        .item = items,
        .score = score,
        .n = N_ITEMS,
        .unit = SUNZHUANG,
        .observer = COMMANDER_CHEN};
}

static void a_sheet_of_paper_twice_is_the_same_sheet(void **state)
{
    Cx *cx = *state;
    struct observe_paper in = paper();
    struct taken to;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_paper(cx, &in, &to), OK);
    assert_false(to.same);
    assert_int_equal(observe_paper(cx, &in, &to), OK);
    assert_true(to.same);
    in.observer = SECRETARY_OF_SUNZHUANG;
    assert_int_equal(observe_paper(cx, &in, &to), ERR_FORBIDDEN);
    struct observe_round r;
    assert_int_equal(observe_round_get(cx, to.object, &r), OK);
    assert_true(str_eq(r.state, S("closed")));
}

static void a_walk_from_paper_is_void_when_a_second_person_agrees_and_may_come_again(void **state)
{
    Cx *cx = *state;
    struct observe_paper in = paper();
    struct taken to, again;
    struct observe_round r, phone = {.held_on = S("2026-06-10")};
    int64_t before;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_paper(cx, &in, &to), OK);
    assert_int_equal(observe_before(cx, &phone, &before), OK);
    assert_int_equal(observe_void_ask(cx, to.object, S(" ")), ERR_INVALID);
    assert_string_equal(cx->why.field, "why");
    assert_int_equal(observe_void_decide(cx, to.object, true), ERR_CONFLICT); /* nobody has asked */
    assert_int_equal(observe_void_ask(cx, to.object, S("导错了村")), OK);
    assert_int_equal(observe_void_ask(cx, to.object, S("导错了村")), ERR_CONFLICT);
    assert_int_equal(observe_void_decide(cx, to.object, true), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(observe_void_ask(cx, to.object, S("想")), ERR_FORBIDDEN);
    assert_int_equal(observe_void_decide(cx, to.object, true), ERR_FORBIDDEN);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(observe_void_decide(cx, to.object, false), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_void_ask(cx, to.object, S("还是导错了")), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(observe_void_decide(cx, to.object, true), OK);
    assert_int_equal(observe_round_get(cx, to.object, &r), OK);
    assert_true(str_eq(r.state, S("voided")) && r.voided_by == COMMANDER_CHEN);
    assert_true(str_eq(r.name, S("纸上一轮（作废）")));
    assert_int_equal(observe_before(cx, &phone, &before), ERR_NOT_FOUND); /* counts no more */
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_paper(cx, &in, &again), OK);
    assert_true(!again.same && again.object != to.object);
}

static void a_walk_on_phones_is_not_made_void(void **state)
{
    Cx *cx = *state;
    int64_t round = a_running_round(cx);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(observe_void_ask(cx, round, S("不要了")), ERR_CONFLICT);
}

/* ---- pages */
static void an_empty_list_says_what_to_do_next(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_page(cx, OFFICE_ZHENG, "/observe");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "安排第一轮"));
    a = web_page(cx, SECRETARY_QIAN, "/observe");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "还没有观摩过"));
    assert_false(web_body_has(&a, "安排第一轮"));
}

static void the_sheet_goes_from_the_phone_to_the_ranking(void **state)
{
    Cx *cx = *state;
    int64_t round = a_running_round(cx);
    const char *sheet = arena_printf(&cx->mem, "/observe/%" PRId64 "/sheet", round);
    struct web_answer a = web_page(
        cx, SECRETARY_QIAN, arena_printf(&cx->mem, "%s?village=%" PRId64, sheet, SUNZHUANG));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "score5"));
    const struct pair good[] = {
        {S("village"), S("410108101207000")},
        {S("score1"),  S("8")              },
        {S("score2"),  S("8")              },
        {S("score3"),  S("9")              },
        {S("score4"),  S("7")              },
        {S("score5"),  S("10")             }
    };
    a = web_form(cx, SECRETARY_QIAN, sheet, (struct pairs){good, 5}); /* one item is missing */
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "请打分"));
    a = web_form(cx, SECRETARY_QIAN, sheet, (struct pairs){good, 6});
    assert_int_equal(a.status, 303);
    a = web_page(cx, OFFICE_ZHENG, arena_printf(&cx->mem, "/observe/%" PRId64, round));
    assert_true(web_body_has(&a, "42.00"));
    const struct pair own[] = {
        {S("village"), S("410108101206000")},
        {S("score1"),  S("8")              },
        {S("score2"),  S("8")              },
        {S("score3"),  S("9")              },
        {S("score4"),  S("7")              },
        {S("score5"),  S("10")             }
    };
    a = web_form(cx, SECRETARY_QIAN, sheet, (struct pairs){own, 6});
    assert_int_equal(a.status, 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(under_five_sheets_all_count_and_half_goes_up),
        cmocka_unit_test(from_five_sheets_one_highest_and_one_lowest_are_dropped),
        cmocka_unit_test(equal_scores_share_a_rank_and_no_score_has_none),
        IN_TOWN(nobody_scores_their_own_village),
        IN_TOWN(points_are_whole_and_between_nothing_and_ten),
        IN_TOWN(a_round_closes_with_every_sheet_or_a_reason),
        IN_TOWN(four_items_or_a_village_twice_are_refused),
        IN_TOWN(a_finding_becomes_a_problem_once),
        IN_TOWN(a_sheet_of_paper_twice_is_the_same_sheet),
        IN_TOWN(a_walk_from_paper_is_void_when_a_second_person_agrees_and_may_come_again),
        IN_TOWN(a_walk_on_phones_is_not_made_void),
        ON_THE_WEB(an_empty_list_says_what_to_do_next),
        ON_THE_WEB(the_sheet_goes_from_the_phone_to_the_ranking),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
