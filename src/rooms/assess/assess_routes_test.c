/* assess_routes_test.c — 证书、公平、预演、述职 as a browser asks for them: who gets what, and what
 * stands on it. */
#include "judged.h"
#include "web_town.h"

#include "paper/paper.h"
#include "photo/photo.h"
#include "pictures.h"

#include <inttypes.h>
#include <stdio.h>

enum { NOBODY = 0 };

/* As this town's own server, with that --public-url. */
static void serve(const char *public_url)
{
    const struct web_opt opt = {.data = town_dir(),
        .listen = "127.0.0.1:0",
        .public_url = public_url,
        .town = TEST_TOWN,
        .no_rate = true,
        .rooms = rooms};
    assert_int_equal(web_open(&opt), OK);
}

static int open_web(void **state)
{
    int r = town_setup(state);
    if (!r)
        serve(NULL);
    return r;
}

static int close_web(void **state)
{
    web_call_close();
    return town_teardown(state);
}
#define ON_THE_ROUTES(test) cmocka_unit_test_setup_teardown(test, open_web, close_web)

static const char *path(Cx *cx, const char *fmt, int64_t a, int64_t b)
{
    char line[200];
    assert_true(snprintf(line, sizeof line, fmt, a, b) > 0);
    return arena_printf(&cx->mem, "%s", line);
}

struct expected {
    int64_t who;
    int status;
};

static void each_gets(Cx *cx, const char *at, const struct expected *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int status = web_page(cx, e[i].who, at).status;
        if (status != e[i].status)
            print_error("%s as %" PRId64 ": %d\n", at, e[i].who, status);
        assert_int_equal(status, e[i].status);
    }
}
#define EACH_GETS(cx, at, ...)                                                                     \
    each_gets(cx, at, (const struct expected[]){__VA_ARGS__},                                      \
        sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))

/* What other people's programs read on the paper. */
static const char *read_by(Cx *cx, const char *command, Str pdf)
{
    const char *file = arena_printf(&cx->mem, "%s/certificate.pdf", town_dir());
    char *at = arena_alloc(&cx->mem, 1 << 16);
    FILE *f = fopen(file, "we");
    assert_non_null(f);
    assert_int_equal(fwrite(pdf.at, 1, pdf.len, f), pdf.len);
    assert_int_equal(fclose(f), 0);
    FILE *p = popen(arena_printf(&cx->mem, command, file, file, file), "re");
    assert_non_null(p);
    at[fread(at, 1, (1 << 16) - 1, p)] = 0;
    assert_int_equal(pclose(p), 0);
    return at;
}

static const char *square_of(Cx *cx, Str pdf)
{
    return read_by(cx, "pdftoppm -r 150 -png -singlefile %s %s && zbarimg -q --raw %s.png", pdf);
}

static int64_t red_of(Cx *cx, int64_t round, int64_t *other)
{
    struct assess_kept k;
    int64_t red = 0;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    for (size_t i = 0; i < k.in.n_units; i++)
        if (k.out[i].flag == FLAG_RED)
            red = k.in.unit[i].code;
        else
            *other = k.in.unit[i].code;
    assert_true(red != 0);
    return red;
}

static void a_certificate_says_what_was_published_and_everybody_may_have_it(void **state)
{
    Cx *cx = *state;
    int64_t other = 0, round = judged_published(cx), red = red_of(cx, round, &other);
    const char *at = path(cx, "/assess/%" PRId64 "/%" PRId64 "/certificate.pdf", round, red);
    struct assess_kept k;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    struct web_answer a = web_page(cx, NOBODY, at);
    EACH_GETS(cx, at, {NOBODY, 200}, {SECRETARY_QIAN, 200}, {OFFICE_ZHENG, 200});
    assert_true(str_eq(a.type, S("application/pdf")));
    const char *text = read_by(cx, "pdftotext -layout %s -", a.body);
    assert_non_null(strstr(text, red == NANWANG ? "南王村" : "孙庄村"));
    assert_non_null(strstr(text, "2026 年 6 月"));
    assert_non_null(strstr(text, "授予红旗"));
    assert_non_null(strstr(text, assess_points(cx, k.out[red == NANWANG ? 0 : 1].score).at));
    assert_non_null(strstr(text, arena_printf(&cx->mem, "%.16s", k.input_hash.at)));
    assert_non_null(strstr(square_of(cx, a.body), path(cx, "/flags?round=%" PRId64, round, 0)));
    if (other)
        EACH_GETS(cx, path(cx, "/assess/%" PRId64 "/%" PRId64 "/certificate.pdf", round, other),
            {NOBODY, 404}, {OFFICE_ZHENG, 404});
    EACH_GETS(cx, path(cx, "/assess/%" PRId64 "/%" PRId64 "/certificate.pdf", round, ELSEWHERE),
        {NOBODY, 404});
}

static void before_it_is_published_there_is_no_certificate(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0, other = 0, round = judged_frozen(cx, &a1, &c1);
    int64_t red = red_of(cx, round, &other);
    EACH_GETS(cx, path(cx, "/assess/%" PRId64 "/%" PRId64 "/certificate.pdf", round, red),
        {NOBODY, 404}, {OFFICE_ZHENG, 404});
}

