/* people_login.c — 登录: who somebody is, how often they may try, and the sessions (AUT-2, AUT-3,
 * SES). */
#include "rooms/people/people_inner.h"

#include "base/secret.h"
#include "gen/sql_people.h"
#include "rooms/duty/post.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/towns.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
enum { TRIES = 10, DEVICE_MAX = 80, TOKEN_BYTES = 32, SLICE = 200 };
#define WINDOW (15 * MINUTE)
#define LONGEST_LOCK (30 * MINUTE)
#define SESSION_MOST (30 * DAY)
#define SEEN_EVERY (5 * MINUTE)

/* --- how often --- */

/* Failures are kept with town 0, for a login that does not exist as for one that does. */
struct attempt {
    Str key;
    int64_t tries, retry_after;
};

static Err attempt_step(Cx *cx, void *arg)
{
    struct attempt *a = arg;
    struct sql_people_failure_row r = {0};

    Err e = sql_people_failure(cx, &(struct sql_people_failure){.key = a->key}, &r);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    a->retry_after = 0;
    if (r.until_at > cx->now) {
        a->retry_after = (r.until_at - cx->now + 999) / 1000;
        return OK;
    }
    if (r.first_at + WINDOW <= cx->now)
        r = (struct sql_people_failure_row){.first_at = cx->now};
    r.n++;
    /* Counted before the password is looked at, so that tries side by side are counted too; the
     * right password takes the row away again. */
    if (r.n >= a->tries) {
        int64_t over = r.n - a->tries, wait = over < 5 ? MINUTE << over : LONGEST_LOCK;
        r.until_at = cx->now + (wait < LONGEST_LOCK ? wait : LONGEST_LOCK);
    }
    return sql_people_failure_set(
        cx, &(struct sql_people_failure_set){a->key, r.n, r.first_at, r.until_at});
}

static Err forget_step(Cx *cx, void *arg)
{
    return sql_people_failure_drop(cx, &(struct sql_people_failure_drop){.key = *(Str *)arg});
}

static Err with_town(Cx *cx, int64_t town, Err (*step)(Cx *, void *), void *arg)
{
    int64_t was = cx->town_id;
    cx->town_id = town;
    Err e = db_transaction(cx, step, arg);
    cx->town_id = was;
    return e;
}

/* The house's, as its first town has set it: a login that does not exist has no town. */
static Err attempts_allowed(Cx *cx, int64_t *tries)
{
    int64_t was = cx->town_id;
    const int64_t *towns;
    size_t n;

    TRY(store_towns(cx, &towns, &n));
    *tries = TRIES;
    if (n) {
        cx->town_id = towns[0];
        *tries = town_setting(cx, "login_tries", TRIES);
        cx->town_id = was;
    }
    return OK;
}

static Str attempt_key(Cx *cx, Str login, Str source)
{
    const char *both = arena_printf(&cx->mem, "%.*s|%.*s", (int)login.len,
        login.len ? login.at : "", (int)source.len, source.len ? source.at : "");
    return secret_blind(cx, "login_failure", str(both));
}

/* --- whose --- */

struct found {
    int64_t town, person;
    Str hash;
    bool real, cheap;
};

/* The cost of the decoy is the cost this house's passwords have. */
static Err usual_cost(Cx *cx, bool *cheap)
{
    struct sql_people_any_credential_rows some = {0};
    struct sql_people_credential_row cred;
    const int64_t *towns;
    size_t n;

    *cheap = false;
    TRY(store_towns(cx, &towns, &n));
    if (n == 0)
        return OK;
    cx->town_id = towns[0];
    TRY(sql_people_any_credential(cx, &(struct sql_people_any_credential){.limit = 1}, &some));
    if (some.n == 0)
        return OK;
    TRY(sql_people_credential(
        cx, &(struct sql_people_credential){.person = some.at[0].person}, &cred));
    *cheap = cred.cheap;
    return OK;
}

