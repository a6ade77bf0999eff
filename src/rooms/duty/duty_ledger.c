/* duty_ledger.c — 任职名单: appointments from a table. */
#include "base/ledger.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_room.h"
#include "rooms/people/people.h"

struct appointment_line {
    Str login, post, unit;
    OptStr place, kind;
    OptI64 from_days_ago;
    OptStr from_on, to_on, paper_no;
};

static const struct option kinds[] = {
    {"formal",     T("正式")},
    {"acting",            T("代理")},
    {"relief",T("顶岗")},
    {0    }
};

static const struct field fields[] = {
    FIELD_OF(struct appointment_line, login, TEXT, T("登录名"), .max = 40),
    FIELD_OF(struct appointment_line, post, TEXT, T("岗位"), .max = 40,
        .hint = T("代码或名称，如 secretary 或 书记")),
    FIELD_OF(struct appointment_line, unit, TEXT, T("任职单元"), .max = 40, .hint = T("15 位代码")),
    FIELD_OF(struct appointment_line, place, TEXT, T("任职地点"), .max = 80),
    FIELD_OF(struct appointment_line, kind, ENUM, T("任职方式"), .options = kinds),
    FIELD_OF(struct appointment_line, from_days_ago, INT, T("几天前起"), .min = 0, .max = 20000),
    FIELD_OF(struct appointment_line, from_on, DAY, T("起")),
    FIELD_OF(struct appointment_line, to_on, DAY, T("止")),
    FIELD_OF(struct appointment_line, paper_no, TEXT, T("任命文号"), .max = 40),
    {0},
};

static enum post post_typed(Str typed)
{
    enum post by_code = duty_post(typed);

    for (int p = POST_NONE + 1; by_code == POST_NONE && p < N_POSTS; p++)
        if (str_eq(typed, str(posts[p].label.zh)))
            return (enum post)p;
    return by_code;
}

static Err unit_typed(Cx *cx, Str typed, int64_t *code)
{
    *code = 0;
    for (size_t i = 0; i < typed.len && typed.len == 15; i++)
        *code = typed.at[i] >= '0' && typed.at[i] <= '9' ? *code * 10 + typed.at[i] - '0' : 0;
    return *code ? OK : fail(cx, ERR_INVALID, "unit", T("单元请填 15 位代码"));
}

/* The same term again (a file sent twice in another form) is no second appointment. */
static Err there_already(Cx *cx, const struct appointment_new *in, int64_t *id)
{
    struct appointments has;

    *id = 0;
    TRY(duty_of_person(cx, in->person, &has));
    for (size_t i = 0; i < has.n; i++) {
        const struct appointment *a = &has.at[i];
        if (a->post == in->post && a->unit == in->unit && a->place == in->place
            && str_eq(a->from_on, in->from_on) && str_eq(a->kind, in->kind))
            *id = a->id;
    }
    return OK;
}

static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct appointment_line *line = row;
    struct appointment_new in = {.post = post_typed(line->post),
        .kind = line->kind.set ? line->kind.v : S("formal"),
        .to_on = line->to_on,
        .paper_no = line->paper_no};
    struct place place;

    Err e = people_of_login(cx, line->login, &in.person);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "login", T("没有这个登录名"));
    TRY(e);
    TRY(unit_typed(cx, line->unit, &in.unit));
    if (line->from_on.set)
        in.from_on = line->from_on.v;
    else if (line->from_days_ago.set)
        in.from_on = day_text(cx, day_of(cx->now) - line->from_days_ago.v);
    else
        return fail(cx, ERR_INVALID, "from_on", T("请填写任职起始日期，如 2026-06-01"));
    if (line->place.set) {
        e = town_place_named(cx, in.unit, line->place.v, &place);
        if (e == ERR_NOT_FOUND)
            return fail(cx, ERR_INVALID, "place", T("没有这个地点"));
        TRY(e);
        in.place = place.id;
        in.unit = place.unit;
    }
    TRY(there_already(cx, &in, &to->object));
    to->same = to->object != 0;
    return to->same ? OK : duty_appoint(cx, &in, &to->object);
}

const struct ledger appointment_ledger = {LEDGER_LINES(struct appointment_line),
    .name = "appointment", .label = T("任职名单"), .about = T("谁从哪天起在哪里任什么岗位"),
    .load = 0, /* at the command line only: on pages a second person grants (SOD-1) */
    .fields = fields, .take = take};
