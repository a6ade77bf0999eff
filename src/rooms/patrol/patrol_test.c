/* patrol_test.c — 巡查: what is due, a walk with what it found, a point that goes and comes back.
 */
#include "tests/web_town.h"

#include "pictures.h"
#include "rooms/attachment/attachment.h"
#include "rooms/patrol/patrol.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>
#include <string.h>

#define DAY_MS (INT64_C(24) * 3600000)

static int64_t a_dyke(Cx *cx, int64_t unit)
{
    enum put put;
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        town_place_put(cx,
            &(struct place_new){.unit = unit, .kind = S("river_section"), .name = S("大堤一段")},
            &put, &id),
        OK);
    return id;
}

static const struct patrol_place *listed(const struct patrol_places *p, int64_t id)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->at[i].id == id)
            return &p->at[i];
    return NULL;
}

static void what_was_never_walked_stands_first_and_is_due(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), walk;
    struct patrol_places p;
    sign_in(cx, CADRE_SUN);
    assert_int_equal(patrol_places(cx, &p), OK);
    assert_null(listed(&p, dyke)); /* the cadre's grid is not the whole village */
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(patrol_places(cx, &p), OK);
    assert_true(listed(&p, dyke)->late);
    assert_int_equal(p.at[0].last_at, 0);
    assert_int_equal(patrol_walked(cx, &(struct patrol_new){.place = dyke}, &walk), OK);
    assert_int_equal(patrol_places(cx, &p), OK);
    assert_false(listed(&p, dyke)->late);
    assert_int_equal(listed(&p, dyke)->last_at, cx->now);
    cx->now += 8 * DAY_MS;
    assert_int_equal(patrol_places(cx, &p), OK);
    assert_true(listed(&p, dyke)->late); /* seven days unless the office says otherwise */
}

static void another_village_neither_sees_nor_tells(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), walk;
    struct patrol_place p;
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(patrol_place_get(cx, dyke, &p), ERR_NOT_FOUND);
    assert_int_equal(patrol_walked(cx, &(struct patrol_new){.place = dyke}, &walk), ERR_NOT_FOUND);
    sign_in(cx, VIEWER_CITY_WEI);
    assert_int_equal(patrol_walked(cx, &(struct patrol_new){.place = dyke}, &walk), ERR_FORBIDDEN);
}

static void problems_found_on_the_way_are_counted_to_the_walk(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), problem, again, walk, n;
    Str photo = picture_taken(cx, 64);
    struct patrol_walks w;
    struct patrol_find in = {
        .key = S("0123456789abcdefghij__"), .place = dyke, .category = S("0102")};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(patrol_found(cx, &in, &problem), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    in.photo = &photo, in.n_photos = 1;
    assert_int_equal(patrol_found(cx, &in, &problem), OK);
    assert_int_equal(patrol_found(cx, &in, &again), OK);
    assert_int_equal(again, problem);
    assert_int_equal(patrol_n_found(cx, dyke, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(patrol_walked(cx, &(struct patrol_new){.place = dyke}, &walk), OK);
    assert_int_equal(patrol_n_found(cx, dyke, &n), OK);
    assert_int_equal(n, 0);
    assert_int_equal(patrol_walks(cx, dyke, &w), OK);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].n_problems, 1);
    assert_int_equal(patrol_walked(cx, &(struct patrol_new){.place = dyke}, &walk), OK);
    assert_int_equal(patrol_walks(cx, dyke, &w), OK);
    assert_int_equal(w.at[0].n_problems, 0); /* each problem belongs to one walk */
}

static void a_walk_kept_on_the_phone_counts_once(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), first, second;
    struct patrol_new in = {
        .key = S("0123456789abcdefghik__"), .place = dyke, .at = cx->now - 3600000};
    struct patrol_walks w;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(patrol_walked(cx, &in, &first), OK);
    assert_int_equal(patrol_walked(cx, &in, &second), OK);
    assert_int_equal(first, second);
    assert_int_equal(patrol_walks(cx, dyke, &w), OK);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].at, cx->now - 3600000);
}

static void a_point_goes_with_a_photo_and_comes_back_with_one(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), problem;
    Str first = picture_taken(cx, 64), later = picture_taken(cx, 80), last = picture_taken(cx, 96);
    struct patrol_find in = {.place = dyke,
        .category = S("0102"),
        .point = S("坝头乱堆"),
        .photo = &first,
        .n_photos = 1};
    struct patrol_points p;
    struct attachments photos;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(patrol_found(cx, &in, &problem), OK);
    assert_int_equal(patrol_found(cx, &in, &problem), ERR_INVALID);
    assert_string_equal(cx->why.field, "point");
    assert_int_equal(patrol_points(cx, dyke, &p), OK);
    assert_int_equal(p.n, 1);
    struct patrol_look look = {.point = p.at[0].id, .version = p.at[0].version, .says = POINT_GONE};
    assert_int_equal(patrol_looked(cx, &look), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    look.photo = &later, look.n_photos = 1;
    assert_int_equal(patrol_looked(cx, &look), OK);
    assert_int_equal(patrol_looked(cx, &look), ERR_CONFLICT); /* somebody told first */
    assert_int_equal(patrol_points(cx, dyke, &p), OK);
    assert_true(str_eq(p.at[0].ended_on, S("2026-06-15")));
    look.says = POINT_BACK, look.version = p.at[0].version, look.photo = &last;
    assert_int_equal(patrol_looked(cx, &look), OK);
    assert_int_equal(patrol_points(cx, dyke, &p), OK);
    assert_int_equal(p.at[0].ended_on.len, 0);
    assert_int_equal(p.at[0].n_returns, 1);
    assert_int_equal(attachment_of(cx, p.at[0].id, &photos), OK);
    assert_int_equal(photos.n, 3);
}

/* ---- pages */
static void the_pictures_of_a_point_stand_side_by_side(void **state)
{
    Cx *cx = *state;
    int64_t dyke = a_dyke(cx, NANWANG), problem;
    Str first = picture_taken(cx, 64), later = picture_taken(cx, 80);
    struct patrol_find in = {.place = dyke,
        .category = S("0102"),
        .point = S("坝头乱堆"),
        .photo = &first,
        .n_photos = 1};
    struct patrol_points p;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(patrol_found(cx, &in, &problem), OK);
    assert_int_equal(patrol_points(cx, dyke, &p), OK);
    assert_int_equal(
        patrol_looked(
            cx, &(struct patrol_look){.point = p.at[0].id, .photo = &later, .n_photos = 1}),
        OK);
    const char *path = arena_printf(&cx->mem, "/patrol/points/%" PRId64, p.at[0].id);
    struct web_answer a = web_page(cx, SECRETARY_QIAN, path);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "照片对照"));
    assert_true(web_body_has(&a, "还在"));
    a = web_page(cx, SECRETARY_OF_SUNZHUANG, path);
    assert_int_equal(a.status, 404);
    a = web_page(cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/patrol/places/%" PRId64, dyke));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "走完了，没有问题") || web_body_has(&a, "这次发现 1 个问题"));
    a = web_page(cx, SECRETARY_QIAN, "/patrol");
    assert_true(web_body_has(&a, "大堤一段"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_was_never_walked_stands_first_and_is_due),
        IN_TOWN(another_village_neither_sees_nor_tells),
        IN_TOWN(problems_found_on_the_way_are_counted_to_the_walk),
        IN_TOWN(a_walk_kept_on_the_phone_counts_once),
        IN_TOWN(a_point_goes_with_a_photo_and_comes_back_with_one),
        ON_THE_WEB(the_pictures_of_a_point_stand_side_by_side),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
