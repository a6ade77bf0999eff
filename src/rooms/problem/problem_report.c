/* problem_report.c — 上报: a report becomes a problem; easy ones are filed and dispatched by rule;
 * 即查即改 in one form. */
#include "rooms/attachment/attachment.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_like.h"
#include "rooms/problem/problem_screen.h"
#include "rooms/town/town.h"

struct reporting {
    const struct problem_new *in;
    const struct photo_hashes *after; /* mended on the spot; NULL: a plain report */
    Str said;
    struct category category;
    int64_t unit, village;
    OptI64 place;
    Str where; /* in words; a known place's name where nothing was typed */
    bool office_only;
    Str waits; /* why the office looks at it first; empty: it need not */
    struct problem_receipt receipt;
};

static Err check_text(Cx *cx, Str s, const char *field, int64_t max, bool lines, Text too_long)
{
    Text wrong = text_wrong(s, lines);
    if (wrong.zh)
        return fail(cx, ERR_INVALID, field, wrong);
    return (int64_t)str_n_chars(s) > max ? fail(cx, ERR_INVALID, field, too_long) : OK;
}

static Err check_place(Cx *cx, struct reporting *r)
{
    const struct problem_new *in = r->in;
    struct unit u;
    struct place place;
    r->unit = in->unit;
    r->where = in->place;
    if (!cx->me.person && in->unit)
        cx->town_id = town_of(in->unit); /* a form knows its town by its unit */
    if (in->known_place) {
        if (town_place(cx, in->known_place, &place) != OK)
            return fail(cx, ERR_INVALID, "place", T("没有这个地点，请从列表里选"));
        r->place = some_i64(place.id);
        r->where = in->place.len ? in->place : place.name;
        r->unit = r->unit ? r->unit : place.unit;
    }
    if (!r->unit && !in->place.len)
        return fail(cx, ERR_INVALID, "unit", T("请选择是哪个村，或者写明地点"));
    if (!r->unit)
        r->unit = cx->town_id * 1000000; /* who files it says where */
    if (town_of(r->unit) != cx->town_id || town_unit(cx, r->unit, &u) != OK)
        return fail(cx, ERR_INVALID, "unit", T("请选本镇的村或网格"));
    r->village = town_village_of(r->unit);
    return check_text(cx, in->place, "place", PLACE_MAX, false, T("地点最多 80 个字"));
}

static bool phone_sound(Str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9')
            digits++;
        else if (!strchr("+- ", s.at[i]))
            return false;
    }
    return digits >= 5 && digits <= 15;
}

/* The words of a report name somebody who holds a post in that village, or its handler-to-be. */
static Err names_cadre(Cx *cx, struct reporting *r)
{
    struct holders at;
    TRY(village_holders(cx, r->unit,
        VILLAGE_POSTS | HAS(POST_BRANCH_SEC) | HAS(POST_SUPERVISOR) | HAS(POST_CONTRACTOR)
            | HAS(POST_DEPT) | HAS(POST_LEAD),
        &at));
    for (size_t i = 0; i < at.n; i++) {
        Str name = at.at[i].name;
        const char *z = arena_printf(&cx->mem, "%.*s", (int)name.len, name.at);
        if (name.len > 3 && (str_has(r->in->body, z) || str_has(r->in->place, z)))
            r->office_only = true;
    }
    return OK;
}

static Err check(Cx *cx, struct reporting *r)
{
    const struct problem_new *in = r->in;
    bool known = false;
    TRY(check_place(cx, r));
    if (!in->category.len && !in->before.n)
        return fail(cx, ERR_INVALID, "category", T("请选择问题类别，或者拍一张照片"));
    if (category_of_tile(cx, in->category.len ? in->category : S("9999"), &r->category) != OK)
        return fail(cx, ERR_INVALID, "category", T("没有这个类别，请从列表里选"));
    TRY(check_text(cx, in->body, "body", BODY_MAX, true, T("说明最多 2000 个字")));
    TRY(check_text(cx, in->name, "name", REPORTER_NAME_MAX, false, T("姓名最多 20 个字")));
    if (in->phone.len && !phone_sound(in->phone))
        return fail(cx, ERR_INVALID, "phone", T("电话请写数字，例如 13800000000"));
    if (in->before.n > PHOTOS_MAX)
        return fail(cx, ERR_INVALID, "photo", T("照片最多 6 张"));
    for (const struct option *o = problem_sources; o->code && in->source.len; o++)
        known |= str_eq(in->source, str(o->code));
    if (in->source.len && !known)
        return fail(cx, ERR_INVALID, "source", T("没有这个来源，请从列表里选"));
    if (in->severity.set && (in->severity.v < 1 || in->severity.v > 3))
        return fail(cx, ERR_INVALID, "severity", T("程度是 1、2 或 3"));
    r->office_only = in->not_to_village || r->category.hidden;
    Case same;
    if (in->same_as && case_any(cx, in->same_as, &same) != OK)
        return fail(cx, ERR_INVALID, "same_as", T("没有这一件，请从列出的里面选"));
    return names_cadre(cx, r);
}

