/* demo_rounds.h — 示范镇的考核: two months judged and published, the present one under way. */
#pragma once
#include "base/cx.h"

/* Through the rules, as who did it, when it was due: scoring tables published (v1, then v2 from
 * last month on), every drawn sheet walked, lost points with pictures, one appeal granted and one
 * refused, two signatures; this month's sheets up to today.  After the deeds; n: sheets. */
Err demo_rounds(Cx *, int64_t *n) MUST_CHECK;
