/* campaign.c — 专项行动: what it covers, and the rule by which records carry it. */
#include "rooms/campaign/campaign.h"

#include "base/day.h"
#include "base/utf8.h"
#include "rooms/campaign/campaign_inner.h"
#include "rooms/category/category.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { PLACES_MAX = 100, ON_MAX = 50, SUMMARY_MAX = 2000, REASON_MAX = 500, NAMES_MAX = 200 };

/* The next piece of a list with commas, Chinese or not, or 、; trimmed; false: there is none. */
static bool next_piece(Str *rest, Str *piece)
{
    static const char *const marks[] = {",", "，", "、", ";", "；", "\n"};
    while (rest->len) {
        size_t end = rest->len, skip = 0;
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            const char *at = memmem(rest->at, rest->len, marks[m], strlen(marks[m]));
            if (at && (size_t)(at - rest->at) < end)
                end = (size_t)(at - rest->at), skip = strlen(marks[m]);
        }
        *piece = str_trim((Str){rest->at, end});
        *rest = (Str){rest->at + end + skip, rest->len - end - skip};
        if (piece->len)
            return true;
    }
    return false;
}

/* Two digits are a major, four a category. */
static Err category_known(Cx *cx, Str code)
{
    struct categories all;
    TRY(category_all(cx, &all));
    for (size_t i = 0; i < all.n; i++)
        if ((code.len == 2 || code.len == 4) && all.at[i].code.len >= code.len
            && !memcmp(all.at[i].code.at, code.at, code.len))
            return OK;
    return fail_say(cx, ERR_INVALID, "categories", say_s(cx, T("没有这个类别：{s}"), code));
}

static Err place_known(Cx *cx, Str name, struct sql_campaign_place_add *to)
{
    struct place place;
    struct unit u;
    int64_t code = 0;
    if (town_unit_names.find(cx, name, &code) == 1 && town_unit(cx, code, &u) == OK)
        return *to = (struct sql_campaign_place_add){.lo = u.lo, .hi = u.hi}, OK;
    Err e = town_place_named(cx, cx->town_id * 1000000, name, &place);
    if (e == OK)
        return *to = (struct sql_campaign_place_add){.place = place.id}, OK;
    return e == ERR_NOT_FOUND ? fail_say(
               cx, ERR_INVALID, "places", say_s(cx, T("没有这个单位或者地点：{s}"), name))
                              : e;
}

Err campaign_check(Cx *cx, const Campaign *in)
{
    Str rest = in->categories.set ? in->categories.v : (Str){0}, piece;
    struct sql_campaign_place_add place;
    if (in->closed_on.set)
        return fail(cx, ERR_INVALID, "name", T("这次专项行动已经结束，先重新开启再改"));
    if (memcmp(in->to_on.at, in->from_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "to_on", T("止日早于起日"));
    while (next_piece(&rest, &piece))
        TRY(category_known(cx, piece));
    rest = in->places.set ? in->places.v : (Str){0};
    while (next_piece(&rest, &piece))
        TRY(place_known(cx, piece, &place));
    return OK;
}

static Err places_put(Cx *cx, const Campaign *in)
{
    Str rest = in->places.set ? in->places.v : (Str){0}, piece;
    TRY(sql_campaign_place_clear(cx, &(struct sql_campaign_place_clear){.campaign = in->id}));
    for (int n = 0; n < PLACES_MAX && next_piece(&rest, &piece); n++) {
        struct sql_campaign_place_add place;
        TRY(place_known(cx, piece, &place));
        place.campaign = in->id;
        TRY(sql_campaign_place_add(cx, &place));
    }
    return OK;
}

Err campaign_add(Cx *cx, const Campaign *in)
{
    TRY(campaign_check(cx, in));
    TRY(sql_campaign_insert(cx, &(struct sql_campaign_insert){.id = in->id,
                                    .unit = cx->town_id * 1000000,
                                    .name = in->name,
                                    .basis = in->basis,
                                    .from_on = in->from_on,
                                    .to_on = in->to_on,
                                    .categories = in->categories,
                                    .places = in->places,
                                    .targets = in->targets,
                                    .batch = in->batch}));
    return places_put(cx, in);
}

Err campaign_change(Cx *cx, const Campaign *in)
{
    TRY(campaign_check(cx, in));
    TRY(sql_campaign_update(cx, &(struct sql_campaign_update){.id = in->id,
                                    .version = in->version,
                                    .unit = cx->town_id * 1000000,
                                    .name = in->name,
                                    .basis = in->basis,
                                    .from_on = in->from_on,
                                    .to_on = in->to_on,
                                    .categories = in->categories,
                                    .places = in->places,
                                    .targets = in->targets}));
    return places_put(cx, in);
}

/* ---- the rule */

static bool covers_category(Str list, Str category)
{
    Str rest = list, piece;
    bool any = false;
    while (next_piece(&rest, &piece)) {
        any = true;
        if (category.len >= piece.len && !memcmp(category.at, piece.at, piece.len))
            return true;
    }
    return !any;
}

Err campaign_covers(
    Cx *cx, const struct campaign_scope *s, const struct campaign_record *r, bool *covered)
{
    struct sql_campaign_places_of_rows places;
    Str day = day_text(cx, day_of(r->reported_at));
    *covered = memcmp(day.at, s->from_on.at, 10) >= 0 && memcmp(day.at, s->to_on.at, 10) <= 0
               && covers_category(s->categories, r->category);
    if (!*covered)
        return OK;
    TRY(sql_campaign_places_of(
        cx, &(struct sql_campaign_places_of){.campaign = s->id, .limit = PLACES_MAX}, &places));
    *covered = !places.n;
    for (size_t i = 0; i < places.n; i++)
        *covered |= places.at[i].place ? places.at[i].place == r->place
                                       : r->unit >= places.at[i].lo && r->unit <= places.at[i].hi;
    return OK;
}

Err campaign_mark(Cx *cx, const struct campaign_record *r)
{
    struct sql_campaign_on_rows on;
    Str day = day_text(cx, day_of(r->reported_at));
    TRY(sql_campaign_on(cx, &(struct sql_campaign_on){.day = day, .limit = ON_MAX}, &on));
    if (!on.n)
        return OK;
    TRY(sql_campaign_record_drop(cx, &(struct sql_campaign_record_drop){.problem = r->problem}));
    for (size_t i = 0; i < on.n; i++) {
        struct campaign_scope s = {
            on.at[i].id, on.at[i].from_on, on.at[i].to_on, on.at[i].categories.v};
        bool covered;
        TRY(campaign_covers(cx, &s, r, &covered));
        if (covered)
            TRY(sql_campaign_record_add(
                cx, &(struct sql_campaign_record_add){.campaign = s.id, .problem = r->problem}));
    }
    return OK;
}

Err campaign_of(Cx *cx, int64_t problem, struct campaign_names *to)
{
    struct sql_campaign_of_problem_rows rows;
    TRY(sql_campaign_of_problem(
        cx, &(struct sql_campaign_of_problem){.problem = problem, .limit = ON_MAX}, &rows));
    *to = (struct campaign_names){rows.at, rows.n};
    return OK;
}

Err campaign_said(Cx *cx, int64_t problem, Str *to)
{
    struct campaign_names in;
    *to = (Str){0};
    TRY(campaign_of(cx, problem, &in));
    for (size_t i = 0; i < in.n; i++)
        *to = joined_of(cx, *to, i ? say(cx, T("、")) : (Str){0}, in.at[i].name);
    return OK;
}

/* ---- names */

static Err all_names(Cx *cx, struct sql_campaign_names_rows *rows)
{
    return sql_campaign_names(cx, &(struct sql_campaign_names){.limit = NAMES_MAX}, rows);
}

static size_t names_find(Cx *cx, Str name, int64_t *id)
{
    struct sql_campaign_names_rows rows;
    size_t n = 0;
    for (size_t i = 0; all_names(cx, &rows) == OK && i < rows.n; i++)
        if (str_eq(rows.at[i].name, name))
            *id = n++ ? *id : rows.at[i].id;
    return n;
}

static Str names_name(Cx *cx, int64_t id)
{
    struct sql_campaign_names_rows rows;
    for (size_t i = 0; all_names(cx, &rows) == OK && i < rows.n; i++)
        if (rows.at[i].id == id)
            return rows.at[i].name;
    return (Str){0};
}

static size_t names_all(Cx *cx, const struct name_row **to)
{
    struct sql_campaign_names_rows rows;
    if (all_names(cx, &rows) != OK)
        return 0;
    struct name_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct name_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct name_row){rows.at[i].id, rows.at[i].name};
    *to = at;
    return rows.n;
}

