/* duty_inner.h — between the files of the room duty only. */
#pragma once
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

#define OPEN_END S("9999-12-31")
enum {
    MANY_TERMS = 2000, /* of one post in a town: 12 villages, 40 grids, 20 years */
    MANY_HOLDERS = 500,
    RELIEF_DAYS = 30,
};

/* cx->now's day in the town. */
Str duty_today(Cx *);
/* The day before or after; "" for what is no day. */
Str duty_day_plus(Cx *, Str day, int64_t n);
static inline enum post duty_post(Str code)
{
    return post_named(code.at, code.len);
}
static inline int64_t duty_town(const Cx *cx)
{
    return cx->town_id * 1000000;
}

/* A term begins or is over: the rights follow (SES-1), and who has no post left, nor will have one,
 * has no account the same day.  Inside a transaction. */
Err duty_begun(Cx *, int64_t id, int64_t person) MUST_CHECK;
Err duty_over(Cx *, int64_t id, int64_t person) MUST_CHECK;
/* Write the person's rows of scope anew from the appointments of today; inside a transaction. */
Err duty_scope_refresh(Cx *, int64_t person) MUST_CHECK;
/* A seat: one post over one unit or place.  Who sits there today, best first. */
struct holding {
    int64_t id, person, unit, place;
    enum post post;
    Str name, kind, from_on;
    bool away;
    int distance; /* 0: there itself; then the unit, village, town it lies in */
};
struct holdings {
    struct holding *at;
    size_t n;
};
bool duty_overlap(Str a_from, Str a_to, Str b_from, Str b_to); /* do two spans of days share one? */
/* All that is held over a unit and what it lies in, and over the place if there is one. */
Err duty_holdings(Cx *, int64_t unit, int64_t place, struct holdings *) MUST_CHECK;

/* A granted appointment that replaces another: the hand-over's row; moves at once if it is due. */
Err duty_handover_make(Cx *, int64_t appointment, int64_t replaced) MUST_CHECK;
Err duty_handovers_due(Cx *) MUST_CHECK;
/* Hand-overs from this day on may still be confirmed by who has no post left. */
Str duty_grace_from(Cx *);
/* Open work goes from one person to another through all hooks. */
Err duty_move_work(Cx *, int64_t from, int64_t to, int64_t unit, enum post post) MUST_CHECK;
/* Who may, first level above with somebody who is neither of the two. */
Err duty_handover_witnesses(Cx *, const struct handover *, struct holders *) MUST_CHECK;
/* That person was reminded: what stands until they confirm.  Inside a transaction. */
Err duty_handover_stands(Cx *, const struct handover *, int64_t person, Text say) MUST_CHECK;
/* Each hour. */
Err duty_chase_job(Cx *) MUST_CHECK;
/* Whether cx->me may witness. */
Err duty_handover_witness(Cx *, const struct handover *, bool *may) MUST_CHECK;
