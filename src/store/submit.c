/* submit.c — 提交号: one form, one row. */
#include "store/submit.h"

#include "gen/sql_store.h"

enum { KEY_MIN = 16, KEY_MAX = 128, KEEP_DAYS = 30, BATCH = 200 };

static bool key_fine(Str key)
{
    if (key.len < KEY_MIN || key.len > KEY_MAX)
        return false;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && c != '-' && c != '_' && c != ':')
            return false;
    }
    return true;
}

Err submit_seen(Cx *cx, Str key, const unsigned char sum[SUM_BYTES], int64_t *object)
{
    struct sql_store_submitted_row row;
    if (!key.len)
        return ERR_NOT_FOUND;
    if (!key_fine(key))
        return fail(cx, ERR_INVALID, "key", T("表单的提交号不对，请重新打开这一页再交"));
    TRY(sql_store_submitted(cx, &(struct sql_store_submitted){.key = key}, &row));
    if (row.sum.len != SUM_BYTES || memcmp(row.sum.at, sum, SUM_BYTES) != 0)
        return fail(cx, ERR_CONFLICT, "key",
            T("这张表已经交过，这次内容不同；要改请到那一条里改，要另交请重新打开这一页"));
    *object = row.object;
    return OK;
}

Err submit_keep(Cx *cx, Str key, const unsigned char sum[SUM_BYTES], int64_t object)
{
    if (!key.len)
        return OK;
    return sql_store_submit(
        cx, &(struct sql_store_submit){
                .key = key, .sum = {(const char *)sum, SUM_BYTES},
                     .object = object
    });
}

Err submit_forget(Cx *cx, int64_t object)
{
    return sql_store_unsubmit(cx, &(struct sql_store_unsubmit){.object = object});
}

static Err forget_step(Cx *cx, void *arg)
{
    const struct sql_store_submissions_old_rows *old = arg;
    for (size_t i = 0; i < old->n; i++)
        TRY(sql_store_submission_forget(
            cx, &(struct sql_store_submission_forget){.key = old->at[i].key}));
    return OK;
}

Err submit_tidy(Cx *cx)
{
    struct sql_store_submissions_old in = {
        .before = cx->now - KEEP_DAYS * INT64_C(86400000), .limit = BATCH};
    struct sql_store_submissions_old_rows old;
    do {
        TRY(sql_store_submissions_old(cx, &in, &old));
        if (old.n)
            TRY(db_transaction(cx, forget_step, &old));
    } while (old.n == BATCH);
    return OK;
}
