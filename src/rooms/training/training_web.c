/* training_web.c — /training: what is held and was held; one training; who missed what. */
#include "rooms/training/training_view.h"

#include "gen/tmpl.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/town/town_form_web.h"
#include "rooms/training/training_posts.h"

#include <inttypes.h>

enum { LINES_SHOWN = 200, MISSED_SHOWN = 500 };

Text training_kind_label(Str kind)
{
    for (const struct option *o = training_kinds; o->code; o++)
        if (str_eq(kind, str(o->code)))
            return o->label;
    return T("业务培训");
}

Text training_state_label(Str state, bool over)
{
    return str_eq(state, S("present"))   ? TC("training", "到")
           : str_eq(state, S("leave"))   ? TC("training", "请假")
           : str_eq(state, S("made_up")) ? TC("training", "已补学")
           : over                        ? TC("training", "缺席")
                                         : TC("training", "应到");
}

bool training_sees_all(const Cx *cx)
{
    return (cx->me.posts & TOWN_POSTS) != 0;
}

/* ---- the list */
static Err mine_of(Cx *cx, int64_t id, bool over, struct training_line *to)
{
    struct sql_training_attend_of_row row;
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = id, .person = cx->me.person}, &row);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    to->mine = training_state_label(row.state, over);
    to->missed =
        over && row.due && !str_eq(row.state, S("present")) && !str_eq(row.state, S("made_up"));
    return OK;
}

static Err lines_of(Cx *cx, struct training_lines *to)
{
    struct sql_training_list_rows r;
    Str today = town_today(cx);
    TRY(sql_training_list(cx,
        &(struct sql_training_list){.limit = LINES_SHOWN, .sort = SQL_TRAINING_LIST_BY_LATEST},
        &r));
    struct training_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct training_line);
    for (size_t i = 0; i < r.n; i++) {
        bool past = memcmp(r.at[i].held_on.at, today.at, 10) < 0;
        at[i] = (struct training_line){.id = r.at[i].id,
            .due_n = r.at[i].due_n,
            .present_n = r.at[i].present_n,
            .times = r.at[i].times.set ? r.at[i].times.v : 1,
            .title = r.at[i].title,
            .held_on = r.at[i].held_on,
            .place = r.at[i].place,
            .kind = training_kind_label(r.at[i].kind),
            .opening = r.at[i].opening.set && r.at[i].opening.v,
            .approx = r.at[i].approx.set && r.at[i].approx.v,
            .to_come = !past};
        TRY(mine_of(cx, r.at[i].id, past, &at[i]));
    }
    *to = (struct training_lines){at, r.n};
    return OK;
}

static Err training_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct training_list_view v = {
        .may_add = (cx->me.posts & (OFFICE_POSTS | HAS(POST_SECRETARY))) != 0};
    TRY(training_sums(cx, &v.sum));
    TRY(lines_of(cx, &v.lines));
    for (size_t i = 0; i < v.lines.n; i++)
        v.n_missed += v.lines.at[i].missed;
    v.shell = shell_of(cx, req, "training");
    page_training_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one training */
static struct learned_lines learned_of(Cx *cx, OptStr text)
{
    Str rest = text.set ? text.v : (Str){0};
    struct learned_line *at = NEW_ARRAY(&cx->mem, rest.len + 1, struct learned_line);
    size_t n = 0;
    while (rest.len) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.at) : rest.len;
        Str one = str_trim((Str){rest.at, len});
        if (one.len)
            at[n++].text = one;
        len += end != NULL;
        rest = (Str){rest.at + len, rest.len - len};
    }
    return (struct learned_lines){at, n};
}

static Err attends_of(Cx *cx, struct training_view *v)
{
    struct sql_training_attends_rows r;
    TRY(sql_training_attends(
        cx, &(struct sql_training_attends){.training = v->id, .limit = 2 * DUE_MAX}, &r));
    struct attend_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct attend_line);
    size_t n = 0;
    for (size_t i = 0; i < r.n; i++) {
        v->n_guests += !r.at[i].person;
        if (!r.at[i].person || !(v->host_here || training_sees_all(cx)))
            continue;
        at[n++] = (struct attend_line){.id = r.at[i].id,
            .person = r.at[i].person,
            .at = r.at[i].at,
            .name = people_name(cx, r.at[i].person),
            .said = r.at[i].said.set ? r.at[i].said.v : (Str){0},
            .state = r.at[i].state,
            .label = training_state_label(r.at[i].state, v->over),
            .due = r.at[i].due != 0,
            .late =
                v->over && (str_eq(r.at[i].state, S("due")) || str_eq(r.at[i].state, S("absent")))};
    }
    v->attends = (struct attend_lines){at, n};
    return OK;
}

static Err mine_in(Cx *cx, struct training_view *v)
{
    struct sql_training_attend_of_row row;
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = v->id, .person = cx->me.person}, &row);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    v->mine = training_state_label(row.state, v->over);
    v->may_make_up =
        v->over && row.due && !str_eq(row.state, S("present")) && !str_eq(row.state, S("made_up"));
    return OK;
}

