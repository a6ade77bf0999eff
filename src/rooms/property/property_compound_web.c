/* property_compound_web.c — /compounds/ID: who looks after it, what the three sides promised. */
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/property/property_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *code;
    Text label;
} sides[] = {
    {"company",   T("物业公司")   },
    {"committee", T("业委会")      },
    {"community", T("社区（村）")}
};
enum { N_SIDES = sizeof sides / sizeof *sides };

static Text side_label(Str code)
{
    for (size_t i = 0; i < N_SIDES; i++)
        if (str_eq(code, str(sides[i].code)))
            return sides[i].label;
    return (Text){0};
}

static struct property_picks side_picks(Cx *cx, Str chosen)
{
    struct property_pick *at = NEW_ARRAY(&cx->mem, N_SIDES, struct property_pick);
    for (size_t i = 0; i < N_SIDES; i++)
        at[i] = (struct property_pick){
            str(sides[i].code), say(cx, sides[i].label), str_eq(chosen, str(sides[i].code))};
    return (struct property_picks){at, N_SIDES};
}

/* "company,committee" → 物业公司、业委会 */
static Str sides_said(Cx *cx, Str codes)
{
    Str out = {0};
    for (size_t i = 0; i < N_SIDES; i++) {
        Str label = say(cx, sides[i].label);
        if (str_has(codes, sides[i].code))
            out = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)out.len, out.len ? out.at : "",
                out.len ? "、" : "", (int)label.len, label.at));
    }
    return out;
}

static Err talks_of(Cx *cx, struct property_compound_view *v)
{
    struct property_talks t;
    Str today = town_today(cx);
    TRY(property_talks(cx, v->c.place, &t));
    struct meeting_line *talks = NEW_ARRAY(&cx->mem, t.n_meetings + 1, struct meeting_line);
    struct promise_line *words = NEW_ARRAY(&cx->mem, t.n_promises + 1, struct promise_line);
    for (size_t i = 0; i < t.n_meetings; i++)
        talks[i] = (struct meeting_line){t.meeting[i].id, t.meeting[i].held_on,
            sides_said(cx, t.meeting[i].sides), t.meeting[i].said};
    for (size_t i = 0; i < t.n_promises; i++) {
        const struct property_promise *p = &t.promise[i];
        bool due = memcmp(p->due_on.at, today.at, 10) < 0;
        words[i] = (struct promise_line){.id = p->id,
            .version = p->version,
            .text = p->text,
            .due_on = p->due_on,
            .done_on = p->done_on,
            .done_said = p->done_said,
            .side = side_label(p->side),
            .late = due && !p->done_on.len};
        v->n_kept += p->done_on.len > 0;
        v->n_due += due || p->done_on.len > 0;
    }
    v->meetings = (struct meeting_lines){talks, t.n_meetings};
    v->promises = (struct promise_lines){words, t.n_promises};
    return OK;
}

static Err choices_of(Cx *cx, const Req *req, struct property_compound_view *v)
{
    struct property_companies c;
    struct holders h;
    TRY(property_companies(cx, &c));
    TRY(duty_holders(
        cx, v->c.unit, HAS(POST_SECRETARY) | HAS(POST_CADRE) | HAS(POST_GRID_KEEPER), &h));
    struct property_pick *companies = NEW_ARRAY(&cx->mem, c.n + 1, struct property_pick);
    struct property_pick *contacts = NEW_ARRAY(&cx->mem, h.n + 1, struct property_pick);
    struct promise_input *inputs = NEW_ARRAY(&cx->mem, PROPERTY_PROMISES, struct promise_input);
    for (size_t i = 0; i < c.n; i++)
        companies[i] = (struct property_pick){str(arena_printf(&cx->mem, "%" PRId64, c.at[i].id)),
            c.at[i].name, c.at[i].id == v->c.company};
    for (size_t i = 0; i < h.n; i++)
        contacts[i] =
            (struct property_pick){str(arena_printf(&cx->mem, "%" PRId64, h.at[i].person)),
                duty_title(cx, &h.at[i], false), h.at[i].person == v->c.contact};
    for (size_t i = 0; i < PROPERTY_PROMISES; i++)
        inputs[i] = (struct promise_input){.no = (int64_t)i + 1,
            .text = form_text(req, arena_printf(&cx->mem, "text%zu", i + 1)),
            .due_on = form_text(req, arena_printf(&cx->mem, "due%zu", i + 1)),
            .sides = side_picks(cx, form_text(req, arena_printf(&cx->mem, "side%zu", i + 1)))};
    v->companies = (struct property_picks){companies, c.n};
    v->contacts = (struct property_picks){contacts, h.n};
    v->inputs = (struct promise_inputs){inputs, PROPERTY_PROMISES};
    v->sides = side_picks(cx, (Str){0});
    return OK;
}

