/* duty_ask_web.c — 提出任职: the form that asks for an appointment; a second person grants it. */
#include "gen/tmpl.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_web.h"
#include "rooms/people/people.h"

static Err people_choices(Cx *cx, int64_t chosen, struct picks *out)
{
    struct persons all;

    TRY(people_all(cx, &all));
    struct pick *at = NEW_ARRAY(&cx->mem, all.n + 1, struct pick);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (!all.at[i].disabled && all.at[i].id != cx->me.person)
            at[n++] = (struct pick){.id = all.at[i].id,
                .name = str(arena_printf(&cx->mem, "%.*s %.*s", (int)all.at[i].name.len,
                    all.at[i].name.at, (int)all.at[i].login.len, all.at[i].login.at)),
                .chosen = all.at[i].id == chosen};
    *out = (struct picks){at, n};
    return OK;
}

/* The town, each village, its grids. */
static Err unit_choices(Cx *cx, int64_t chosen, struct picks *out)
{
    enum { MOST = 2000 };
    struct units villages, grids;
    struct pick *at = NEW_ARRAY(&cx->mem, MOST, struct pick);
    size_t n = 0;
    int64_t town = duty_town(cx);

    at[n++] = (struct pick){.id = town, .name = town_unit_name(cx, town), .chosen = town == chosen};
    TRY(town_villages(cx, &villages));
    for (size_t i = 0; i < villages.n && n < MOST; i++) {
        at[n++] = (struct pick){.id = villages.at[i].code,
            .name = villages.at[i].name,
            .chosen = villages.at[i].code == chosen};
        TRY(town_grids(cx, villages.at[i].code, &grids));
        for (size_t k = 0; k < grids.n && n < MOST; k++)
            at[n++] = (struct pick){.id = grids.at[k].code,
                .name = grids.at[k].name,
                .chosen = grids.at[k].code == chosen};
    }
    *out = (struct picks){at, n};
    return OK;
}

static struct picks post_choices(Cx *cx, enum post chosen)
{
    struct pick *at = NEW_ARRAY(&cx->mem, N_POSTS, struct pick);
    size_t n = 0;

    for (int i = POST_NONE + 1; i < N_POSTS; i++)
        at[n++] = (struct pick){
            .code = posts[i].code, .label = posts[i].label, .chosen = i == (int)chosen};
    return (struct picks){at, n};
}

static struct picks kind_choices(Cx *cx, Str chosen)
{
    static const char *const codes[] = {"formal", "acting", "relief"};
    struct pick *at = NEW_ARRAY(&cx->mem, 3, struct pick);

    for (size_t i = 0; i < 3; i++)
        at[i] = (struct pick){.code = codes[i],
            .label = duty_kind(str(codes[i])),
            .chosen = str_eq(chosen, str(codes[i]))};
    return (struct picks){at, 3};
}

static Err form_page(
    Cx *cx, const Req *req, Resp *resp, const struct appointment_new *in, struct duty_form_view *v)
{
    struct appointment was;

    TRY(people_choices(cx, in->person, &v->people));
    TRY(unit_choices(cx, in->unit, &v->units));
    v->posts = post_choices(cx, in->post);
    v->kinds = kind_choices(cx, in->kind);
    v->replaces = in->replaces;
    if (in->replaces) {
        TRY(duty_find(cx, in->replaces, &was));
        struct holder old = {.person = was.person, .post = was.post, .name = was.name};
        v->replaced = duty_title(cx, &old, false);
    }
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "duty");
    page_duty_new(resp_page(cx, req, resp), v);
    return OK;
}

Err duty_new_get(Cx *cx, const Req *req, Resp *resp)
{
    struct appointment_new in = {.person = query_i64(req, "person"),
        .unit = query_i64(req, "unit"),
        .post = duty_post(query_text(req, "post")),
        .replaces = query_i64(req, "replaces"),
        .kind = S("formal")};
    struct duty_form_view v = {.from_on = duty_today(cx)};
    struct appointment was;

    if (in.replaces) {
        TRY(duty_find(cx, in.replaces, &was));
        in.unit = was.unit;
        in.post = was.post;
        v.place = was.place ? duty_where(cx, was.unit, was.place) : (Str){0};
    }
    return form_page(cx, req, resp, &in, &v);
}

/* A place by its name, in the unit that was chosen. */
static Err place_named(Cx *cx, Str typed, struct appointment_new *in)
{
    struct place place;

    if (typed.len == 0)
        return OK;
    Err e = town_place_named(cx, in->unit, typed, &place);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "place", T("没有这个地点"));
    TRY(e);
    in->place = place.id;
    in->unit = place.unit;
    return OK;
}

Err duty_new_post(Cx *cx, const Req *req, Resp *resp)
{
    struct duty_form_view v = {.from_on = form_text(req, "from_on"),
        .to_on = form_text(req, "to_on"),
        .paper_no = form_text(req, "paper_no"),
        .place = form_text(req, "place")};
    struct appointment_new in = {
        .person = form_i64(req, "person"),
        .unit = form_i64(req, "unit"),
        .post = duty_post(form_text(req, "post")),
        .kind = form_text(req, "kind"),
        .from_on = v.from_on,
        .to_on = {v.to_on,    v.to_on.len > 0   },
        .paper_no = {v.paper_no, v.paper_no.len > 0},
        .replaces = form_i64(req, "replaces"),
        .key = form_text(req, "key")
    };
    int64_t id;

    Err e = place_named(cx, v.place, &in);
    if (e == OK)
        e = duty_ask(cx, &in, &id);
    if (e == ERR_INVALID || (e == ERR_CONFLICT && cx->why.say.len)) {
        v.why = cx->why.say;
        resp->status = e == ERR_INVALID ? 422 : 409;
        return form_page(cx, req, resp, &in, &v);
    }
    TRY(e);
    return redirect(cx, resp, "/duty/%lld", (long long)id);
}
