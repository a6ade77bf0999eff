/* people.h — 人员: persons, their accounts, signing in, sessions.  Which post who holds is duty.h.
 */
#pragma once
#include "base/cx.h"
#include "base/fields.h"

struct person {
    int64_t id, version;
    Str name;  /* 孙八 */
    Str login; /* empty: no account */
    Str lang;  /* "" "zh" "en" */
    bool disabled;
};
Err people_find(Cx *, int64_t id, struct person *) MUST_CHECK; /* ERR_NOT_FOUND */
Str people_name(Cx *, int64_t id);                             /* empty: unknown */
/* How many bear this name; the first one's id. */
size_t people_named(Cx *, Str name, int64_t *id);
extern const struct names people_names; /* the same, for forms and tables */

/* A new person, with an account if login is not empty.  ERR_INVALID: login, password.  Asks
 * nobody's right: the doors and duty do. */
struct person_new {
    Str name, login, password, phone; /* phone is sealed */
    bool cheap;                       /* the demonstration and tests: lowest password cost */
};
Err people_add(Cx *, const struct person_new *, int64_t *id) MUST_CHECK;

struct person_row {
    int64_t id;
    Str name, login;
    bool disabled;
};
struct persons {
    const struct person_row *at;
    size_t n;
};
/* Everybody, by name; at most 2,000. */
Err people_all(Cx *, struct persons *) MUST_CHECK;
/* The person of a login in this town; ERR_NOT_FOUND. */
Err people_of_login(Cx *, Str login, int64_t *id) MUST_CHECK;
/* The whole phone number, for who may see it; the door has logged why.  Empty: none, or erased. */
Err people_phone(Cx *, int64_t id, Str *phone) MUST_CHECK;
struct person_change {
    Str name, lang; /* lang: "" as the browser says, "zh", "en" */
    OptStr phone;   /* absent: stays */
    int64_t version;
};
Err people_change(Cx *, int64_t id, const struct person_change *) MUST_CHECK;
/* cx->me's own language: "" as the browser says, "zh", "en". */
Err people_language(Cx *, Str lang, int64_t version) MUST_CHECK;
/* Disabled: no sign-in, all sessions and invitations end; history stays.  ERR_CONFLICT: it is so.
 */
Err people_disable(Cx *, int64_t id) MUST_CHECK;
Err people_enable(Cx *, int64_t id) MUST_CHECK;
/* Whether anybody here can sign in. */
Err people_any(Cx *, bool *any) MUST_CHECK;

/* --- passwords (AUT-1, AUT-8) --- */
/* ERR_INVALID on that field: not 12–128 characters, or too easily guessed (people_weak.c). */
Err people_password_sound(Cx *, Str password, const char *field, Str name, Str login) MUST_CHECK;
/* A new password: other sessions and all invitations end, the person is told. */
Err people_password_set(Cx *, int64_t person, Str password, bool cheap) MUST_CHECK;
/* cx->me's own, the old one typed again.  ERR_INVALID "old" "password". */
Err people_password_change(Cx *, Str source, Str old, Str password) MUST_CHECK;

/* --- signing in (AUT-2, AUT-3, SES-1) --- */
enum login_answer {
    LOGIN_IN,
    LOGIN_WRONG,  /* unknown, disabled or wrong: told alike */
    LOGIN_LOCKED, /* 429, retry_after seconds */
    LOGIN_CODE,   /* the password is right, the second factor is missing or wrong */
};
struct login {
    Str login, password, code; /* code: six digits, or a recovery code */
    Str source, device;        /* the address; the browser's name for the list of sessions */
};
struct login_done {
    enum login_answer answer;
    int64_t retry_after;
    Str cookie; /* LOGIN_IN: "410108101.…" */
    bool enrol; /* LOGIN_IN: the second factor must be set up before anything else */
};
/* ERR_BUSY: too many passwords are being checked at once. */
Err people_login(Cx *, const struct login *, struct login_done *) MUST_CHECK;
Err people_logout(Cx *) MUST_CHECK; /* cx->me.session ends */
/* The password (or a code) once more, within cx->me.session (AUT-6); answer LOGIN_IN: proved. */
Err people_prove(Cx *, Str password, Str code, Str source, struct login_done *) MUST_CHECK;

