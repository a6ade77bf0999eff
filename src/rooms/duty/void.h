/* void.h — 作废: a round that was a mistake counts no more.  The office asks with the reason,
 * another of the office or the commander decides (domain: §1, Separation of duties); its rows stay
 * to be read, its name is free, and the same table may be imported again. */
#pragma once
#include "base/cx.h"

struct void_standing {
    Str name, reason;
    int64_t by, voided_by; /* who asked, who agreed; 0: nobody */
};
/* What a room gives for its rounds. */
struct void_rule {
    const char *ask, *grant, *refuse; /* verbs of the log */
    Err (*standing)(Cx *, int64_t id, struct void_standing *);
    Err (*may)(Cx *, int64_t id);               /* ERR_CONFLICT: not one of these; NULL: any */
    Err (*name_taken)(Cx *, Str name);          /* ERR_NOT_FOUND: it is free */
    Err (*asked)(Cx *, int64_t id, Str reason); /* the rest: ERR_CONFLICT, it has moved */
    Err (*granted)(Cx *, int64_t id, Str name);
    Err (*refused)(Cx *, int64_t id);
};
/* ERR_INVALID "why"; ERR_CONFLICT: asked already, nothing to decide; ERR_FORBIDDEN. */
Err void_ask(Cx *, const struct void_rule *, int64_t id, Str reason) MUST_CHECK;
Err void_decide(Cx *, const struct void_rule *, int64_t id, bool grant) MUST_CHECK;

/* What a round's page shows of it, and offers cx->me. */
struct void_view {
    bool survey; /* a round of 大会诊; else of 逐村观摩 */
    int64_t id;
    Str reason, by, voided_by; /* empty: nobody */
    bool may_ask, may_decide;
};
struct void_view void_view_of(
    Cx *, bool survey, int64_t id, const struct void_standing *, bool may_be_void);
