/* demo_site.h — 示范点: which village shows what, named by whom, on which paper.  Without a paper
 * the word is 学习点 (domain: §3). */
#pragma once
#include "gen/sql_observe.h"

typedef struct sql_demo_site_find_row DemoSite; /* its columns stand in demo_site.sql */

Err demo_site_check(Cx *, const DemoSite *) MUST_CHECK;
Err demo_site_add(Cx *, const DemoSite *) MUST_CHECK;
Err demo_site_change(Cx *, const DemoSite *) MUST_CHECK;
/* 示范点, or 学习点 without a basis. */
Text demo_site_word(OptStr basis);

extern const struct ledger demo_site_ledger;
