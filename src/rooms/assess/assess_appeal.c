/* assess_appeal.c — 申诉与复核: one appeal a lost point, a panel of at least three, outcomes as new
 * rows of input and a new freezing; the old one stays. */
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { PANEL_MIN = 3, VOTES_MAX = 50, SAID_MAX = 500 };

struct appealing {
    int64_t deduct, id;
    Str said, photo;
};

static Err tell_panel(Cx *cx, int64_t appeal, int64_t round, int64_t unit)
{
    struct holders h;
    TRY(duty_all_holders(cx, HAS(POST_APPEAL), &h));
    for (size_t i = 0; i < h.n; i++)
        TRY(notice_add(
            cx, &(struct notice){.to = h.at[i].person,
                    .say = T("有新的申诉等复核"),
                    .about = town_unit_name(cx, unit),
                    .object = appeal,
                    .path = str(arena_printf(&cx->mem, "/assess/%lld/appeals", (long long)round)),
                    .key = "appeal"}));
    return OK;
}

static Err appeal_step(Cx *cx, void *arg)
{
    struct appealing *a = arg;
    struct sql_assess_inspect_deduct_find_row d;
    struct assess_round r;
    uint32_t mine;
    TRY(sql_assess_inspect_deduct_find(
        cx, &(struct sql_assess_inspect_deduct_find){.id = a->deduct}, &d));
    TRY(duty_posts_over(cx, d.unit, &mine));
    if (!(mine & HAS(POST_SECRETARY)))
        return fail(cx, ERR_FORBIDDEN, "deduct", T("申诉由本村书记提出"));
    TRY(assess_round_get(cx, d.round, &r));
    bool open = str_eq(r.state, S("frozen")) || str_eq(r.state, S("in_appeal"));
    if (!open || cx->now > r.appeal_until.v)
        return fail(cx, ERR_CONFLICT, "deduct", T("现在不在申诉期内"));
    if (d.appeal.set)
        return fail(cx, ERR_CONFLICT, "deduct", T("这一处已经申诉过，每处只能申诉一次"));
    a->id = new_id(cx);
    TRY(sql_assess_appeal_add(cx, &(struct sql_assess_appeal_add){.id = a->id,
                                      .round = d.round,
                                      .unit = d.unit,
                                      .deduct = d.id,
                                      .item = d.item,
                                      .said = a->said}));
    TRY(sql_assess_inspect_deduct_appealed(
        cx, &(struct sql_assess_inspect_deduct_appealed){
                .id = d.id, .appeal = S("open"), .n_left = d.n_left}));
    if (a->photo.len) {
        int64_t photo;
        TRY(attachment_add(cx, a->id, d.unit, "add", a->photo, &photo));
    }
    if (str_eq(r.state, S("frozen")))
        TRY(sql_assess_round_move(
            cx, &(struct sql_assess_round_move){
                    .id = r.id, .was = S("frozen"), .state = S("in_appeal")}));
    TRY(event_add(cx,
        &(struct event){
            .verb = "appeal", .unit = d.unit, .object = a->id, .to = S("open"), .said = a->said}));
    return tell_panel(cx, a->id, d.round, d.unit);
}

Err assess_appeal(Cx *cx, int64_t deduct, Str said, int64_t *id)
{
    return assess_appeal_with(cx, deduct, said, (Str){0}, id);
}