static Str post_names(Cx *cx, OptStr codes)
{
    Str to = {0};
    for (const struct option *o = training_posts; codes.set && o->code; o++) {
        Str rest = codes.v;
        while (rest.len) {
            const char *comma = memchr(rest.at, ',', rest.len);
            size_t n = comma ? (size_t)(comma - rest.at) : rest.len;
            if (str_eq((Str){rest.at, n}, str(o->code))) {
                Str name = say(cx, o->label);
                to = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)to.len, to.len ? to.at : "",
                    to.len ? " · " : "", (int)name.len, name.at));
            }
            n += comma != NULL;
            rest = (Str){rest.at + n, rest.len - n};
        }
    }
    return to;
}

static Str or_empty(OptStr s)
{
    return s.set ? s.v : (Str){0};
}

static Err pictures_of(Cx *cx, int64_t id, struct training_pictures *to)
{
    struct attachments a;
    TRY(attachment_of(cx, id, &a));
    struct training_picture *at = NEW_ARRAY(&cx->mem, a.n + 1, struct training_picture);
    for (size_t i = 0; i < a.n; i++)
        at[i].id = a.at[i].id;
    *to = (struct training_pictures){at, a.n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str say_why, int status)
{
    int64_t id = path_i64(req, "id");
    Training t;
    int64_t from, to;
    TRY(training_get(cx, id, &t));
    training_window(&t, &from, &to);
    struct training_view v = {.id = id,
        .due_n = t.due_n,
        .present_n = t.present_n,
        .erased = t.erased_at.set,
        .times = t.times.set ? t.times.v : 1,
        .cost = t.cost.set ? t.cost.v : -1,
        .title = t.title,
        .held_on = t.held_on,
        .begins = or_empty(t.begins),
        .ends = or_empty(t.ends),
        .place = t.place,
        .unit_name = town_unit_name(cx, t.unit),
        .host = t.host,
        .teacher = or_empty(t.teacher),
        .material = or_empty(t.material),
        .posts = post_names(cx, t.posts),
        .note = form_text(req, "note"),
        .say = say_why,
        .kind = training_kind_label(t.kind),
        .learned = learned_of(cx, t.learned),
        .opening = t.opening.set && t.opening.v,
        .approx = t.approx.set && t.approx.v,
        .visit = str_eq(t.kind, S("visit")),
        .over = cx->now > to};
    TRY(training_may_host(cx, &t, &v.host_here));
    TRY(attends_of(cx, &v));
    TRY(mine_in(cx, &v));
    TRY(pictures_of(cx, id, &v.photos));
    v.shell = shell_of(cx, req, "training");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_training(out, &v);
    return OK;
}

static Err training_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

static Err after(Cx *cx, const Req *req, Resp *resp, Err e)
{
    return verb_answer(cx, req, resp, e, show, "/training/", "");
}

static Err training_mark_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp,
        training_mark(
            cx, form_i64(req, "attend"), form_text(req, "state"), form_text(req, "said")));
}

static Err training_makeup_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, training_make_up(cx, path_i64(req, "id"), form_text(req, "note")));
}

/* ---- who missed what */
static Err training_missed_get(Cx *cx, const Req *req, Resp *resp)
{
    struct sql_training_missed_rows r;
    struct missed_view v = {.all = training_sees_all(cx)};
    struct sql_training_missed in = {.today = town_today(cx), .limit = MISSED_SHOWN};
    if (!v.all)
        in.person = some_i64(cx->me.person);
    TRY(sql_training_missed(cx, &in, &r));
    struct missed_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct missed_line);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct missed_line){.id = r.at[i].id,
            .training = r.at[i].training,
            .name = people_name(cx, r.at[i].person),
            .title = r.at[i].title,
            .held_on = r.at[i].held_on,
            .said = or_empty(r.at[i].said),
            .label = training_state_label(r.at[i].state, true),
            .mine = r.at[i].person == cx->me.person};
    v.lines = (struct missed_lines){at, r.n};
    v.shell = shell_of(cx, req, "training");
    page_training_missed(resp_page(cx, req, resp), &v);
    return OK;
}

/* clang-format off */
const struct route training_routes[] = {
    {GET, "/training", .who = STAFF_POSTS, .run = training_list_get, .on = ON_READ},
    {GET, "/training/missed", .who = STAFF_POSTS, .run = training_missed_get, .on = ON_READ},
    {GET, "/training/{id}", .who = STAFF_POSTS, .run = training_page_get, .on = ON_READ},
    {GET, "/training/{id}/signin", .who = STAFF_POSTS, .run = training_signin_get, .on = ON_READ},
    {POST, "/training/{id}/signin", .who = STAFF_POSTS, .run = training_signin_post, .on = ON_WAIT},
    {POST, "/training/{id}/guest", .who = STAFF_POSTS, .run = training_guest_post, .on = ON_WAIT},
    {POST, "/training/{id}/mark", .who = STAFF_POSTS, .run = training_mark_post, .on = ON_WAIT},
    {POST, "/training/{id}/makeup", .who = STAFF_POSTS, .run = training_makeup_post, .on = ON_WAIT},
    {0}};

const struct menu_item training_menu[] = {
    {"/training", "training", TC("menu", "培训"), .who = STAFF_POSTS, .icon = "i-book"},
    {0}};
/* clang-format on */
