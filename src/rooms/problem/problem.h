/* problem.h — 问题台账: what is wrong in the town, from the report to the closed case.
 *
 * The loop is GB/T 30428's: report, file, dispatch, handle, feed back, verify, close, evaluate.
 * States, verbs and who may do them are the table problem_machine (problem_steps.c); its clock is
 * problem_clock.h; what pages show is problem_view.h. */
#pragma once
#include "base/cx.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"

struct machine;
struct ledger;

/* Where a problem stands.  The order is that of problem_states[] (problem_steps.c). */
enum problem_state {
    REPORTED,    /* 待立案 */
    FILED,       /* 待派遣 */
    DISPATCHED,  /* 待接单 */
    HANDLING,    /* 处理中 */
    HANDLED,     /* 待核查 */
    SUSPENDED,   /* 挂账 */
    CLOSED,      /* 已结案 */
    REJECTED,    /* 不予立案 */
    MERGED,      /* 已并案 */
    TRANSFERRED, /* 已移交 */
    WITHDRAWN,   /* 已撤回 */
    VOIDED,      /* 作废 */
    N_STATES
};

Text problem_state_label(Str code); /* "handled" → 待核查; empty: no such state */

enum { PLACE_MAX = 80, BODY_MAX = 2000, REPORTER_NAME_MAX = 20 };

struct problem_new {
    Str key;             /* the form's submission key; empty: none (an import has its own) */
    int64_t unit;        /* 15-digit code of the village or grid; 0: known_place tells it */
    int64_t known_place; /* a place's id; 0: none */
    Str place;           /* in words: 南王村口 */
    Str category;        /* a tile's word or four digits; empty: a photo tells, "9999" */
    Str body;            /* may be empty */
    OptI64 lat, lng;     /* WGS-84, 10^-6 degrees */
    Str located;         /* "plate" "list" "near" "typed"; empty: not said */
    struct {
        OptI64 lat, lng, metres; /* as the phone gave it, and its own accuracy */
        Str datum;               /* "wgs84" "gcj02" */
    } given;
    int64_t same_as; /* the reporter says it is that one: followed, not a matter of its own; 0 */
    Str name, phone; /* of the reporter; sealed; may be empty */
    Str source;      /* "resident" "hotline" "patrol" …; empty: resident, or patrol for staff */
    Str from;        /* the address it came from: only counted, as a keyed hash; empty: none */
    Str plate;       /* the code of the QR plate that was scanned; empty: none */
    struct photo_hashes before;
    bool not_to_village; /* 不转本村: goes to the office alone */
    bool entered_for;    /* 代报: cx->me entered it for somebody */
    OptStr ext_no;       /* the hotline's number: twice imported is once */
    OptI64 ext_due;      /* the hotline's due: of two dues the earlier rules */
    OptI64 severity;     /* the category's unless set */
};

struct problem_receipt {
    int64_t id;
    Str code;   /* 12 digits: who has it follows the matter at /p/CODE */
    bool again; /* the same form had come before: this is its answer */
};

/* What a verb can carry; problem_step_of(verb)->needs says which of it a verb must have. */
struct problem_fields {
    OptStr text;     /* what is said: reason, result, comment */
    OptStr reason;   /* a code of problem_reasons() */
    OptI64 handler;  /* a person */
    OptI64 unit;     /* 15-digit code */
    OptI64 place;    /* a known place's id */
    OptStr category; /* four digits */
    OptI64 severity; /* 1–3 */
    OptI64 master;   /* the problem it is merged into */
    OptStr body;     /* the receiving body of a transfer */
    OptStr paper_no;
    OptI64 until;      /* ms: the new time asked for */
    OptStr review_on;  /* day a suspension is looked at again */
    OptStr plan;       /* of a suspension; public */
    OptStr photo;      /* hashes with commas */
    OptStr answer;     /* "solved" "half" "not" "unclear" */
    OptStr evaluation; /* "good" "fair" "bad" */
    OptI64 version;    /* the row that was on the screen; absent: any */
    OptStr key;        /* the form's submission key: the same again is answered like the first */
};

/* Check and store a report, with its photos.  Anyone may call this, also without an account.  Easy
 * ones are filed and dispatched by rule in the same transaction.  ERR_INVALID names the field;
 * ERR_CONFLICT: the same key with other content. */
Err problem_report(Cx *, const struct problem_new *, struct problem_receipt *) MUST_CHECK;

/* 即查即改: found and mended in one form, by a cadre, grid keeper or team leader.  As
 * problem_report; also ERR_FORBIDDEN, and ERR_INVALID "category" if it is not an easy one. */
Err problem_fix(Cx *, const struct problem_new *, Str said, struct photo_hashes after,
    struct problem_receipt *) MUST_CHECK;

/* Do a verb (file, dispatch, accept …) to a problem, as cx->me.  ERR_NOT_FOUND: out of scope, or no
 * such verb; ERR_FORBIDDEN: not theirs to do; ERR_CONFLICT: wrong state, or somebody was first. */
Err problem_act(Cx *, int64_t id, Str verb, const struct problem_fields *) MUST_CHECK;

/* Whether that form has made its row already: what comes again is not asked again. */
bool problem_report_came(Cx *, Str key);

/* The same by who holds the receipt code: withdraw, ask_again, comment, answer, reopen, evaluate.
 * cx->town_id is set from the code. */
Err problem_act_by_code(Cx *, Str code, Str verb, const struct problem_fields *) MUST_CHECK;

/* The reporter has been told of the end: "page" "sms" "call" "member".  Inside or outside a
 * transaction; twice is once. */
Err problem_told(Cx *, int64_t id, const char *how) MUST_CHECK;

/* How many have not ended in a unit's subtree. */
Err problem_n_open(Cx *, int64_t unit, int64_t *n) MUST_CHECK;

/* The photos' door asks: may cx->me see this record (its photos)?  ERR_NOT_FOUND: no.  unit_out:
 * for attachment_add. */
Err problem_seen(Cx *, int64_t id) MUST_CHECK;

/* Open work moves with a post (duty's hand-over). */
extern const struct handover_hook problem_handover;
extern const struct machine problem_machine;
extern const struct ledger problem_ledger;
extern const struct room problem_room;
