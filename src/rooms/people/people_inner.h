/* people_inner.h — between the files of the room people only. */
#pragma once
#include "rooms/people/people.h"

enum { MANY_PEOPLE = 2000, LOGIN_MAX = 40, NAME_MAX = 40, PASSWORD_MIN = 12, PASSWORD_MAX = 128 };

/* "410108101.…": the town in front is routing, not trust.  False: not of that form. */
bool people_token_town(Str token, int64_t *town_id);
Str people_login_hash(Cx *, Str login);
/* As typed, trimmed and in small letters; ERR_INVALID "login". */
Err people_login_clean(Cx *, Str typed, Str *login) MUST_CHECK;

/* Argon2id, 64 MiB and two passes; cheap: the least there is.  At most two at once, a short queue,
 * then ERR_BUSY (AUT-1). */
Err people_hash(Cx *, Str password, bool cheap, Str *hash) MUST_CHECK;
Err people_verify(Cx *, Str hash, Str password, bool *right) MUST_CHECK;
/* How many were computed since the start, dear and cheap: for the test that an unknown login costs
 * as much as a wrong password. */
int64_t people_n_verified(void);
/* A hash that nobody's password has, of the same cost: for logins that do not exist (AUT-3). */
Str people_decoy(bool cheap);

/* Whether the code proves the person's second factor; marks it used.  Inside a transaction. */
Err people_totp_use(Cx *, int64_t person, Str code, bool *right) MUST_CHECK;
/* What is guessed first: true if hardly anything is left once it is taken out. */
bool people_weak(Str password, Str name, Str login);