static Err find(Cx *cx, Str login, struct found *f)
{
    struct sql_people_account_find_row account;
    struct sql_people_find_row person;
    struct sql_people_credential_row cred;
    bool cheap;

    *f = (struct found){0};
    TRY(usual_cost(cx, &cheap));
    f->hash = people_decoy(cheap);
    Err e = sql_people_account_find(cx,
        &(struct sql_people_account_find){.login_hash = people_login_hash(cx, login)}, &account);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    cx->town_id = account.town_id;
    TRY(sql_people_find(cx, &(struct sql_people_find){.id = account.person}, &person));
    e = sql_people_credential(cx, &(struct sql_people_credential){.person = account.person}, &cred);
    if (e == ERR_NOT_FOUND)
        return OK; /* invited, but no password yet */
    TRY(e);
    f->town = account.town_id;
    f->person = account.person;
    f->hash = cred.hash;
    f->cheap = cred.cheap;
    f->real = !person.disabled_at.set;
    return OK;
}

/* --- in --- */

struct entering {
    const struct login *in;
    struct found who;
    Str token;
    enum login_answer answer;
    bool enrol;
};

/* The second factor and the session in one transaction, so that a code opens one session only. */
static Err enter_step(Cx *cx, void *arg)
{
    struct entering *x = arg;
    struct totp_state second;
    bool right = true;

    TRY(people_totp_state(cx, x->who.person, &second));
    if (second.active)
        TRY(people_totp_use(cx, x->who.person, x->in->code, &right));
    x->answer = right ? LOGIN_IN : LOGIN_CODE;
    x->enrol = second.required && !second.active;
    if (!right)
        return OK;
    Str device = x->in->device;
    struct sql_people_session_new row = {
        .token_hash = secret_hash(cx, x->token),
        .id = new_id(cx),
        .person = x->who.person,
        .device = (Str){device.at, device.len < DEVICE_MAX ? device.len : DEVICE_MAX}
    };
    while (
        row.device.len && device.len > row.device.len && (device.at[row.device.len] & 0xC0) == 0x80)
        row.device.len--; /* not within a character */
    TRY(sql_people_session_new(cx, &row));
    int64_t was = cx->me.person;
    cx->me.person = x->who.person;
    Err e = event_add(cx, &(struct event){.verb = "login", .object = x->who.person});
    cx->me.person = was;
    return e;
}

Err people_login(Cx *cx, const struct login *in, struct login_done *out)
{
    struct login_done done = {.answer = LOGIN_WRONG};
    struct entering x = {.in = in, .token = secret_token(cx, TOKEN_BYTES)};
    struct attempt a = {0};
    int64_t town = cx->town_id;
    Str login = S("-"); /* what is no login at all is tried under one name */
    bool right;

    if (people_login_clean(cx, in->login, &login) != OK)
        cx->why.say = (Str){0};
    TRY(attempts_allowed(cx, &a.tries));
    a.key = attempt_key(cx, login, in->source);
    TRY(with_town(cx, 0, attempt_step, &a));
    if (a.retry_after) {
        *out = (struct login_done){.answer = LOGIN_LOCKED, .retry_after = a.retry_after};
        return OK;
    }
    Err e = find(cx, login, &x.who);
    cx->town_id = town;
    TRY(e);
    TRY(people_verify(cx, x.who.hash, in->password, &right));
    cx->why.say = (Str){0};
    if (right && x.who.real) {
        TRY(with_town(cx, x.who.town, enter_step, &x));
        done.answer = x.answer;
    }
    if (done.answer == LOGIN_IN || (done.answer == LOGIN_CODE && in->code.len == 0))
        TRY(with_town(cx, 0, forget_step, &a.key));
    if (done.answer == LOGIN_IN) {
        done.enrol = x.enrol;
        done.cookie = str(arena_printf(
            &cx->mem, "%lld.%.*s", (long long)x.who.town, (int)x.token.len, x.token.at));
    }
    *out = done;
    return OK;
}

/* --- once more (AUT-6) --- */

struct proving {
    Str code;
    bool by_password, right;
};

static Err prove_step(Cx *cx, void *arg)
{
    struct proving *p = arg;

    if (!p->by_password) {
        TRY(people_totp_use(cx, cx->me.person, p->code, &p->right));
        if (!p->right)
            return OK;
    }
    TRY(sql_people_session_proved(
        cx, &(struct sql_people_session_proved){.id = cx->me.session, .person = cx->me.person}));
    return event_add(cx, &(struct event){.verb = "prove", .object = cx->me.person});
}

