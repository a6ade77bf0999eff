/* training.c — 培训·观摩学习: a training is entered, who is due, how many there were. */
#include "rooms/training/training.h"

#include "base/day.h"
#include "base/secret.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/log.h"

#define HOUR INT64_C(3600000)
#define MINUTE INT64_C(60000)

/* "09:05" → ms after midnight; −1: no time of day. */
static int64_t clock_of(Str s)
{
    if (s.len != 5 || s.at[2] != ':')
        return -1;
    for (size_t i = 0; i < 5; i++)
        if (i != 2 && (s.at[i] < '0' || s.at[i] > '9'))
            return -1;
    int64_t h = (s.at[0] - '0') * 10 + s.at[1] - '0', m = (s.at[3] - '0') * 10 + s.at[4] - '0';
    return h < 24 && m < 60 ? h * HOUR + m * MINUTE : -1;
}

static int64_t clock_or(OptStr s, int64_t usual)
{
    int64_t t = s.set ? clock_of(s.v) : -1;
    return t < 0 ? usual : t;
}

void training_window(const Training *t, int64_t *from, int64_t *to)
{
    int64_t day = 0;
    if (!day_parse(t->held_on, &day)) {
        *from = *to = 0;
        return;
    }
    *from = day_start(day) + clock_or(t->begins, 8 * HOUR + 30 * MINUTE) - EARLY_MS;
    *to = day_start(day) + clock_or(t->ends, 17 * HOUR + 30 * MINUTE);
}

Err training_check(Cx *cx, const Training *in)
{
    int64_t begins = in->begins.set ? clock_of(in->begins.v) : 0;
    int64_t ends = in->ends.set ? clock_of(in->ends.v) : 24 * HOUR;
    bool village = town_village_of(in->unit) == in->unit;
    if (!village && in->unit != cx->town_id * 1000000)
        return fail(cx, ERR_INVALID, "unit", T("请选镇或者村（社区）"));
    if (begins < 0)
        return fail(cx, ERR_INVALID, "begins", T("时间应写成 09:00 这样"));
    if (ends < 0)
        return fail(cx, ERR_INVALID, "ends", T("时间应写成 09:00 这样"));
    if (begins >= ends)
        return fail(cx, ERR_INVALID, "ends", T("结束要晚于开始"));
    if (in->times.set && in->times.v > 1 && !(in->opening.set && in->opening.v))
        return fail(cx, ERR_INVALID, "times", T("一行只记一次；多次合记的，请勾上期初数"));
    if (in->approx.set && in->approx.v && !(in->opening.set && in->opening.v))
        return fail(cx, ERR_INVALID, "approx", T("只有期初数可以是约数"));
    return OK;
}

/* "secretary,cadre" as bits. */
static uint32_t bits_of(OptStr codes)
{
    uint32_t bits = 0;
    Str s = codes.set ? codes.v : (Str){0};
    while (s.len) {
        const char *comma = memchr(s.at, ',', s.len);
        size_t n = comma ? (size_t)(comma - s.at) : s.len;
        enum post p = post_named(s.at, n);
        bits |= p ? HAS(p) : 0;
        n += comma != NULL;
        s = (Str){s.at + n, s.len - n};
    }
    return bits;
}

/* Everybody who holds a required post over the unit or in it, each once. */
static Err due_add(Cx *cx, const Training *in)
{
    uint32_t bits = bits_of(in->posts);
    struct holders h;
    size_t n = 0;
    if (!bits || (in->opening.set && in->opening.v))
        return OK;
    TRY(duty_all_holders(cx, bits, &h));
    int64_t *at = NEW_ARRAY(&cx->mem, h.n + 1, int64_t);
    for (size_t i = 0; i < h.n; i++) {
        bool twice = false;
        if (town_village_of(in->unit) && town_village_of(h.at[i].unit) != in->unit)
            continue;
        for (size_t k = 0; k < n; k++)
            twice |= at[k] == h.at[i].person;
        if (!twice)
            at[n++] = h.at[i].person;
    }
    if (n > DUE_MAX)
        return fail(cx, ERR_INVALID, "posts", T("应到超过 400 人，请分场登记"));
    for (size_t i = 0; i < n; i++)
        TRY(sql_training_due_add(cx,
            &(struct sql_training_due_add){.id = new_id(cx), .training = in->id, .person = at[i]}));
    return OK;
}

/* What is entered of a training, for the row that is new and the row that changes. */
#define TRAINING_ENTERED(in)                                                                       \
    .unit = (in)->unit, .kind = (in)->kind, .title = (in)->title, .held_on = (in)->held_on,        \
    .begins = (in)->begins, .ends = (in)->ends, .place = (in)->place, .host = (in)->host,          \
    .teacher = (in)->teacher, .posts = (in)->posts, .material = (in)->material,                    \
    .photo = (in)->photo, .cost = (in)->cost, .learned = (in)->learned, .opening = (in)->opening,  \
    .times = (in)->times, .approx = (in)->approx

Err training_add(Cx *cx, const Training *in)
{
    TRY(training_check(cx, in));
    TRY(sql_training_insert(cx,
        &(struct sql_training_insert){
            .id = in->id, TRAINING_ENTERED(in), .code = secret_token(cx, 12), .batch = in->batch}));
    return due_add(cx, in);
}

/* Who is due is asked again until the day has come; who has signed stays. */
Err training_change(Cx *cx, const Training *in)
{
    TRY(training_check(cx, in));
    TRY(sql_training_update(cx,
        &(struct sql_training_update){.id = in->id, .version = in->version, TRAINING_ENTERED(in)}));
    if (memcmp(in->held_on.at, town_today(cx).at, 10) < 0)
        return OK;
    TRY(sql_training_due_clear(cx, &(struct sql_training_due_clear){.training = in->id}));
    TRY(due_add(cx, in));
    return sql_training_due_drop(cx, &(struct sql_training_due_drop){.training = in->id});
}

Err training_get(Cx *cx, int64_t id, Training *to)
{
    return sql_training_find(cx, &(struct sql_training_find){.id = id}, to);
}

Err training_may_host(Cx *cx, const Training *t, bool *may)
{
    uint32_t mine;
    TRY(duty_posts_over(cx, t->unit, &mine));
    *may = mine & (OFFICE_POSTS | HAS(POST_SECRETARY));
    return OK;
}

Err training_sums(Cx *cx, struct training_sum *to)
{
    struct sql_training_sums_rows r;
    *to = (struct training_sum){0};
    TRY(sql_training_sums(
        cx, &(struct sql_training_sums){.today = town_today(cx), .limit = 2}, &r));
    for (size_t i = 0; i < r.n; i++)
        if (str_eq(r.at[i].kind, S("visit")))
            to->n_visits = r.at[i].n, to->visits_approx = r.at[i].approx > 0;
        else
            to->n_trainings = r.at[i].n, to->trainings_approx = r.at[i].approx > 0;
    return OK;
}

Err training_seen(Cx *cx, int64_t object)
{
    Training t;
    return cx->me.posts & STAFF_POSTS ? training_get(cx, object, &t) : ERR_NOT_FOUND;
}
