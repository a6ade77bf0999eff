/* duty_gap.c — 空岗榜: each village, grid and place × L1–L4: filled, acting, vacant, expired, and
 * since when; vacant over 5 working days climbs to the office (domain §1). */
#include "rooms/duty/duty_inner.h"

#include "gen/sql_duty.h"
#include "rooms/notice/notice.h"
#include "store/log.h"

enum { MOST_SEATS = 4000, TELL_A_STEP = 50 };

static const enum post of_level[5] = {
    POST_GRID_KEEPER, POST_CADRE, POST_SECRETARY, POST_DEPT, POST_LEAD};

struct board {
    struct sql_duty_terms_rows terms[5];
    struct seats *at;
    size_t n;
    Str today, start_on; /* the town's first day in the house */
};

/* What one level of one unit or place says by its own terms; false: it never had one. */
static bool own_seat(const struct board *b, int level, int64_t unit, int64_t place, struct seat *s)
{
    Str last = {0};

    *s = (struct seat){.state = SEAT_VACANT, .own = true};
    for (size_t i = 0; i < b->terms[level].n; i++) {
        const struct sql_duty_terms_row *t = &b->terms[level].at[i];
        if (t->place != place || (place == 0 && t->unit != unit)
            || memcmp(t->from_on.at, b->today.at, 10) > 0)
            continue;
        if (memcmp(t->to_on.at, b->today.at, 10) < 0) {
            if (!last.len || memcmp(t->to_on.at, last.at, 10) > 0)
                last = t->to_on;
            continue;
        }
        bool formal = str_eq(t->kind, S("formal"));
        if (s->name.len && !formal)
            continue;
        s->state = formal ? SEAT_FILLED : SEAT_ACTING;
        s->name = t->name;
    }
    if (!s->name.len && last.len)
        s->state = SEAT_EXPIRED;
    if (!s->name.len)
        s->since_on = last.len ? last : b->start_on;
    return s->name.len || last.len;
}

/* A grid's or a place's seat without terms of its own is the one of what it lies in. */
static void fill(Cx *cx, const struct board *b, struct seats *row, const struct seats *above)
{
    for (int l = row->grid ? 0 : 1; l <= 4; l++) {
        bool has = own_seat(b, l, row->unit, row->place, &row->level[l]);
        if (!has && above && l > 0) {
            row->level[l] = above->level[l];
            row->level[l].own = false;
        } else if (row->level[l].state == SEAT_EXPIRED) {
            row->level[l].since_on = duty_day_plus(cx, row->level[l].since_on, 1);
        }
    }
}

static struct seats *next_row(struct board *b)
{
    return b->n < MOST_SEATS ? &b->at[b->n++] : NULL;
}

static Err add_village(Cx *cx, struct board *b, const struct unit *v)
{
    struct units grids;
    struct places places;
    struct seats *village = next_row(b), *row;

    if (!village)
        return OK;
    *village = (struct seats){.unit = v->code, .name = v->name};
    fill(cx, b, village, NULL);
    size_t first = b->n;

    TRY(town_grids(cx, v->code, &grids));
    for (size_t i = 0; i < grids.n && (row = next_row(b)); i++) {
        *row = (struct seats){.unit = grids.at[i].code, .name = grids.at[i].name, .grid = true};
        fill(cx, b, row, village);
    }
    size_t n_grids = b->n - first;
    TRY(town_places(cx, v->code, &places));
    for (size_t i = 0; i < places.n && (row = next_row(b)); i++) {
        const struct seats *above = village;
        for (size_t g = first; g < first + n_grids; g++)
            above = b->at[g].unit == places.at[i].unit ? &b->at[g] : above;
        *row = (struct seats){
            .unit = places.at[i].unit, .place = places.at[i].id, .name = places.at[i].name};
        fill(cx, b, row, above);
    }
    return OK;
}

