/* property_narrow_test.c — 物业公司's account over one compound: on every route of the house it
 * meets what lies there and was given to it, and nothing else; the figures in public are a recount.
 */
#include "tests/web_town.h"

#include "pictures.h"
#include "rooms.h"
#include "rooms/duty/duty.h"
#include "rooms/problem/problem.h"
#include "rooms/property/property.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>

#define COMPANY WITHOUT_POST_XIE /* has an account, and no other post */
#define OWN "一单元门口堆了装修垃圾"
#define SECRET "隔壁小区的暗号甲乙"

static int64_t compound(Cx *cx, const char *name)
{
    enum put put;
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        town_place_put(cx,
            &(struct place_new){.unit = NANWANG_GRID_2, .kind = S("compound"), .name = str(name)},
            &put, &id),
        OK);
    return id;
}

static int64_t reported_at(Cx *cx, int64_t place, const char *body, uint32_t width)
{
    struct problem_receipt r;
    Str photo = picture_taken(cx, width);
    sign_in(cx, NOBODY_THERE);
    struct problem_new in = {
        .known_place = place,
        .category = S("6401"),
        .body = str(body),
        .name = S("赵大爷"),
        .phone = S("13800000077"),
        .before = {&photo, 1}
    };
    assert_int_equal(problem_report(cx, &in, &r), OK);
    return r.id;
}

struct neighbours {
    int64_t own, other;     /* compounds of one grid */
    int64_t mine, theirs;   /* a matter in each, dispatched by rule */
    const char *their_code; /* "{id}" of theirs */
};

static struct neighbours two_compounds(Cx *cx)
{
    struct neighbours n = {
        .own = compound(cx, "南王新居一期"), .other = compound(cx, "南王新居二期")};
    int64_t id;
    assert_int_equal(duty_appoint(cx,
                         &(struct appointment_new){.person = COMPANY,
                             .post = POST_CONTRACTOR,
                             .place = n.own,
                             .kind = S("formal"),
                             .from_on = S("2026-06-01")},
                         &id),
        OK);
    n.mine = reported_at(cx, n.own, OWN, 640);
    n.theirs = reported_at(cx, n.other, SECRET, 650);
    n.their_code = arena_printf(&cx->mem, "%" PRId64, n.theirs);
    return n;
}

static void the_company_sees_and_acts_on_what_lies_in_its_compound(void **state)
{
    Cx *cx = *state;
    struct neighbours n = two_compounds(cx);
    const char *mine = arena_printf(&cx->mem, "/problems/%" PRId64, n.mine);
    struct web_answer a = web_page(cx, COMPANY, "/problems");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, mine));
    assert_true(web_body_has(&a, "value=\"accept\"")); /* what is its own to do, and no more */
    assert_false(web_body_has(&a, "name=\"verb\" value=\"dispatch\"")
                 || web_body_has(&a, "name=\"verb\" value=\"pass\"")
                 || web_body_has(&a, "name=\"verb\" value=\"urge\""));
    struct web_answer office = web_page(cx, OFFICE_ZHENG, "/problems");
    assert_true(web_body_has(&office, "name=\"verb\" value=\"dispatch\"")
                && web_body_has(&office, "name=\"verb\" value=\"pass\"")
                && web_body_has(&office, "name=\"verb\" value=\"urge\""));
    struct web_answer viewer = web_page(cx, VIEWER_CITY_WEI, "/problems");
    assert_true(web_body_has(&viewer, mine) && web_body_has(&office, "name=\"id\""));
    assert_false(web_body_has(&viewer, "name=\"id\"") || web_body_has(&viewer, "name=\"verb\""));
    a = web_page(cx, COMPANY, mine);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, OWN));
    assert_false(web_body_has(&a, "13800000077") || web_body_has(&a, "赵大爷"));
    sign_in(cx, COMPANY);
    struct problem_fields none = {0};
    assert_int_equal(problem_act(cx, n.mine, S("accept"), &none), OK);
    struct problem_fields done = {
        .text = some_str(S("清走了")), .photo = some_str(picture_taken(cx, 660))};
    assert_int_equal(problem_act(cx, n.mine, S("feed_back"), &done), OK);
    assert_int_equal(problem_act(cx, n.mine, S("pass"), &none), ERR_FORBIDDEN); /* not its own */
}

/* Each path of the house, as if the neighbour's number stood in it. */
static void on_no_route_does_it_meet_its_neighbours_matter(void **state)
{
    Cx *cx = *state;
    struct neighbours n = two_compounds(cx);
    const struct path_value at[] = {
        {"{id}",      n.their_code     },
        {"{unit_id}", "410108101206000"},
        {"{town_id}", "410108101"      },
        {"{code}",    "482019375602"   },
        {"{verb}",    "accept"         },
        {"{size}",    "320"            },
        {"{token}",   "nothing"        },
        {"{name}",    "problem"        }
    };
    sign_in(cx, COMPANY);
    const char *cookie = as_z(cx, town_cookie(cx, COMPANY));
    size_t asked = 0, wrong = 0;
    for (const struct room *const *room = rooms; *room; room++)
        for (const struct route *r = (*room)->routes; r && r->path; r++) {
            const char *path = path_filled(cx, r->path, at, sizeof at / sizeof *at);
            if (!strcmp(r->path, "/logout"))
                continue;
            struct web_answer a = r->method == GET ? web_get(cx, path, cookie)
                                                   : web_send(cx, path, cookie, (struct pairs){0});
            bool told = web_body_has(&a, SECRET) || web_body_has(&a, "13800000077");
            bool its_own = !strncmp(path, "/problems/", 10) && strstr(r->path, "{id}");
            if ((told || a.status >= 500 || (its_own && a.status != 404)) && ++wrong)
                print_error("%s answers %d%s\n", path, a.status, told ? " with the secret" : "");
            asked++;
        }
    assert_int_equal(wrong, 0);
    assert_true(asked > 200);
    struct web_answer a = web_page(cx, SECRETARY_QIAN,
        arena_printf(&cx->mem, "/problems/%s", n.their_code)); /* the words are there to be found */
    assert_true(web_body_has(&a, SECRET));
}

