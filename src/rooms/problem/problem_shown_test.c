/* problem_shown_test.c — 延期、挂账、作废 as everybody may read them: why, who granted it beside
 * who asked, the new day; in both languages. */
#include "web_town.h"

#include "rooms/problem/problem_test.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static struct web_answer shown(Cx *cx, const struct problem_receipt *r, const char *lang)
{
    return web_call(cx, &(struct web_call){
                            .path = arena_printf(&cx->mem, "/p/%.*s", (int)r->code.len, r->code.at),
                            .headers = {"Cookie", arena_printf(&cx->mem, "lang=%s", lang), NULL}
    });
}

/* Each of the words stands on the page. */
static void shows(
    Cx *cx, const struct problem_receipt *r, const char *lang, const char *const *words)
{
    struct web_answer a = shown(cx, r, lang);
    assert_int_equal(a.status, 200);
    for (; *words; words++) {
        bool there = web_body_has(&a, *words);
        if (!there)
            print_message("%s: the page does not say %s\n", lang, *words);
        assert_true(there);
    }
}
#define SHOWS(r, lang, ...) shows(cx, r, lang, (const char *const[]){__VA_ARGS__, NULL})

static struct problem_receipt in_hand(Cx *cx)
{
    cx->now = AT(6, 15, 10, 0);
    struct problem_receipt r = dispatched(cx, a_problem());
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    return r;
}

static void an_extension_is_public_with_its_reason_its_day_and_who_granted_it(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx);
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("灯杆要订货"),
        .until = some_i64(AT(6, 23, 17, 30)));
    struct web_answer a = shown(cx, &r, "zh");
    assert_false(web_body_has(&a, "灯杆要订货")); /* asked is not granted */
    assert_int_equal(
        does(cx, CADRE_SUN, r.id, "extend_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, DEPT_ZHAO, r.id, "extend_grant", .text = TEXT("只此一次"));
    SHOWS(&r, "zh", "同意延期", "灯杆要订货", "只此一次", "赵同志", "06-23（周二）17:30");
    SHOWS(&r, "en", "灯杆要订货", "Grant the extension", "Tue 23 Jun 17:30");
}

static void a_suspension_is_public_with_its_reason_its_plan_and_the_day_it_is_looked_at(
    void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx);
    DOES(cx, CADRE_SUN, r.id, "suspend_ask", .reason = TEXT("project"),
        .plan = TEXT("列入下半年路灯项目"), .review_on = TEXT("2026-08-20"));
    assert_int_equal(
        does(cx, CADRE_SUN, r.id, "suspend_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, OFFICE_ZHENG, r.id, "suspend_grant", NOTHING);
    SHOWS(&r, "zh", "暂时挂账", "要立项目", "列入下半年路灯项目", "08-20（周四）", "同意挂账",
        "郑同志");
    SHOWS(&r, "en", "On hold: ", "列入下半年路灯项目", "Thu 20 Aug", "It needs a project");
}

static void a_voided_one_leaves_a_stub_with_its_reason(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx);
    DOES(cx, DEPT_ZHAO, r.id, "void_ask", .text = TEXT("现场没有路灯"));
    assert_int_equal(
        does(cx, DEPT_ZHAO, r.id, "void_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, LEAD_WANG, r.id, "void_grant", NOTHING);
    SHOWS(&r, "zh", "作废", "现场没有路灯", "同意作废", "王同志");
    SHOWS(&r, "en", "现场没有路灯", "void");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(an_extension_is_public_with_its_reason_its_day_and_who_granted_it),
        ON_THE_WEB(a_suspension_is_public_with_its_reason_its_plan_and_the_day_it_is_looked_at),
        ON_THE_WEB(a_voided_one_leaves_a_stub_with_its_reason),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
