/* people_token.c — 邀请与重设: passwords, invitations, resets, the first set-up (AUT-1, AUT-5,
 * AUT-7, AUT-8). */
#include "rooms/people/people_inner.h"

#include "base/secret.h"
#include "base/utf8.h"
#include "gen/sql_people.h"
#include "rooms/notice/notice.h"
#include "store/log.h"

#define HOUR INT64_C(3600000)
enum { INVITE_BYTES = 16, SETUP_CHARS = 16 };

/* --- passwords --- */

Err people_password_sound(Cx *cx, Str password, const char *field, Str name, Str login)
{
    size_t n = str_n_chars(password);

    if (n < PASSWORD_MIN)
        return fail(cx, ERR_INVALID, field, T("密码至少 12 个字符；一句好记的话就行"));
    if (n > PASSWORD_MAX)
        return fail(cx, ERR_INVALID, field, T("密码最多 128 个字符"));
    if (people_weak(password, name, login))
        return fail(cx, ERR_INVALID, field,
            T("这个密码太容易猜到（常用词、地名、姓名、年份、连续的键），请换一句话"));
    return OK;
}

struct setting {
    int64_t person;
    Str hash;
    bool cheap;
    Str token_hash; /* consumed; empty: none */
};

static Err password_step(Cx *cx, void *arg)
{
    const struct setting *s = arg;
    struct sql_people_token_find_row token;

    if (s->token_hash.len) {
        TRY(sql_people_token_find(
            cx, &(struct sql_people_token_find){.token_hash = s->token_hash}, &token));
        TRY(sql_people_token_use(
            cx, &(struct sql_people_token_use){.token_hash = s->token_hash, .kind = token.kind}));
    }
    TRY(sql_people_credential_set(
        cx, &(struct sql_people_credential_set){
                .person = s->person, .hash = s->hash, .cheap = s->cheap}));
    TRY(sql_people_sessions_end(cx, &(struct sql_people_sessions_end){.person = s->person,
                                        .but = s->person == cx->me.person ? cx->me.session : 0}));
    TRY(sql_people_tokens_drop(cx, &(struct sql_people_tokens_drop){.person = s->person}));
    TRY(event_add(cx, &(struct event){.verb = "password", .object = s->person}));
    return notice_add(cx, &(struct notice){.to = s->person,
                              .say = T("您的密码已更改，其他设备已退出登录"),
                              .object = s->person,
                              .path = S("/account")});
}

Err people_password_set(Cx *cx, int64_t person, Str password, bool cheap)
{
    struct setting s = {.person = person, .cheap = cheap};
    struct person p;

    TRY(people_find(cx, person, &p));
    TRY(people_password_sound(cx, password, "password", p.name, p.login));
    TRY(people_hash(cx, password, cheap, &s.hash));
    return db_transaction(cx, password_step, &s);
}

Err people_password_change(Cx *cx, Str source, Str old, Str password)
{
    struct sql_people_credential_row cred;
    struct login_done proof;

    if (old.len == 0)
        return fail(cx, ERR_INVALID, "old", T("请输入原密码"));
    TRY(people_prove(cx, old, (Str){0}, source, &proof));
    if (proof.answer == LOGIN_LOCKED)
        return fail_say(cx, ERR_INVALID, "old",
            say_n(cx, T("试错的次数太多，请过 {n} 秒再试"), proof.retry_after));
    if (proof.answer != LOGIN_IN)
        return fail(cx, ERR_INVALID, "old", T("原密码不对"));
    TRY(sql_people_credential(cx, &(struct sql_people_credential){.person = cx->me.person}, &cred));
    return people_password_set(cx, cx->me.person, password, cred.cheap);
}

/* --- links that are good once --- */

bool people_token_town(Str token, int64_t *town_id)
{
    int64_t n = 0;
    size_t i = 0;

    for (; i < token.len && i < 10 && token.at[i] >= '0' && token.at[i] <= '9'; i++)
        n = n * 10 + token.at[i] - '0';
    if (i != 9 || token.len < 16 || token.len > 80 || token.at[i] != '.')
        return false;
    *town_id = n;
    return true;
}

static Str after_dot(Str token)
{
    return (Str){token.at + 10, token.len - 10};
}

