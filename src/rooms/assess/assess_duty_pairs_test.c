/* assess_duty_pairs_test.c — 回避: for every pair of verbs of judging, whether one person may do
 * both (domain: §1 Separation of duties).  Each pair runs through a month of its own. */
#include "judged.h"
#include "web_town.h"

#include "photo/photo.h"
#include "pictures.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/duty/post.h"

enum { X = WITHOUT_POST_XIE }; /* who does both */

/* In the order of a month.  What is appealed is a C1 of 南王村. */
enum verb {
    INSPECTED_IT,   /* 南王村, without taking a point off */
    INSPECTED_ELSE, /* 孙庄村 */
    TYPED_IT,       /* a C1 from paper, of 孙庄村 */
    TYPED_ELSE,     /* an A2 from paper */
    CLOSED,         /* 收卷 */
    DECIDED,        /* the appeal, as one of three */
    SIGNED_FIRST,
    SIGNED_SECOND,
    CORRECTED, /* wrote a row of the correction */
    SIGNED_CORRECTION_FIRST,
    SIGNED_CORRECTION_SECOND,
    N_VERBS,
};

struct pair_of {
    Cx *cx;
    enum verb a, b;
    int64_t round, correction, c1;
    Err said; /* of b */
};

/* X by the posts it takes, or who does it in a month without X. */
static bool as(struct pair_of *p, enum verb v, uint32_t held, int64_t usual)
{
    bool x = v == p->a || v == p->b;
    sign_in(p->cx, x ? X : usual);
    p->cx->me.posts = held;
    return x;
}

/* False: it was X's second verb and is refused; the month ends there. */
static bool done(struct pair_of *p, enum verb v, Err e)
{
    if (v == p->b)
        p->said = e;
    else
        assert_int_equal(e, OK);
    return e == OK;
}

static bool inspected(struct pair_of *p, enum verb v, int64_t unit)
{
    int64_t sheet;
    if (v != p->a && v != p->b)
        return true;
    sign_in(p->cx, OFFICE_ZHENG);
    assert_int_equal(
        assess_sheet_name(p->cx, p->round, S("K"), unit, X, S("2026-06-29"), &sheet), OK);
    p->cx->now = town_ms(2026, 6, 29, 15, 0);
    sign_in(p->cx, X);
    assert_int_equal(assess_sheet_start(p->cx, sheet), OK);
    return done(p, v, assess_sheet_done(p->cx, sheet));
}

static bool typed(struct pair_of *p, enum verb v, Str item)
{
    int64_t id;
    if (v != p->a && v != p->b)
        return true;
    (void)as(p, v, HAS(POST_OFFICE), 0);
    const struct assess_paper paper = {.round = p->round,
        .unit = SUNZHUANG,
        .inspector = INSPECTOR_SHI,
        .n = 1,
        .found_at = town_ms(2026, 6, 29, 9, 0),
        .week = S("K"),
        .item = item,
        .place = S("村西路口"),
        .said = S("纸面检查表补录")};
    return done(p, v, assess_deduct_paper(p->cx, &paper, &id));
}

static bool decided(struct pair_of *p)
{
    const struct assess_vote strike = {.choice = S("struck"), .said = S("照片不是本村的")};
    static const int64_t others[] = {APPEAL_KONG, YOUTH_LEAGUE_XU};
    int64_t appeal;
    sign_in(p->cx, SECRETARY_QIAN);
    assert_int_equal(assess_appeal(p->cx, p->c1, S("不是我村的"), &appeal), OK);
    for (int i = 0; i < 2; i++) {
        sign_in(p->cx, others[i]);
        p->cx->me.posts = HAS(POST_APPEAL);
        assert_int_equal(assess_vote(p->cx, appeal, &strike), OK);
    }
    (void)as(p, DECIDED, HAS(POST_APPEAL), TOWN_LEADER_CHU);
    return done(p, DECIDED, assess_vote(p->cx, appeal, &strike));
}

static bool signed_by(struct pair_of *p, int64_t round, enum verb v, uint32_t held, int64_t usual)
{
    struct assess_kept k;
    (void)as(p, v, held, usual);
    assert_int_equal(assess_kept(p->cx, round, 0, &k), OK);
    return done(p, v, assess_sign(p->cx, round, k.input_hash));
}

static bool corrected(struct pair_of *p)
{
    struct assess_kept k;
    int64_t row;
    assert_int_equal(assess_kept(p->cx, p->round, 0, &k), OK);
    const struct assess_fix fix = {
        .unit = NANWANG, .week = k.in.week[0].code, .item = S("A1"), .reason = S("照片拍的是邻村")};
    sign_in(p->cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_correct(p->cx, p->round, S("记错了村"), &p->correction), OK);
    (void)as(p, CORRECTED, HAS(POST_OFFICE), OFFICE_HEAD_FENG);
    if (!done(p, CORRECTED, assess_correct_add(p->cx, p->correction, &fix, &row)))
        return false;
    sign_in(p->cx, OFFICE_ZHENG);
    assert_int_equal(assess_freeze(p->cx, p->correction), OK);
    return true;
}

static bool closed(struct pair_of *p)
{
    p->cx->now = town_ms(2026, 7, 1, 9, 0);
    (void)as(p, CLOSED, HAS(POST_OFFICE), OFFICE_ZHENG);
    if (!done(p, CLOSED, assess_scored(p->cx, p->round)))
        return false;
    assert_int_equal(assess_freeze(p->cx, p->round), OK);
    return true;
}

