/* totp.c — 动态口令: the second factor (AUT-4; RFC 6238 over RFC 4226, HMAC-SHA1, 30 s, six
 * digits). */
#include "rooms/people/people_inner.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/secret.h"
#include "gen/sql_people.h"
#include "rooms/duty/post.h"
#include "store/log.h"

enum { KEY_BYTES = 20, STEP_MS = 30000, CODES = 10, CODE_BYTES = 8 };

int64_t totp_code(Str key, int64_t step)
{
    unsigned char msg[8], mac[EVP_MAX_MD_SIZE];
    unsigned int len = sizeof mac;

    for (int i = 7; i >= 0; i--, step >>= 8)
        msg[i] = (unsigned char)(step & 0xFF);
    if (!HMAC(EVP_sha1(), key.at, (int)key.len, msg, sizeof msg, mac, &len))
        return -1;
    size_t o = mac[len - 1] & 0xF;
    int64_t n = (int64_t)(mac[o] & 0x7F) << 24 | mac[o + 1] << 16 | mac[o + 2] << 8 | mac[o + 3];
    return n % 1000000;
}

static Str base32(Cx *cx, Str bytes, size_t group)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *at = arena_raw(&cx->mem, bytes.len * 2 + 8);
    size_t n = 0, shown = 0;
    uint32_t have = 0;
    int bits = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        have = have << 8 | (unsigned char)bytes.at[i];
        for (bits += 8; bits >= 5; bits -= 5) {
            if (group && shown && shown % group == 0)
                at[n++] = ' ';
            at[n++] = digit[have >> (bits - 5) & 31];
            shown++;
        }
    }
    return (Str){at, n};
}

/* --- whether a code is right --- */

static bool six_digits(Str code, int64_t *n)
{
    *n = 0;
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < '0' || code.at[i] > '9')
            return false;
        *n = *n * 10 + code.at[i] - '0';
    }
    return code.len == 6;
}

/* The step of ±1 whose code it is and that is newer than the last one used; 0: none. */
static int64_t step_of(Cx *cx, Str key, int64_t typed, int64_t last)
{
    int64_t now = cx->now / STEP_MS;

    for (int64_t s = now - 1; s <= now + 1; s++)
        if (s > last && totp_code(key, s) == typed)
            return s;
    return 0;
}

static Err check_digits(Cx *cx, int64_t person, int64_t typed, bool must_be_active, bool *right)
{
    struct sql_people_totp_row t;
    Str key;

    *right = false;
    Err e = sql_people_totp(cx, &(struct sql_people_totp){.person = person}, &t);
    if (e == ERR_NOT_FOUND || (e == OK && must_be_active && !t.active))
        return OK;
    TRY(e);
    TRY(secret_unseal(cx, t.key, "totp.sealed", person, t.sealed, &key));
    int64_t step = step_of(cx, key, typed, t.last_step);
    if (step == 0)
        return OK;
    TRY(sql_people_totp_used(cx, &(struct sql_people_totp_used){.person = person, .step = step}));
    *right = true;
    return OK;
}

static Str recovery_hash(Cx *cx, int64_t person, Str code)
{
    const char *both = arena_printf(
        &cx->mem, "%lld|%.*s", (long long)person, (int)code.len, code.len ? code.at : "");
    return secret_blind(cx, "recovery", str(both));
}

Err people_totp_use(Cx *cx, int64_t person, Str code, bool *right)
{
    int64_t typed;

    *right = false;
    if (code.len == 0)
        return OK;
    if (six_digits(code, &typed))
        return check_digits(cx, person, typed, true, right);
    struct sql_people_recovery_use use = {
        .person = person, .code_hash = recovery_hash(cx, person, code)};
    Err e = sql_people_recovery_use(cx, &use);
    if (e == ERR_CONFLICT)
        return OK;
    TRY(e);
    *right = true;
    return event_add(cx, &(struct event){.verb = "recovery_used", .object = person});
}