const struct names campaign_names_of = {names_find, names_name, names_all};

/* ---- closed, and on again */

struct closing {
    int64_t id;
    Str summary;
};

static Err may_end(Cx *cx)
{
    uint32_t have;
    TRY(duty_posts_over(cx, cx->town_id * 1000000, &have));
    return have & (OFFICE_POSTS | HAS(POST_COMMANDER))
               ? OK
               : fail(cx, ERR_FORBIDDEN, NULL, T("由领导小组办公室或者总指挥办理"));
}

static Err close_step(Cx *cx, void *arg)
{
    const struct closing *c = arg;
    Campaign was;
    TRY(sql_campaign_find(cx, &(struct sql_campaign_find){.id = c->id}, &was));
    Err e = sql_campaign_closed(
        cx, &(struct sql_campaign_closed){
                .id = c->id, .closed_on = town_today(cx), .summary = c->summary});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("这次专项行动已经结束"));
    TRY(e);
    return event_add(
        cx, &(struct event){
                .verb = "campaign_close", .unit = was.unit, .object = c->id, .said = c->summary});
}

Err campaign_close(Cx *cx, int64_t id, Str summary)
{
    struct closing c = {id, str_trim(summary)};
    TRY(may_end(cx));
    if (!c.summary.len || str_n_chars(c.summary) > SUMMARY_MAX)
        return fail(cx, ERR_INVALID, "summary", T("请写一段小结，最多 2000 个字"));
    return db_transaction(cx, close_step, &c);
}

static Err reopen_step(Cx *cx, void *arg)
{
    const struct closing *c = arg;
    Campaign was;
    TRY(sql_campaign_find(cx, &(struct sql_campaign_find){.id = c->id}, &was));
    Err e = sql_campaign_reopened(cx, &(struct sql_campaign_reopened){.id = c->id});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("这次专项行动正在开展"));
    TRY(e);
    return event_add(
        cx, &(struct event){
                .verb = "campaign_reopen", .unit = was.unit, .object = c->id, .said = c->summary});
}

Err campaign_reopen(Cx *cx, int64_t id, Str reason)
{
    struct closing c = {id, str_trim(reason)};
    TRY(may_end(cx));
    if (!c.summary.len || str_n_chars(c.summary) > REASON_MAX)
        return fail(cx, ERR_INVALID, "reason", T("请写重新开启的原因，最多 500 个字"));
    return db_transaction(cx, reopen_step, &c);
}
