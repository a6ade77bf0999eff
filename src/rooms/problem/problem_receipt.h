/* problem_receipt.h — 回执: found again, told, thanked. */
#pragma once
#include "rooms/problem/problem_view.h"

enum { SEARCHES_A_DAY = 50, THANK_MAX = 100 };

/* What the office finds by the last four digits of the phone that was left. */
struct receipt {
    struct problem_card card;
    Str code;
};
struct receipts {
    const struct receipt *at;
    size_t n;
};
/* At most SEARCHES_A_DAY a person, each with its reason in the log.  ERR_INVALID "tail", "reason";
 * ERR_FORBIDDEN: too many today. */
Err problem_receipts_by_tail(Cx *, Str tail, Str reason, struct receipts *) MUST_CHECK;

/* Who opens the page of an ended matter by their own code has been told. */
Err problem_told_own(Cx *, int64_t own) MUST_CHECK;

/* Those who reported a matter, it and all that was merged into it. */
struct problem_reporters {
    int64_t n, n_told, n_phone;
};
Err problem_reporters(Cx *, int64_t id, struct problem_reporters *) MUST_CHECK;

/* 道谢: the words that the holder of that receipt left; empty: none yet. */
Err problem_thanked(Cx *, int64_t own, Str *words) MUST_CHECK;
/* The last of cx->me's own, of two months. */
struct problem_thank {
    int64_t problem, at;
    Str words, title, where;
};
struct problem_thanks {
    const struct problem_thank *at;
    size_t n;
};
Err problem_thanks(Cx *, struct problem_thanks *) MUST_CHECK;
/* Rows of before the index by four digits get it. */
Err problem_tail_job(Cx *) MUST_CHECK;