Err people_prove(Cx *cx, Str password, Str code, Str source, struct login_done *out)
{
    struct person me;
    struct sql_people_credential_row cred;
    struct proving p = {.code = code, .by_password = password.len > 0};
    struct attempt a = {0};

    TRY(people_find(cx, cx->me.person, &me));
    TRY(attempts_allowed(cx, &a.tries));
    a.key = attempt_key(cx, me.login, source);
    TRY(with_town(cx, 0, attempt_step, &a));
    if (a.retry_after) {
        *out = (struct login_done){.answer = LOGIN_LOCKED, .retry_after = a.retry_after};
        return OK;
    }
    if (p.by_password) {
        TRY(sql_people_credential(
            cx, &(struct sql_people_credential){.person = cx->me.person}, &cred));
        TRY(people_verify(cx, cred.hash, password, &p.right));
    }
    if (p.right || !p.by_password)
        TRY(db_transaction(cx, prove_step, &p));
    if (p.right)
        TRY(with_town(cx, 0, forget_step, &a.key));
    *out = (struct login_done){.answer = p.right ? LOGIN_IN : LOGIN_WRONG};
    return OK;
}

/* --- whose session is this --- */

static Err posts_now(Cx *cx, int64_t person, uint32_t *has)
{
    struct sql_people_scope_posts_rows rows;

    TRY(sql_people_scope_posts(cx, &(struct sql_people_scope_posts){.person = person}, &rows));
    *has = 0;
    for (size_t i = 0; i < rows.n; i++)
        *has |= HAS(post_named(rows.at[i].post.at, rows.at[i].post.len));
    return OK;
}

/* How long it may rest (SES-2, domain §13): the strictest of the person's posts. */
static int64_t idle_limit(Cx *cx, uint32_t has)
{
    const uint32_t field = HAS(POST_SECRETARY) | HAS(POST_CADRE) | HAS(POST_GRID_KEEPER)
                           | HAS(POST_MEMBER) | HAS(POST_GROUP_LEADER) | HAS(POST_BRANCH_SEC)
                           | HAS(POST_CONTRACTOR) | HAS(POST_VOLUNTEER) | HAS(POST_TEAM_LEADER)
                           | HAS(POST_SUPERVISOR);

    if (has & ADMIN_POSTS)
        return town_setting(cx, "session_admin_min", 15) * MINUTE;
    if (has && !(has & ~field))
        return town_setting(cx, "session_field_days", 30) * DAY;
    return town_setting(cx, "session_office_hours", 12) * HOUR;
}

/* Only who must have a second factor is asked for it at each request (AUT-4). */
static Err must_enrol(Cx *cx, int64_t person, uint32_t has, bool *enrol)
{
    struct totp_state second;

    *enrol = false;
    if (!(has & (OFFICE_POSTS | HAS(POST_COMMANDER) | ADMIN_POSTS)))
        return OK;
    TRY(people_totp_state(cx, person, &second));
    *enrol = second.required && !second.active;
    return OK;
}

static Err seen_step(Cx *cx, void *arg)
{
    return sql_people_session_seen(
        cx, &(struct sql_people_session_seen){.token_hash = *(Str *)arg});
}

static Err session_of(Cx *cx, Str token, struct signed_in *out)
{
    struct sql_people_session_find_row s;
    uint32_t has;
    bool enrol;
    Str hash = secret_hash(cx, token);

    TRY(sql_people_session_find(cx, &(struct sql_people_session_find){.token_hash = hash}, &s));
    TRY(posts_now(cx, s.person, &has));
    /* A clock that jumped back logs nobody out (REL-14). */
    if (s.disabled_at.set || cx->now > s.made_at + SESSION_MOST
        || cx->now > s.seen_at + idle_limit(cx, has))
        return ERR_NOT_FOUND;
    if (cx->now > s.seen_at + SEEN_EVERY) {
        /* A disk that is full must not log anybody out (REL-4). */
        (void)!db_transaction(cx, seen_step, &hash);
        cx->why.log = NULL;
    }
    TRY(must_enrol(cx, s.person, has, &enrol));
    Str csrf = secret_blind(cx, "csrf", token);
    *out = (struct signed_in){.person = s.person,
        .session = s.id,
        .name = s.name,
        .csrf = secret_text(cx, (Str){csrf.at, 16}),
        .proved_at = s.proved_at,
        .lang = s.lang,
        .enrol = enrol};
    return OK;
}

