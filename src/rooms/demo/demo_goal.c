/* demo_goal.c — the deeds with goals and promises, done through the rules as who did them; days of
 * tables that are counted from today. */
#include "base/fields.h"
#include "base/html.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/goal/goal.h"
#include "rooms/promise/promise.h"
#include "rooms/town/town.h"

static bool begins(Str s, const char *with)
{
    size_t n = strlen(with);
    return s.len >= n && !memcmp(s.at, with, n);
}

static int64_t digits(Str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        n = n * 10 + (s.at[i] - '0');
    return n;
}

Str demo_days(Cx *cx, Str csv)
{
    Out out = {.mem = &cx->mem};
    size_t from = 0;
    for (size_t i = 0; i + 2 < csv.len; i++) {
        if (csv.at[i] != '@' || (csv.at[i + 1] != '+' && csv.at[i + 1] != '-'))
            continue;
        int64_t n = digits((Str){csv.at + i + 2, csv.len - i - 2});
        Str day = day_text(cx, day_of(cx->now) + (csv.at[i + 1] == '+' ? n : -n));
        out_raw(&out, csv.at + from, i - from);
        out_raw(&out, day.at, day.len);
        for (i += 2; i < csv.len && csv.at[i] >= '0' && csv.at[i] <= '9';)
            i++;
        from = i--;
    }
    out_raw(&out, csv.at + from, csv.len - from);
    return (Str){out.at, out.len};
}

bool demo_goal_is(const struct deed *d)
{
    return begins(d->verb, "goal_") || begins(d->verb, "promise_");
}

static Err hundredths(Cx *cx, Str typed, OptI64 *to)
{
    static const struct field number = {.type = FIELD_DECIMAL,
        .keeps = KEEPS_I64 | KEEPS_OPT,
        .scale = 2,
        .max = INT64_C(10000000000)};
    struct value v;
    Str why;
    if (!field_read(cx, &number, typed, 0, &v, &why))
        return fail_say(cx, ERR_INVALID, "deeds", why);
    *to = (OptI64){v.i, v.set};
    return OK;
}

static OptStr text(Str fields, const char *key)
{
    Str s = demo_field(fields, key);
    return s.len ? some_str(s) : (OptStr){0};
}

static Err target_of(Cx *cx, const struct deed *d, const Target **to)
{
    Str indicator = demo_field(d->fields, "indicator");
    struct goal_village v;
    TRY(goal_village(cx, digits(demo_field(d->fields, "unit")), &v));
    for (const Target *t = v.at; t < v.at + v.n; t++)
        if (str_eq(t->indicator, indicator)) {
            *to = t;
            return OK;
        }
    return fail_log(cx, ERR_INVALID, "no goal %.*s", (int)indicator.len, indicator.at);
}

static Err goal_deed(Cx *cx, const struct deed *d, const struct demo_cast *cast)
{
    const Target *t;
    OptI64 value = {0};
    int64_t id;
    if (str_eq(d->verb, S("goal_measure"))) /* the clock's work, at that hour */
        return goal_measure_job(cx);
    TRY(target_of(cx, d, &t));
    if (str_eq(d->verb, S("goal_verify"))) {
        TRY(goal_unseen(cx, t->id, &id));
        return goal_verify(cx, id);
    }
    TRY(hundredths(cx, demo_field(d->fields, "value"), &value));
    struct goal_reading in = {.target = t->id,
        .value = value.v,
        .day = town_today(cx),
        .said = text(d->fields, "text"),
        .photo = demo_hashes(cx, cast, demo_field(d->fields, "photo"))};
    return goal_progress(cx, &in, &id);
}

static Err promise_deed(Cx *cx, const struct deed *d, const struct demo_cast *cast)
{
    Str f = d->fields, due = demo_field(f, "due_days");
    Str verb = {d->verb.at + 8, d->verb.len - 8};
    struct promise_fields in = {.text = text(f, "text"),
        .words = text(f, "words"),
        .evidence = demo_hashes(cx, cast, demo_field(f, "photo"))};
    int64_t id;
    TRY(hundredths(cx, demo_field(f, "goal"), &in.goal));
    TRY(hundredths(cx, demo_field(f, "result"), &in.result));
    if (due.len)
        in.due_on = some_str(day_text(cx, cast->today + digits(due)));
    TRY(promise_named(cx, digits(demo_field(f, "unit")), demo_field(f, "promise"), &id));
    return promise_act(cx, id, verb, &in);
}

Err demo_goal_do(Cx *cx, const struct deed *d, const struct demo_cast *cast)
{
    return begins(d->verb, "goal_") ? goal_deed(cx, d, cast) : promise_deed(cx, d, cast);
}
