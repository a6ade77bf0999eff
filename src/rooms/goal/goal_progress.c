/* goal_progress.c — 进展: readings with evidence, their verification by L3, and what ledgers say.
 */
#include "base/fields.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/goal/goal_inner.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

#include <inttypes.h>

enum { FILL_BATCH = 200, UNSEEN_READ = 50, SAID_MAX = 500, HASH = 64 };

#define ENTERS (OFFICE_POSTS | HAS(POST_DEPT) | HAS(POST_SECRETARY) | HAS(POST_CADRE))
#define SETS (OFFICE_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY))

/* L3; where the village has none, L4 does what L3 would. */
static Err verifiers(Cx *cx, int64_t unit, uint32_t *who)
{
    struct holders h;
    TRY(duty_holders(cx, unit, HAS(POST_DEPT), &h));
    *who = HAS(POST_DEPT) | (h.n ? 0 : HAS(POST_LEAD));
    return OK;
}

Err goal_rights(Cx *cx, int64_t village, struct goal_rights *to)
{
    uint32_t mine, seers;
    TRY(duty_posts_over(cx, village, &mine));
    TRY(verifiers(cx, village, &seers));
    *to = (struct goal_rights){mine & ENTERS, mine & seers, mine & SETS};
    return OK;
}

Err goal_take_reading(Cx *cx, const Target *t, const Progress *p, bool verified)
{
    struct sql_target_now now = {.id = t->id,
        .version = t->version,
        .current = t->current,
        .current_on = t->current_on,
        .verified = t->verified,
        .verified_on = t->verified_on,
        .verified_by = t->verified_by};
    if (!now.current_on.set || memcmp(p->day.at, now.current_on.v.at, 10) >= 0) {
        now.current = some_i64(p->value);
        now.current_on = some_str(p->day);
    }
    if (verified && (!now.verified_on.set || memcmp(p->day.at, now.verified_on.v.at, 10) >= 0)) {
        now.verified = some_i64(p->value);
        now.verified_on = some_str(p->day);
        now.verified_by = some_i64(cx->me.person);
    }
    now.tier = goal_tier_code(target_tier(t, now.verified));
    return sql_target_now(cx, &now);
}

