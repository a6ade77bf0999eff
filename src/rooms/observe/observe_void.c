/* observe_void.c — 作废: a walk entered from paper by mistake counts no more (rooms/duty/void.h).
 */
#include "gen/sql_observe.h"
#include "rooms/duty/void.h"
#include "rooms/observe/observe.h"

static Err standing(Cx *cx, int64_t id, struct void_standing *to)
{
    struct observe_round r;
    TRY(observe_round_get(cx, id, &r));
    *to = (struct void_standing){r.name, r.void_reason, r.void_by, r.voided_by};
    return OK;
}

static Err may(Cx *cx, int64_t id)
{
    struct observe_round r;
    TRY(observe_round_get(cx, id, &r));
    return r.paper ? OK
                   : fail(cx, ERR_CONFLICT, "state", T("手机上打分的一轮不能作废：各人的表各人改"));
}

static Err name_taken(Cx *cx, Str name)
{
    struct sql_observe_round_named_row same;
    return sql_observe_round_named(cx, &(struct sql_observe_round_named){.name = name}, &same);
}

static Err asked(Cx *cx, int64_t id, Str reason)
{
    return sql_observe_void_ask(
        cx, &(struct sql_observe_void_ask){.id = id, .reason = some_str(reason)});
}

static Err granted(Cx *cx, int64_t id, Str name)
{
    return sql_observe_void_grant(cx, &(struct sql_observe_void_grant){.id = id, .name = name});
}

static Err refused(Cx *cx, int64_t id)
{
    return sql_observe_void_refuse(cx, &(struct sql_observe_void_refuse){id});
}

static const struct void_rule rule = {"observe_void_ask", "observe_void_grant",
    "observe_void_refuse", standing, may, name_taken, asked, granted, refused};

Err observe_void_ask(Cx *cx, int64_t round, Str reason)
{
    return void_ask(cx, &rule, round, reason);
}

Err observe_void_decide(Cx *cx, int64_t round, bool grant)
{
    return void_decide(cx, &rule, round, grant);
}
