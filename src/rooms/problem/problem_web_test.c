/* problem_web_test.c — the pages of 问题台账 as a browser asks for them, without a socket. */
#include "web_town.h"

#include "base/geo.h"
#include "rooms/problem/problem_view.h"
#include "web/web_call.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FORM(...)                                                                                  \
    {                                                                                              \
        (const struct pair[]){__VA_ARGS__},                                                        \
            sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair)                       \
    }

/* A lamp in 南王村 that somebody without an account reports; the receipt's path. */
static const char *report(Cx *cx)
{
    struct web_answer a =
        web_call(cx, &(struct web_call){.method = "POST",
                         .path = "/report",
                         .form = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
                             {S("place_text"), S("主街中段")}, {S("body"), S("两盏路灯都不亮")},
                             {S("phone"), S("13800001234")}, {S("alone"), S("1")})});
    assert_int_equal(a.status, 303);
    assert_int_equal(memcmp(a.location.at, "/p/", 3), 0);
    assert_true(a.location.len >= 15);
    return arena_printf(&cx->mem, "%.15s", a.location.at);
}

static int64_t newest(Cx *cx, int64_t person)
{
    struct problem_cards cards;
    sign_in(cx, person);
    assert_int_equal(
        problem_cards(cx, &(struct problem_filter){.order = FIRST_LATEST}, &cards), OK);
    assert_true(cards.n > 0);
    sign_in(cx, NOBODY_THERE);
    return cards.at[0].id;
}

static void a_report_without_a_village_comes_back_with_all_that_was_typed(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_call(
        cx, &(struct web_call){.method = "POST",
                .path = "/report",
                .form = FORM({S("category"), S("0102")}, {S("place_text"), S("文化广场 & 东侧")},
                    {S("body"), S("垃圾堆了<三四天>")}, {S("phone"), S("13800001234")})});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "垃圾堆了&lt;三四天&gt;"));
    assert_true(web_body_has(&a, "文化广场 &amp; 东侧"));
    assert_true(web_body_has(&a, "13800001234"));
    assert_true(web_body_has(&a, "value=\"0102\" checked"));
    assert_true(web_body_has(&a, "href=\"#unit\""));
}

static void a_report_leads_to_its_receipt_which_tells_nothing_of_the_person(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    const char *shown = arena_printf(&cx->mem, "%.4s %.4s %.4s", path + 3, path + 7, path + 11);
    struct web_answer a = web_page(cx, NOBODY_THERE, path);

    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, shown));
    assert_true(web_body_has(&a, "已上报"));
    assert_false(web_body_has(&a, "13800001234"));
    struct web_answer j = web_page(cx, NOBODY_THERE, arena_printf(&cx->mem, "%s.json", path));
    assert_int_equal(j.status, 200);
    assert_true(
        web_body_has(&j, "\"state\":\"reported\"") || web_body_has(&j, "\"state\":\"dispatched\""));
    assert_false(web_body_has(&j, "13800001234"));
    assert_false(
        web_body_has(&j, "两盏路灯")); /* free words are not public before somebody has looked */
}

static void the_same_form_sent_twice_is_one_report(void **state)
{
    Cx *cx = *state;
    const struct web_call call = {.method = "POST",
        .path = "/report",
        .form = FORM({S("key"), S("AAAAAAAAAAAABBBBBBBBBB")}, {S("category"), S("0102")},
            {S("unit"), S("410108101206000")}, {S("body"), S("双击")})};
    struct web_answer a = web_call(cx, &call), b = web_call(cx, &call);
    struct problem_cards cards;

    assert_int_equal(a.status, 303);
    assert_int_equal(b.status, 303);
    assert_memory_equal(a.location.at, b.location.at, a.location.len);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_cards(cx, &(struct problem_filter){0}, &cards), OK);
    assert_int_equal(cards.n, 1);
}

static void a_code_that_nobody_has_leads_to_the_form_and_the_telephone(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_page(cx, NOBODY_THERE, "/p/123456789012");
    assert_int_equal(a.status, 404);
    assert_true(web_body_has(&a, "action=\"/p\""));
}

