/* duty.c — 责任: appointments and what follows from them, the rows of scope (domain §1, AZ-2,
 * SOD-1). */
#include "rooms/duty/duty_inner.h"

#include "base/utf8.h"
#include "gen/sql_duty.h"
#include "rooms/people/people.h"
#include "store/log.h"
#include "store/submit.h"

/* Over what a post is held. */
enum where { TOWN, VILLAGE, GRID, BELOW, ANY };
static const enum where where[N_POSTS] = {
    [POST_LEAD] = VILLAGE,
    [POST_DEPT] = VILLAGE,
    [POST_SECRETARY] = VILLAGE,
    [POST_CADRE] = BELOW,
    [POST_GRID_KEEPER] = GRID,
    [POST_BRANCH_SEC] = ANY,
    [POST_GROUP_LEADER] = ANY,
    [POST_MEMBER] = ANY,
    [POST_WOMEN_FED] = ANY,
    [POST_YOUTH_LEAGUE] = ANY,
    [POST_SUPERVISOR] = VILLAGE,
    [POST_RECORDER] = ANY,
    [POST_CONTRACTOR] = ANY,
    [POST_VOLUNTEER] = ANY,
    [POST_TEAM_LEADER] = ANY,
};

Str duty_today(Cx *cx)
{
    return day_text(cx, day_of(cx->now));
}

Str duty_day_plus(Cx *cx, Str day, int64_t n)
{
    int64_t number;
    return day_parse(day, &number) ? day_text(cx, number + n) : (Str){0};
}

/* --- who has which post --- */

static Err posts_of(Cx *cx, int64_t person, struct sql_duty_posts_of_rows *rows)
{
    return sql_duty_posts_of(cx,
        &(struct sql_duty_posts_of){.person = person, .today = duty_today(cx), .limit = 200}, rows);
}

Err duty_posts(Cx *cx, int64_t person, uint32_t *has)
{
    struct sql_duty_posts_of_rows rows;
    uint32_t all = 0;

    TRY(posts_of(cx, person, &rows));
    for (size_t i = 0; i < rows.n; i++)
        all |= HAS(duty_post(rows.at[i].post));
    *has = all & ~HAS(POST_NONE);
    return OK;
}