Err people_session(Cx *cx, Str cookie, struct signed_in *out)
{
    int64_t was = cx->town_id, town;

    if (!people_token_town(cookie, &town))
        return ERR_NOT_FOUND;
    cx->town_id = town;
    const char *dot = memchr(cookie.at, '.', cookie.len);
    size_t front = (size_t)(dot - cookie.at) + 1;
    Err e = session_of(cx, (Str){cookie.at + front, cookie.len - front}, out);
    if (e != OK) {
        cx->town_id = was;
        return e;
    }
    cx->me.person = out->person;
    cx->me.session = out->session;
    return OK;
}

/* --- out --- */

static Err logout_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;

    Err e = sql_people_session_end(
        cx, &(struct sql_people_session_end){.id = id, .person = cx->me.person});
    if (e == ERR_CONFLICT)
        return ERR_NOT_FOUND;
    TRY(e);
    return event_add(cx, &(struct event){.verb = "logout", .object = cx->me.person});
}

Err people_session_end(Cx *cx, int64_t id)
{
    return db_transaction(cx, logout_step, &id);
}

Err people_logout(Cx *cx)
{
    Err e = people_session_end(cx, cx->me.session);
    return e == ERR_NOT_FOUND ? OK : e;
}

static Err sessions_end_step(Cx *cx, void *arg)
{
    int64_t person = *(int64_t *)arg;

    TRY(sql_people_sessions_end(
        cx, &(struct sql_people_sessions_end){.person = person, .but = cx->me.session}));
    return event_add(cx, &(struct event){.verb = "sessions_end", .object = person});
}

Err people_sessions_end(Cx *cx, int64_t person)
{
    return db_transaction(cx, sessions_end_step, &person);
}

Err people_rights_grew(Cx *cx, int64_t person)
{
    struct sql_people_sessions_rows any;

    TRY(sql_people_sessions(cx, &(struct sql_people_sessions){.person = person, .limit = 1}, &any));
    return any.n ? people_sessions_end(cx, person) : OK;
}

Err people_sessions(Cx *cx, struct sessions *out)
{
    struct sql_people_sessions_rows rows;

    TRY(sql_people_sessions(
        cx, &(struct sql_people_sessions){.person = cx->me.person, .limit = 100}, &rows));
    struct session_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct session_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct session_row){rows.at[i].id, rows.at[i].made_at, rows.at[i].seen_at,
            rows.at[i].device, rows.at[i].id == cx->me.session};
    *out = (struct sessions){at, rows.n};
    return OK;
}

/* --- the clock --- */

static Err tidy_step(Cx *cx, void *arg)
{
    struct sql_people_sessions_old_rows old;
    struct sql_people_failures_old_rows failures;

    TRY(sql_people_sessions_old(cx,
        &(struct sql_people_sessions_old){.before = cx->now - SESSION_MOST, .limit = SLICE}, &old));
    for (size_t i = 0; i < old.n; i++)
        TRY(sql_people_session_end(
            cx, &(struct sql_people_session_end){.id = old.at[i].id, .person = old.at[i].person}));
    TRY(sql_people_failures_old(
        cx, &(struct sql_people_failures_old){.before = cx->now - DAY, .limit = SLICE}, &failures));
    for (size_t i = 0; i < failures.n; i++)
        TRY(sql_people_failure_drop(
            cx, &(struct sql_people_failure_drop){.key = failures.at[i].key}));
    *(size_t *)arg = old.n;
    return OK;
}

Err people_job(Cx *cx)
{
    size_t n;

    TRY(with_town(cx, 0, tidy_step, &n));
    return db_transaction(cx, tidy_step, &n);
}
