/* plate.h — 码牌: a QR sticker at each unit and place.  Who scans it gets the report form with the
 * place filled in.
 *
 * A code is six letters drawn by chance and a check letter, from 23 signs none of which looks like
 * another: it cannot be guessed from its neighbour's, and one wrong or two swapped letters are
 * told. A lost plate gets a new code; the old one leads to it for ever.  Scans are counted by plate
 * and day: neither address nor browser nor person is kept; after 30 days by village and day alone
 * (domain: §13). */
#pragma once
#include "base/cx.h"
#include "rooms/duty/post.h"

enum { PLATE_CODE = 7, PLATE_WHY_MAX = 80 };
/* Who hangs plates and says that one is lost, over the units they hold. */
#define PLATE_MAKERS (OFFICE_POSTS | HAS(POST_SECRETARY) | HAS(POST_CADRE))

struct plate {
    int64_t id, unit, village, place, version; /* place 0: the unit's own */
    Str code, name, from_on, replaced_by;      /* replaced_by empty: it hangs there */
};
struct plates {
    const struct plate *at;
    size_t n;
};

/* Seven signs in one writing: blanks and dashes taken out, in capitals.  False: a slip of the pen.
 */
bool plate_code_sound(Str typed, char code[PLATE_CODE + 1]);
Str plate_code_shown(Cx *, Str code); /* "ABC-DEFG" */

/* The plate of that code, of whatever town; cx->town_id is set from it unless somebody is signed in
 * elsewhere.  ERR_NOT_FOUND. */
Err plate_named(Cx *, Str typed, struct plate *) MUST_CHECK;
/* What hangs there now: itself, or what replaced it in the end. */
Err plate_now(Cx *, const struct plate *, struct plate *) MUST_CHECK;
/* One scan more today. */
Err plate_scanned(Cx *, const struct plate *) MUST_CHECK;

/* Scans of more than 30 days ago become their village's.  For the clock. */
Err plate_scans_job(Cx *) MUST_CHECK;

/* All that hang in a unit's subtree, by unit. */
Err plate_hanging(Cx *, int64_t unit, struct plates *) MUST_CHECK;
/* Plates for the unit, what lies below it and its places, where none hangs; how many were made.
 * ERR_FORBIDDEN. */
Err plate_make(Cx *, int64_t unit, size_t *n) MUST_CHECK;
/* For the house's own hand: nobody is asked. */
Err plate_make_all(Cx *, int64_t unit, size_t *n) MUST_CHECK;
/* Lost or broken: a new code, and the old one leads to it.  ERR_FORBIDDEN; ERR_INVALID "why";
 * ERR_CONFLICT: it was replaced already. */
Err plate_lost(Cx *, Str code, Str why, Str *fresh) MUST_CHECK;

extern const struct room plate_room;
