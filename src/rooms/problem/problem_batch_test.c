/* problem_batch_test.c — several at once, 我的视图, the page of keys: as a browser asks for them.
 */
#include "web_town.h"

#include "rooms/problem/problem_test.h"

#include <inttypes.h>

/* At most eight rows of one form. */
struct form {
    struct pair at[24];
    size_t n;
};

static void put(struct form *f, Str name, Str value)
{
    f->at[f->n++] = (struct pair){name, value};
}

static struct form form_of(const char *verb)
{
    struct form f = {0};
    put(&f, S("verb"), str(verb));
    return f;
}

static void row(Cx *cx, struct form *f, int64_t id, const char *key)
{
    Str s = str(arena_printf(&cx->mem, "%" PRId64, id));
    put(f, S("id"), s);
    if (key)
        put(f, str(arena_printf(&cx->mem, "key-%.*s", (int)s.len, s.at)), str(key));
}

static struct web_answer sent(Cx *cx, int64_t who, const struct form *f)
{
    return web_form(cx, who, "/problems/batch", (struct pairs){f->at, f->n});
}

static int64_t waiting(Cx *cx, int64_t unit)
{
    struct problem_new in = a_problem();
    in.unit = unit;
    int64_t id = reported(cx, in).id;
    DOES(cx, OFFICE_ZHENG, id, "file", NOTHING);
    return id;
}

static void matters_of_two_villages_go_each_to_their_own(void **state)
{
    Cx *cx = *state;
    int64_t a = waiting(cx, NANWANG_GRID_1), b = waiting(cx, SUNZHUANG_GRID_1);
    struct web_answer page = web_page(cx, OFFICE_ZHENG,
        arena_printf(&cx->mem, "/problems/batch?verb=dispatch&id=%" PRId64 "&id=%" PRId64, a, b));
    assert_int_equal(page.status, 200);
    assert_true(web_body_has(&page, "孙八")); /* whom each would go to is said first */
    assert_true(web_body_has(&page, "蒋八"));
    struct form f = form_of("dispatch");
    row(cx, &f, a, NULL);
    row(cx, &f, b, NULL);
    put(&f, S("handler"), S("each"));
    page = sent(cx, OFFICE_ZHENG, &f);
    assert_true(web_body_has(&page, "成了 2 件"));
    assert_int_equal(the_case(cx, a).handler.v, CADRE_SUN);
    assert_int_equal(the_case(cx, b).handler.v, CADRE_OF_SUNZHUANG);
}

/* One is not theirs to check, one is not done yet: each is named with its reason, the rest is done.
 */
static void what_cannot_be_checked_is_named_and_the_rest_is_done(void **state)
{
    Cx *cx = *state;
    int64_t good = handled(cx, a_problem()).id, early = dispatched(cx, a_problem()).id;
    struct problem_new in = a_problem();
    in.place = S("自己办的那件");
    int64_t own = reported(cx, in).id;
    DOES(cx, OFFICE_ZHENG, own, "file", NOTHING);
    DOES(cx, OFFICE_ZHENG, own, "dispatch", .handler = some_i64(DEPT_ZHAO));
    DOES(cx, DEPT_ZHAO, own, "accept", NOTHING);
    DOES(cx, DEPT_ZHAO, own, "feed_back", .text = TEXT("好了"), .photo = some_str(a_photo(cx)));
    struct form f = form_of("pass");
    row(cx, &f, good, NULL);
    row(cx, &f, early, NULL);
    row(cx, &f, own, NULL);
    struct web_answer page = sent(cx, DEPT_ZHAO, &f);
    assert_true(web_body_has(&page, "成了 1 件，没成 2 件"));
    assert_true(web_body_has(&page, "自己办的那件"));
    assert_true(str_eq(the_case(cx, good).state, S("closed")));
    assert_true(str_eq(the_case(cx, early).state, S("dispatched")));
    assert_true(str_eq(the_case(cx, own).state, S("handled")));
}

static void the_same_list_sent_twice_is_one_act_each(void **state)
{
    Cx *cx = *state;
    int64_t a = handled(cx, a_problem()).id, b = handled(cx, a_problem()).id;
    struct form f = form_of("pass");
    row(cx, &f, a, "aaaaaaaaaaaaaaaaaaaaaa");
    row(cx, &f, b, "bbbbbbbbbbbbbbbbbbbbbb");
    for (int i = 0; i < 2; i++) {
        struct web_answer page = sent(cx, DEPT_ZHAO, &f);
        assert_true(web_body_has(&page, "成了 2 件，没成 0 件"));
    }
    assert_int_equal(n_events(cx, a, "pass"), 1);
    assert_int_equal(n_events(cx, b, "pass"), 1);
}

