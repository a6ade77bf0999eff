/* void.c — 作废: asked by one, decided by another; the same for every round that can be a mistake.
 */
#include "rooms/duty/void.h"

#include "base/utf8.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "store/db.h"
#include "store/log.h"
#include "store/submit.h"

enum { REASON_MAX = 200, NAMES_TRIED = 100 };
#define DECIDERS (OFFICE_POSTS | HAS(POST_COMMANDER))

struct voiding {
    const struct void_rule *rule;
    int64_t id;
    Str reason;
    bool grant;
};

static Err logged(Cx *cx, int64_t id, const char *verb, Str to, Str said)
{
    return event_add(
        cx, &(struct event){
                .verb = verb, .unit = cx->town_id * 1000000, .object = id, .to = to, .said = said});
}

static Err ask_step(Cx *cx, void *arg)
{
    const struct voiding *v = arg;
    struct void_standing s;
    if (!(cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("作废由领导小组办公室提出"));
    TRY(v->rule->standing(cx, v->id, &s));
    if (v->rule->may)
        TRY(v->rule->may(cx, v->id));
    if (!v->reason.len || text_wrong(v->reason, false).zh || str_n_chars(v->reason) > REASON_MAX)
        return fail(cx, ERR_INVALID, "why", T("请写明为什么作废，最多 200 个字"));
    Err e = v->rule->asked(cx, v->id, v->reason);
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("这一轮已经有人提出作废，或者已经作废"));
    TRY(e);
    return logged(cx, v->id, v->rule->ask, (Str){0}, v->reason);
}

Err void_ask(Cx *cx, const struct void_rule *rule, int64_t id, Str reason)
{
    struct voiding v = {.rule = rule, .id = id, .reason = str_trim(reason)};
    return db_transaction(cx, ask_step, &v);
}

/* A name nobody has, so that the right table may come under the old one. */
static Err name_left(Cx *cx, const struct void_rule *rule, Str name, Str *to)
{
    for (int n = 1; n <= NAMES_TRIED; n++) {
        Lang reader = cx->lang;
        cx->lang = LANG_ZH; /* what is kept has one language */
        Str word = say_n(cx, n == 1 ? T("（作废）") : T("（作废 {n}）"), n);
        cx->lang = reader;
        *to = joined_of(cx, name, (Str){0}, word);
        Err e = rule->name_taken(cx, *to);
        if (e != OK)
            return e == ERR_NOT_FOUND ? OK : e;
    }
    return fail_log(cx, ERR_INTERNAL, "no free name for what is void in %d tries", NAMES_TRIED);
}

static Err decide_step(Cx *cx, void *arg)
{
    const struct voiding *v = arg;
    struct void_standing s;
    Str name;
    if (!(cx->me.posts & DECIDERS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("由办公室的另一位同志或者总指挥来定"));
    TRY(v->rule->standing(cx, v->id, &s));
    if (s.by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("谁提出作废，就要另一个人来定"));
    TRY(name_left(cx, v->rule, s.name, &name));
    Err e = v->grant ? v->rule->granted(cx, v->id, name) : v->rule->refused(cx, v->id);
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("没有等着定的作废，请刷新看看"));
    TRY(e);
    if (v->grant)
        TRY(submit_forget(cx, v->id));
    return logged(cx, v->id, v->grant ? v->rule->grant : v->rule->refuse,
        v->grant ? S("voided") : (Str){0}, s.reason);
}

Err void_decide(Cx *cx, const struct void_rule *rule, int64_t id, bool grant)
{
    struct voiding v = {.rule = rule, .id = id, .grant = grant};
    return db_transaction(cx, decide_step, &v);
}

struct void_view void_view_of(
    Cx *cx, bool survey, int64_t id, const struct void_standing *s, bool may_be_void)
{
    bool asked = s->by != 0, decided = s->voided_by != 0;
    return (struct void_view){.survey = survey,
        .id = id,
        .reason = s->reason,
        .by = asked ? people_name(cx, s->by) : (Str){0},
        .voided_by = decided ? people_name(cx, s->voided_by) : (Str){0},
        .may_ask = may_be_void && !asked && !decided && cx->me.posts & OFFICE_POSTS,
        .may_decide =
            asked && !decided && s->by != cx->me.person && (cx->me.posts & DECIDERS) != 0};
}