static bool final(struct pair_of *p)
{
    p->cx->now = town_ms(2026, 7, 8, 18, 0);
    sign_in(p->cx, OFFICE_ZHENG);
    assert_int_equal(assess_final(p->cx, p->round), OK);
    return true;
}

static void month_of(struct pair_of *p)
{
    int64_t a1 = 0;
    p->round = judged_open(p->cx);
    judged_inspect(p->cx, p->round, &a1, &p->c1);
    (void)(inspected(p, INSPECTED_IT, NANWANG) && inspected(p, INSPECTED_ELSE, SUNZHUANG)
           && typed(p, TYPED_IT, S("C1")) && typed(p, TYPED_ELSE, S("A2")) && closed(p)
           && decided(p) && final(p)
           && signed_by(p, p->round, SIGNED_FIRST, HAS(POST_OFFICE), OFFICE_ZHENG)
           && signed_by(p, p->round, SIGNED_SECOND, HAS(POST_COMMANDER), COMMANDER_CHEN)
           && corrected(p)
           && signed_by(p, p->correction, SIGNED_CORRECTION_FIRST, HAS(POST_OFFICE), OFFICE_ZHENG)
           && signed_by(
               p, p->correction, SIGNED_CORRECTION_SECOND, HAS(POST_COMMANDER), COMMANDER_CHEN));
}

/* A row: did this; a column, from the next verb on: may then do that ('.' or, refused, 'x').
 *                            in it, in else, typed it, typed else, closed, decided, 1st, 2nd,
 *                            corrected, its 1st, its 2nd */
static const char *const rule[N_VERBS] = {
    [INSPECTED_IT] = " ....xxx.xx",
    [INSPECTED_ELSE] = "  ....xx.xx",
    [TYPED_IT] = "   ..xxx.xx",
    [TYPED_ELSE] = "    ..xx.xx",
    [CLOSED] = "     ......",
    [DECIDED] = "      .....",
    [SIGNED_FIRST] = "       x...",
    [SIGNED_SECOND] = "        ...",
    [CORRECTED] = "         xx",
    [SIGNED_CORRECTION_FIRST] = "          x",
    [SIGNED_CORRECTION_SECOND] = "           ",
};

static void one_person_does_two_things_of_a_round_only_where_the_rule_lets_them(void **state)
{
    (void)state;
    for (int a = 0; a < N_VERBS; a++)
        for (int b = a + 1; b < N_VERBS; b++) {
            void *town;
            assert_int_equal(town_setup(&town), 0);
            struct pair_of p = {.cx = town, .a = (enum verb)a, .b = (enum verb)b, .said = OK};
            month_of(&p);
            Err want = rule[a][b] == 'x' ? ERR_FORBIDDEN : OK;
            if (p.said != want)
                print_error("verbs %d and %d: %d, not %d: %s\n", a, b, p.said, want,
                    p.cx->why.say.len ? p.cx->why.say.at : "");
            assert_int_equal(p.said, want);
            assert_int_equal(town_teardown(&town), 0);
        }
}

/* Who is refused is told which part of theirs it was. */
static void who_may_not_sign_is_told_by_what(void **state)
{
    static const struct {
        enum verb a, b;
        const char *why;
    } told[] = {
        {INSPECTED_IT, SIGNED_FIRST,            "您在这一轮打过分"      },
        {TYPED_ELSE,   SIGNED_SECOND,           "您录入过这一轮的扣分"},
        {CORRECTED,    SIGNED_CORRECTION_FIRST, "您写过这次更正"         },
        {INSPECTED_IT, SIGNED_CORRECTION_FIRST, "您在这一轮打过分"      },
        {SIGNED_FIRST, SIGNED_SECOND,           "两个签字必须是两个人"},
        {TYPED_IT,     DECIDED,                 "给这一项打过分"         },
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        void *town;
        assert_int_equal(town_setup(&town), 0);
        struct pair_of p = {.cx = town, .a = told[i].a, .b = told[i].b};
        month_of(&p);
        assert_int_equal(p.said, ERR_FORBIDDEN);
        assert_true(has_words(p.cx->why.say, told[i].why));
        assert_int_equal(town_teardown(&town), 0);
    }
}

static void the_page_tells_the_writer_of_a_correction_so_and_shows_no_button(void **state)
{
    Cx *cx = *state;
    int64_t row, id, round = judged_published(cx);
    struct assess_kept k;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    const struct assess_fix fix = {
        .unit = NANWANG, .week = k.in.week[0].code, .item = S("C1"), .reason = S("记错了村")};
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_correct(cx, round, S("记错了村"), &id), OK);
    assert_int_equal(assess_correct_add(cx, id, &fix, &row), OK);
    assert_int_equal(assess_freeze(cx, id), OK);
    const char *path = arena_printf(&cx->mem, "/assess/%lld", (long long)id);
    web_call_open(cx, town_dir());
    struct web_answer writer = web_get(cx, path, town_cookie_text(cx, OFFICE_HEAD_FENG));
    struct web_answer other = web_get(cx, path, town_cookie_text(cx, OFFICE_ZHENG));
    web_call_close();
    assert_int_equal(writer.status, 200);
    assert_true(web_body_has(&writer, "您写过这次更正，不能签字"));
    assert_false(web_body_has(&writer, "打过分，不能签字"));
    assert_int_equal(other.status, 200);
    assert_false(web_body_has(&other, "您写过这次更正"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_does_two_things_of_a_round_only_where_the_rule_lets_them),
        cmocka_unit_test(who_may_not_sign_is_told_by_what),
        IN_TOWN(the_page_tells_the_writer_of_a_correction_so_and_shows_no_button),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