static Err check_reading(Cx *cx, const Target *t, const struct goal_reading *in)
{
    int64_t day;
    Str today = town_today(cx);
    if (t->measure.set)
        return fail(cx, ERR_INVALID, "value", T("这个指标由台账得出，不用填"));
    if (!day_parse(in->day, &day))
        return fail(cx, ERR_INVALID, "day", T("请填写日期"));
    if (memcmp(in->day.at, today.at, 10) > 0)
        return fail(cx, ERR_INVALID, "day", T("日期还没到"));
    if (memcmp(in->day.at, t->baseline_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "day", T("日期早于基数的日期"));
    if (!in->said.set && !in->photo.set)
        return fail(cx, ERR_INVALID, "photo", T("请附一张照片，或写明数从哪里来"));
    if (in->said.set && str_n_chars(in->said.v) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("说明最多 500 字"));
    return OK;
}

static Err keep_photos(Cx *cx, int64_t id, int64_t unit, OptStr photo)
{
    int64_t attachment;
    for (Str left = photo.set ? photo.v : (Str){0}; left.len >= HASH;) {
        TRY(attachment_add(cx, id, unit, "add", (Str){left.at, HASH}, &attachment));
        size_t used = left.len > HASH ? HASH + 1 : HASH;
        left = (Str){left.at + used, left.len - used};
    }
    return OK;
}

static Str value_text(Cx *cx, const Target *t, int64_t value)
{
    static const struct field number = {.type = FIELD_DECIMAL, .keeps = KEEPS_I64, .scale = 2};
    Str n = field_text(cx, &number, (struct value){.set = true, .i = value}, SHOW_PAGE);
    return str(arena_printf(&cx->mem, "%.*s %.*s %.*s", (int)t->indicator.len, t->indicator.at,
        (int)n.len, n.at, (int)t->unit_of_measure.len, t->unit_of_measure.at));
}

static Err tell_verifiers(Cx *cx, const Target *t, int64_t progress)
{
    uint32_t who;
    struct holders h;
    TRY(verifiers(cx, t->village, &who));
    TRY(duty_holders(cx, t->village, who, &h));
    for (size_t i = 0; i < h.n; i++)
        if (h.at[i].person != cx->me.person)
            TRY(notice_add(
                cx, &(struct notice){.to = h.at[i].person,
                        .say = T("有目标进展等您核实"),
                        .about = t->indicator,
                        .object = progress,
                        .path = str(arena_printf(&cx->mem, "/goals/%" PRId64, t->village))}));
    return OK;
}

struct reading {
    const struct goal_reading *in;
    int64_t id;
};

static Err reading_step(Cx *cx, void *arg)
{
    struct reading *r = arg;
    const struct goal_reading *in = r->in;
    struct goal_rights may;
    Target t;
    TRY(sql_target_find(cx, &(struct sql_target_find){in->target}, &t));
    TRY(goal_rights(cx, t.village, &may));
    if (!may.enters)
        return fail(cx, ERR_FORBIDDEN, NULL, T("这个村的进展不归您填"));
    TRY(check_reading(cx, &t, in));
    r->id = new_id(cx);
    Progress p = {.id = r->id, .target = t.id, .day = in->day, .value = in->value};
    TRY(sql_target_progress_insert(cx, &(struct sql_target_progress_insert){.id = p.id,
                                           .target = t.id,
                                           .unit = t.village,
                                           .day = p.day,
                                           .value = p.value,
                                           .said = in->said,
                                           .photo = in->photo,
                                           .by = cx->me.person}));
    TRY(keep_photos(cx, p.id, t.village, in->photo));
    TRY(goal_take_reading(cx, &t, &p, false));
    TRY(tell_verifiers(cx, &t, p.id));
    return event_add(cx, &(struct event){.verb = "goal_progress",
                             .unit = t.village,
                             .object = t.id,
                             .said = value_text(cx, &t, p.value)});
}

Err goal_progress(Cx *cx, const struct goal_reading *in, int64_t *id)
{
    struct reading r = {.in = in};
    TRY(db_transaction(cx, reading_step, &r));
    *id = r.id;
    return OK;
}

static Err verify_step(Cx *cx, void *arg)
{
    const int64_t *id = arg;
    struct goal_rights may;
    Progress p;
    Target t;
    TRY(sql_target_progress_find(cx, &(struct sql_target_progress_find){*id}, &p));
    TRY(sql_target_find(cx, &(struct sql_target_find){p.target}, &t));
    TRY(goal_rights(cx, t.village, &may));
    if (!may.verifies)
        return fail(cx, ERR_FORBIDDEN, NULL, T("进展由包村部门负责人核实"));
    if (p.by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("自己填的进展，要由另一人核实"));
    if (p.verified_by.set)
        return fail(cx, ERR_CONFLICT, NULL, T("这条进展已经核实过"));
    TRY(sql_target_progress_verify(cx, &(struct sql_target_progress_verify){p.id}));
    TRY(goal_take_reading(cx, &t, &p, true));
    return event_add(cx, &(struct event){.verb = "goal_verify",
                             .unit = t.village,
                             .object = t.id,
                             .said = value_text(cx, &t, p.value)});
}

Err goal_verify(Cx *cx, int64_t progress)
{
    return db_transaction(cx, verify_step, &progress);
}

Err goal_unseen(Cx *cx, int64_t target, int64_t *progress)
{
    struct sql_target_progress_of_rows r;
    TRY(sql_target_progress_of(
        cx, &(struct sql_target_progress_of){.target = target, .limit = UNSEEN_READ}, &r));
    for (size_t i = 0; i < r.n; i++)
        if (!r.at[i].verified_by.set) {
            *progress = r.at[i].id;
            return OK;
        }
    return ERR_NOT_FOUND;
}

/* --- what ledgers answer */

Err goal_fill(Cx *cx, const Target *t)
{
    struct goal_measured m;
    TRY(goal_measure(cx, t, &m));
    if (!m.has || (t->current.set && t->current.v == m.value))
        return OK;
    Progress p = {.id = new_id(cx), .target = t->id, .day = town_today(cx), .value = m.value};
    TRY(sql_target_progress_insert(
        cx, &(struct sql_target_progress_insert){
                .id = p.id, .target = t->id, .unit = t->village, .day = p.day, .value = p.value}));
    TRY(goal_take_reading(cx, t, &p, false));
    return event_add(cx, &(struct event){.verb = "goal_measure",
                             .unit = t->village,
                             .object = t->id,
                             .said = value_text(cx, t, p.value)});
}

static Err fill_step(Cx *cx, void *arg)
{
    const int64_t *id = arg;
    Target t;
    struct sql_target_any_row row;
    _Static_assert(sizeof t == sizeof row, "one row, one struct");
    TRY(sql_target_any(cx, &(struct sql_target_any){*id}, &row));
    memcpy(&t, &row, sizeof t);
    return goal_fill(cx, &t);
}

Err goal_measure_job(Cx *cx)
{
    struct sql_target_measured_rows r;
    int64_t above = 0;
    do {
        TRY(sql_target_measured(
            cx, &(struct sql_target_measured){.above = above, .limit = FILL_BATCH}, &r));
        for (size_t i = 0; i < r.n; i++)
            TRY(db_transaction(cx, fill_step, &r.at[i].id));
        above = r.n ? r.at[r.n - 1].id : above;
    } while (r.n == FILL_BATCH);
    return OK;
}
