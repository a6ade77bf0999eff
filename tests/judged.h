/* judged.h — a month of the little town, judged as far as a test needs it: June 2026 by GX-RH v1.
 * The photo helper runs: cmocka_run_group_tests(tests, photos_begin, photos_end). */
#pragma once
#include "town.h"

#include "rooms/assess/assess.h"

Str judged_file(Cx *, const char *path); /* a small file, whole */
void judged_tables(Cx *);                /* the tables the house ships, as drafts by the office */
int64_t judged_table(Cx *, Str edition);
void judged_publish_table(Cx *, Str edition);
int64_t judged_open(Cx *); /* v1 published, June's round open */
/* Every drawn sheet is walked; 南王村 loses an A1 and two C1 in its first. */
void judged_inspect(Cx *, int64_t round, int64_t *a1, int64_t *c1);
int64_t judged_frozen(Cx *, int64_t *a1, int64_t *c1);
int64_t judged_published(Cx *);
