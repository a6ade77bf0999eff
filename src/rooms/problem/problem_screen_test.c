/* problem_screen_test.c — 防滥用与保护: over a limit waits and is not refused, who is named goes to
 * the office alone, hidden leaves a stub, 打击报复 is nobody's in the village. */
#include "rooms/problem/problem_test.h"

#include "rooms/attachment/attachment.h"
#include "rooms/ledger/ledger.h"
#include "rooms/problem/problem_screen.h"

static struct problem_new one(Cx *cx, const char *from, int i)
{
    struct problem_new in = a_problem();
    in.from = str(from);
    in.body = str(arena_printf(&cx->mem, "第 %d 盏路灯不亮，晚上看不见路", i));
    return in;
}

static size_t n_waiting(Cx *cx)
{
    struct screen_rows rows;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_waiting(cx, &rows), OK);
    return rows.n;
}

static void over_the_days_limit_a_source_waits_for_the_office_and_another_does_not(void **state)
{
    Cx *cx = *state;
    struct screen_rows rows;
    Case p;
    int64_t last = 0;
    for (int i = 0; i < 22; i++)
        last = reported(cx, one(cx, "192.0.2.1", i)).id;
    int64_t other = reported(cx, one(cx, "192.0.2.2", 99)).id;
    assert_int_equal(n_waiting(cx), 2);
    assert_int_equal(screen_waiting(cx, &rows), OK);
    assert_int_equal(rows.at[1].id, last);
    assert_true(str_eq(rows.at[0].why, S("同一来源今天报得很多")));
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(case_open(cx, last, &p), ERR_NOT_FOUND);
    assert_int_equal(case_open(cx, other, &p), OK);
    cx->now += INT64_C(24) * 3600 * 1000; /* a new day */
    int64_t tomorrow = reported(cx, one(cx, "192.0.2.1", 100)).id;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(case_open(cx, tomorrow, &p), OK);
}

static void one_telephone_the_same_words_and_a_web_address_wait_too(void **state)
{
    Cx *cx = *state;
    struct problem_new in;
    for (int i = 0; i < 11; i++) {
        in = one(cx, "", i);
        in.phone = S("13800000009");
        reported(cx, in);
    }
    assert_int_equal(n_waiting(cx), 1);
    for (int i = 0; i < 4; i++) {
        in = a_problem();
        in.body = S("这是一模一样的一句话，发了好几遍");
        reported(cx, in);
    }
    assert_int_equal(n_waiting(cx), 2);
    in = a_problem();
    in.body = S("看 https://example.com");
    reported(cx, in);
    assert_int_equal(n_waiting(cx), 3);
    for (int i = 0; i < 31; i++) {
        in = one(cx, "", i);
        in.plate = S("ACDEFGH");
        reported(cx, in);
    }
    assert_int_equal(n_waiting(cx), 4);
}

static void the_office_lets_through_and_the_village_has_it(void **state)
{
    Cx *cx = *state;
    Case p;
    struct problem_new in = a_problem();
    in.body = S("看 https://example.com");
    int64_t id = reported(cx, in).id;
    in.not_to_village = true;
    int64_t alone = reported(cx, in).id;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(screen_release(cx, id), ERR_NOT_FOUND);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(screen_release(cx, id), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_release(cx, id), OK);
    assert_int_equal(screen_release(cx, id), ERR_CONFLICT);
    assert_int_equal(screen_release(cx, alone), OK);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(case_open(cx, id, &p), OK);
    assert_int_equal(case_open(cx, alone, &p), ERR_NOT_FOUND); /* 不转本村 still holds */
}

/* What a rule would send on by itself, with words that make it wait. */
static struct problem_new for_the_rule(Str *photo)
{
    return (struct problem_new){
        .unit = NANWANG_GRID_1,
        .category = S("0102"),
        .body = S("看 https://example.com"),
        .before = {photo, 1}
    };
}

static void let_through_it_goes_on_by_the_rule_like_one_that_never_waited(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    struct problem_new in = for_the_rule(&photo);
    int64_t held = reported(cx, in).id;
    assert_state(cx, held, "reported");
    cx->now += INT64_C(5) * 3600 * 1000;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_release(cx, held), OK);
    in.unit = NANWANG_GRID_2;
    in.body = S("没有网址");
    int64_t never_held = reported(cx, in).id;
    Case a = the_case(cx, held), b = the_case(cx, never_held);
    assert_state(cx, held, "dispatched");
    assert_state(cx, never_held, "dispatched");
    assert_true(a.handler.set && str_eq(a.turn, S("handler")));
    assert_int_equal(a.due_at.v, b.due_at.v); /* the clock starts with the dispatch, as ever */
    assert_int_equal(a.dispatched_at.v, cx->now);
}

static void let_through_what_no_rule_sends_is_the_villages_turn_with_its_whole_time(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.body = S("看 https://example.com");
    int64_t held = reported(cx, in).id;
    assert_true(str_eq(the_case(cx, held).turn, S("office")));
    cx->now += INT64_C(24) * 3600 * 1000;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_release(cx, held), OK);
    in.body = S("没有网址");
    Case a = the_case(cx, held), b = the_case(cx, reported(cx, in).id);
    assert_true(str_eq(a.turn, S("secretary")));
    assert_int_equal(a.next_at, b.next_at);
}