Err duty_posts_at(Cx *cx, int64_t unit, int64_t place, uint32_t *has)
{
    struct sql_duty_posts_of_rows rows;
    uint32_t all = 0;

    TRY(posts_of(cx, cx->me.person, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool over = rows.at[i].place ? rows.at[i].place == place
                                     : rows.at[i].lo <= unit && unit <= rows.at[i].hi;
        all |= over ? HAS(duty_post(rows.at[i].post)) : 0;
    }
    *has = all & ~HAS(POST_NONE);
    return OK;
}

Err duty_posts_over(Cx *cx, int64_t unit, uint32_t *has)
{
    return duty_posts_at(cx, unit, 0, has);
}

/* --- scope --- */

/* The three admins see no business content (SOD-1): their row is a range that nothing lies in, kept
 * so that all of a person's posts stand in one table. */
Err duty_scope_refresh(Cx *cx, int64_t person)
{
    struct sql_duty_posts_of_rows rows;

    TRY(posts_of(cx, person, &rows));
    TRY(sql_duty_scope_clear(cx, &(struct sql_duty_scope_clear){.person = person}));
    for (size_t i = 0; i < rows.n; i++) {
        bool admin = HAS(duty_post(rows.at[i].post)) & ADMIN_POSTS;
        struct sql_duty_scope_add row = {.person = person,
            .post = rows.at[i].post,
            .place = rows.at[i].place,
            .lo = admin ? 1 : rows.at[i].lo,
            .hi = admin ? 0 : rows.at[i].hi};
        TRY(sql_duty_scope_add(cx, &row));
    }
    return OK;
}

static Err operator_step(Cx *cx, void *arg)
{
    (void)arg;
    return sql_duty_scope_add(cx, &(struct sql_duty_scope_add){.person = OPERATOR,
                                      .lo = cx->town_id * 1000000,
                                      .hi = cx->town_id * 1000000 + 999999,
                                      .post = S("commander")});
}

Err duty_operator(Cx *cx)
{
    cx->me.person = OPERATOR;
    return db_transaction(cx, operator_step, NULL);
}

/* --- appointing --- */

struct appointing {
    struct appointment_new in;
    struct unit unit;
    Str to_on; /* never empty */
    Str state;
    int64_t id, asked_by, decided_by;
};

bool duty_overlap(Str a_from, Str a_to, Str b_from, Str b_to)
{
    /* days compare as text */
    return memcmp(a_from.at, b_to.at, 10) <= 0 && memcmp(b_from.at, a_to.at, 10) <= 0;
}

static Err check_days(Cx *cx, struct appointing *a)
{
    int64_t from, to;

    if (!day_parse(a->in.from_on, &from))
        return fail(cx, ERR_INVALID, "from_on", T("请填写任职起始日期，如 2026-06-01"));
    a->to_on = a->in.to_on.set && a->in.to_on.v.len ? a->in.to_on.v : OPEN_END;
    if (!day_parse(a->to_on, &to))
        return fail(cx, ERR_INVALID, "to_on", T("请填写任职截止日期，如 2026-12-31"));
    if (to < from)
        return fail(cx, ERR_INVALID, "to_on", T("截止日期早于起始日期"));
    if (str_eq(a->in.kind, S("relief")) && to - from + 1 > RELIEF_DAYS)
        return fail(cx, ERR_INVALID, "to_on", T("顶岗最多 30 天，请填写截止日期"));
    return OK;
}

static Err check_where(Cx *cx, struct appointing *a)
{
    struct place place;
    bool village, grid;

    if (a->in.place) {
        if (town_place(cx, a->in.place, &place) != OK)
            return fail(cx, ERR_INVALID, "place", T("没有这个地点"));
        if (a->in.unit == 0)
            a->in.unit = place.unit;
        if (place.unit != a->in.unit)
            return fail(cx, ERR_INVALID, "place", T("这个地点不在所选单元"));
        if (!posts[a->in.post].over_place)
            return fail(cx, ERR_INVALID, "place", T("这个岗位不按地点任职"));
    }
    if (a->in.unit == 0)
        a->in.unit = duty_town(cx);
    if (town_of(a->in.unit) != cx->town_id || town_unit(cx, a->in.unit, &a->unit) != OK)
        return fail(cx, ERR_INVALID, "unit", T("没有这个单元，请从列表中选择"));
    if (a->in.place)
        return OK;

    village = a->unit.kind == UNIT_VILLAGE || a->unit.kind == UNIT_COMMUNITY;
    grid = a->unit.kind == UNIT_GRID;
    switch (where[a->in.post]) {
    case TOWN:
        if (village || grid)
            return fail(cx, ERR_INVALID, "unit", T("这个岗位在全镇任职，请选择本镇"));
        break;
    case VILLAGE:
        if (!village)
            return fail(cx, ERR_INVALID, "unit", T("这个岗位在村或社区任职，请选择村或社区"));
        break;
    case GRID:
        if (!grid)
            return fail(cx, ERR_INVALID, "unit", T("这个岗位在网格任职，请选择网格"));
        break;
    case BELOW:
        if (!village && !grid)
            return fail(cx, ERR_INVALID, "unit", T("这个岗位在村、社区或网格任职"));
        break;
    case ANY: break;
    }
    return OK;
}

/* Nobody holds two of the three admin posts, nor business beside one (SOD-1). */
static Err check_admin(Cx *cx, const struct appointing *a)
{
    struct sql_duty_of_person in = {
        .person = a->in.person, .state = S("granted"), .limit = MANY_TERMS};
    struct sql_duty_of_person_rows rows;
    bool admin = HAS(a->in.post) & ADMIN_POSTS;

    TRY(sql_duty_of_person(cx, &in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        enum post has = duty_post(rows.at[i].post);
        if (has == a->in.post
            || !duty_overlap(rows.at[i].from_on, rows.at[i].to_on, a->in.from_on, a->to_on))
            continue;
        if (admin || (HAS(has) & ADMIN_POSTS))
            return fail(cx, ERR_CONFLICT, "post",
                T("系统、安全、审计管理员由不同的人担任，且不兼任其他岗位"));
    }
    return OK;
}

/* Whether the person is away on all days the two terms share is more than anyone registers: one
 * common day is enough for a stand-in to be named. */
static Err is_away(Cx *cx, int64_t person, const struct appointing *a, bool *away)
{
    struct sql_duty_aways_rows rows;

    *away = false;
    TRY(sql_duty_aways(cx,
        &(struct sql_duty_aways){.person = person, .today = a->in.from_on, .limit = 100}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        *away |= duty_overlap(rows.at[i].from_on, rows.at[i].to_on, a->in.from_on, a->to_on);
    return OK;
}

/* One formal holder of a single post at a time; acting beside a formal holder only if that one is
 * away (domain §1). */
static Err check_seat(Cx *cx, const struct appointing *a)
{
    struct sql_duty_same_seat in = {.post = str(posts[a->in.post].code),
        .unit = a->in.unit,
        .place = a->in.place,
        .limit = MANY_TERMS};
    struct sql_duty_same_seat_rows rows;
    bool formal = str_eq(a->in.kind, S("formal"));
    bool single = posts[a->in.post].single
                  || (a->in.post == POST_CADRE && (a->unit.kind == UNIT_GRID || a->in.place));

    TRY(sql_duty_same_seat(cx, &in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool away, other_formal = str_eq(rows.at[i].kind, S("formal"));
        if (rows.at[i].id == a->in.replaces
            || !duty_overlap(rows.at[i].from_on, rows.at[i].to_on, a->in.from_on, a->to_on))
            continue;
        if (rows.at[i].person == a->in.person && str_eq(rows.at[i].kind, a->in.kind))
            return fail(cx, ERR_CONFLICT, "person", T("此人在这段时间已任此岗位"));
        if (!single || (formal && !other_formal))
            continue;
        if (formal)
            return fail(cx, ERR_CONFLICT, "post", T("这个岗位在这段时间已有正式任职的人"));
        if (!other_formal)
            return fail(cx, ERR_CONFLICT, "post", T("这个岗位在这段时间已有代理或顶岗的人"));
        TRY(is_away(cx, rows.at[i].person, a, &away));
        if (!away)
            return fail(cx, ERR_CONFLICT, "kind", T("正式任职的人在岗；请先登记离岗，再安排代理"));
    }
    return OK;
}

/* What is replaced: the same seat, and a term that runs on to the day before. */
static Err check_replaced(Cx *cx, const struct appointing *a, struct sql_duty_find_row *old)
{
    Err e = sql_duty_find(cx, &(struct sql_duty_find){.id = a->in.replaces}, old);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "replaces", T("没有这项任职"));
    TRY(e);
    if (duty_post(old->post) != a->in.post || old->unit != a->in.unit || old->place != a->in.place
        || old->person == a->in.person)
        return fail(cx, ERR_INVALID, "replaces", T("交接的两项任职须为同一岗位、不同的人"));
    if (memcmp(old->from_on.at, a->in.from_on.at, 10) >= 0)
        return fail(cx, ERR_INVALID, "from_on", T("接任日期须晚于前任的起始日期"));
    return OK;
}

static Err check(Cx *cx, struct appointing *a, struct sql_duty_find_row *old)
{
    struct person who;

    if (a->in.post <= POST_NONE || a->in.post >= N_POSTS)
        return fail(cx, ERR_INVALID, "post", T("请选择岗位"));
    if (!str_eq(a->in.kind, S("formal")) && !str_eq(a->in.kind, S("acting"))
        && !str_eq(a->in.kind, S("relief")))
        return fail(cx, ERR_INVALID, "kind", T("任职方式请选正式、代理或顶岗"));
    if (a->in.paper_no.set && str_n_chars(a->in.paper_no.v) > 40)
        return fail(cx, ERR_INVALID, "paper_no", T("任命文号最多 40 字"));
    Err e = people_find(cx, a->in.person, &who);
    if (e == ERR_NOT_FOUND || (e == OK && who.disabled))
        return fail(cx, ERR_INVALID, "person", T("没有这个人，或账号已停用"));
    TRY(e);
    TRY(check_days(cx, a));
    TRY(check_where(cx, a));
    TRY(check_admin(cx, a));
    if (a->in.replaces)
        TRY(check_replaced(cx, a, old));
    return check_seat(cx, a);
}

/* What a grant does: the old term ends, scope follows, a hand-over begins. */
static Err take_effect(Cx *cx, const struct appointing *a, const struct sql_duty_find_row *old)
{
    Str today = duty_today(cx);

    if (a->in.replaces) {
        Str last = duty_day_plus(cx, a->in.from_on, -1);
        if (memcmp(old->to_on.at, last.at, 10) > 0)
            TRY(sql_duty_end(
                cx, &(struct sql_duty_end){.id = old->id, .to_on = last, .version = old->version}));
    }
    if (memcmp(a->in.from_on.at, today.at, 10) <= 0 && memcmp(a->to_on.at, today.at, 10) >= 0)
        TRY(duty_begun(cx, a->id, a->in.person));
    if (!a->in.replaces)
        return OK;
    TRY(duty_handover_make(cx, a->id, a->in.replaces));
    /* after the hand-over stands: whoever has it to confirm keeps the account for that */
    return memcmp(a->in.from_on.at, today.at, 10) <= 0 ? duty_over(cx, old->id, old->person)
                                                       : duty_scope_refresh(cx, old->person);
}

static Err appoint_step(Cx *cx, void *arg)
{
    struct appointing *a = arg;
    struct sql_duty_find_row old = {0};

    TRY(check(cx, a, &old));
    a->id = new_id(cx);
    struct sql_duty_insert row = {
        .id = a->id,
        .person = a->in.person,
        .post = str(posts[a->in.post].code),
        .unit = a->in.unit,
        .place = a->in.place,
        .lo = a->unit.lo,
        .hi = a->unit.hi,
        .kind = a->in.kind,
        .from_on = a->in.from_on,
        .to_on = a->to_on,
        .paper_no = a->in.paper_no.v,
        .state = a->state,
        .replaces = a->in.replaces,
        .asked_by = a->asked_by,
        .decided_by = a->decided_by,
    };
    TRY(sql_duty_insert(cx, &row));
    bool granted = str_eq(a->state, S("granted"));
    TRY(event_add(cx, &(struct event){.verb = granted ? "appoint" : "appoint_ask",
                          .unit = a->in.unit,
                          .object = a->id,
                          .to = a->state,
                          .said = row.post}));
    return granted ? take_effect(cx, a, &old) : OK;
}

Err duty_appoint(Cx *cx, const struct appointment_new *in, int64_t *id)
{
    struct appointing a = {.in = *in, .state = S("granted"), .decided_by = cx->me.person};

    TRY(db_transaction(cx, appoint_step, &a));
    *id = a.id;
    return OK;
}

/* --- asked by one, granted by another (SOD-1) --- */

#define MAY_ASK (HAS(POST_SYSADMIN) | HAS(POST_SECADMIN) | OFFICE_POSTS | HAS(POST_COMMANDER))
#define MAY_GRANT                                                                                  \
    (HAS(POST_SYSADMIN) | HAS(POST_SECADMIN) | HAS(POST_OFFICE_HEAD) | HAS(POST_COMMANDER))

static Err my_posts(Cx *cx, int64_t person, uint32_t may, uint32_t *has)
{
    TRY(duty_posts(cx, person, has));
    return *has & may ? OK : fail(cx, ERR_FORBIDDEN, NULL, T("任职由办公室、系统或安全管理员办理"));
}

/* A form that is sent twice asks once. */
static Err ask_step(Cx *cx, void *arg)
{
    struct appointing *a = arg;
    unsigned char sum[SUM_BYTES];
    Sum s;

    sum_begin(&s);
    sum_i64(&s, a->in.person);
    sum_i64(&s, a->in.unit);
    sum_i64(&s, (int64_t)a->in.post);
    sum_str(&s, a->in.from_on);
    sum_end(&s, sum);
    Err e = submit_seen(cx, a->in.key, sum, &a->id);
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(appoint_step(cx, a));
    return a->in.key.len ? submit_keep(cx, a->in.key, sum, a->id) : OK;
}

Err duty_ask(Cx *cx, const struct appointment_new *in, int64_t *id)
{
    struct appointing a = {.in = *in, .state = S("asked"), .asked_by = cx->me.person};
    uint32_t has;

    TRY(my_posts(cx, cx->me.person, MAY_ASK, &has));
    if (in->person == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, "person", T("不能给自己任职"));
    TRY(db_transaction(cx, ask_step, &a));
    *id = a.id;
    return OK;
}

static Err find_asked(Cx *cx, int64_t id, struct sql_duty_find_row *row)
{
    uint32_t mine, theirs;

    TRY(my_posts(cx, cx->me.person, MAY_GRANT, &mine));
    TRY(sql_duty_find(cx, &(struct sql_duty_find){.id = id}, row));
    if (!str_eq(row->state, S("asked")))
        return fail(cx, ERR_CONFLICT, NULL, T("这项任职已经办过"));
    if (row->asked_by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("提出的人不能自己批准，须由第二人办理"));
    if (row->person == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("不能批准自己的任职"));
    TRY(duty_posts(cx, row->asked_by, &theirs));
    if (!((mine | theirs) & HAS(POST_SECADMIN)))
        return fail(cx, ERR_FORBIDDEN, NULL, T("提出和批准的两人中须有一人是安全管理员"));
    return OK;
}

static Err grant_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;
    struct sql_duty_find_row row, old = {0};

    TRY(find_asked(cx, id, &row));
    struct appointing a = {
        .in = {.person = row.person,
               .unit = row.unit,
               .place = row.place,
               .post = duty_post(row.post),
               .kind = row.kind,
               .from_on = row.from_on,
               .to_on = some_str(row.to_on),
               .replaces = row.replaces},
        .id = id
    };
    TRY(check(cx, &a, &old)); /* the seat may have been filled meanwhile */
    TRY(sql_duty_decide(cx,
        &(struct sql_duty_decide){.id = id, .state = S("granted"), .decided_by = cx->me.person}));
    TRY(event_add(cx, &(struct event){.verb = "appoint",
                          .unit = row.unit,
                          .object = id,
                          .from = S("asked"),
                          .to = S("granted"),
                          .said = row.post}));
    return take_effect(cx, &a, &old);
}

Err duty_grant(Cx *cx, int64_t id)
{
    return db_transaction(cx, grant_step, &id);
}

static Err refuse_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;
    struct sql_duty_find_row row;

    TRY(find_asked(cx, id, &row));
    TRY(sql_duty_decide(cx,
        &(struct sql_duty_decide){.id = id, .state = S("refused"), .decided_by = cx->me.person}));
    return event_add(cx, &(struct event){.verb = "appoint_refuse",
                             .unit = row.unit,
                             .object = id,
                             .from = S("asked"),
                             .to = S("refused")});
}

Err duty_refuse(Cx *cx, int64_t id)
{
    return db_transaction(cx, refuse_step, &id);
}
