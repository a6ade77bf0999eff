/* town.h — a fresh database for each test: a copy of a migrated file, or on PostgreSQL a new
 * database made from a template.
 *
 *   static void a_sentence_about_what_holds(void **state) { Cx *cx = *state; … }
 *   int main(void) { const struct CMUnitTest tests[] = {IN_TOWN(a_sentence_…)}; … } */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's; the house has its own */

#include "base/cx.h"

enum { TEST_TOWN = 410108101, OTHER_TOWN = 410108100 };

/* cx: now is Mon 2026-06-15 10:00 in the town, lanes run, nobody signed in. */
int town_setup(void **state);
int town_teardown(void **state);
#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, town_setup, town_teardown)

/* ms of a moment in the town's time. */
int64_t town_ms(int y, int m, int d, int hour, int minute);
/* The test's database, for tests that open it themselves; and its folder. */
const char *town_db_url(void);
const char *town_dir(void);
