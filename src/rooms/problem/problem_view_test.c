/* problem_view_test.c — what pages are given: one matter, the receipt without personal data, my
 * day, the hand-over, places known and unknown. */
#include "rooms/problem/problem_test.h"

#include "rooms/problem/problem_like.h"
#include "rooms/town/town_edit.h"

static bool has_verb(const struct problem_verbs *v, const char *verb)
{
    for (size_t i = 0; i < v->n; i++)
        if (!strcmp(v->at[i].button.verb, verb))
            return true;
    return false;
}

static void one_matter_shows_its_sum_its_chain_and_what_to_do(void **state)
{
    Cx *cx = *state;
    struct problem_detail d;
    struct problem_receipt r = dispatched(cx, a_problem());
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_detail(cx, r.id, &d), OK);
    assert_true(has_verb(&d.verbs, "feed_back") && has_verb(&d.verbs, "extend_ask"));
    assert_false(has_verb(&d.verbs, "pass") || has_verb(&d.verbs, "dispatch"));
    assert_string_equal(d.verbs.at[0].button.verb, "feed_back");
    assert_int_equal(d.chain_rows.n, 4);
    assert_int_equal(d.clock.due_at, town_ms(2026, 6, 18, 17, 30));
    assert_int_equal(d.clock.left_ms, (5 * 60 + 30 + 3 * 7 * 60) * 60000);
    assert_int_equal(d.clock.rungs.n, 5);
    assert_int_equal(d.order.sum, 130);
    int64_t sum = 0;
    for (size_t i = 0; i < d.order.n; i++)
        sum += d.order.at[i].n;
    assert_int_equal(sum, d.order.sum);
    assert_int_equal(d.events.n, 4);
    assert_int_equal(d.last_hash.len, 64);
    assert_int_equal(d.reporter_phone.len, 0);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(problem_detail(cx, r.id, &d), OK);
    assert_true(has_verb(&d.verbs, "reassign") && !has_verb(&d.verbs, "accept"));
    assert_true(d.expected.len > 0);
    for (size_t i = 0; i < d.verbs.n; i++)
        for (size_t k = 0; k < d.verbs.at[i].inputs.n; k++)
            if (!strcmp(d.verbs.at[i].inputs.at[k].name, "handler"))
                assert_true(d.verbs.at[i].inputs.at[k].options.n >= 4);
}

static void the_receipt_shows_no_name_no_typed_place_and_no_talk_among_staff(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_follow f;
    in.place = S("刘家后门 12 号");
    in.name = S("刘邻居");
    in.phone = S("13800001234");
    struct problem_receipt r = dispatched(cx, in);
    DOES(cx, DEPT_ZHAO, r.id, "comment", .text = TEXT("这家老是反映"));
    sign_in(cx, NOBODY_THERE);
    cx->town_id = 0;
    assert_int_equal(problem_follow(cx, r.code, &f), OK);
    assert_int_equal(cx->town_id, TEST_TOWN);
    assert_true(str_has(f.title, "南王村") && !str_has(f.title, "刘家"));
    assert_true(str_eq(f.phone_tail, S("1234")));
    assert_true(str_has(f.turn, "孙") && !str_has(f.turn, "孙八"));
    for (size_t i = 0; i < f.events.n; i++) {
        assert_false(str_has(f.events.at[i].said, "老是") || str_has(f.events.at[i].said, "孙八"));
        assert_false(str_has(f.events.at[i].who, "孙八") || str_has(f.events.at[i].who, "钱七"));
    }
    assert_true(has_verb(&f.verbs, "comment") && f.verbs.n == 1);
    assert_int_equal(f.promise_at, town_ms(2026, 6, 18, 17, 30));
    assert_int_equal(problem_follow(cx, S("000000000001"), &f), ERR_NOT_FOUND);
    assert_int_equal(problem_follow(cx, S("abc"), &f), ERR_NOT_FOUND);
}

static void my_day_shows_what_is_mine_with_its_big_verb(void **state)
{
    Cx *cx = *state;
    struct problem_me me;
    struct problem_receipt a = reported(cx, a_problem()), b = dispatched(cx, a_problem());
    (void)handled(cx, a_problem());
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_me(cx, &me), OK);
    assert_int_equal(me.unfiled.n, 1);
    assert_int_equal(me.unfiled.at[0].id, a.id);
    assert_string_equal(me.unfiled.at[0].buttons.at[0].verb, "file");
    assert_int_equal(me.unverified.n, 1);
    assert_int_equal(me.todo.n, 0);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_me(cx, &me), OK);
    assert_int_equal(me.todo.n, 1);
    assert_int_equal(me.todo.at[0].id, b.id);
    assert_string_equal(me.todo.at[0].buttons.at[0].verb, "accept");
    assert_true(me.todo.at[0].why.len > 0);
    assert_int_equal(me.n_hand, 1);
    assert_int_equal(me.unfiled.n, 0);
}

