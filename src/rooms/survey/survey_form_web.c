/* survey_form_web.c — 安排大会诊: name, days, who leads, who walks. */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/survey/survey_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { USUAL_DAYS = 13 };

static Err people_of(
    Cx *cx, uint32_t of, const int64_t *chosen, size_t n_chosen, struct survey_picks *to)
{
    struct holders h;
    TRY(duty_each_holder(cx, of, &h));
    struct survey_pick *at = NEW_ARRAY(&cx->mem, h.n + 1, struct survey_pick);
    for (size_t i = 0; i < h.n; i++) {
        Str post = say(cx, posts[h.at[i].post].label);
        at[i] =
            (struct survey_pick){.value = str(arena_printf(&cx->mem, "%" PRId64, h.at[i].person)),
                .label = str(arena_printf(&cx->mem, "%.*s %.*s", (int)h.at[i].name.len,
                    h.at[i].name.at, (int)post.len, post.at)),
                .chosen = i64_among(chosen, n_chosen, h.at[i].person)};
    }
    *to = (struct survey_picks){at, h.n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, const struct survey_new *in, Err e)
{
    struct survey_form_view v = {.id = in->id,
        .version = in->version,
        .name = in->name,
        .from_on = in->from_on,
        .to_on = in->to_on};
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say, v.bad = cx->why.field;
    TRY(people_of(cx, TOWN_POSTS | HAS(POST_LEAD), &in->led_by, 1, &v.leaders));
    TRY(people_of(
        cx, TOWN_POSTS | CHAIN_POSTS | HAS(POST_INSPECTOR), in->person, in->n_persons, &v.people));
    v.shell = shell_of(cx, req, "survey");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_survey_form(out, &v);
    return OK;
}

Err survey_form_new_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp,
        &(struct survey_new){
            .from_on = town_today(cx), .to_on = day_text(cx, day_of(cx->now) + USUAL_DAYS)},
        OK);
}

Err survey_form_edit_get(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_round r;
    struct survey_walkers w;
    TRY(survey_round_get(cx, path_i64(req, "id"), &r));
    TRY(survey_walkers(cx, r.id, &w));
    return show(cx, req, resp,
        &(struct survey_new){.id = r.id,
            .version = r.version,
            .led_by = r.led_by,
            .name = r.name,
            .from_on = r.from_on,
            .to_on = r.to_on,
            .person = w.at,
            .n_persons = w.n},
        OK);
}

static Err save(Cx *cx, const Req *req, Resp *resp, int64_t id)
{
    int64_t became;
    struct survey_new in = {.id = id,
        .version = form_i64(req, "version"),
        .led_by = form_i64(req, "led_by"),
        .name = form_text(req, "name"),
        .from_on = form_text(req, "from_on"),
        .to_on = form_text(req, "to_on")};
    in.person = form_i64s(cx, req, "walker", &in.n_persons);
    Err e = survey_put(cx, &in, &became);
    if (e != OK)
        return show(cx, req, resp, &in, e);
    return redirect(cx, resp, "/survey/%" PRId64, became);
}

Err survey_form_new_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, 0);
}

Err survey_form_edit_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, path_i64(req, "id"));
}
