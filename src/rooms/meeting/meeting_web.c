/* meeting_web.c — /meetings: the group, its meetings, one meeting's agenda and what it decides. */
#include "rooms/meeting/meeting_view.h"

#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { MEETINGS = 50, ITEMS = 300, TASKS = 200, OWNERS = 400 };

static Str number(Cx *cx, int64_t n)
{
    return str(arena_printf(&cx->mem, "%" PRId64, n));
}

/* Whether an id stands in a list with commas. */
static bool listed(Cx *cx, Str ids, int64_t id)
{
    Str all = str(arena_printf(&cx->mem, ",%.*s,", (int)ids.len, ids.len ? ids.at : ""));
    return str_has(all, arena_printf(&cx->mem, ",%" PRId64 ",", id));
}

static struct member_rows members_of(Cx *cx, const struct holders *h, Str present, int64_t chosen)
{
    struct member_row *at = NEW_ARRAY(&cx->mem, h->n + 1, struct member_row);
    for (size_t i = 0; i < h->n; i++)
        at[i] = (struct member_row){.person = h->at[i].person,
            .name = h->at[i].name,
            .post = posts[h->at[i].post].label,
            .present = listed(cx, present, h->at[i].person),
            .chosen = h->at[i].person == chosen};
    return (struct member_rows){at, h->n};
}

/* Everybody who can be given a task, each once, in the order of posts. */
static Err owners_of(Cx *cx, int64_t chosen, struct member_rows *to)
{
    struct holders all;
    size_t n = 0;
    TRY(duty_all_holders(cx,
        OFFICE_POSTS | HAS(POST_TOWN_LEADER) | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY)
            | HAS(POST_CADRE),
        &all));
    struct holder *at = NEW_ARRAY(&cx->mem, all.n + 1, struct holder);
    for (int post = POST_NONE + 1; post < N_POSTS; post++)
        for (size_t i = 0; i < all.n && n < OWNERS; i++) {
            bool there = (int)all.at[i].post != post;
            for (size_t k = 0; k < n && !there; k++)
                there = at[k].person == all.at[i].person;
            if (!there)
                at[n++] = all.at[i];
        }
    *to = members_of(cx, &(struct holders){at, n}, (Str){0}, chosen);
    return OK;
}

/* ---- /meetings */

static Err rows_of(Cx *cx, struct meetings_view *v)
{
    struct sql_meeting_list_rows rows;
    TRY(sql_meeting_list(cx, &(struct sql_meeting_list){.limit = MEETINGS}, &rows));
    struct meeting_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct meeting_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct meeting_row){.id = rows.at[i].id,
            .n_items = rows.at[i].n_items,
            .n_tasks = rows.at[i].n_tasks,
            .n_open = rows.at[i].n_open,
            .held_on = rows.at[i].held_on,
            .begins = rows.at[i].begins,
            .place = rows.at[i].place,
            .draft = str_eq(rows.at[i].state, S("draft"))};
    v->rows.at = at;
    v->rows.n = rows.n;
    return OK;
}

static Err open_tasks(Cx *cx, struct task_rows_shown *to)
{
    struct sql_task_all_open_rows rows;
    TRY(sql_task_all_open(cx, &(struct sql_task_all_open){.limit = TASKS}, &rows));
    struct task_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct task_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = task_shown(cx, rows.at[i].id, rows.at[i].text, rows.at[i].owner, rows.at[i].held_on,
            rows.at[i].due_on, rows.at[i].state);
    *to = (struct task_rows_shown){at, rows.n};
    return OK;
}

static Err posts_of(Cx *cx, struct meetings_view *v)
{
    struct post_pick *at = NEW_ARRAY(&cx->mem, N_POSTS, struct post_pick);
    uint32_t bits;
    size_t n = 0;
    TRY(meeting_group_posts(cx, &bits));
    for (int post = POST_NONE + 1; post < N_POSTS; post++)
        if (HAS(post) & (USUAL_MEMBERS))
            at[n++] = (struct post_pick){posts[post].code, posts[post].label, bits & HAS(post)};
    v->posts.at = at;
    v->posts.n = n;
    return OK;
}

