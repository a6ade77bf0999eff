/* duty_handover_web.c — 交接: the lists and the three confirmations. */
#include "gen/tmpl.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_web.h"
#include "rooms/people/people.h"

static struct handover_line_view line_of(Cx *cx, const struct handover *h)
{
    return (struct handover_line_view){.id = h->id,
        .post = posts[h->post].label,
        .where = duty_where(cx, h->unit, h->place),
        .from = people_name(cx, h->from_person),
        .to = people_name(cx, h->to_person),
        .from_on = h->from_on,
        .moved = h->moved,
        .old_ok = h->old_at.set,
        .new_ok = h->new_at.set,
        .witness_ok = h->witness_at.set};
}

/* What is open is the business of the two, who witnesses, and the office. */
static Err may_look(Cx *cx, const struct handover *h, bool *witness)
{
    TRY(duty_handover_witness(cx, h, witness));
    if (cx->me.person == h->from_person || cx->me.person == h->to_person || *witness
        || (cx->me.posts & (OFFICE_POSTS | HAS(POST_COMMANDER))))
        return OK;
    return fail(cx, ERR_FORBIDDEN, NULL, T("交接由原任、接任和上一级监交人确认"));
}

Err duty_handovers_get(Cx *cx, const Req *req, Resp *resp)
{
    struct handovers_view v = {0};
    struct handovers all;

    TRY(duty_handovers(cx, &all));
    struct handover_line_view *at = NEW_ARRAY(&cx->mem, all.n + 1, struct handover_line_view);
    for (size_t i = 0; i < all.n; i++) {
        bool witness;
        Err e = may_look(cx, &all.at[i], &witness);
        if (e == OK)
            at[v.list.n++] = line_of(cx, &all.at[i]);
        else if (e != ERR_FORBIDDEN)
            return e;
    }
    v.list.at = at;
    v.shell = shell_of(cx, req, "handover");
    page_handovers(resp_page(cx, req, resp), &v);
    return OK;
}

static Err notes_of(Cx *cx, int64_t id, struct handover_view *v)
{
    struct handover_notes notes;
    TRY(duty_handover_notes(cx, id, &notes));
    struct handover_note_view *at = NEW_ARRAY(&cx->mem, notes.n + 1, struct handover_note_view);
    for (size_t i = 0; i < notes.n; i++)
        at[i] = (struct handover_note_view){
            notes.at[i].at, people_name(cx, notes.at[i].person), notes.at[i].body};
    v->notes.at = at;
    v->notes.n = notes.n;
    return OK;
}

static Err one_page(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct handover_view v = {.key = new_key(cx), .why = wrong};
    struct handover h;
    int64_t id = path_i64(req, "id"), me = cx->me.person;
    bool witness;

    TRY(duty_handover_find(cx, id, &h));
    TRY(may_look(cx, &h, &witness));
    v.line = line_of(cx, &h);
    v.n_moved = h.n_moved;
    v.old_at = h.old_at.v;
    v.new_at = h.new_at.v;
    v.witness_at = h.witness_at.v;
    v.witness = h.witness.set ? people_name(cx, h.witness.v) : (Str){0};
    v.may_confirm = (me == h.from_person && !h.old_at.set) || (me == h.to_person && !h.new_at.set)
                    || (witness && !h.witness_at.set);
    v.may_object = me == h.from_person || me == h.to_person || witness;
    v.all_ok = h.old_at.set && h.new_at.set && h.witness_at.set;
    v.may_add = me == h.from_person;
    TRY(duty_handover_work(cx, &h, &v.work));
    TRY(notes_of(cx, id, &v));
    TRY(duty_handover_things(cx, id, &v.items));
    v.shell = shell_of(cx, req, "handover");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_handover(out, &v);
    return OK;
}

Err duty_handover_get(Cx *cx, const Req *req, Resp *resp)
{
    return one_page(cx, req, resp, (Str){0});
}

Err duty_handover_confirm_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");

    /* said twice is said: the page shows it */
    Err e = duty_handover_confirm(cx, id);
    if (e != OK && e != ERR_CONFLICT)
        return e;
    return redirect(cx, resp, "/handover/%lld", (long long)id);
}

static Err after(Cx *cx, const Req *req, Resp *resp, Err e)
{
    if (e == ERR_INVALID)
        return one_page(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/handover/%lld", (long long)path_i64(req, "id"));
}

Err duty_handover_item_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp,
        duty_handover_item(cx, path_i64(req, "id"), form_text(req, "what"), form_text(req, "body"),
            form_text(req, "key")));
}

Err duty_handover_object_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp,
        duty_handover_object(
            cx, path_i64(req, "id"), form_text(req, "body"), form_text(req, "key")));
}
