/* duty.h — 责任: who holds which post over which unit or place, from when to when; the chain of
 * four names; who may see what (scope); gaps; hand-over.  Levels L1–L4, L4 nearest the top. */
#pragma once
#include "base/cx.h"
#include "rooms/duty/post.h"

/* All posts of a person today, one bit each. */
Err duty_posts(Cx *, int64_t person, uint32_t *posts) MUST_CHECK;
/* The posts cx->me.person holds over that unit today: over it, or over something it lies in. */
Err duty_posts_over(Cx *, int64_t unit, uint32_t *posts) MUST_CHECK;

/* The same for a matter at a place (0: none): also the posts held over that place itself. */
Err duty_posts_at(Cx *, int64_t unit, int64_t place, uint32_t *posts) MUST_CHECK;

struct holder {
    int64_t person; /* 0: nobody */
    enum post post;
    int64_t unit; /* over which it is held */
    Str name;
    bool acting;
    int64_t place; /* held over that place of the unit alone; 0: over the unit */
};
struct holders {
    const struct holder *at;
    size_t n;
};
/* Whoever works at the machine's command line sees all of the town: cx->me becomes OPERATOR. */
Err duty_operator(Cx *) MUST_CHECK;

/* Who holds a post of that set over the unit today (over it or what it lies in), nearest first. */
Err duty_holders(Cx *, int64_t unit, uint32_t posts, struct holders *) MUST_CHECK;
/* The same for a matter at a place: who holds it over that place alone comes first. */
Err duty_holders_at(Cx *, int64_t unit, int64_t place, uint32_t posts, struct holders *) MUST_CHECK;
/* Everybody in the town with such a post. */
Err duty_all_holders(Cx *, uint32_t posts, struct holders *) MUST_CHECK;
/* The same, each person once with the first of their posts. */
Err duty_each_holder(Cx *, uint32_t posts, struct holders *) MUST_CHECK;

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
/* "书记 钱七" whoever acts: what a record keeps. */
Str duty_title_kept(Cx *, const struct holder *);
/* A kept title, or a post alone, in the reader's language. */
Str duty_title_said(Cx *, Str kept);

/* Who is told next when a level does not act: the holders at the first filled level ≥ level. */
Err duty_level(Cx *, int64_t unit, int level, struct holders *) MUST_CHECK;

struct appointment_new {
    int64_t person, unit, place; /* place 0: over the unit; unit 0: the place's, or the town */
    enum post post;
    Str kind; /* "formal" "acting" "relief" (at most 30 days) */
    Str from_on;
    OptStr to_on, paper_no; /* to_on: the last day, absent: open */
    int64_t replaces;       /* an appointment that ends the day before; a hand-over is made */
    Str key;                /* the form's submission key; empty: none */
};
/* Appoint, as who has the right to (import, the command line, tests); scope follows in the same
 * transaction.  ERR_INVALID names the field.  ERR_CONFLICT: the post has its one formal holder, or
 * the person one of the three admin posts (who holds one of these holds nothing else). */
Err duty_appoint(Cx *, const struct appointment_new *, int64_t *id) MUST_CHECK;
/* As cx->me: ask for an appointment, which another person grants or refuses (SOD-1).  One of the
 * two is the security administrator, and nobody of the two is the one appointed.  ERR_FORBIDDEN. */
Err duty_ask(Cx *, const struct appointment_new *, int64_t *id) MUST_CHECK;
Err duty_grant(Cx *, int64_t id) MUST_CHECK;
Err duty_refuse(Cx *, int64_t id) MUST_CHECK;
/* The last day of an appointment; its rights end with it, and the account of who has no post left.
 * ERR_INVALID "to_on", ERR_CONFLICT. */
Err duty_end(Cx *, int64_t id, Str to_on) MUST_CHECK;

struct appointment {
    int64_t id, person, unit, place, asked_by, version;
    enum post post;
    Str name, kind, from_on, to_on, paper_no, state; /* to_on empty: open */
};
struct appointments {
    const struct appointment *at;
    size_t n;
};
Err duty_find(Cx *, int64_t id, struct appointment *) MUST_CHECK;
/* A person's, newest last, ended ones too. */
Err duty_of_person(Cx *, int64_t person, struct appointments *) MUST_CHECK;

/* All that are "granted" (ended ones too) or "asked", newest first; at most 2,000. */
Err duty_appointments(Cx *, Str state, struct appointments *) MUST_CHECK;

/* Not there from that day to that (inclusive): an acting holder may stand in. */
Err duty_away(Cx *, int64_t person, Str from_on, Str to_on) MUST_CHECK;
/* Those that are not over, next first. */
struct absence {
    int64_t id;
    Str from_on, to_on;
};
struct absences {
    const struct absence *at;
    size_t n;
};
Err duty_absences(Cx *, int64_t person, struct absences *) MUST_CHECK;
/* Back before its end, or never left.  One that is gone already is none to take back: OK. */
Err duty_away_back(Cx *, int64_t person, int64_t id) MUST_CHECK;