static Err show_list(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct meetings_view v = {
        .say = wrong, .key = new_key(cx), .may = cx->me.posts & MEETING_MAKERS};
    struct holders group;
    TRY(rows_of(cx, &v));
    TRY(meeting_group(cx, &group));
    v.group = members_of(cx, &group, (Str){0}, 0);
    v.presiders = members_of(cx, &group, (Str){0}, form_i64(req, "presider"));
    v.recorders = members_of(cx, &group, (Str){0},
        form_i64(req, "recorder") ? form_i64(req, "recorder") : cx->me.person);
    TRY(posts_of(cx, &v));
    TRY(open_tasks(cx, &v.tasks));
    v.held_on = form_text(req, "held_on").len ? form_text(req, "held_on") : town_today(cx);
    v.begins = form_text(req, "begins").len ? form_text(req, "begins") : S("08:30");
    v.place = form_text(req, "place");
    v.shell = shell_of(cx, req, "meetings");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_meetings(out, &v);
    return OK;
}

static Err meetings_get(Cx *cx, const Req *req, Resp *resp)
{
    return show_list(cx, req, resp, (Str){0}, 0);
}

static Err meeting_new_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id;
    Err e = meeting_draft(cx,
        &(struct meeting_new){.held_on = form_text(req, "held_on"),
            .begins = form_text(req, "begins"),
            .place = form_text(req, "place"),
            .presider = form_i64(req, "presider"),
            .recorder = form_i64(req, "recorder"),
            .key = form_text(req, "key")},
        &id);
    if (e == ERR_INVALID)
        return show_list(cx, req, resp, cx->why.say, 422);
    TRY(e);
    return redirect(cx, resp, "/meetings/%" PRId64, id);
}

static Err meeting_group_post(Cx *cx, const Req *req, Resp *resp)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < req->form.n; i++)
        if (str_eq(req->form.at[i].name, S("post"))) {
            enum post p = post_named(req->form.at[i].value.at, req->form.at[i].value.len);
            bits |= p ? HAS(p) : 0;
        }
    Err e = meeting_group_set(cx, bits);
    if (e == ERR_INVALID)
        return show_list(cx, req, resp, cx->why.say, 422);
    TRY(e);
    return redirect(cx, resp, "/meetings");
}

/* ---- /meetings/ID */

static Text kind_label(Str kind)
{
    return str_eq(kind, S("task"))          ? T("上次定的事，先过一遍")
           : str_eq(kind, S("late"))        ? T("超期三个工作日的问题")
           : str_eq(kind, S("ask"))         ? T("等着批的申请")
           : str_eq(kind, S("appeal"))      ? T("等着复核的申诉")
           : str_eq(kind, S("requirement")) ? T("过了期还没有村细化的上级要求")
                                            : T("其他议题");
}

static struct task_rows_shown tasks_at(
    Cx *cx, const struct sql_task_of_meeting_rows *all, int64_t item, Str held_on)
{
    struct task_row *at = NEW_ARRAY(&cx->mem, all->n + 1, struct task_row);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].item == item)
            at[n++] = task_shown(cx, all->at[i].id, all->at[i].text, all->at[i].owner, held_on,
                all->at[i].due_on, all->at[i].state);
    return (struct task_rows_shown){at, n};
}

static Err items_of(Cx *cx, const Req *req, struct meeting_view *v)
{
    struct sql_meeting_items_rows rows;
    struct sql_task_of_meeting_rows tasks;
    int64_t open = form_i64(req, "item");
    TRY(sql_meeting_items(
        cx, &(struct sql_meeting_items){.meeting = v->id, .limit = ITEMS}, &rows));
    TRY(sql_task_of_meeting(
        cx, &(struct sql_task_of_meeting){.meeting = v->id, .limit = TASKS}, &tasks));
    struct item_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct item_row);
    static const char *const order[] = {"task", "late", "ask", "appeal", "requirement", "other"};
    size_t n = 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0, first = 1; i < rows.n; i++) {
            if (!str_eq(rows.at[i].kind, str(order[k])))
                continue;
            at[n++] = (struct item_row){.no = rows.at[i].no,
                .kind = rows.at[i].kind,
                .body = rows.at[i].body,
                .path = rows.at[i].path,
                .decision = rows.at[i].decision,
                .key = new_key(cx),
                .label = kind_label(rows.at[i].kind),
                .first = first,
                .open = v->say.len && open == rows.at[i].no,
                .tasks = tasks_at(cx, &tasks, rows.at[i].no, v->held_on)};
            first = 0;
        }
    v->items.at = at;
    v->items.n = n;
    v->others = tasks_at(cx, &tasks, 0, v->held_on);
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct sql_meeting_find_row m;
    struct holders group;
    int64_t id = path_i64(req, "id");
    TRY(sql_meeting_find(cx, &(struct sql_meeting_find){.id = id}, &m));
    struct meeting_view v = {.id = id,
        .version = m.version,
        .held_on = m.held_on,
        .begins = m.begins,
        .place = m.place,
        .presider_name = people_name(cx, m.presider),
        .recorder_name = people_name(cx, m.recorder),
        .minutes = m.minutes,
        .say = wrong,
        .key = new_key(cx),
        .typed = form_text(req, "text"),
        .typed_due = form_text(req, "due_on"),
        .typed_minutes = form_text(req, "minutes"),
        .draft = str_eq(m.state, S("draft")),
        .may = cx->me.posts & MEETING_MAKERS};
    v.may_hold = v.may || m.recorder == cx->me.person;
    TRY(meeting_group(cx, &group));
    v.group = members_of(cx, &group, m.present, 0);
    TRY(owners_of(cx, form_i64(req, "owner"), &v.owners));
    TRY(items_of(cx, req, &v));
    v.shell = shell_of(cx, req, "meetings");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_meeting(out, &v);
    return OK;
}