Err assess_appeal_with(Cx *cx, int64_t deduct, Str said, Str photo, int64_t *id)
{
    struct appealing a = {.deduct = deduct, .said = str_trim(said), .photo = photo};
    if (!a.said.len || str_n_chars(a.said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写明申诉理由，最多 500 个字"));
    TRY(db_transaction(cx, appeal_step, &a));
    *id = a.id;
    return OK;
}

/* ---- the panel */
struct voting {
    int64_t appeal;
    const struct assess_vote *v;
};

/* Panel members entered no score of that item and hold no post in the village (domain: §1).  Who
 * walked the village scored all its items. */
static Err may_vote(Cx *cx, const struct sql_assess_appeal_find_row *a)
{
    struct holders h;
    bool judged;
    if (!(cx->me.posts & HAS(POST_APPEAL)))
        return fail(cx, ERR_FORBIDDEN, "choice", T("复核由复核组来做"));
    TRY(assess_judged(cx, a->round, a->unit, a->item, &judged));
    if (judged)
        return fail(
            cx, ERR_FORBIDDEN, "choice", T("检查过这个村、或在这一轮给这一项打过分的人不能复核"));
    TRY(duty_holders(cx, a->unit, STAFF_POSTS, &h));
    for (size_t i = 0; i < h.n; i++)
        if (h.at[i].person == cx->me.person && town_village_of(h.at[i].unit) == a->unit)
            return fail(cx, ERR_FORBIDDEN, "choice", T("在这个村任职的人不能复核它的申诉"));
    return OK;
}

/* Decided with at least three votes and more than half of them for one outcome; of reductions the
 * one that leaves most counts for those that would have left less. */
static Err outcome_of(Cx *cx, int64_t appeal, Str *choice, int64_t *n_left, bool *decided)
{
    static const char *const choices[] = {"upheld", "reduced", "struck"};
    struct sql_assess_votes_rows v;
    TRY(sql_assess_votes(cx, &(struct sql_assess_votes){.appeal = appeal, .limit = VOTES_MAX}, &v));
    *decided = false;
    for (size_t c = 0; c < 3 && v.n >= PANEL_MIN; c++) {
        size_t n = 0;
        int64_t left = 0;
        for (size_t i = 0; i < v.n; i++) {
            if (!str_eq(v.at[i].choice, str(choices[c])))
                continue;
            n++;
            left = v.at[i].n_left > left ? v.at[i].n_left : left;
        }
        if (2 * n <= v.n)
            continue;
        *decided = true;
        *choice = str(choices[c]);
        *n_left = left;
    }
    return OK;
}

static Err settle(Cx *cx, const struct sql_assess_appeal_find_row *a, Str choice, int64_t n_left)
{
    struct sql_assess_inspect_deduct_find_row d;
    TRY(sql_assess_inspect_deduct_find(
        cx, &(struct sql_assess_inspect_deduct_find){.id = a->deduct}, &d));
    OptI64 left = str_eq(choice, S("upheld"))   ? d.n_left
                  : str_eq(choice, S("struck")) ? some_i64(0)
                                                : some_i64(n_left);
    TRY(sql_assess_appeal_decide(
        cx, &(struct sql_assess_appeal_decide){
                .id = a->id, .state = choice, .n_left = left, .outcome = choice}));
    TRY(sql_assess_inspect_deduct_appealed(cx, &(struct sql_assess_inspect_deduct_appealed){
                                                   .id = d.id, .appeal = choice, .n_left = left}));
    TRY(event_add(cx, &(struct event){.verb = "appeal_decided",
                          .unit = a->unit,
                          .object = a->id,
                          .from = S("open"),
                          .to = choice}));
    TRY(notice_add(cx, &(struct notice){.to = a->created_by,
                           .say = T("申诉有结论了"),
                           .about = d.place,
                           .object = a->id,
                           .path = str(arena_printf(&cx->mem, "/assess/%lld/%lld",
                               (long long)a->round, (long long)a->unit)),
                           .key = "decided"}));
    return assess_freeze_now(cx, a->round);
}

static Err still_in_appeal(Cx *cx, int64_t round)
{
    struct sql_assess_appeals_open_row open;
    TRY(sql_assess_appeals_open(cx, &(struct sql_assess_appeals_open){.round = round}, &open));
    if (!open.n)
        return OK;
    return sql_assess_round_move(cx,
        &(struct sql_assess_round_move){.id = round, .was = S("frozen"), .state = S("in_appeal")});
}

static Err vote_fits(Cx *cx, const struct assess_vote *v, int64_t deduct)
{
    struct sql_assess_inspect_deduct_find_row d;
    TRY(sql_assess_inspect_deduct_find(
        cx, &(struct sql_assess_inspect_deduct_find){.id = deduct}, &d));
    if (!str_eq(v->choice, S("upheld")) && !str_eq(v->choice, S("reduced"))
        && !str_eq(v->choice, S("struck")))
        return fail(cx, ERR_INVALID, "choice", T("结论应是维持、减少或取消"));
    if (str_eq(v->choice, S("reduced")) && (v->n_left < 1 || v->n_left >= d.n))
        return fail_say(
            cx, ERR_INVALID, "n_left", say_n(cx, T("减少后的处数应在 1 到 {n} 之间"), d.n - 1));
    return OK;
}

static Err vote_step(Cx *cx, void *arg)
{
    const struct voting *v = arg;
    struct sql_assess_appeal_find_row a;
    Str choice;
    int64_t n_left;
    bool decided;
    TRY(sql_assess_appeal_find(cx, &(struct sql_assess_appeal_find){.id = v->appeal}, &a));
    TRY(may_vote(cx, &a));
    if (!str_eq(a.state, S("open")))
        return fail(cx, ERR_CONFLICT, "choice", T("这件申诉已经有结论"));
    TRY(vote_fits(cx, v->v, a.deduct));
    Err e = sql_assess_vote_add(cx,
        &(struct sql_assess_vote_add){
            .appeal = a.id, .choice = v->v->choice, .n_left = v->v->n_left, .said = v->v->said});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "choice", T("您已经表过态了"));
    TRY(e);
    TRY(event_add(cx, &(struct event){.verb = "appeal_vote",
                          .unit = a.unit,
                          .object = a.id,
                          .to = v->v->choice,
                          .said = v->v->said}));
    TRY(outcome_of(cx, a.id, &choice, &n_left, &decided));
    if (!decided)
        return OK;
    TRY(settle(cx, &a, choice, n_left));
    return still_in_appeal(cx, a.round);
}

Err assess_vote(Cx *cx, int64_t appeal, const struct assess_vote *v)
{
    struct assess_vote trimmed = *v;
    trimmed.said = str_trim(v->said);
    if (!trimmed.said.len || str_n_chars(trimmed.said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写明理由，最多 500 个字"));
    return db_transaction(cx, vote_step, &(struct voting){appeal, &trimmed});
}

Err assess_appeals_waiting(Cx *cx, struct assess_waiting *to)
{
    struct sql_assess_appeals_waiting_rows rows;
    TRY(sql_assess_appeals_waiting(cx, &(struct sql_assess_appeals_waiting){.limit = 50}, &rows));
    *to = (struct assess_waiting){rows.at, rows.n};
    return OK;
}