Err people_totp_state(Cx *cx, int64_t person, struct totp_state *out)
{
    struct sql_people_totp_row t = {0};
    struct sql_people_credential_row cred = {0};
    struct sql_people_scope_posts_rows rows;
    struct sql_people_recovery_left_row left;
    uint32_t has = 0;

    Err e = sql_people_totp(cx, &(struct sql_people_totp){.person = person}, &t);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    e = sql_people_credential(cx, &(struct sql_people_credential){.person = person}, &cred);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    TRY(sql_people_scope_posts(cx, &(struct sql_people_scope_posts){.person = person}, &rows));
    TRY(sql_people_recovery_left(cx, &(struct sql_people_recovery_left){.person = person}, &left));
    for (size_t i = 0; i < rows.n; i++)
        has |= HAS(post_named(rows.at[i].post.at, rows.at[i].post.len));
    *out = (struct totp_state){.active = t.active,
        .required = !cred.cheap && (has & (OFFICE_POSTS | HAS(POST_COMMANDER) | ADMIN_POSTS)),
        .n_recovery = left.n};
    return OK;
}

/* --- setting it up --- */

static Err begin_step(Cx *cx, void *arg)
{
    struct sql_people_totp_set *row = arg;

    TRY(sql_people_totp_set(cx, row));
    return event_add(cx, &(struct event){.verb = "totp_begin", .object = row->person});
}

static struct totp_offer offer_of(Cx *cx, Str key)
{
    Str bare = base32(cx, key, 0);
    const char *uri = arena_printf(&cx->mem,
        "otpauth://totp/heqing:%lld?secret=%.*s&issuer=heqing&algorithm=SHA1&digits=6&period=30",
        (long long)cx->me.person, (int)bare.len, bare.at);
    return (struct totp_offer){base32(cx, key, 4), str(uri)};
}

Err people_totp_begin(Cx *cx, struct totp_offer *out)
{
    char *raw = arena_raw(&cx->mem, KEY_BYTES);
    struct totp_state now;
    struct sql_people_totp_set row = {.person = cx->me.person, .key = secret_key_new(cx)};

    TRY(people_totp_state(cx, cx->me.person, &now));
    if (now.active)
        return fail(cx, ERR_CONFLICT, NULL, T("动态口令已经启用"));
    secret_random(raw, KEY_BYTES);
    TRY(secret_seal(cx, row.key, "totp.sealed", cx->me.person, (Str){raw, KEY_BYTES}, &row.sealed));
    TRY(db_transaction(cx, begin_step, &row));
    *out = offer_of(cx, (Str){raw, KEY_BYTES});
    return OK;
}

Err people_totp_offer(Cx *cx, struct totp_offer *out)
{
    struct sql_people_totp_row t;
    Str key;

    TRY(sql_people_totp(cx, &(struct sql_people_totp){.person = cx->me.person}, &t));
    if (t.active)
        return ERR_NOT_FOUND;
    TRY(secret_unseal(cx, t.key, "totp.sealed", cx->me.person, t.sealed, &key));
    *out = offer_of(cx, key);
    return OK;
}

struct confirming {
    int64_t typed;
    struct recovery_code codes[CODES];
};

static Err confirm_step(Cx *cx, void *arg)
{
    struct confirming *c = arg;
    int64_t me = cx->me.person;
    bool right;

    TRY(check_digits(cx, me, c->typed, false, &right));
    if (!right)
        return fail(cx, ERR_INVALID, "code", T("验证码不对，请等手机上换出下一个再填"));
    TRY(sql_people_recovery_drop(cx, &(struct sql_people_recovery_drop){.person = me}));
    for (size_t i = 0; i < CODES; i++)
        TRY(sql_people_recovery_new(cx, &(struct sql_people_recovery_new){.person = me,
                                            .code_hash = recovery_hash(cx, me, c->codes[i].text)}));
    return event_add(cx, &(struct event){.verb = "totp_on", .object = me});
}

Err people_totp_confirm(Cx *cx, Str code, struct recovery_codes *out)
{
    struct confirming *c = NEW(&cx->mem, struct confirming);

    if (!six_digits(code, &c->typed))
        return fail(cx, ERR_INVALID, "code", T("请填写手机上的 6 位验证码"));
    for (size_t i = 0; i < CODES; i++)
        c->codes[i].text = secret_token(cx, CODE_BYTES);
    TRY(db_transaction(cx, confirm_step, c));
    *out = (struct recovery_codes){c->codes, CODES};
    return OK;
}

static Err drop_step(Cx *cx, void *arg)
{
    int64_t person = *(int64_t *)arg;

    TRY(sql_people_totp_drop(cx, &(struct sql_people_totp_drop){.person = person}));
    TRY(sql_people_recovery_drop(cx, &(struct sql_people_recovery_drop){.person = person}));
    return event_add(cx, &(struct event){.verb = "totp_off", .object = person});
}

Err people_totp_drop(Cx *cx, int64_t person)
{
    return db_transaction(cx, drop_step, &person);
}