/* --- gaps 空岗 --- */
enum gap_state { SEAT_FILLED, SEAT_ACTING, SEAT_VACANT, SEAT_EXPIRED };
struct seat {
    enum gap_state state;
    Str name;     /* who holds it; empty: nobody */
    Str since_on; /* vacant since; never filled: since the town is in the house */
    bool own;     /* held or missing here itself, not taken over from the unit it lies in */
};
/* One unit or place; level[0] only for a grid (its keeper). */
struct seats {
    int64_t unit, place;
    Str name;
    bool grid;
    struct seat level[5];
};
struct gap_board {
    const struct seats *at;
    size_t n;
    int64_t n_gaps[5]; /* a level: own seats with nobody */
};
Err duty_gaps(Cx *, struct gap_board *) MUST_CHECK;

/* --- hand-over 交接 --- */
struct handover_line {
    Str text, path; /* "GX-2026-000123 南王村口 积水", "/problems/12" */
};
struct handover_lines {
    const struct handover_line *at;
    size_t n;
};
/* Rooms with open work move it when a post changes hands; called inside the hand-over's
 * transaction. The due time does not move, and records keep the old names. */
struct handover_hook {
    const char *what;
    /* NULL: nothing moves. */
    Err (*move)(Cx *, int64_t from_person, int64_t to_person, int64_t unit, enum post post);
    /* What would move, or stays with the unit and is the new holder's to know; may be NULL. */
    Err (*list)(Cx *, int64_t person, int64_t unit, enum post post, struct handover_lines *);
    /* Somebody was reminded of one that is not confirmed; said yes to it; may be NULL. */
    Err (*stands)(Cx *, int64_t id, int64_t unit, int64_t person, Text say, Str about, Str path);
    /* person 0: nobody has to confirm it any more. */
    Err (*confirmed)(Cx *, int64_t id, int64_t person);
};
/* From a room's open(), before the first request; the hook lives for ever. */
void duty_on_handover(const struct handover_hook *);
struct handover {
    int64_t id, from_person, to_person, unit, place, n_moved;
    enum post post;
    Str from_on;
    bool moved;
    OptI64 old_at, new_at, witness, witness_at; /* who confirmed, and when */
};
struct handovers {
    const struct handover *at;
    size_t n;
};
Err duty_handovers(Cx *, struct handovers *) MUST_CHECK; /* the newest 200 */
Err duty_handover_find(Cx *, int64_t id, struct handover *) MUST_CHECK;
struct handover_thing {
    Str what, body; /* keys, papers … */
};
struct handover_things {
    const struct handover_thing *at;
    size_t n;
};
Err duty_handover_things(Cx *, int64_t id, struct handover_things *) MUST_CHECK;
/* What moves with the post as it stands now; once it has moved, as it stood then. */
Err duty_handover_work(Cx *, const struct handover *, struct handover_lines *) MUST_CHECK;
/* As cx->me: the old holder, the new one, or a witness: of the first level above with somebody who
 * is neither of the two.  Three different people.  ERR_FORBIDDEN, ERR_CONFLICT. */
Err duty_handover_confirm(Cx *, int64_t id) MUST_CHECK;
/* 有异议: one of the three says what is wrong with the list; the others and the office are told,
 * and it stays in the list.  They may confirm later.  The work moves on its day all the same.
 * ERR_FORBIDDEN, ERR_INVALID "body". */
Err duty_handover_object(Cx *, int64_t id, Str body, Str key) MUST_CHECK;
struct handover_note {
    int64_t person, at;
    Str body;
};
struct handover_notes {
    const struct handover_note *at;
    size_t n;
};
Err duty_handover_notes(Cx *, int64_t id, struct handover_notes *) MUST_CHECK;
/* The hand-over that waits for this former holder's word (0: none): until they confirm, or
 * "handover_days" after it, they can sign in for that, also without any post. */
Err duty_handover_waits(Cx *, int64_t person, int64_t *id) MUST_CHECK;
/* The old holder lists what does not move by itself: keys, papers …  ERR_FORBIDDEN, ERR_INVALID. */
Err duty_handover_item(Cx *, int64_t id, Str what, Str body, Str key) MUST_CHECK;

/* --- the first set-up (AUT-5): three accounts, three people; the first one's password is set, the
 * other two get invitations.  ERR_NOT_FOUND: the code is wrong, used or over (410).  ERR_INVALID.
 */
struct setup {
    Str code, name[3], login[3]; /* system, security, audit */
    Str password;
    bool cheap;
};
struct setup_done {
    Str token[3]; /* [1], [2]: of people_invite() */
};
Err duty_setup(Cx *, const struct setup *, struct setup_done *) MUST_CHECK;

/* The clock's work for cx->town_id, each minute: terms that begin or end today, hand-overs due. */
Err duty_job(Cx *) MUST_CHECK;
/* Each hour: gaps that have climbed to the office. */
Err duty_gap_job(Cx *) MUST_CHECK;