static void new_sum(const struct reporting *r, unsigned char to[SUM_BYTES])
{
    const struct problem_new *in = r->in;
    Sum s;
    sum_begin(&s);
    sum_i64(&s, r->unit);
    sum_i64(&s, in->known_place);
    sum_str(&s, in->place);
    sum_str(&s, r->category.code);
    sum_str(&s, in->body);
    sum_opt_i64(&s, in->lat);
    sum_opt_i64(&s, in->lng);
    sum_str(&s, in->name);
    sum_str(&s, in->phone);
    sum_i64(&s, in->not_to_village);
    sum_i64(&s, in->same_as);
    for (size_t i = 0; i < in->before.n; i++)
        sum_str(&s, in->before.at[i]);
    for (size_t i = 0; r->after && i < r->after->n; i++)
        sum_str(&s, r->after->at[i]);
    sum_end(&s, to);
}

static bool by_resident(Str source)
{
    return str_eq(source, S("resident")) || str_eq(source, S("hotline"))
           || str_eq(source, S("zone_qr")) || str_eq(source, S("opinion"))
           || str_eq(source, S("contact"));
}

/* What a report's row says of it before anybody has seen it, as the rules read it. */
static Case as_reported(const struct sql_problem_insert *row)
{
    return (Case){
        .id = row->id,
        .version = 1,
        .unit = row->unit,
        .village = row->village,
        .category = row->category,
        .category_version = row->category_version,
        .place = row->place,
        .place_text = row->place_text,
        .body = row->body,
        .severity = row->severity,
        .difficulty = row->difficulty,
        .office_only = row->office_only,
        .from_resident = row->from_resident,
        .reachable = row->reachable,
        .state = row->state,
        .live = 1,
        .turn = row->turn,
        .reported_at = row->reported_at,
        .ended_at = row->ended_at,
        .next_at = row->next_at,
    };
}

/* One row, written once: whose turn it is and until when stand in it from the start. */
static Err insert_reported(Cx *cx, const struct reporting *r, struct sql_problem_insert *row)
{
    struct acting a = {.id = row->id, .new_clock = true, .fresh = true, .category = r->category};
    a.p = as_reported(row);
    a.to = case_move(&a.p);
    TRY(town_calendar(cx, &a.cal));
    TRY(case_plan(cx, &a));
    row->turn = a.to.turn;
    row->next_at = a.to.next_at;
    row->ended_at = a.to.ended_at;
    row->work_order = a.to.work_order;
    row->ranked_on = a.to.ranked_on;
    TRY(sql_problem_insert(cx, row));
    return case_hang(cx, &a);
}

static Err insert(Cx *cx, struct reporting *r, enum problem_state state)
{
    const struct problem_new *in = r->in;
    int64_t id = new_id(cx), first = 0, photo;
    Str source = in->source.len                      ? in->source
                 : cx->me.person && !in->entered_for ? S("patrol")
                                                     : S("resident");
    for (size_t i = 0; i < in->before.n; i++) {
        TRY(attachment_add(cx, id, r->unit, "before", in->before.at[i], &photo));
        first = first ? first : photo;
    }
    OptStr datum = in->given.datum.len ? some_str(in->given.datum) : (OptStr){0};
    struct sql_problem_insert row = {
        .id = id,
        .unit = r->unit,
        .village = r->village,
        .source = source,
        .category = r->category.code,
        .category_version = r->category.version,
        .focus = r->category.focus,
        .place = r->place,
        .place_text = r->where,
        .lat = in->lat,
        .lng = in->lng,
        .body = in->body,
        .severity = in->severity.set ? in->severity.v : r->category.severity,
        .difficulty = r->category.difficulty,
        .office_only = r->office_only || r->waits.len,
        .from_resident = by_resident(source),
        .reachable = by_resident(source),
        .entered_for = in->entered_for,
        .fixed = r->after != NULL,
        .state = state_code(state),
        .live = 1,
        .turn = S(""),
        .reported_at = cx->now,
        .ended_at = cx->now,
        .next_at = cx->now,
        .photo_before = first ? some_i64(first) : (OptI64){0},
        .ext_no = in->ext_no,
        .ext_due = in->ext_due,
        .created_by = cx->me.person,
        .located = in->located,
        .given_lat = in->given.lat,
        .given_lng = in->given.lng,
        .given_datum = datum,
        .given_m = in->given.metres,
    };
    TRY(state == REPORTED ? insert_reported(cx, r, &row) : sql_problem_insert(cx, &row));
    TRY(town_code_new(cx, S("problem"), id, &r->receipt.code));
    r->receipt.id = id;
    return reporter_keep(cx, id, in, r->receipt.code);
}

