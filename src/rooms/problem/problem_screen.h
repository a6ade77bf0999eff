/* problem_screen.h — 防滥用与保护: limits by source, telephone, plate and words; the office's
 * screening queue; hiding from public view with a reason and a stub.
 *
 * A report over a limit is not refused: it waits for the office alone, which is told why, so that a
 * village behind one address, or a grandmother's telephone lent to all, is never shut out.  No
 * puzzles.  What is counted are keyed hashes of a day, forgotten after two. */
#pragma once
#include "rooms/problem/problem.h"

enum { SCREEN_WHY_MAX = 200 };

/* Counts a resident's report and says why it has to wait: "source" "phone" "plate" "words" "link";
 * empty: it need not.  Inside the report's transaction. */
Err screen_weigh(Cx *, const struct problem_new *, Str *why) MUST_CHECK;
/* It waits.  alone: it is with the office for another reason too; same_as: what its reporter knew
 * it to be, 0: nothing. */
Err screen_keep(Cx *, int64_t problem, Str why, bool alone, int64_t same_as) MUST_CHECK;
Text screen_why_label(Str why);

struct screen_row {
    int64_t id, unit, at;
    Str why, where, category, body;
};
struct screen_rows {
    const struct screen_row *at;
    size_t n;
};
Err screen_waiting(Cx *, struct screen_rows *) MUST_CHECK;
/* Let through, by the office: from now on it is as one that never waited, so it is filed and
 * dispatched by rule, or follows what it was known to be, or its village has the usual time to file
 * it, from now; unless it is the office's for another reason.  ERR_FORBIDDEN; ERR_CONFLICT: it does
 * not wait. */
Err screen_release(Cx *, int64_t problem) MUST_CHECK;

/* By the office, with a reason that stands in public.  ERR_INVALID "why"; ERR_CONFLICT. */
Err screen_hide(Cx *, int64_t problem, Str why) MUST_CHECK;
Err screen_show(Cx *, int64_t problem, Str why) MUST_CHECK;
bool screen_is_hidden(Cx *, int64_t problem);

struct screen_stub {
    int64_t hidden_at, shown_at; /* shown_at 0: still hidden */
    Str village, why, shown_why;
};
struct screen_stubs {
    const struct screen_stub *at;
    size_t n;
};
Err screen_stubs(Cx *, struct screen_stubs *) MUST_CHECK; /* the newest 200 */

struct screen_state {
    Str why;    /* why it waits; empty: it does not */
    Str hidden; /* why it is hidden; empty: it is not */
};
Err screen_state(Cx *, int64_t problem, struct screen_state *) MUST_CHECK;
