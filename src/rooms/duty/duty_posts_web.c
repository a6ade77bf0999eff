/* duty_posts_web.c — 各岗位能做什么: made from the tables that hold it, the routes and the
 * machines. */
#include "base/fields.h"
#include "base/steps.h"
#include "gen/tmpl.h"
#include "rooms.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_web.h"

static Str states_text(Cx *cx, const struct machine *m, uint32_t set)
{
    const char *text = "";

    for (int i = 0; i < 32 && m->states[i].code; i++)
        if (set & IN(i))
            text = arena_printf(&cx->mem, "%s%s%s", text, *text ? " · " : "",
                text_in(cx->lang, m->states[i].label));
    return str(text);
}

static struct may_machine machine_of(Cx *cx, const struct machine *m, enum post post)
{
    struct may_machine out = {.label = m->label};
    size_t n = 0;

    for (const struct step *s = m->steps; s->verb; s++)
        n++;
    struct may_step *at = NEW_ARRAY(&cx->mem, n + 1, struct may_step);
    for (const struct step *s = m->steps; s->verb; s++)
        if (s->who & HAS(post))
            at[out.steps.n++] = (struct may_step){.label = s->label,
                .from = states_text(cx, m, s->from),
                .to = s->to == SAME ? (Str){0} : say(cx, m->states[s->to].label),
                .itself = s->to == SAME};
    out.steps.at = at;
    return out;
}

static struct may_room room_of(Cx *cx, const struct room *r, enum post post)
{
    struct may_room out = {.name = r->name};
    size_t n = 0;

    for (const struct route *p = r->routes; p && p->path; p++)
        n++;
    struct may_route *at = NEW_ARRAY(&cx->mem, n + 1, struct may_route);
    for (const struct route *p = r->routes; p && p->path; p++)
        if (p->who & (ANYONE | HAS(post)))
            at[out.routes.n++] = (struct may_route){p->method == POST ? "POST" : "GET", p->path};
    out.routes.at = at;
    if (r->menu && r->menu->path)
        out.label = r->menu->label;
    return out;
}

Err duty_posts_get(Cx *cx, const Req *req, Resp *resp)
{
    struct may_view v = {0};
    enum post post = duty_post(query_text(req, "post"));
    size_t n_rooms = 0, n_machines = 0;

    if (post == POST_NONE) /* one's own first */
        post = cx->me.posts & ~UINT32_C(1) ? (enum post)__builtin_ctz(cx->me.posts & ~UINT32_C(1))
                                           : POST_SECRETARY;
    for (const struct room *const *r = rooms; *r; r++, n_rooms++)
        for (const struct machine *const *m = (*r)->machines; m && *m; m++)
            n_machines++;
    struct may_room *at = NEW_ARRAY(&cx->mem, n_rooms + 1, struct may_room);
    struct may_machine *machines = NEW_ARRAY(&cx->mem, n_machines + 1, struct may_machine);
    for (const struct room *const *r = rooms; *r; r++) {
        for (const struct machine *const *m = (*r)->machines; m && *m; m++)
            machines[v.machines.n++] = machine_of(cx, *m, post);
        at[v.rooms.n] = room_of(cx, *r, post);
        v.rooms.n += at[v.rooms.n].routes.n > 0;
    }
    struct pick *p = NEW_ARRAY(&cx->mem, N_POSTS, struct pick);
    for (int i = POST_NONE + 1; i < N_POSTS; i++)
        p[v.posts.n++] =
            (struct pick){.code = posts[i].code, .label = posts[i].label, .chosen = i == (int)post};
    v.posts.at = p;
    v.post = posts[post].label;
    v.code = posts[post].code;
    v.machines.at = machines;
    v.rooms.at = at;
    v.shell = shell_of(cx, req, "account");
    page_posts(resp_page(cx, req, resp), &v);
    return OK;
}