/* Filed and dispatched by rule: an easy category, a photo, a known place, nothing like it. */
static Err by_rule(Cx *cx, const Case *p)
{
    struct problem_fields in = {0};
    struct category c;
    struct holders at;
    bool known = p->place.set || p->unit % 1000;
    int64_t like = 0;
    TRY(category_find(cx, p->category, &c));
    if (!c.automatic || !p->photo_before.set || !known || !p->village)
        return OK;
    TRY(problem_like_first(cx, p->id, &like));
    if (like)
        return OK;
    enum post post = c.handler_post ? (enum post)c.handler_post : POST_CADRE;
    TRY(duty_holders_at(cx, p->unit, p->place.set ? p->place.v : 0, HAS(post), &at));
    if (!at.n)
        return OK;
    TRY(act_by_rule(cx, p->id, S("auto_file"), &in));
    in.handler = some_i64(at.at[0].person);
    return act_by_rule(cx, p->id, S("auto_dispatch"), &in);
}

/* The reporter knows it again: theirs is followed under that one, which gets their pictures. */
static Err follow_that_one(Cx *cx, const Case *p, int64_t same_as)
{
    Case master;
    struct attachments own;
    int64_t photo;
    TRY(case_root(cx, same_as, &master));
    if (!master.live || master.office_only || master.id == p->id)
        return by_rule(cx, p); /* ended meanwhile: a matter of its own */
    struct problem_fields in = {.master = some_i64(master.id)};
    TRY(act_by_rule(cx, p->id, S("auto_merge"), &in));
    TRY(attachment_of(cx, p->id, &own));
    for (size_t i = 0; i < own.n; i++)
        TRY(attachment_add(cx, master.id, master.unit, "add", own.at[i].hash, &photo));
    return tell(cx, master.handler.v, &master, T("又有人反映同一件事"), NULL);
}

/* What the office alone has touches nobody else's matter, and no rule sends it to a village. */
Err report_goes_on(Cx *cx, int64_t id, int64_t same_as)
{
    Case p;
    TRY(case_any(cx, id, &p));
    if (p.office_only)
        return OK;
    return same_as ? follow_that_one(cx, &p, same_as) : by_rule(cx, &p);
}

static Err seen_before(Cx *cx, struct reporting *r, const unsigned char sum[SUM_BYTES])
{
    int64_t id;
    struct sql_problem_trail_reporter_row row;
    TRY(submit_seen(cx, r->in->key, sum, &id));
    TRY(sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = id}, &row));
    r->receipt = (struct problem_receipt){.id = id, .code = row.code, .again = true};
    return OK;
}

/* The row, its receipt and its first event; a form sent again is the row it made (receipt.again).
 */
static Err put_new(
    Cx *cx, struct reporting *r, const char *verb, enum problem_state state, Str said)
{
    unsigned char sum[SUM_BYTES];
    r->receipt.again = false; /* this may be the second run */
    new_sum(r, sum);
    Err e = seen_before(cx, r, sum);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(screen_weigh(cx, r->in, &r->waits));
    TRY(insert(cx, r, state));
    if (r->waits.len)
        TRY(screen_keep(cx, r->receipt.id, r->waits, r->office_only, r->in->same_as));
    if (r->in->key.len)
        TRY(submit_keep(cx, r->in->key, sum, r->receipt.id));
    return event_add(cx, &(struct event){
                             .verb = verb,
                             .unit = r->village,
                             .object = r->receipt.id,
                             .to = state_code(state),
                             .said = said,
                         });
}

/* Row, receipt code, photos, event and notice: together or not at all.  It may run twice. */
static Err report_step(Cx *cx, void *arg)
{
    struct reporting *r = arg;
    TRY(put_new(cx, r, "report", REPORTED, r->in->body));
    if (r->receipt.again)
        return OK;
    if (!r->in->same_as && (!r->category.automatic || !r->in->before.n))
        return OK; /* most of them; a read less */
    return report_goes_on(cx, r->receipt.id, r->in->same_as);
}

