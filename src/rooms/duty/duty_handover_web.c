/* duty_handover_web.c — 交接: the lists and the three confirmations. */
#include "base/utf8.h"
#include "gen/sql.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_web.h"
#include "rooms/people/people.h"

enum { SHOWN = 200 };

Err duty_handovers_get(Cx *cx, const Req *req, Resp *resp)
{
    struct handovers_view v = {0};
    struct sql_duty_handovers_rows rows;

    TRY(sql_duty_handovers(cx, &(struct sql_duty_handovers){.limit = SHOWN}, &rows));
    struct handover_line_view *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_line_view);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_line_view){.id = rows.at[i].id,
            .post = posts[duty_post(rows.at[i].post)].label,
            .where = duty_where(cx, rows.at[i].unit, rows.at[i].place),
            .from = people_name(cx, rows.at[i].from_person),
            .to = people_name(cx, rows.at[i].to_person),
            .from_on = rows.at[i].from_on,
            .moved = str_eq(rows.at[i].state, S("moved")),
            .old_ok = rows.at[i].old_at.set,
            .new_ok = rows.at[i].new_at.set,
            .witness_ok = rows.at[i].witness_at.set};
    v.list.at = at;
    v.list.n = rows.n;
    v.shell = shell_of(cx, req, "handover");
    page_handovers(resp_page(cx, req, resp), &v);
    return OK;
}

/* What is open is the business of the two, who witnesses, and the office. */
static Err may_look(Cx *cx, const struct sql_duty_handover_find_row *h, bool *witness)
{
    TRY(duty_handover_witness(cx, h->unit, duty_post(h->post), witness));
    if (cx->me.person == h->from_person || cx->me.person == h->to_person || *witness
        || (cx->me.posts & (OFFICE_POSTS | HAS(POST_COMMANDER))))
        return OK;
    return fail(cx, ERR_FORBIDDEN, NULL, T("交接由原任、接任和上一级监交人确认"));
}

static Err items(Cx *cx, int64_t id, struct handover_view *v)
{
    struct sql_duty_items_rows rows;

    TRY(sql_duty_items(cx, &(struct sql_duty_items){.handover = id, .limit = SHOWN}, &rows));
    struct handover_item *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_item);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_item){rows.at[i].what, rows.at[i].body};
    v->items.at = at;
    v->items.n = rows.n;
    return OK;
}

Err duty_handover_get(Cx *cx, const Req *req, Resp *resp)
{
    struct handover_view v = {0};
    struct sql_duty_handover_find_row h;
    int64_t id = path_i64(req, "id"), me = cx->me.person;
    bool witness;

    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = id}, &h));
    TRY(may_look(cx, &h, &witness));
    v.line = (struct handover_line_view){.id = id,
        .post = posts[duty_post(h.post)].label,
        .where = duty_where(cx, h.unit, h.place),
        .from = people_name(cx, h.from_person),
        .to = people_name(cx, h.to_person),
        .from_on = h.from_on,
        .moved = str_eq(h.state, S("moved"))};
    v.n_moved = h.n_moved;
    v.old_at = h.old_at.v;
    v.new_at = h.new_at.v;
    v.witness_at = h.witness_at.v;
    v.witness = h.witness.set ? people_name(cx, h.witness.v) : (Str){0};
    v.may_confirm = (me == h.from_person && !h.old_at.set) || (me == h.to_person && !h.new_at.set)
                    || (witness && me != h.from_person && me != h.to_person && !h.witness_at.set);
    v.may_add = me == h.from_person;
    v.key = new_key(cx);
    if (!v.line.moved)
        TRY(duty_handover_lines(cx, h.from_person, h.unit, duty_post(h.post), &v.work));
    TRY(items(cx, id, &v));
    v.shell = shell_of(cx, req, "handover");
    page_handover(resp_page(cx, req, resp), &v);
    return OK;
}

Err duty_handover_confirm_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");

    TRY(duty_handover_confirm(cx, id));
    return redirect(cx, resp, "/handover/%lld", (long long)id);
}

Err duty_handover_item_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");

    TRY(duty_handover_item(cx, id, form_text(req, "what"), form_text(req, "body")));
    return redirect(cx, resp, "/handover/%lld", (long long)id);
}