static void let_through_it_follows_what_it_was_known_to_be(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    struct attachments photos;
    struct problem_new in = for_the_rule(&photo);
    int64_t master = reported(cx, a_problem()).id;
    in.same_as = master;
    int64_t held = reported(cx, in).id;
    assert_state(cx, held, "reported");
    assert_int_equal(attachment_of(cx, master, &photos), OK);
    assert_int_equal(photos.n, 0); /* what waits touches nobody else's */
    in.not_to_village = true;
    int64_t alone = reported(cx, in).id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_release(cx, held), OK);
    assert_int_equal(screen_release(cx, alone), OK);
    assert_state(cx, held, "merged");
    assert_state(cx, alone, "reported"); /* the office's alone: no rule shows it to a village */
    assert_int_equal(attachment_of(cx, master, &photos), OK);
    assert_int_equal(photos.n, 1);
}

static void who_names_a_cadre_or_whoever_stands_over_them_goes_to_the_office_alone(void **state)
{
    Cx *cx = *state;
    static const char *const named[] = {
        "孙八家门口一直堆着", "钱七不管", "赵六说不归他", "王五来看过"};
    Case p;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        struct problem_new in = a_problem();
        in.body = str(named[i]);
        int64_t id = reported(cx, in).id;
        sign_in(cx, SECRETARY_QIAN);
        assert_int_equal(case_open(cx, id, &p), ERR_NOT_FOUND);
        sign_in(cx, OFFICE_ZHENG);
        assert_int_equal(case_open(cx, id, &p), OK);
    }
}

static void retaliation_is_the_offices_and_no_village_post_sees_it(void **state)
{
    Cx *cx = *state;
    Case p;
    struct problem_new in = {
        .unit = NANWANG, .category = S("6902"), .body = S("因为上次反映垃圾，被停了活")};
    int64_t id = reported(cx, in).id;
    for (int64_t who = SECRETARY_QIAN; who <= GRID_KEEPER_WU; who++) {
        sign_in(cx, who);
        assert_int_equal(case_open(cx, id, &p), ERR_NOT_FOUND);
    }
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(case_open(cx, id, &p), OK);
    assert_int_equal(p.severity, 3);
}

static void hidden_with_a_reason_leaves_a_stub_that_stays_when_it_is_shown_again(void **state)
{
    Cx *cx = *state;
    struct screen_stubs stubs;
    int64_t id = reported(cx, a_problem()).id;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(screen_hide(cx, id, S("不好看")), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(screen_hide(cx, id, S("")), ERR_INVALID);
    assert_int_equal(screen_hide(cx, id, S("照片里有人脸")), OK);
    assert_int_equal(screen_hide(cx, id, S("照片里有人脸")), ERR_CONFLICT);
    assert_true(screen_is_hidden(cx, id));
    assert_int_equal(screen_show(cx, id, S("已经打码")), OK);
    assert_false(screen_is_hidden(cx, id));
    assert_int_equal(screen_show(cx, id, S("已经打码")), ERR_CONFLICT);
    assert_int_equal(screen_hide(cx, id, S("又放错了照片")), OK);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(screen_stubs(cx, &stubs), OK);
    assert_int_equal(stubs.n, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(str_eq(stubs.at[i].village, S("南王村")));
}

static void no_village_post_unmasks_a_reporter(void **state)
{
    Cx *cx = *state;
    struct ledger_detail_view v;
    struct problem_new in = a_problem();
    in.unit = NANWANG_GRID_1;
    in.phone = S("13800000009");
    int64_t id = reported(cx, in).id;
    static const int64_t village[] = {
        SECRETARY_QIAN, CADRE_SUN, GRID_KEEPER_WU, DEPT_ZHAO, LEAD_WANG};
    for (size_t i = 0; i < sizeof village / sizeof *village; i++) {
        sign_in(cx, village[i]);
        assert_int_equal(ledger_unmask(cx, &problem_ledger, id, S("想知道"), &v), ERR_FORBIDDEN);
    }
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_unmask(cx, &problem_ledger, id, S("回电核实"), &v), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(over_the_days_limit_a_source_waits_for_the_office_and_another_does_not),
        IN_TOWN(one_telephone_the_same_words_and_a_web_address_wait_too),
        IN_TOWN(the_office_lets_through_and_the_village_has_it),
        IN_TOWN(let_through_it_goes_on_by_the_rule_like_one_that_never_waited),
        IN_TOWN(let_through_what_no_rule_sends_is_the_villages_turn_with_its_whole_time),
        IN_TOWN(let_through_it_follows_what_it_was_known_to_be),
        IN_TOWN(who_names_a_cadre_or_whoever_stands_over_them_goes_to_the_office_alone),
        IN_TOWN(retaliation_is_the_offices_and_no_village_post_sees_it),
        IN_TOWN(hidden_with_a_reason_leaves_a_stub_that_stays_when_it_is_shown_again),
        IN_TOWN(no_village_post_unmasks_a_reporter),
    };
    return cmocka_run_group_tests_name("problem_screen", tests, photos_begin, photos_end);
}