static Err token_new_step(Cx *cx, void *arg)
{
    struct sql_people_token_new *row = arg;

    TRY(sql_people_tokens_drop(cx, &(struct sql_people_tokens_drop){.person = row->person}));
    TRY(sql_people_token_new(cx, row));
    return event_add(
        cx, &(struct event){.verb = row->person ? "invite" : "setup_code", .object = row->person});
}

static Err token_new(Cx *cx, Str kind, int64_t person, int64_t lives, Str secret, Str *token)
{
    struct sql_people_token_new row = {.token_hash = secret_hash(cx, secret),
        .kind = kind,
        .person = person,
        .ends_at = cx->now + lives};

    TRY(db_transaction(cx, token_new_step, &row));
    *token = str(
        arena_printf(&cx->mem, "%09lld.%.*s", (long long)cx->town_id, (int)secret.len, secret.at));
    return OK;
}

Err people_invite(Cx *cx, int64_t person, Str *token)
{
    struct person p;

    TRY(people_find(cx, person, &p));
    if (p.disabled || p.login.len == 0)
        return fail(cx, ERR_CONFLICT, NULL, T("此人没有账号，或账号已停用"));
    return token_new(cx, S("invite"), person, 24 * HOUR, secret_token(cx, INVITE_BYTES), token);
}

/* Sets cx->town_id to the token's town. */
static Err token_find(Cx *cx, Str token, bool setup, int64_t *person)
{
    struct sql_people_token_find_row r;
    int64_t was = cx->town_id;

    if (!people_token_town(token, &cx->town_id))
        return ERR_NOT_FOUND;
    Err e = sql_people_token_find(
        cx, &(struct sql_people_token_find){.token_hash = secret_hash(cx, after_dot(token))}, &r);
    if (e == OK && (r.ends_at <= cx->now || str_eq(r.kind, S("setup")) != setup))
        e = ERR_NOT_FOUND;
    if (e != OK) {
        cx->town_id = was;
        return e;
    }
    *person = r.person;
    return OK;
}

Err people_invited(Cx *cx, Str token, struct person *p)
{
    int64_t person;

    TRY(token_find(cx, token, false, &person));
    return people_find(cx, person, p);
}

Err people_invited_password(Cx *cx, Str token, Str password)
{
    struct person p;
    struct setting s = {.token_hash = secret_hash(cx, token.len > 10 ? after_dot(token) : token)};

    TRY(people_invited(cx, token, &p));
    TRY(people_password_sound(cx, password, "password", p.name, p.login));
    TRY(people_hash(cx, password, false, &s.hash));
    s.person = p.id;
    return db_transaction(cx, password_step, &s);
}

/* --- the first set-up --- */

/* 16 letters and digits that are hard to confuse: 80 bits, read out or typed by hand. */
static Str setup_secret(Cx *cx)
{
    static const char digit[] = "23456789abcdefghjkmnpqrstuvwxyz3"; /* 32, one of them twice */
    unsigned char raw[SETUP_CHARS];
    char *at = arena_raw(&cx->mem, SETUP_CHARS);

    secret_random(raw, sizeof raw);
    for (size_t i = 0; i < SETUP_CHARS; i++)
        at[i] = digit[raw[i] & 31];
    return (Str){at, SETUP_CHARS};
}

Err people_setup_code(Cx *cx, Str *code)
{
    bool any;

    TRY(people_any(cx, &any));
    if (any)
        return fail(cx, ERR_CONFLICT, NULL, T("这里已经有账号，不能再次初始设置"));
    return token_new(cx, S("setup"), 0, HOUR, setup_secret(cx), code);
}

Err people_setup_town(Cx *cx, Str code, int64_t *town_id)
{
    int64_t nobody;

    TRY(token_find(cx, code, true, &nobody));
    *town_id = cx->town_id;
    return OK;
}

Err people_setup_use(Cx *cx, Str code)
{
    int64_t nobody;

    TRY(token_find(cx, code, true, &nobody));
    struct sql_people_token_use use = {
        .token_hash = secret_hash(cx, after_dot(code)), .kind = S("setup")};
    TRY(sql_people_token_use(cx, &use));
    return event_add(cx, &(struct event){.verb = "setup"});
}