/* In public a contact is a title, not a name. */
static Err contact_of(Cx *cx, struct property_compound_view *v)
{
    struct holders h;
    TRY(duty_holders(cx, v->c.unit, STAFF_POSTS, &h));
    for (size_t i = 0; i < h.n && !v->contact_title.len; i++)
        if (h.at[i].person == v->c.contact)
            v->contact_title = duty_title(cx, &h.at[i], !v->staff);
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, const char *bad, Err e)
{
    struct property_compound_view v = {.bad = bad, .staff = (cx->me.posts & STAFF_POSTS) != 0};
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say;
    TRY(property_compound_get(cx, path_i64(req, "id"), &v.c));
    TRY(property_may(cx, &v.c, &v.may));
    v.village = town_unit_name(cx, town_village_of(v.c.unit));
    v.committee = form_has(req, "committee") ? form_text(req, "committee") : v.c.committee;
    v.held_on = form_has(req, "held_on") ? form_text(req, "held_on") : town_today(cx);
    v.said = form_text(req, "said"), v.key = new_key(cx);
    TRY(contact_of(cx, &v));
    TRY(talks_of(cx, &v));
    if (v.may)
        TRY(choices_of(cx, req, &v));
    v.shell = shell_of(cx, req, "property");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_property_compound(out, &v);
    return OK;
}

Err property_compound_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, NULL, OK);
}

static Err after(Cx *cx, const Req *req, Resp *resp, const char *what, Err e)
{
    return e == OK ? redirect(cx, resp, "/compounds/%" PRId64, path_i64(req, "id"))
                   : show(cx, req, resp, what, e);
}

Err property_care_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, "care",
        property_care_put(cx, &(struct property_care){.place = path_i64(req, "id"),
                                  .version = form_i64(req, "version"),
                                  .company = form_i64(req, "company"),
                                  .contact = form_i64(req, "contact"),
                                  .committee = form_text(req, "committee")}));
}

Err property_meet_post(Cx *cx, const Req *req, Resp *resp)
{
    struct property_meeting_new in = {.key = form_text(req, "key"),
        .place = path_i64(req, "id"),
        .held_on = form_text(req, "held_on"),
        .said = form_text(req, "said")};
    int64_t id;
    for (size_t i = 0; i < req->form.n; i++)
        if (str_eq(req->form.at[i].name, S("side")))
            in.sides = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)in.sides.len,
                in.sides.len ? in.sides.at : "", in.sides.len ? "," : "",
                (int)req->form.at[i].value.len, req->form.at[i].value.at));
    for (size_t i = 0; i < PROPERTY_PROMISES; i++)
        in.promise[i] =
            (struct property_promise_new){form_text(req, arena_printf(&cx->mem, "side%zu", i + 1)),
                form_text(req, arena_printf(&cx->mem, "text%zu", i + 1)),
                form_text(req, arena_printf(&cx->mem, "due%zu", i + 1))};
    return after(cx, req, resp, "meet", property_meet(cx, &in, &id));
}

Err property_done_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, "done",
        property_done(
            cx, form_i64(req, "promise"), form_i64(req, "version"), form_text(req, "done_said")));
}
