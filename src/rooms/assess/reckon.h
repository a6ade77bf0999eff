/* reckon.h — 红黑旗的算法: from what was found in a month to points, ranks and flags.
 *
 * Pure and in integers of 0.01 point: no database, no clock, no floating point, so that a re-run
 * anywhere gives the same bytes.  Every ratio is rounded once, half up; sums are exact
 * (domain: §4 Assessment).  What differs between GX-RH v1 and v2 is data: struct reckon_rules. */
#pragma once
#include "base/str.h"

#include <stdint.h>

/* As many as a round may have; the reader of a frozen round refuses more. */
enum { RECKON_ITEMS = 64, RECKON_WEEKS = 6, RECKON_UNITS = 512 };

enum item_kind {
    ITEM_INSPECTED, /* full − per × places, floor 0 */
    ITEM_AUTO,      /* full × num ÷ den, half up once; den 0: full */
    ITEM_BONUS,
    ITEM_PENALTY,
};
struct reckon_item {
    Str code;
    enum item_kind kind;
    int64_t full, per; /* 0.01 point; per: a place, or one bonus or penalty */
    uint32_t groups;   /* bits of the groups it counts for; 0: all */
};

/* All numbers, so that they are written, read and shown by one list (reckon_numbers). */
struct reckon_rules {
    int64_t week_share, month_share;             /* 60, 40 of 100 */
    int64_t bonus_cap, penalty_cap, top;         /* 500, 1000, 10500 */
    int64_t red_percent, red_min;                /* 25, 9000 */
    int64_t black_percent, black_max, black_any; /* 15, 8000, 7000 */
    int64_t min_den;         /* v2: an auto item with a smaller denominator is out; v1: 0 */
    int64_t extras_on_month; /* 1 (v2): bonus and penalty on M; 0 (v1): on W */
    int64_t black_in_a_row;  /* 1 (v2): M < black_max two months in a row, no quota */
    int64_t veto_zeroes;     /* 1 (v1): falsified evidence: M 0.00 and black */
};
enum { RECKON_NUMBERS = sizeof(struct reckon_rules) / sizeof(int64_t) };
struct reckon_number {
    const char *name;
    size_t at; /* in struct reckon_rules */
};
extern const struct reckon_number reckon_numbers[RECKON_NUMBERS];
static inline int64_t *reckon_number(struct reckon_rules *r, size_t no)
{
    return (int64_t *)((char *)r + reckon_numbers[no].at);
}
extern const struct reckon_rules reckon_v1, reckon_v2;

/* What was found of one item in one week (or in the month-end inspection). */
struct finding {
    int64_t n;        /* inspected: places; bonus and penalty: times */
    int64_t num, den; /* auto */
    bool zero;        /* v2: evidence was falsified, the item scores 0 */
};
struct sheet {
    bool inspected;                     /* false: not drawn, or waived; it leaves n */
    struct finding found[RECKON_ITEMS]; /* by the table's order */
};
struct reckon_unit {
    int64_t code;
    int group; /* index into groups */
    struct sheet week[RECKON_WEEKS], month;
    bool bar_red;   /* v1 veto V2, v2 取消红旗资格 */
    bool falsified; /* V3 */
    bool open_late; /* an own matter open at +5 days */
    int64_t on_time_num, on_time_den, pleased_num, pleased_den; /* of the month, for ties */
    int64_t before;                                             /* last month's M; −1: none */
    int n_black_before; /* black months in a row before this one */
};
struct reckon_in {
    const struct reckon_rules *rules;
    const struct reckon_item *item;
    size_t n_items;
    int n_weeks, n_groups;
    const struct reckon_unit *unit;
    size_t n_units;
};

enum flag { FLAG_NONE, FLAG_RED, FLAG_BLACK };
enum decided {      /* which step decided the flag */
    BY_RANK,        /* within its places, without a tie at the border */
    BY_PENALTY,     /* tie: fewer penalty points */
    BY_ON_TIME,     /* tie: higher on-time rate */
    BY_PLEASED,     /* tie: higher satisfaction */
    BY_TIE_FOR_ALL, /* still equal: all get red, none gets black */
    BY_FLOOR,       /* M under black_any */
    BY_IN_A_ROW,    /* under black_max two months in a row */
    BY_FALSIFIED,
    BY_NOTHING,   /* no flag: not within the places, or under the mark */
    BY_BARRED,    /* would have had red, but is barred */
    BY_OPEN_LATE, /* would have had red, but has a matter open at +5 days */
    BY_MARK,      /* within the places, but under red_min or not under black_max */
};
struct scored {
    int64_t points[RECKON_ITEMS]; /* of inspected and auto items */
    int64_t sum;                  /* of the items, rescaled where items are out */
    int64_t out;                  /* full marks of the items that are out */
    int64_t bonus, penalty;       /* capped */
    int64_t score;                /* W, or K */
};
struct reckoned {
    struct scored week[RECKON_WEEKS], month;
    int n;                  /* weeks inspected */
    int64_t num, den;       /* M = half_up(num ÷ den), before bonus and penalty of v2 */
    int64_t bonus, penalty; /* of the month, capped (v2), or the weeks' sum (v1, for ties) */
    int64_t score;          /* M */
    int rank, town_rank;    /* 1 + number strictly higher */
    enum flag flag;
    enum decided by;
    bool in_public; /* v2: a first black is told to the unit only */
};

/* Why a round cannot be reckoned; unit: whose fault. */
enum reckon_fault { RECKON_FINE, NO_WEEK, NO_MONTH, BAD_INPUT };

/* out: n_units of them, in the order of the units.  The order of the units changes no result. */
enum reckon_fault reckon(const struct reckon_in *, struct reckoned *out, int64_t *unit);

int64_t half_up(int64_t num, int64_t den); /* num ≥ 0, den > 0 */
/* a/b to c/d, −1 0 1; a denominator of 0 stands for the whole (nothing was due). */
int compare_rates(int64_t a, int64_t b, int64_t c, int64_t d);
int reckon_places_red(const struct reckon_rules *, int n_in_group);   /* max(1, half_up(25 %)) */
int reckon_places_black(const struct reckon_rules *, int n_in_group); /* floor(15 %) */