static void a_code_may_be_typed_with_blanks(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    struct web_answer a = web_page(cx, NOBODY_THERE,
        arena_printf(&cx->mem, "/p?code=%.4s+%.4s-%.4s", path + 3, path + 7, path + 11));
    assert_int_equal(a.status, 303);
    assert_memory_equal(a.location.at, path, 15);
}

static void the_reporter_can_withdraw_with_the_code_alone(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    struct web_answer a = web_call(cx,
        &(struct web_call){.method = "POST", .path = arena_printf(&cx->mem, "%s/withdraw", path)});
    assert_int_equal(a.status, 303);
    struct web_answer j = web_page(cx, NOBODY_THERE, arena_printf(&cx->mem, "%s.json", path));
    assert_true(web_body_has(&j, "\"state\":\"withdrawn\""));
}

static void the_reporter_can_have_their_data_deleted(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    struct web_answer before = web_page(cx, NOBODY_THERE, path);
    assert_true(web_body_has(&before, "尾号 1234"));
    struct web_answer a = web_call(cx,
        &(struct web_call){.method = "POST", .path = arena_printf(&cx->mem, "%s/forget", path)});
    assert_int_equal(a.status, 303);
    struct web_answer after = web_page(cx, NOBODY_THERE, path);
    assert_false(web_body_has(&after, "1234，"));
}

static void a_secretary_sees_the_report_and_files_it_from_their_day(void **state)
{
    Cx *cx = *state;
    report(cx);
    int64_t id = newest(cx, SECRETARY_QIAN);
    struct web_answer me = web_page(cx, SECRETARY_QIAN, "/me");
    assert_int_equal(me.status, 200);
    assert_true(web_body_has(&me, arena_printf(&cx->mem, "/problems/%" PRId64, id)));

    struct web_answer a =
        web_call(cx, &(struct web_call){.method = "POST",
                         .path = arena_printf(&cx->mem, "/problems/%" PRId64 "/file", id),
                         .cookie = town_cookie_text(cx, SECRETARY_QIAN),
                         .form = FORM({S("back"), S("me")})});
    assert_int_equal(a.status, 303);
    assert_memory_equal(a.location.at, "/me", 3);
    struct web_answer list = web_page(cx, SECRETARY_QIAN, "/problems");
    assert_int_equal(list.status, 200);
    assert_true(web_body_has(&list, "待派遣"));
}

static void the_secretary_of_the_next_village_does_not_find_it(void **state)
{
    Cx *cx = *state;
    report(cx);
    int64_t id = newest(cx, SECRETARY_QIAN);
    const char *path = arena_printf(&cx->mem, "/problems/%" PRId64, id);
    assert_int_equal(web_page(cx, SECRETARY_QIAN, path).status, 200);
    assert_int_equal(web_page(cx, SECRETARY_OF_SUNZHUANG, path).status, 404);
    struct web_answer list = web_page(cx, SECRETARY_OF_SUNZHUANG, "/problems.json");
    assert_true(web_body_has(&list, "\"n\":0"));
}

static void a_verb_without_what_it_needs_shows_the_matter_again_and_says_so(void **state)
{
    Cx *cx = *state;
    report(cx);
    int64_t id = newest(cx, SECRETARY_QIAN);
    struct web_answer a =
        web_call(cx, &(struct web_call){.method = "POST",
                         .path = arena_printf(&cx->mem, "/problems/%" PRId64 "/comment", id),
                         .cookie = town_cookie_text(cx, SECRETARY_QIAN)});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "没有办成"));
}

static void a_position_that_is_none_is_refused_by_its_name_and_kept_when_it_is_one(void **state)
{
    Cx *cx = *state;
    static const char *const wrong[][3] = {
        {"34.9",  "",       "lon"},
        {"",      "113.5",  "lat"},
        {"north", "113.5",  "lat"},
        {"34.9",  "-113.5", "lon"},
        {"91",    "113.5",  "lat"},
        {"34.9",  "200",    "lon"},
        {"34,9",  "113,5",  "lat"}
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct web_answer a = web_call(
            cx, &(struct web_call){.method = "POST",
                    .path = "/report",
                    .form = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
                        {S("body"), S("两盏路灯都不亮")}, {S("lat"), str(wrong[i][0])},
                        {S("lon"), str(wrong[i][1])})});
        assert_int_equal(a.status, 422);
        assert_true(web_body_has(&a, arena_printf(&cx->mem, "href=\"#%s\"", wrong[i][2])));
        assert_true(
            web_body_has(&a, "name=\"lat\" value=\"\"")); /* the next try is not refused again */
        assert_true(web_body_has(&a, "两盏路灯都不亮"));
    }
    struct web_answer a =
        web_call(cx, &(struct web_call){.method = "POST",
                         .path = "/report",
                         .form = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
                             {S("lat"), S("34.912345")}, {S("lon"), S("113.513307")})});
    assert_int_equal(a.status, 303);
}

