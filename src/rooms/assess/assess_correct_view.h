/* assess_correct_view.h — 更正轮 as its page sees it. */
#pragma once
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_view.h"

struct fix_row {
    int64_t id;
    Str unit_name, week, item, was, now, reason, by;
};
struct correct_view {
    const struct shell *shell;
    const struct assess_round *r;
    Str month, reason, say, typed;
    const char *bad;
    bool may;
    struct {
        const struct fix_row *at;
        size_t n;
    } fixes;
    struct assess_picks units, weeks, items;
    Str n, num, den;
};
Err assess_correct_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_correct_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_fix_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_unfix_post(Cx *, const Req *, Resp *) MUST_CHECK;