static Err meeting_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

static Err decide(Cx *cx, const Req *req, int64_t id)
{
    int64_t task;
    return meeting_decide(cx,
        &(struct meeting_decision){.meeting = id,
            .item = form_i64(req, "item"),
            .owner = form_i64(req, "owner"),
            .text = form_text(req, "text"),
            .due_on = form_text(req, "due_on"),
            .key = form_text(req, "key")},
        &task);
}

static Err hold(Cx *cx, const Req *req, int64_t id)
{
    const char *present = "";
    for (size_t i = 0; i < req->form.n; i++)
        if (str_eq(req->form.at[i].name, S("present")) && req->form.at[i].value.len < 20)
            present = arena_printf(&cx->mem, "%s%s%.*s", present, *present ? "," : "",
                (int)req->form.at[i].value.len, req->form.at[i].value.at);
    return meeting_hold(cx, &(struct meeting_held){.id = id,
                                .version = form_i64(req, "version"),
                                .present = str(present),
                                .minutes = form_text(req, "minutes")});
}

static Err meeting_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    Str verb = path_text(req, "verb");
    Err e = str_eq(verb, S("decide"))    ? decide(cx, req, id)
            : str_eq(verb, S("hold"))    ? hold(cx, req, id)
            : str_eq(verb, S("item"))    ? meeting_item_add(cx, id, form_text(req, "text"))
            : str_eq(verb, S("redraft")) ? meeting_redraft(cx, id)
                                         : ERR_NOT_FOUND;
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return show(cx, req, resp, cx->why.say, e == ERR_INVALID ? 422 : 409);
    TRY(e);
    Str at = number(cx, form_i64(req, "item"));
    return redirect(cx, resp, "/meetings/%" PRId64 "%s%.*s", id, form_i64(req, "item") ? "#i" : "",
        form_i64(req, "item") ? (int)at.len : 0, at.at);
}

/* clang-format off */
const struct route meeting_routes[] = {
    {GET, "/meetings", .who = MEETERS, .run = meetings_get, .on = ON_READ},
    {POST, "/meetings", .who = MEETING_MAKERS, .run = meeting_new_post, .on = ON_WAIT},
    {POST, "/meetings/group", .who = MEETING_MAKERS, .run = meeting_group_post, .on = ON_WAIT},
    {GET, "/meetings/{id}", .who = MEETERS, .run = meeting_page_get, .on = ON_READ},
    {POST, "/meetings/{id}/{verb}", .who = MEETERS, .run = meeting_verb_post, .on = ON_WAIT},
    {GET, "/tasks", .who = STAFF_POSTS, .run = tasks_get, .on = ON_READ},
    {GET, "/tasks/{id}", .who = STAFF_POSTS, .run = task_page_get, .on = ON_READ},
    {POST, "/tasks/{id}/{verb}", .who = STAFF_POSTS, .run = task_verb_post, .on = ON_WAIT},
    {0}};

const struct menu_item meeting_menu[] = {
    {"/meetings", "meetings", TC("menu", "调度会"), .who = MEETERS, .icon = "i-users"},
    {"/tasks", "tasks", TC("menu", "交办"), .who = STAFF_POSTS, .icon = "i-usercheck"},
    {0}};
/* clang-format on */
