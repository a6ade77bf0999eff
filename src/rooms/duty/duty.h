/* duty.h — 责任: who holds which post over which unit or place, from when to when; the chain of four
 * names; who may see what (scope); gaps; hand-over.  Levels L1–L4, L4 nearest the top. */
#pragma once
#include "base/cx.h"
#include "rooms/duty/post.h"

/* All posts of a person today, one bit each. */
Err duty_posts(Cx *, int64_t person, uint32_t *posts) MUST_CHECK;
/* The posts cx->me.person holds over that unit today: over it, or over something it lies in. */
Err duty_posts_over(Cx *, int64_t unit, uint32_t *posts) MUST_CHECK;

struct holder {
    int64_t person;
    enum post post;
    int64_t unit;   /* over which it is held */
    Str name;
    bool acting;
};
struct holders {
    const struct holder *at;
    size_t n;
};
/* Who holds a post of that set over the unit today (over it or what it lies in), nearest first. */
Err duty_holders(Cx *, int64_t unit, uint32_t posts, struct holders *) MUST_CHECK;
/* Everybody in the town with such a post. */
Err duty_all_holders(Cx *, uint32_t posts, struct holders *) MUST_CHECK;

/* The four names of a unit or place (place 0: the unit's own) today.  An empty name: the level is
 * vacant, and works passes to the next one up. */
struct chain {
    struct holder level[5]; /* [1]…[4]; [0] the grid keeper */
};
Err duty_chain(Cx *, int64_t unit, int64_t place, struct chain *) MUST_CHECK;
/* The chain as it is stored with a record: "包村科级干部 王五 · 包村部门负责人 赵六 · …". */
Str duty_chain_text(Cx *, const struct chain *);
/* "书记 钱七" for staff, "书记 钱同志" in public. */
Str duty_title(Cx *, const struct holder *, bool in_public);

/* Who is told next when a level does not act: the holders at the first filled level ≥ level. */
Err duty_level(Cx *, int64_t unit, int level, struct holders *) MUST_CHECK;

struct appointment_new {
    int64_t person, unit, place; /* place 0: over the unit */
    enum post post;
    Str kind;                    /* "formal" "acting" "relief" */
    Str from_on;
    OptStr to_on, paper_no;
};
/* Appoint; scope follows in the same transaction.  ERR_INVALID names the field, ERR_CONFLICT: the
 * post has its one formal holder.  Nobody holds two of the three admin posts. */
Err duty_appoint(Cx *, const struct appointment_new *, int64_t *id) MUST_CHECK;

/* Rooms with open work move it when a post changes hands; called inside the hand-over's transaction. */
struct handover_hook {
    const char *what;
    Err (*move)(Cx *, int64_t from_person, int64_t to_person, int64_t unit, enum post post);
};