/* Whoever prints it on the machine itself: the paper leads to the name people know. */
static void the_square_leads_to_the_public_url(void **state)
{
    Cx *cx = *state;
    int64_t other = 0, round = judged_published(cx), red = red_of(cx, round, &other);
    const char *at = path(cx, "/assess/%" PRId64 "/%" PRId64 "/certificate.pdf", round, red);
    web_close();
    serve("https://town.example");
    struct web_answer a = web_page(cx, NOBODY, at);
    assert_int_equal(a.status, 200);
    assert_non_null(strstr(
        square_of(cx, a.body), path(cx, "https://town.example/flags?round=%" PRId64, round, 0)));
}

static void fairness_is_read_by_who_signs_and_names_by_the_office_alone(void **state)
{
    Cx *cx = *state;
    int64_t round = judged_published(cx);
    const char *at = path(cx, "/assess/%" PRId64 "/fairness", round, 0);
    EACH_GETS(cx, at, {NOBODY, 303}, {SECRETARY_QIAN, 403}, {INSPECTOR_SHI, 403},
        {APPEAL_KONG, 403}, {LEAD_WANG, 403}, {COMMANDER_CHEN, 200}, {OFFICE_ZHENG, 200},
        {OFFICE_HEAD_FENG, 200});
    EACH_GETS(cx, "/assess/999999/fairness", {OFFICE_ZHENG, 404});
    struct web_answer office = web_page(cx, OFFICE_ZHENG, at),
                      boss = web_page(cx, COMMANDER_CHEN, at);
    assert_true(web_body_has(&office, "施检查") || web_body_has(&office, "张核查"));
    assert_false(web_body_has(&boss, "施检查") || web_body_has(&boss, "张核查"));
    assert_true(web_body_has(&boss, " 号"));
}

static void a_table_is_rehearsed_by_the_office_alone(void **state)
{
    Cx *cx = *state;
    (void)judged_published(cx);
    const char *at = path(cx, "/assess/rehearse?table=%" PRId64, judged_table(cx, S("v2")), 0);
    EACH_GETS(cx, at, {NOBODY, 303}, {SECRETARY_QIAN, 403}, {COMMANDER_CHEN, 403}, {LEAD_WANG, 403},
        {OFFICE_ZHENG, 200}, {OFFICE_HEAD_FENG, 200});
    EACH_GETS(cx, "/assess/rehearse", {OFFICE_ZHENG, 404}); /* of no table */
    struct web_answer a = web_page(cx, OFFICE_ZHENG, at);
    assert_true(web_body_has(&a, "2026 年 6 月"));
    assert_true(web_body_has(&a, "南王村"));
    assert_true(web_body_has(&a, "孙庄村"));
}

static void a_years_report_is_its_secretarys_and_the_offices(void **state)
{
    Cx *cx = *state;
    (void)judged_published(cx);
    const char *at = path(cx, "/assess/year/%" PRId64 "/2026", NANWANG, 0);
    EACH_GETS(cx, at, {NOBODY, 303}, {SECRETARY_QIAN, 200}, {SECRETARY_OF_SUNZHUANG, 403},
        {LEAD_WANG, 403}, {COMMANDER_CHEN, 403}, {OFFICE_ZHENG, 200});
    struct web_answer a = web_page(cx, SECRETARY_QIAN, at);
    assert_true(web_body_has(&a, "公布了 1 个月。"));
    assert_true(web_body_has(&a, "露天焚烧：2 处，"));
    assert_true(web_body_has(&a, "全年没有申诉。"));
    a = web_page(cx, SECRETARY_QIAN, path(cx, "/assess/year/%" PRId64, NANWANG, 0));
    assert_int_equal(a.status, 303);
    assert_true(has_words(a.location, "/2026"));
    const struct pair empty[] =
        {
            {S("body"), S(" ")}
    },
                      text[] = {{S("body"), S("办了三件事。")}};
    struct web_call edit = {
        .method = "POST", .path = at, .cookie = town_cookie_text(cx, SECRETARY_QIAN)};
    edit.form = (struct pairs){empty, 1};
    assert_int_equal(web_call(cx, &edit).status, 422);
    edit.form = (struct pairs){text, 1};
    assert_int_equal(web_call(cx, &edit).status, 303);
    assert_int_equal(web_call(cx, &edit).status, 409); /* once */
    a = web_page(cx, OFFICE_ZHENG, at);
    assert_true(web_body_has(&a, "办了三件事。"));
    assert_true(web_body_has(&a, "公布了 1 个月。")); /* what the rows said stands beside it */
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        ON_THE_ROUTES(a_certificate_says_what_was_published_and_everybody_may_have_it),
        ON_THE_ROUTES(before_it_is_published_there_is_no_certificate),
        ON_THE_ROUTES(the_square_leads_to_the_public_url),
        ON_THE_ROUTES(fairness_is_read_by_who_signs_and_names_by_the_office_alone),
        ON_THE_ROUTES(a_table_is_rehearsed_by_the_office_alone),
        ON_THE_ROUTES(a_years_report_is_its_secretarys_and_the_offices),
    };
    if (paper_asked(argc, argv)) /* the helper is this program, started anew */
        return paper_child(argv);
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
