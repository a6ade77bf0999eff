/* publicity_test.c — 宣传台账: its rules. */
#include "tests/publicity.h"

#include "photo/photo.h"

static Err save(Cx *cx, const char *name, const char *value)
{
    struct saving s = a_saving(cx, a_photo(cx), name, value);
    return ledger_save(cx, &publicity_ledger, &s);
}

static void what_is_taken_down_was_put_up_before(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(save(cx, "removed_on", "2026-06-11"), ERR_INVALID);
    assert_string_equal(cx->why.field, "removed_on");
    assert_int_equal(save(cx, "removed_on", "2026-06-12"), OK);
}

static void it_hangs_in_a_village_not_in_the_town_at_large(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(save(cx, "unit", "410108101000000"), ERR_INVALID);
    assert_string_equal(cx->why.field, "unit");
    assert_int_equal(save(cx, "unit", "410108101207000"), OK);
}

static void without_a_photo_it_is_not_taken(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(save(cx, "photo", ""), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
}

static void a_day_to_come_is_refused(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(save(cx, "done_on", "2026-06-16"), ERR_INVALID);
    assert_string_equal(cx->why.field, "done_on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_is_taken_down_was_put_up_before),
        IN_TOWN(it_hangs_in_a_village_not_in_the_town_at_large),
        IN_TOWN(without_a_photo_it_is_not_taken),
        IN_TOWN(a_day_to_come_is_refused),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
