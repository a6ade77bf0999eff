/* task_web.c — /tasks: what was given to me, what I may close, one task. */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/meeting/meeting_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

Text task_label(Str state)
{
    return str_eq(state, S("open"))       ? TC("task", "在办")
           : str_eq(state, S("reported")) ? TC("task", "待核对")
                                          : TC("task", "已销号");
}

struct task_row task_shown(
    Cx *cx, int64_t id, Str text, int64_t owner, Str held_on, Str due_on, Str state)
{
    bool closed = str_eq(state, S("closed"));
    return (struct task_row){.id = id,
        .text = text,
        .owner = people_name(cx, owner),
        .held_on = held_on,
        .due_on = due_on,
        .key = new_key(cx),
        .label = task_label(state),
        .closed = closed,
        .n_late = task_days_late(cx, state, due_on)};
}

static struct task_rows_shown shown(Cx *cx, const struct task_rows *rows)
{
    struct task_row *at = NEW_ARRAY(&cx->mem, rows->n + 1, struct task_row);
    for (size_t i = 0; i < rows->n; i++)
        at[i] = task_shown(cx, rows->at[i].id, rows->at[i].text, rows->at[i].owner,
            rows->at[i].held_on, rows->at[i].due_on, rows->at[i].state);
    return (struct task_rows_shown){at, rows->n};
}

Err tasks_get(Cx *cx, const Req *req, Resp *resp)
{
    struct tasks_view v = {0};
    struct task_rows mine, close;
    TRY(task_mine(cx, &mine));
    TRY(task_to_close(cx, &close));
    v.mine = shown(cx, &mine);
    v.to_close = shown(cx, &close);
    v.shell = shell_of(cx, req, "tasks");
    page_tasks(resp_page(cx, req, resp), &v);
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    Task t;
    TRY(task_get(cx, path_i64(req, "id"), &t));
    bool mine = t.owner == cx->me.person, reported = str_eq(t.state, S("reported"));
    struct task_view v = {.t = &t,
        .owner = people_name(cx, t.owner),
        .closed_by = t.closed_by.set ? people_name(cx, t.closed_by.v) : (Str){0},
        .report = t.report.v,
        .say = wrong,
        .typed = form_text(req, "text"),
        .reported_at = t.reported_at.v,
        .closed_at = t.closed_at.v,
        .label = task_label(t.state),
        .n_late = task_days_late(cx, t.state, t.due_on),
        .may_report = mine && str_eq(t.state, S("open")),
        .may_close = !mine && reported && cx->me.posts & MEETING_MAKERS,
        .reported = t.reported_at.set,
        .closed = t.closed_at.set,
        .meeter = cx->me.posts & MEETERS};
    v.shell = shell_of(cx, req, "tasks");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_task(out, &v);
    return OK;
}

Err task_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

Err task_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    Str verb = path_text(req, "verb"), text = form_text(req, "text");
    Err e = str_eq(verb, S("report"))  ? task_report(cx, id, text)
            : str_eq(verb, S("close")) ? task_close(cx, id, true, text)
            : str_eq(verb, S("back"))  ? task_close(cx, id, false, text)
                                       : ERR_NOT_FOUND;
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return show(cx, req, resp, cx->why.say, e == ERR_INVALID ? 422 : 409);
    TRY(e);
    if (str_eq(form_text(req, "back"), S("morning")))
        return redirect(cx, resp, "/morning");
    return redirect(cx, resp, "/tasks/%" PRId64, id);
}