static void it_looks_after_no_compound_and_walks_no_road(void **state)
{
    Cx *cx = *state;
    struct neighbours n = two_compounds(cx);
    struct property_compound c;
    bool may = true;
    sign_in(cx, COMPANY);
    assert_int_equal(property_compound_get(cx, n.own, &c), OK);
    assert_int_equal(property_may(cx, &c, &may), OK);
    assert_false(may); /* the community writes down who keeps it and what was promised */
    struct web_answer a =
        web_page(cx, COMPANY, arena_printf(&cx->mem, "/compounds/%" PRId64, n.own));
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "<form method=\"post\" action=\"/compounds"));
    a = web_page(cx, COMPANY, "/patrol");
    assert_false(web_body_has(&a, "/patrol/places/"));
}

/* ---- the figures in public */
static void act_at(
    Cx *cx, int64_t who, int64_t at, int64_t id, const char *verb, struct problem_fields in)
{
    sign_in(cx, who);
    cx->now = at;
    assert_int_equal(problem_act(cx, id, str(verb), &in), OK);
}

static void a_companys_figures_are_a_recount_of_what_it_was_given(void **state)
{
    Cx *cx = *state;
    struct neighbours n = two_compounds(cx);
    const int64_t hour = INT64_C(3600000), day = 24 * hour, monday = cx->now;
    struct property_companies c;
    int64_t id, late = reported_at(cx, n.own, "二单元堆着纸箱", 670);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(property_company_add(cx,
                         &(struct property_company_new){
                             .name = S("安居物业"), .phone = S("0371-60000001"), .holder = COMPANY},
                         &id),
        OK);
    struct problem_fields to_it = {.handler = some_i64(COMPANY)};
    act_at(cx, SECRETARY_QIAN, monday, late, "file", (struct problem_fields){0});
    act_at(cx, SECRETARY_QIAN, monday, late, "dispatch", to_it);
    /* mine: in time, sent back once, passed; late: never done.  theirs is another's. */
    struct problem_fields done = {
        .text = some_str(S("清走了")), .photo = some_str(picture_taken(cx, 680))};
    struct problem_fields none = {0}, bad = {.text = some_str(S("还有一堆")), .photo = done.photo};
    act_at(cx, COMPANY, monday + hour, n.mine, "accept", none);
    act_at(cx, COMPANY, monday + 2 * hour, n.mine, "feed_back", done);
    act_at(cx, DEPT_ZHAO, monday + 5 * hour, n.mine, "fail", bad);
    done.photo = some_str(picture_taken(cx, 690));
    act_at(cx, COMPANY, monday + 6 * hour, n.mine, "feed_back", done);
    act_at(cx, DEPT_ZHAO, monday + 7 * hour, n.mine, "pass", none);
    cx->now = monday + 7 * day;
    assert_int_equal(property_company_figures(cx, &c), OK);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.at[0].n_due, 2);
    assert_int_equal(c.at[0].n_in_time, 1);
    assert_int_equal(c.at[0].n_closed, 1);
    assert_int_equal(c.at[0].n_rework, 1);
    assert_int_equal(c.at[0].n_late, 1);
    act_at(cx, COMPANY, cx->now, late, "accept", none);
    done.photo = some_str(picture_taken(cx, 700));
    act_at(cx, COMPANY, cx->now + hour, late, "feed_back", done);
    assert_int_equal(property_company_figures(cx, &c), OK);
    assert_int_equal(c.at[0].n_late, 0);
    assert_int_equal(c.at[0].n_in_time, 1); /* done, but not in time */
    struct web_answer a = web_page(cx, SECRETARY_QIAN, "/compounds");
    assert_true(web_body_has(&a, "1/2") && web_body_has(&a, "1/1"));
    cx->now = monday + 100 * day; /* a quarter later it is history */
    assert_int_equal(property_company_figures(cx, &c), OK);
    assert_int_equal(c.at[0].n_due + c.at[0].n_closed, 0);
    cx->now = monday;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(the_company_sees_and_acts_on_what_lies_in_its_compound),
        ON_THE_WEB(on_no_route_does_it_meet_its_neighbours_matter),
        ON_THE_WEB(it_looks_after_no_compound_and_walks_no_road),
        ON_THE_WEB(a_companys_figures_are_a_recount_of_what_it_was_given),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