static bool nobody(const struct seat *s)
{
    return s->state == SEAT_VACANT || s->state == SEAT_EXPIRED;
}

Err duty_gaps(Cx *cx, struct gap_board *out)
{
    struct town_info town;
    TRY(town_info(cx, &town));
    struct board b = {.today = duty_today(cx), .start_on = day_text(cx, day_of(town.made_at))};
    struct gap_board made = {0};
    struct units villages;

    for (int l = 0; l <= 4; l++)
        TRY(sql_duty_terms(cx,
            &(struct sql_duty_terms){.post = str(posts[of_level[l]].code), .limit = MANY_TERMS},
            &b.terms[l]));
    TRY(town_villages(cx, &villages));
    b.at = NEW_ARRAY(&cx->mem, MOST_SEATS, struct seats);
    for (size_t i = 0; i < villages.n; i++)
        TRY(add_village(cx, &b, &villages.at[i]));
    for (size_t i = 0; i < b.n; i++)
        for (int l = b.at[i].grid ? 0 : 1; l <= 4; l++)
            made.n_gaps[l] += b.at[i].level[l].own && nobody(&b.at[i].level[l]);
    made.at = b.at;
    made.n = b.n;
    *out = made;
    return OK;
}

/* --- climbing --- */

struct telling {
    const struct seats *at[TELL_A_STEP];
    int level[TELL_A_STEP];
    size_t n;
    struct holders office;
};

static Err tell_one(Cx *cx, const struct telling *t, const struct seats *row, int level)
{
    const struct seat *s = &row->level[level];
    struct sql_duty_gap_tell told = {
        .unit = row->unit, .place = row->place, .level = level, .since_on = s->since_on};

    TRY(sql_duty_gap_tell(cx, &told));
    TRY(event_add(cx, &(struct event){.verb = "gap", .unit = row->unit, .to = s->since_on}));
    for (size_t i = 0; i < t->office.n; i++)
        TRY(notice_add(cx, &(struct notice){.to = t->office.at[i].person,
                               .say = T("空岗已久，请安排人员"),
                               .about = row->name,
                               .object = row->unit,
                               .path = S("/gaps")}));
    return OK;
}

static Err tell_step(Cx *cx, void *arg)
{
    const struct telling *t = arg;

    for (size_t i = 0; i < t->n; i++)
        TRY(tell_one(cx, t, t->at[i], t->level[i]));
    return OK;
}

/* Told once for each gap: a new vacancy has a new first day. */
static Err is_told(Cx *cx, const struct seats *row, int level, bool *told)
{
    struct sql_duty_gap_told_row r;
    struct sql_duty_gap_told in = {.unit = row->unit, .place = row->place, .level = level};

    Err e = sql_duty_gap_told(cx, &in, &r);
    *told = e == OK && str_eq(r.since_on, row->level[level].since_on);
    return e == ERR_NOT_FOUND ? OK : e;
}

Err duty_gap_job(Cx *cx)
{
    struct gap_board board;
    struct telling t = {0};
    const struct calendar *calendar;
    int64_t after = town_setting(cx, "vacant_days", 5);

    TRY(duty_gaps(cx, &board));
    TRY(town_calendar(cx, &calendar));
    TRY(duty_all_holders(cx, OFFICE_POSTS, &t.office));
    for (size_t i = 0; i < board.n; i++)
        for (int l = 1; l <= 4 && t.n < TELL_A_STEP; l++) {
            const struct seat *s = &board.at[i].level[l];
            int64_t since;
            bool told;
            if (!s->own || !nobody(s) || !day_parse(s->since_on, &since)
                || work_days_between(calendar, day_start(since), cx->now) <= after)
                continue;
            TRY(is_told(cx, &board.at[i], l, &told));
            if (told)
                continue;
            t.at[t.n] = &board.at[i];
            t.level[t.n++] = l;
        }
    return t.n ? db_transaction(cx, tell_step, &t) : OK;
}
