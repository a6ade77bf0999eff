/* people.h — 人员: persons, their accounts, signing in, sessions.  Which post who holds is duty.h. */
#pragma once
#include "base/cx.h"

struct person {
    int64_t id, version;
    Str name;        /* 孙八 */
    Str login;       /* empty: no account */
    bool disabled;
};
Err people_find(Cx *, int64_t id, struct person *) MUST_CHECK;   /* ERR_NOT_FOUND */
Str people_name(Cx *, int64_t id);                               /* empty: unknown */
/* How many bear this name; the first one's id. */
size_t people_named(Cx *, Str name, int64_t *id);

/* A new person, with an account if login is not empty.  ERR_INVALID: login, password.  Asks nobody's
 * right: the doors and duty do. */
struct person_new {
    Str name, login, password, phone; /* phone is sealed */
    bool cheap;                       /* the demonstration and tests: lowest password cost */
};
Err people_add(Cx *, const struct person_new *, int64_t *id) MUST_CHECK;

/* The guard's question at each request: whose session is this cookie?  Fills cx->town_id, cx->me.person
 * and cx->me.session (posts are duty_posts()'s).  ERR_NOT_FOUND: nobody's, or over. */
struct signed_in {
    int64_t person, session;
    Str name, csrf;       /* csrf: this session's token */
    int64_t proved_at;    /* when the password was last typed */
};
Err people_session(Cx *, Str cookie, struct signed_in *) MUST_CHECK;