/* ---- 我的视图 */

static struct web_answer keep(Cx *cx, int64_t who, const char *name, const char *source)
{
    struct form f = {0};
    put(&f, S("name"), str(name));
    put(&f, S("f-source"), str(source));
    return web_form(cx, who, "/problems/views", (struct pairs){f.at, f.n});
}

static struct problem_owns views_of(Cx *cx, int64_t who)
{
    struct problem_owns own;
    sign_in(cx, who);
    assert_int_equal(problem_own_views(cx, &own), OK);
    return own;
}

static void a_view_is_its_owners_alone(void **state)
{
    Cx *cx = *state;
    assert_int_equal(keep(cx, OFFICE_ZHENG, "热线先看", "hotline").status, 303);
    struct problem_owns own = views_of(cx, OFFICE_ZHENG);
    assert_int_equal(own.n, 1);
    assert_true(str_eq(own.at[0].query, S("source=hotline")));
    struct web_answer mine = web_page(cx, OFFICE_ZHENG, "/problems"),
                      hers = web_page(cx, OFFICE_HEAD_FENG, "/problems");
    assert_true(web_body_has(&mine, "热线先看"));
    assert_false(web_body_has(&hers, "热线先看"));
    const char *drop = arena_printf(&cx->mem, "/problems/views/%" PRId64 "/drop", own.at[0].id);
    assert_int_equal(web_form(cx, OFFICE_HEAD_FENG, drop, (struct pairs){0}).status, 404);
    assert_int_equal(views_of(cx, OFFICE_ZHENG).n, 1);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, drop, (struct pairs){0}).status, 303);
    assert_int_equal(views_of(cx, OFFICE_ZHENG).n, 0);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, drop, (struct pairs){0}).status, 404);
}

static void the_same_name_again_is_the_view_as_it_is_now(void **state)
{
    Cx *cx = *state;
    assert_int_equal(keep(cx, OFFICE_ZHENG, "热线先看", "hotline").status, 303);
    assert_int_equal(keep(cx, OFFICE_ZHENG, " 热线先看 ", "patrol").status, 303);
    struct problem_owns own = views_of(cx, OFFICE_ZHENG);
    assert_int_equal(own.n, 1);
    assert_true(str_eq(own.at[0].query, S("source=patrol")));
    assert_int_equal(keep(cx, OFFICE_HEAD_FENG, "热线先看", "hotline").status, 303);
    assert_true(str_eq(views_of(cx, OFFICE_ZHENG).at[0].query, S("source=patrol")));
}

static void a_view_needs_a_name_a_known_filter_and_room(void **state)
{
    Cx *cx = *state;
    assert_int_equal(keep(cx, OFFICE_ZHENG, " ", "hotline").status, 422);
    assert_int_equal(
        keep(cx, OFFICE_ZHENG, "一二三四五六七八九十一二三四五六七八九十一", "hotline").status,
        422);
    assert_int_equal(keep(cx, OFFICE_ZHENG, "热线", "no_such").status, 422);
    for (int i = 0; i < 20; i++)
        assert_int_equal(
            keep(cx, OFFICE_ZHENG, arena_printf(&cx->mem, "第%d个", i), "hotline").status, 303);
    assert_int_equal(keep(cx, OFFICE_ZHENG, "第21个", "hotline").status, 422);
    assert_int_equal(keep(cx, OFFICE_ZHENG, "第3个", "patrol").status, 303); /* there already */
    assert_int_equal(views_of(cx, OFFICE_ZHENG).n, 20);
}

static void the_page_of_keys_names_every_key(void **state)
{
    Cx *cx = *state;
    static const char *const keys[] = {
        "j", "k", "x", "Enter", "/", "g", "m", "o", "p", "b", "r", "t", "i", "?"};
    struct web_answer a = web_page(cx, CADRE_SUN, "/keys");
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_true(web_body_has(&a, arena_printf(&cx->mem, "<kbd>%s</kbd>", keys[i])));
    assert_int_equal(web_page(cx, NOBODY_THERE, "/keys").status, 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(matters_of_two_villages_go_each_to_their_own),
        ON_THE_WEB(what_cannot_be_checked_is_named_and_the_rest_is_done),
        ON_THE_WEB(the_same_list_sent_twice_is_one_act_each),
        ON_THE_WEB(a_view_is_its_owners_alone),
        ON_THE_WEB(the_same_name_again_is_the_view_as_it_is_now),
        ON_THE_WEB(a_view_needs_a_name_a_known_filter_and_room),
        ON_THE_WEB(the_page_of_keys_names_every_key),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