struct session_row {
    int64_t id, made_at, seen_at;
    Str device;
    bool mine; /* this very one */
};
struct sessions {
    const struct session_row *at;
    size_t n;
};
Err people_sessions(Cx *, struct sessions *) MUST_CHECK;  /* of cx->me */
Err people_session_end(Cx *, int64_t id) MUST_CHECK;      /* one's own; ERR_NOT_FOUND */
Err people_sessions_end(Cx *, int64_t person) MUST_CHECK; /* all but cx->me.session */
/* A post has come to them: no session bears rights that came after it was begun (SES-1), so they
 * sign in anew.  Inside a transaction. */
Err people_rights_grew(Cx *, int64_t person) MUST_CHECK;

/* The guard's question at each request: whose session is this cookie?  Fills cx->town_id,
 * cx->me.person and cx->me.session (posts are duty_posts()'s).  ERR_NOT_FOUND: nobody's, or over.
 */
struct signed_in {
    int64_t person, session;
    Str name, csrf;    /* csrf: this session's token */
    int64_t proved_at; /* when the password was last typed */
    Str lang;          /* "" "zh" "en" */
    bool enrol;        /* only /account… and /logout until the second factor is set up (AUT-4) */
};
Err people_session(Cx *, Str cookie, struct signed_in *) MUST_CHECK;
enum { PROVED_FOR_MS = 5 * 60 * 1000 }; /* AUT-6 */

/* --- invitations, resets, the first set-up (AUT-5, AUT-7) --- */
/* A link's token, good once and for 24 h; earlier ones of the person are gone. */
Err people_invite(Cx *, int64_t person, Str *token) MUST_CHECK;
/* Who it is for; nothing is consumed.  ERR_NOT_FOUND: used, too old, none of ours (the doors say
 * 410). */
Err people_invited(Cx *, Str token, struct person *) MUST_CHECK;
Err people_invited_password(Cx *, Str token, Str password) MUST_CHECK;
/* The set-up code of a town that has nobody yet, good once and for 1 h.  ERR_CONFLICT: it has. */
Err people_setup_code(Cx *, Str *code) MUST_CHECK;
Err people_setup_town(Cx *, Str code, int64_t *town_id) MUST_CHECK; /* ERR_NOT_FOUND, as above */
Err people_setup_use(Cx *, Str code) MUST_CHECK; /* inside the transaction that sets up */

/* --- the second factor (AUT-4; RFC 6238, SHA-1, 30 s, six digits, ±1 step, each used once) --- */
struct totp_offer {
    Str secret, uri; /* base32 in groups of four; otpauth://… */
};
Err people_totp_begin(Cx *, struct totp_offer *) MUST_CHECK; /* for cx->me; not active yet */
Err people_totp_offer(Cx *, struct totp_offer *) MUST_CHECK; /* the one begun; ERR_NOT_FOUND */
struct recovery_code {
    Str text;
};
struct recovery_codes {
    const struct recovery_code *at;
    size_t n;
};
/* The first right code makes it active and gives the recovery codes, once.  ERR_INVALID "code". */
Err people_totp_confirm(Cx *, Str code, struct recovery_codes *) MUST_CHECK;
struct totp_state {
    bool active, required;
    int64_t n_recovery;
};
Err people_totp_state(Cx *, int64_t person, struct totp_state *) MUST_CHECK;
Err people_totp_drop(Cx *, int64_t person) MUST_CHECK; /* lost phone: an administrator's deed */
/* The six digits of a step; key as bytes. */
int64_t totp_code(Str key, int64_t step);

/* Sessions and counters that are over. */
Err people_job(Cx *) MUST_CHECK;