/* The office reads what the phone gave and in which datum; the row has it as WGS-84 beside that. */
static void what_the_phone_gave_stands_beside_what_it_means(void **state)
{
    Cx *cx = *state;
    const struct pair datums[] = {
        {S("gcj02"), S("34.912345,113.513307 GCJ-02")},
        {S("wgs84"), S("34.912345,113.513307 WGS-84")}
    };
    for (size_t i = 0; i < 2; i++) {
        struct problem_detail d;
        struct web_answer a = web_call(
            cx, &(struct web_call){.method = "POST",
                    .path = "/report",
                    .form = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
                        {S("body"), i ? S("第二处坑") : S("路上有坑")}, {S("lat"), S("34.912345")},
                        {S("lon"), S("113.513307")}, {S("datum"), datums[i].name},
                        {S("accuracy"), S("15")}, {S("alone"), S("1")})});
        assert_int_equal(a.status, 303);
        int64_t id = newest(cx, OFFICE_ZHENG);
        a = web_page(cx, OFFICE_ZHENG, arena_printf(&cx->mem, "/problems/%" PRId64, id));
        assert_true(web_body_has(&a, as_z(cx, datums[i].value)));
        a = web_page(cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/problems/%" PRId64, id));
        assert_int_equal(a.status, 200);
        assert_false(web_body_has(&a, "113.513307")); /* where somebody stood */
        sign_in(cx, OFFICE_ZHENG);
        assert_int_equal(problem_detail(cx, id, &d), OK);
        struct point wgs = {d.lat.v, d.lng.v}, gave = {34912345, 113513307};
        if (i == 0)
            wgs = gcj_of_wgs(wgs);
        assert_in_range(wgs.lat - gave.lat + 1, 0, 2);
        assert_in_range(wgs.lng - gave.lng + 1, 0, 2);
    }
}

/* Asked while somebody chooses: by a form, as residents see it, and nothing is written. */
static void what_is_like_it_is_told_beside_the_form_as_residents_see_it(void **state)
{
    Cx *cx = *state;
    struct pairs words = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
        {S("body"), S("主街中段两盏路灯都不亮了")});
    struct pairs other = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
        {S("body"), S("东头的小树被风刮倒了没人扶")});
    struct web_call ask = {.method = "POST", .path = "/report/like", .form = words};
    report(cx);
    int64_t id = newest(cx, OFFICE_ZHENG);
    struct web_answer a = web_call(cx, &ask);
    const char *same = arena_printf(&cx->mem, "data-same=\"%" PRId64 "\"", id);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, same));
    assert_true(web_body_has(&a, "说的话很像"));
    assert_false(web_body_has(&a, "两盏路灯")); /* words that nobody has released */
    assert_false(web_body_has(&a, "13800001234"));
    ask.form = other;
    a = web_call(cx, &ask);
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "data-same"));
    assert_int_equal(newest(cx, OFFICE_ZHENG), id);
    /* shown beside the form and not chosen: not asked again */
    char seen[24];
    snprintf(seen, sizeof seen, "%" PRId64, id);
    for (int i = 0; i < 2; i++) {
        a = web_call(
            cx, &(struct web_call){.method = "POST",
                    .path = "/report",
                    .form = FORM({S("category"), S("6101")}, {S("unit"), S("410108101206000")},
                        {S("body"), S("主街中段两盏路灯都不亮了")},
                        {S("seen"), i ? str(seen) : S("0")})});
        assert_int_equal(a.status, i ? 303 : 200);
    }
}