static void an_ask_waits_with_who_decides_it(void **state)
{
    Cx *cx = *state;
    struct problem_me me;
    struct problem_receipt r = dispatched(cx, a_problem());
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("下雨"),
        .until = some_i64(town_ms(2026, 6, 22, 17, 30)));
    static const struct {
        int64_t person;
        size_t n;
    } rows[] = {
        {DEPT_ZHAO,         1},
        {LEAD_WANG,         0},
        {OFFICE_ZHENG,      1},
        {CADRE_SUN,         0},
        {DEPT_OF_SUNZHUANG, 0}
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sign_in(cx, rows[i].person);
        assert_int_equal(problem_me(cx, &me), OK);
        assert_int_equal(me.asks.n, rows[i].n);
    }
}

static Err hand_over(Cx *cx, void *arg)
{
    (void)arg;
    return problem_handover.move(cx, CADRE_SUN, CADRE_ZHOU, NANWANG, POST_CADRE);
}

static void the_hand_over_moves_the_work_and_not_its_due_time(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = dispatched(cx, a_problem());
    int64_t due = the_case(cx, r.id).due_at.v;
    struct handover_lines lines;
    sign_in(cx, SECADMIN_JIANG);
    assert_int_equal(problem_handover.list(cx, CADRE_SUN, NANWANG, POST_CADRE, &lines), OK);
    assert_int_equal(lines.n, 1);
    assert_true(str_has(lines.at[0].text, "GX-2026-000001"));
    assert_int_equal(db_transaction(cx, hand_over, NULL), OK);
    Case p = the_case(cx, r.id);
    assert_int_equal(p.handler.v, CADRE_ZHOU);
    assert_int_equal(p.due_at.v, due);
    assert_true(str_eq(p.state, S("dispatched")));
    DOES(cx, CADRE_ZHOU, r.id, "accept", NOTHING);
    assert_int_equal(
        does(cx, CADRE_SUN, r.id, "return", (struct problem_fields){0}), ERR_NOT_FOUND);
}

static void the_district_sees_problems_without_persons(void **state)
{
    Cx *cx = *state;
    struct problem_detail d;
    struct problem_receipt r = dispatched(cx, a_problem());
    sign_in(cx, VIEWER_DISTRICT_JIN);
    assert_int_equal(problem_detail(cx, r.id, &d), OK);
    assert_int_equal(d.verbs.n, 0);
    assert_int_equal(d.chain.len + d.chain_rows.n + d.verifier.len + d.reporter.len, 0);
    assert_true(d.card.handler_name.len > 0 && !str_has(d.card.handler_name, "孙"));
    for (size_t i = 0; i < d.events.n; i++)
        assert_false(str_has(d.events.at[i].who, "钱七") || str_has(d.events.at[i].said, "孙八"));
}

static void metres_are_near_enough(void **state)
{
    (void)state;
    assert_int_equal(metres_between(34900000, 113500000, 34900000, 113500000), 0);
    int64_t north = metres_between(34900000, 113500000, 34901000, 113500000);
    int64_t east = metres_between(34900000, 113500000, 34900000, 113501000);
    assert_true(north >= 110 && north <= 112);
    assert_true(east >= 90 && east <= 92);
    assert_true(metres_between(0, 0, 90000000, 180000000) >= 30000);
}

static void a_likely_duplicate_is_suggested_and_nothing_more(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_detail d;
    in.lat = some_i64(34900000);
    in.lng = some_i64(113500000);
    struct problem_receipt a = reported(cx, in);
    in.place = S("村口东边");
    in.lng = some_i64(113500300); /* 27 m */
    struct problem_receipt b = reported(cx, in);
    in.lng = some_i64(113510000);
    in.place = S("很远");
    struct problem_receipt far = reported(cx, in);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_detail(cx, b.id, &d), OK);
    assert_int_equal(d.likes.n, 1);
    assert_int_equal(d.likes.at[0].card.id, a.id);
    assert_true(d.likes.at[0].metres > 20 && d.likes.at[0].metres < 30);
    assert_int_equal(problem_detail(cx, far.id, &d), OK);
    assert_int_equal(d.likes.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(one_matter_shows_its_sum_its_chain_and_what_to_do),
        IN_TOWN(the_receipt_shows_no_name_no_typed_place_and_no_talk_among_staff),
        IN_TOWN(my_day_shows_what_is_mine_with_its_big_verb),
        IN_TOWN(an_ask_waits_with_who_decides_it),
        IN_TOWN(the_hand_over_moves_the_work_and_not_its_due_time),
        IN_TOWN(the_district_sees_problems_without_persons),
        cmocka_unit_test(metres_are_near_enough),
        IN_TOWN(a_likely_duplicate_is_suggested_and_nothing_more),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
