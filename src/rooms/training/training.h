/* training.h — 培训·观摩学习: trainings and visits, who was due, who came, what was learned (M5).
 *
 * Who holds a required post over the unit when the training is entered is due.  One signs in by the
 * QR the host shows, from 30 minutes before it begins to its end; guests by name alone, sealed.
 * Who missed a required training makes it up with a note of at least 50 characters. */
#pragma once
#include "gen/sql_training.h"

typedef struct sql_training_find_row Training; /* its columns stand in training.sql */

enum { DUE_MAX = 400, NOTE_MIN = 50, NOTE_MAX = 2000, GUEST_MAX = 20, EARLY_MS = 30 * 60 * 1000 };

/* What the columns cannot say.  ERR_INVALID names the field. */
Err training_check(Cx *, const Training *) MUST_CHECK;
/* Inside a transaction.  ERR_INVALID "posts": more than DUE_MAX would be due. */
Err training_add(Cx *, const Training *) MUST_CHECK;
Err training_change(Cx *, const Training *) MUST_CHECK;
Err training_get(Cx *, int64_t id, Training *) MUST_CHECK;
/* From when to when one may sign in, ms. */
void training_window(const Training *, int64_t *from, int64_t *to);

/* May cx->me act as its host: the office, or the secretary of the village that holds it. */
Err training_may_host(Cx *, const Training *, bool *may) MUST_CHECK;

/* cx->me was there.  ERR_FORBIDDEN: not the sheet's code; ERR_CONFLICT: too early, too late.  Twice
 * is once. */
Err training_sign_in(Cx *, int64_t id, Str code) MUST_CHECK;
/* By the host.  ERR_INVALID "guest". */
Err training_guest(Cx *, int64_t id, Str name) MUST_CHECK;
/* By the host: "present" "leave" "absent" of a person on the sheet; leave says why. */
Err training_mark(Cx *, int64_t attend, Str state, Str said) MUST_CHECK;
/* cx->me was due and missed it.  ERR_INVALID "note"; ERR_CONFLICT: nothing to make up. */
Err training_make_up(Cx *, int64_t id, Str note) MUST_CHECK;
/* Somebody of the list, from paper; inside a transaction. */
Err training_put(Cx *, int64_t id, int64_t person, Str state, OptStr said) MUST_CHECK;

/* Of trainings more than three years ago who was due and who came is erased, guests' names with
 * their keys; how many stays (domain: §13).  For the clock. */
Err training_erase_job(Cx *) MUST_CHECK;

/* Opens a guest's name. */
Err training_guest_name(Cx *, int64_t attend, OptStr key, OptStr guest, Str *name) MUST_CHECK;

/* 累计: how many until today, with opening figures; approx: at least so many (余). */
struct training_sum {
    int64_t n_trainings, n_visits;
    bool trainings_approx, visits_approx;
};
Err training_sums(Cx *, struct training_sum *) MUST_CHECK;

Err training_seen(Cx *, int64_t object) MUST_CHECK; /* the photos' door */

extern const struct ledger training_ledger, training_sheet_ledger;
extern const struct room training_room;