static void the_export_is_this_filter_with_one_line_a_row_and_nobodys_phone(void **state)
{
    Cx *cx = *state;
    report(cx);
    report(cx);
    struct web_answer a = web_page(cx, SECRETARY_QIAN, "/problems.csv");
    int lines = 0;
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < a.body.len; i++)
        lines += a.body.at[i] == '\n';
    assert_int_equal(lines, 3);
    assert_false(web_body_has(&a, "13800001234"));
    struct web_answer none = web_page(cx, SECRETARY_QIAN, "/problems.csv?state=closed");
    assert_false(web_body_has(&none, "主街中段"));
}

static void agree(Cx *cx, const struct problem_figure *f)
{
    int64_t n = -1;
    assert_int_equal(problem_n(cx, &f->num, &n), OK);
    assert_int_equal(n, f->n);
    if (f->of < 0)
        return;
    assert_int_equal(problem_n(cx, &f->den, &n), OK);
    assert_int_equal(n, f->of);
}

static void each_number_of_the_board_is_the_number_of_rows_it_opens(void **state)
{
    Cx *cx = *state;
    struct problem_board b;

    report(cx);
    report(cx);
    int64_t id = newest(cx, SECRETARY_QIAN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_act(cx, id, S("file"), &(struct problem_fields){0}), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_board(cx, &b), OK);
    assert_int_equal(b.five[0].n, 1); /* registered */
    assert_int_equal(b.five[2].n, 2); /* reported today */
    for (size_t i = 0; i < 5; i++)
        agree(cx, &b.five[i]);
    for (size_t i = 0; i < 3; i++)
        agree(cx, &b.focus[i]);
    for (size_t i = 0; i < b.n_villages; i++) {
        agree(cx, &b.villages[i].closing);
        agree(cx, &b.villages[i].on_time);
    }
    assert_int_equal(web_page(cx, OFFICE_ZHENG, "/board").status, 200);
}

static void the_reporters_page_says_the_post_and_the_surname_of_who_did_it(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    int64_t id = newest(cx, SECRETARY_QIAN);
    struct web_answer a =
        web_call(cx, &(struct web_call){.method = "POST",
                         .path = arena_printf(&cx->mem, "/problems/%" PRId64 "/file", id),
                         .cookie = town_cookie_text(cx, SECRETARY_QIAN)});
    assert_int_equal(a.status, 303);
    struct web_answer page = web_page(cx, NOBODY_THERE, path);
    assert_true(web_body_has(&page, "钱同志"));
    assert_false(web_body_has(&page, "钱七"));
}

static void the_pages_speak_english_too(void **state)
{
    Cx *cx = *state;
    const char *path = report(cx);
    struct web_answer a = web_call(cx, &(struct web_call){
                                           .path = path, .headers = {"Cookie", "lang=en", NULL}
    });
    assert_true(web_body_has(&a, "Receipt number"));
    assert_true(web_body_has(&a, "<html lang=\"en\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(a_report_without_a_village_comes_back_with_all_that_was_typed),
        ON_THE_WEB(a_report_leads_to_its_receipt_which_tells_nothing_of_the_person),
        ON_THE_WEB(the_same_form_sent_twice_is_one_report),
        ON_THE_WEB(a_code_that_nobody_has_leads_to_the_form_and_the_telephone),
        ON_THE_WEB(a_code_may_be_typed_with_blanks),
        ON_THE_WEB(the_reporter_can_withdraw_with_the_code_alone),
        ON_THE_WEB(the_reporter_can_have_their_data_deleted),
        ON_THE_WEB(a_secretary_sees_the_report_and_files_it_from_their_day),
        ON_THE_WEB(the_secretary_of_the_next_village_does_not_find_it),
        ON_THE_WEB(a_verb_without_what_it_needs_shows_the_matter_again_and_says_so),
        ON_THE_WEB(a_position_that_is_none_is_refused_by_its_name_and_kept_when_it_is_one),
        ON_THE_WEB(what_the_phone_gave_stands_beside_what_it_means),
        ON_THE_WEB(what_is_like_it_is_told_beside_the_form_as_residents_see_it),
        ON_THE_WEB(the_export_is_this_filter_with_one_line_a_row_and_nobodys_phone),
        ON_THE_WEB(each_number_of_the_board_is_the_number_of_rows_it_opens),
        ON_THE_WEB(the_reporters_page_says_the_post_and_the_surname_of_who_did_it),
        ON_THE_WEB(the_pages_speak_english_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
