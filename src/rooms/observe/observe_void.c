/* observe_void.c — 作废: a walk entered from paper by mistake counts no more.  One asks with the
 * reason, another decides (domain: §1, Separation of duties); its rows stay to be read, its name is
 * free, and the same table may come again. */
#include "base/utf8.h"
#include "gen/sql_observe.h"
#include "rooms/duty/post.h"
#include "rooms/observe/observe.h"
#include "store/db.h"
#include "store/log.h"
#include "store/submit.h"

enum { REASON_MAX = 200, NAMES_TRIED = 100 };

struct voiding {
    int64_t round;
    Str reason;
    bool grant;
};

static Err logged(Cx *cx, int64_t round, const char *verb, Str to, Str said)
{
    return event_add(cx,
        &(struct event){
            .verb = verb, .unit = cx->town_id * 1000000, .object = round, .to = to, .said = said});
}

static Err ask_step(Cx *cx, void *arg)
{
    const struct voiding *v = arg;
    struct observe_round r;
    if (!(cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("作废由领导小组办公室提出"));
    TRY(observe_round_get(cx, v->round, &r));
    if (!r.paper)
        return fail(cx, ERR_CONFLICT, "state", T("手机上打分的一轮不能作废：各人的表各人改"));
    if (!v->reason.len || text_wrong(v->reason, false).zh || str_n_chars(v->reason) > REASON_MAX)
        return fail(cx, ERR_INVALID, "why", T("请写明为什么作废，最多 200 个字"));
    Err e = sql_observe_void_ask(
        cx, &(struct sql_observe_void_ask){.id = v->round, .reason = some_str(v->reason)});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("这一轮已经有人提出作废，或者已经作废"));
    TRY(e);
    return logged(cx, v->round, "observe_void_ask", (Str){0}, v->reason);
}

Err observe_void_ask(Cx *cx, int64_t round, Str reason)
{
    struct voiding v = {.round = round, .reason = str_trim(reason)};
    return db_transaction(cx, ask_step, &v);
}

/* A name nobody has, so that the right table may come under the old one. */
static Err name_left(Cx *cx, Str name, Str *to)
{
    struct sql_observe_round_named_row same;
    for (int n = 1; n <= NAMES_TRIED; n++) {
        Str word = say_n(cx, n == 1 ? T("（作废）") : T("（作废 {n}）"), n);
        *to =
            str(arena_printf(&cx->mem, "%.*s%.*s", (int)name.len, name.at, (int)word.len, word.at));
        Err e = sql_observe_round_named(cx, &(struct sql_observe_round_named){.name = *to}, &same);
        if (e != OK)
            return e == ERR_NOT_FOUND ? OK : e;
    }
    return fail_log(cx, ERR_INTERNAL, "no free name for a void walk in %d tries", NAMES_TRIED);
}

static Err decide_step(Cx *cx, void *arg)
{
    const struct voiding *v = arg;
    struct observe_round r;
    Str name;
    if (!(cx->me.posts & (OFFICE_POSTS | HAS(POST_COMMANDER))))
        return fail(cx, ERR_FORBIDDEN, NULL, T("由办公室的另一位同志或者总指挥来定"));
    TRY(observe_round_get(cx, v->round, &r));
    if (r.void_by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("谁提出作废，就要另一个人来定"));
    TRY(name_left(cx, r.name, &name));
    Err e = v->grant ? sql_observe_void_grant(
                cx, &(struct sql_observe_void_grant){.id = v->round, .name = name})
                     : sql_observe_void_refuse(cx, &(struct sql_observe_void_refuse){v->round});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("没有等着定的作废，请刷新看看"));
    TRY(e);
    if (v->grant)
        TRY(submit_forget(cx, v->round));
    return logged(cx, v->round, v->grant ? "observe_void_grant" : "observe_void_refuse",
        v->grant ? S("voided") : (Str){0}, r.void_reason);
}

Err observe_void_decide(Cx *cx, int64_t round, bool grant)
{
    struct voiding v = {.round = round, .grant = grant};
    return db_transaction(cx, decide_step, &v);
}
