/* property.h — 红色物业: each compound has its company, its owners' committee and its contact in
 * the community, or stands on the blind-spot board 盲点; the three sides meet and promise; the
 * companies' own figures are public (M17).
 *
 * A company works in the house like any 处置单位: its holder has the post contractor over the
 * compounds (places) alone and sees only what lies there. */
#pragma once
#include "base/cx.h"

enum { PROPERTY_PROMISES = 3, PROPERTY_TEXT_MAX = 120 };

struct property_company {
    int64_t id, holder; /* holder 0: no account */
    Str name, phone, brand;
    /* Of the last 90 days, by what the holder was given.  n_late: due and not done now. */
    int64_t n_due, n_in_time, n_closed, n_rework, n_late;
};
struct property_companies {
    const struct property_company *at;
    size_t n;
};
Err property_companies(Cx *, struct property_companies *) MUST_CHECK; /* without the figures */
Err property_company_figures(Cx *, struct property_companies *) MUST_CHECK;

struct property_compound {
    int64_t place, unit, company, contact, version; /* version 0: nobody has entered anything */
    Str name, company_name, committee;
    bool blind; /* one of the three is missing */
};
struct property_compounds {
    const struct property_compound *at;
    size_t n;
};
Err property_compounds(Cx *, struct property_compounds *) MUST_CHECK; /* blind spots first */
Err property_compound_get(Cx *, int64_t place, struct property_compound *) MUST_CHECK;
/* Whether cx->me keeps this compound: secretary, cadre or the office. */
Err property_may(Cx *, const struct property_compound *, bool *) MUST_CHECK;

/* By the office.  ERR_INVALID "name" "phone" "holder". */
struct property_company_new {
    Str name, phone, brand;
    int64_t holder;
};
Err property_company_add(Cx *, const struct property_company_new *, int64_t *id) MUST_CHECK;
/* company, contact 0 and committee empty: not there yet.  ERR_CONFLICT: somebody changed it. */
struct property_care {
    int64_t place, version, company, contact;
    Str committee; /* its chair's title and when it was elected, as people say it */
};
Err property_care_put(Cx *, const struct property_care *) MUST_CHECK;

/* A three-party meeting 三方联席会; lines without a text are left out.  ERR_INVALID "held_on"
 * "sides" (two sides at least) "said" "promise" "due_on". */
struct property_promise_new {
    Str side, text, due_on; /* side: "company" "committee" "community" */
};
struct property_meeting_new {
    Str key;
    int64_t place;
    Str held_on, sides, said; /* sides: codes with commas */
    struct property_promise_new promise[PROPERTY_PROMISES];
};
Err property_meet(Cx *, const struct property_meeting_new *, int64_t *id) MUST_CHECK;
/* Kept, told by who keeps the compound, never by the company.  ERR_INVALID "said". */
Err property_done(Cx *, int64_t promise, int64_t version, Str said) MUST_CHECK;

struct property_meeting {
    int64_t id;
    Str held_on, sides, said;
};
struct property_promise {
    int64_t id, version;
    Str side, text, due_on, done_on, done_said; /* done_on empty: not yet */
};
struct property_talks {
    const struct property_meeting *meeting;
    size_t n_meetings;
    const struct property_promise *promise;
    size_t n_promises;
};
/* The newest 20 meetings and the last 100 promises of a compound; for everybody. */
Err property_talks(Cx *, int64_t place, struct property_talks *) MUST_CHECK;

extern const struct room property_room;
