/* assess_shown.c — rows of rounds, tables, marks and appeals as the pages show them. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

enum { ROUNDS_SHOWN = 60, TABLES_SHOWN = 60, DAYS_SHOWN = 400, VOTES_SHOWN = 50 };

Err assess_round_rows(Cx *cx, struct assess_list_view *v)
{
    struct sql_assess_rounds_rows r;
    TRY(sql_assess_rounds(cx, &(struct sql_assess_rounds){.limit = ROUNDS_SHOWN}, &r));
    struct round_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct round_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct round_row){.id = r.at[i].id,
            .month = assess_month_text(cx, r.at[i].month),
            .state = r.at[i].state,
            .state_label = assess_state_label(r.at[i].state),
            .published_at = r.at[i].published_at.v,
            .corrects = r.at[i].corrects != 0};
    v->rounds.at = at;
    v->rounds.n = r.n;
    return OK;
}

Err assess_table_rows(Cx *cx, struct assess_list_view *v)
{
    struct sql_assess_tables_rows r;
    TRY(sql_assess_tables(cx, &(struct sql_assess_tables){.limit = TABLES_SHOWN}, &r));
    struct table_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct table_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct table_row){.id = r.at[i].id,
            .code = r.at[i].code,
            .edition = r.at[i].edition,
            .from_on = r.at[i].from_on,
            .hash = r.at[i].hash,
            .draft = str_eq(r.at[i].state, S("draft"))};
    v->tables.at = at;
    v->tables.n = r.n;
    return OK;
}

/* ---- bonus, penalty, veto */
Err assess_mark_rows(Cx *cx, struct marks_view *v)
{
    struct sql_assess_marks_rows r;
    int64_t today = day_of(cx->now);
    TRY(sql_assess_marks(cx,
        &(struct sql_assess_marks){.from_day = day_text(cx, today - DAYS_SHOWN),
            .to_day = day_text(cx, today),
            .limit = MARKS_MAX},
        &r));
    struct mark_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct mark_row);
    for (size_t i = 0; i < r.n; i++) /* newest first */
        at[r.n - 1 - i] = (struct mark_row){.id = r.at[i].id,
            .version = r.at[i].version,
            .unit = r.at[i].unit,
            .unit_name = town_unit_name(cx, r.at[i].unit),
            .item = r.at[i].item,
            .day = r.at[i].day,
            .paper_no = r.at[i].paper_no.v,
            .said = r.at[i].said,
            .zero_items = r.at[i].zero_items.v,
            .void_reason = r.at[i].void_reason.v,
            .by = v->office ? people_name(cx, r.at[i].created_by) : (Str){0},
            .confirmed = r.at[i].confirmed_by.set,
            .voided = r.at[i].void_reason.set,
            .own = r.at[i].created_by == cx->me.person};
    v->marks.at = at;
    v->marks.n = r.n;
    return OK;
}

/* ---- appeals */
/* Names of the panel stand for the office and the panel; others read what was said. */
static Err votes_of(Cx *cx, struct appeal_row *to)
{
    struct sql_assess_votes_rows v;
    bool names = cx->me.posts & (OFFICE_POSTS | HAS(POST_APPEAL) | HAS(POST_COMMANDER));
    TRY(sql_assess_votes(
        cx, &(struct sql_assess_votes){.appeal = to->id, .limit = VOTES_SHOWN}, &v));
    struct appeal_vote_row *at = NEW_ARRAY(&cx->mem, v.n + 1, struct appeal_vote_row);
    for (size_t i = 0; i < v.n; i++) {
        at[i] = (struct appeal_vote_row){
            .who = names ? people_name(cx, v.at[i].person) : say(cx, posts[POST_APPEAL].label),
            .said = v.at[i].said,
            .choice = appeal_state_label(v.at[i].choice)};
        to->voted |= v.at[i].person == cx->me.person;
    }
    to->votes.at = at;
    to->votes.n = v.n;
    return OK;
}

static Err photos_of(Cx *cx, struct appeal_row *to)
{
    struct attachments a;
    if (!assess_in_care(cx, to->unit))
        return OK;
    TRY(attachment_of(cx, to->deduct, &a));
    to->photo = a.n ? a.at[0].id : 0;
    TRY(attachment_of(cx, to->id, &a));
    to->their_photo = a.n ? a.at[0].id : 0;
    return OK;
}

/* unit 0: of all units. */
Err assess_appeal_rows(Cx *cx, const struct assess_round *r, int64_t unit, struct appeal_rows *to)
{
    struct sql_assess_appeals_rows a;
    TRY(sql_assess_appeals(
        cx, &(struct sql_assess_appeals){.round = r->id, .limit = APPEALS_MAX}, &a));
    struct appeal_row *at = NEW_ARRAY(&cx->mem, a.n + 1, struct appeal_row);
    *to = (struct appeal_rows){at, 0};
    for (size_t i = 0; i < a.n; i++) {
        struct sql_assess_inspect_deduct_find_row d;
        if (unit && a.at[i].unit != unit)
            continue;
        TRY(sql_assess_inspect_deduct_find(
            cx, &(struct sql_assess_inspect_deduct_find){.id = a.at[i].deduct}, &d));
        struct appeal_row *x = &at[to->n++];
        *x = (struct appeal_row){.id = a.at[i].id,
            .unit = a.at[i].unit,
            .deduct = a.at[i].deduct,
            .created_at = a.at[i].created_at,
            .decided_at = a.at[i].decided_at.v,
            .n = d.n,
            .n_left = a.at[i].n_left.set ? a.at[i].n_left.v : d.n,
            .unit_name = town_unit_name(cx, a.at[i].unit),
            .item = a.at[i].item,
            .place = d.place,
            .reason = d.said.v,
            .said = a.at[i].said,
            .state = appeal_state_label(a.at[i].state),
            .open = str_eq(a.at[i].state, S("open"))};
        TRY(votes_of(cx, x));
        TRY(photos_of(cx, x));
    }
    return OK;
}

Err assess_appeal_round(Cx *cx, int64_t id, int64_t *round)
{
    struct sql_assess_appeal_find_row a;
    TRY(sql_assess_appeal_find(cx, &(struct sql_assess_appeal_find){.id = id}, &a));
    *round = a.round;
    return OK;
}

Err assess_appeals_n(Cx *cx, int64_t round, int64_t *n)
{
    struct sql_assess_appeals_rows a;
    TRY(sql_assess_appeals(
        cx, &(struct sql_assess_appeals){.round = round, .limit = APPEALS_MAX}, &a));
    *n = (int64_t)a.n;
    return OK;
}