Err problem_report(Cx *cx, const struct problem_new *in, struct problem_receipt *receipt)
{
    struct reporting r = {.in = in};
    TRY(check(cx, &r));
    TRY(db_transaction(cx, report_step, &r));
    *receipt = r.receipt;
    return OK;
}

bool problem_report_came(Cx *cx, Str key)
{
    unsigned char none[SUM_BYTES] = {0};
    int64_t id;
    struct Cx kept = *cx;
    Err e = key.len ? submit_seen(cx, key, none, &id) : ERR_NOT_FOUND;
    cx->why = kept.why;
    return e == OK || e == ERR_CONFLICT;
}

/* ---- 即查即改 */

/* One in ten, and at least one a person a week: the first of the week. */
static Err is_drawn(Cx *cx, bool *drawn)
{
    int64_t today = day_of(cx->now), monday = today - (day_weekday(today) - 1);
    struct sql_problem_fixed_n_row row;
    uint32_t dice;
    TRY(sql_problem_fixed_n(cx, &(struct sql_problem_fixed_n){.since = day_start(monday)}, &row));
    secret_random(&dice, sizeof dice);
    *drawn = row.n <= 1 || /* this one counts */
             dice % 100 < (uint32_t)town_setting(cx, "draw_percent", 10);
    return OK;
}

static Err mend(Cx *cx, struct reporting *r)
{
    struct acting a = {.id = r->receipt.id, .new_clock = true};
    struct holders at;
    int64_t last = 0;
    TRY(case_any(cx, a.id, &a.p));
    TRY(town_calendar(cx, &a.cal));
    TRY(category_find(cx, a.p.category, &a.category));
    a.in = &(struct problem_fields){0};
    a.to = case_move(&a.p);
    TRY(rule_file(cx, &a));
    a.to.dispatched_at = a.to.accepted_at = a.to.handled_at = some_i64(cx->now);
    a.to.result = some_str(r->said);
    TRY(duty_holders(
        cx, r->unit, HAS(POST_CADRE) | HAS(POST_GRID_KEEPER) | HAS(POST_TEAM_LEADER), &at));
    for (size_t i = 0; i < at.n; i++)
        if (at.at[i].person == cx->me.person && !a.to.handler.set)
            TRY(handler_set(cx, &a, &at.at[i]));
    TRY(sql_problem_trail_holder_end(
        cx, &(struct sql_problem_trail_holder_end){.problem = a.id, .no = 1, .worked = 1}));
    for (size_t i = 0; i < r->after->n; i++)
        TRY(attachment_add(cx, a.id, r->unit, "after", r->after->at[i], &last));
    a.to.photo_after = some_i64(last);
    bool drawn;
    TRY(is_drawn(cx, &drawn));
    a.to.drawn = drawn;
    TRY(case_settle(cx, &a));
    TRY(sql_problem_move(cx, &a.to));
    return drawn ? OK : act_by_rule(cx, a.id, S("auto_close"), &(struct problem_fields){0});
}

static Err fix_step(Cx *cx, void *arg)
{
    struct reporting *r = arg;
    TRY(put_new(cx, r, "fix_on_spot", HANDLED, r->said));
    if (r->receipt.again)
        return OK;
    return mend(cx, r);
}

Err problem_fix(Cx *cx, const struct problem_new *in, Str said, struct photo_hashes after,
    struct problem_receipt *receipt)
{
    struct reporting r = {.in = in, .after = &after, .said = said};
    uint32_t have;
    TRY(check(cx, &r));
    TRY(duty_posts_at(cx, r.unit, r.place.set ? r.place.v : 0, &have));
    if (!(have & (HAS(POST_CADRE) | HAS(POST_GRID_KEEPER) | HAS(POST_TEAM_LEADER))))
        return fail(cx, ERR_FORBIDDEN, "unit", T("即查即改由当地的两委干部、网格员或志愿队长办"));
    if (r.category.difficulty != 1)
        return fail(cx, ERR_INVALID, "category", T("只有容易办的类别能即查即改，请改为上报"));
    if (!r.village)
        return fail(cx, ERR_INVALID, "unit", T("请先选定是哪个村"));
    if (!in->before.n)
        return fail(cx, ERR_INVALID, "photo", T("请拍一张整改前的照片"));
    if (!after.n || after.n > PHOTOS_MAX)
        return fail(cx, ERR_INVALID, "photo_after", T("请拍一到六张整改后的照片"));
    TRY(db_transaction(cx, fix_step, &r));
    *receipt = r.receipt;
    return OK;
}
