/* problem_mine_web.c — 我上报的: the receipts that this browser keeps, and 回执查找 for the office.
 */
#include "base/secret.h"
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

#include <sodium.h>

enum {
    MINE_MAX = 20,
    CODE = 12,
    PLAIN = MINE_MAX * CODE,
    SEALED_MAX = PLAIN + crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES,
    TEXT_MOST = SEALED_MAX * 4 / 3 + 4,
};

/* A receipt's code is the right to its matter, so the cookie does not only sign the list, it seals
 * it: who sees the cookie elsewhere learns nothing from it. */
static const unsigned char *mine_key(unsigned char key[32])
{
    return secret_key("mine", key);
}

static size_t mine_open(const Req *req, char codes[PLAIN])
{
    unsigned char key[32], sealed[SEALED_MAX];
    Str text = cookie_text(req, "mine");
    size_t n = 0;
    if (!text.len || text.len > TEXT_MOST
        || sodium_base642bin(sealed, sizeof sealed, text.at, text.len, NULL, &n, NULL,
               sodium_base64_VARIANT_URLSAFE_NO_PADDING)
               != 0
        || n < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
        return 0;
    size_t plain = n - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES;
    if (plain % CODE || plain > PLAIN
        || crypto_secretbox_open_easy((unsigned char *)codes, sealed + crypto_secretbox_NONCEBYTES,
               n - crypto_secretbox_NONCEBYTES, sealed, mine_key(key))
               != 0)
        return 0;
    return plain / CODE;
}

static void put_cookie(Cx *cx, const Req *req, Resp *resp, const char *value, int64_t age_s)
{
    resp->cookie =
        str(arena_printf(&cx->mem, "mine=%s; Path=/; Max-Age=%lld; SameSite=Lax; HttpOnly%s", value,
            (long long)age_s, req->https ? "; Secure" : ""));
}

static void mine_seal(Cx *cx, const Req *req, Resp *resp, const char *codes, size_t n)
{
    enum { YEAR_S = 365 * 86400 };
    unsigned char key[32], sealed[SEALED_MAX];
    char text[TEXT_MOST + 1];
    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const unsigned char *)codes,
        n * CODE, sealed, mine_key(key));
    sodium_bin2base64(text, sizeof text, sealed,
        n * CODE + crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    put_cookie(cx, req, resp, text, YEAR_S);
}

bool mine_has(Cx *cx, const Req *req, Str code)
{
    char codes[PLAIN];
    size_t n = mine_open(req, codes);
    (void)cx;
    for (size_t i = 0; i < n; i++)
        if (code.len == CODE && !memcmp(codes + i * CODE, code.at, CODE))
            return true;
    return false;
}

void mine_add(Cx *cx, const Req *req, Resp *resp, Str code)
{
    char codes[PLAIN], all[PLAIN];
    size_t n = mine_open(req, codes), kept = 1;
    if (code.len != CODE || cx->me.person)
        return; /* staff have their lists */
    memcpy(all, code.at, CODE);
    for (size_t i = 0; i < n && kept < MINE_MAX; i++)
        if (memcmp(codes + i * CODE, code.at, CODE) != 0)
            memcpy(all + kept++ * CODE, codes + i * CODE, CODE);
    mine_seal(cx, req, resp, all, kept);
}

struct mine_rows mine_of(Cx *cx, const Req *req)
{
    char codes[PLAIN];
    size_t n = mine_open(req, codes), kept = 0;
    int64_t town = cx->town_id;
    struct mine_row *at = NEW_ARRAY(&cx->mem, n + 1, struct mine_row);
    for (size_t i = 0; i < n; i++) {
        struct problem_follow f;
        Str code = {arena_copy(&cx->mem, codes + i * CODE, CODE), CODE};
        if (problem_follow(cx, code, &f) != OK)
            continue;
        at[kept++] = (struct mine_row){.code = code,
            .shown = f.code_shown,
            .title = f.title,
            .state = f.state_label,
            .state_code = f.state_code,
            .at = f.steps[0].at};
    }
    cx->town_id = town;
    memset(&cx->why, 0, sizeof cx->why);
    return (struct mine_rows){at, kept};
}

Err mine_forget_post(Cx *cx, const Req *req, Resp *resp)
{
    put_cookie(cx, req, resp, "", 0);
    return redirect(cx, resp, "/p");
}

/* ---- 回执查找 */

static Err receipts_show(
    Cx *cx, const Req *req, Resp *resp, const struct receipts *found, int status)
{
    struct receipts_view v = {.say = cx->why.say,
        .bad = cx->why.field,
        .tail = form_text(req, "tail"),
        .reason = form_text(req, "reason"),
        .asked = found != NULL};
    if (found) {
        v.rows.at = found->at;
        v.rows.n = found->n;
    }
    v.shell = shell_of(cx, req, "receipts");
    Out *out = resp_page(cx, req, resp);
    resp->status = status;
    page_receipts(out, &v);
    return OK;
}

Err receipts_get(Cx *cx, const Req *req, Resp *resp)
{
    return receipts_show(cx, req, resp, NULL, 200);
}

Err receipts_post(Cx *cx, const Req *req, Resp *resp)
{
    struct receipts found;
    Err e = problem_receipts_by_tail(cx, form_text(req, "tail"), form_text(req, "reason"), &found);
    if (e == ERR_INVALID || e == ERR_FORBIDDEN)
        return receipts_show(cx, req, resp, NULL, e == ERR_INVALID ? 422 : 403);
    TRY(e);
    return receipts_show(cx, req, resp, &found, 200);
}
