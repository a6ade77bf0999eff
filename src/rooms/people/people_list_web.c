/* people_list_web.c — 人员: the list, one person with their appointments, accounts made and ended.
 */
#include "base/fields.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people_web.h"
#include "rooms/town/town.h"
#include "store/log.h"

/* --- the list --- */

/* "书记 南王村、两委干部 南王村一网格" for each person, from one question per post. */
static Err posts_text(Cx *cx, struct person_line_view *at, size_t n)
{
    struct holders all;

    TRY(duty_all_holders(cx, SIGNED_IN & ~UINT32_C(1), &all));
    for (size_t i = 0; i < all.n; i++)
        for (size_t k = 0; k < n; k++) {
            if (at[k].id != all.at[i].person)
                continue;
            Str post = say(cx, posts[all.at[i].post].label);
            Str where = town_unit_name(cx, all.at[i].unit);
            at[k].posts = str(arena_printf(&cx->mem, "%.*s%s%.*s %.*s", (int)at[k].posts.len,
                at[k].posts.len ? at[k].posts.at : "", at[k].posts.len ? " · " : "", (int)post.len,
                post.at, (int)where.len, where.len ? where.at : ""));
        }
    return OK;
}

static bool found(const struct person_row *p, Str q)
{
    const size_t n = q.len;
    if (n == 0)
        return true;
    return (p->name.len >= n && memmem(p->name.at, p->name.len, q.at, n))
           || (p->login.len >= n && memmem(p->login.at, p->login.len, q.at, n));
}

Err people_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct people_view v = {
        .q = query_text(req, "q"), .may_add = cx->me.posts & HAS(POST_SYSADMIN)};
    struct persons all;

    TRY(people_all(cx, &all));
    struct person_line_view *at = NEW_ARRAY(&cx->mem, all.n + 1, struct person_line_view);
    for (size_t i = 0; i < all.n; i++)
        if (found(&all.at[i], v.q))
            at[v.people.n++] = (struct person_line_view){.id = all.at[i].id,
                .name = all.at[i].name,
                .login = all.at[i].login,
                .disabled = all.at[i].disabled,
                .has_account = all.at[i].login.len > 0};
    TRY(posts_text(cx, at, v.people.n));
    v.people.at = at;
    v.n_all = (int64_t)all.n;
    v.shell = shell_of(cx, req, "people");
    page_people(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- a new account --- */

static Err new_page(Cx *cx, const Req *req, Resp *resp, struct person_form_view *v)
{
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "people");
    page_person_new(resp_page(cx, req, resp), v);
    return OK;
}

Err people_new_get(Cx *cx, const Req *req, Resp *resp)
{
    struct person_form_view v = {0};
    return new_page(cx, req, resp, &v);
}

/* --- one person --- */

static const struct {
    const char *verb;
    Text what;
} deeds[] = {
    {"account_new",     T("新建账号")                  },
    {"person_new",      T("登记人员")                  },
    {"person_change",   T("更改姓名、电话或语言")},
    {"account_disable", T("停用账号")                  },
    {"account_enable",  T("恢复账号")                  },
    {"invite",          T("发出设密码的链接")      },
    {"password",        T("更改密码")                  },
    {"login",           T("登录")                        },
    {"logout",          T("退出登录")                  },
    {"prove",           T("再次确认身份")            },
    {"sessions_end",    T("退出其他设备")            },
    {"totp_begin",      T("开始设置手机验证码")   },
    {"totp_on",         T("启用手机验证码")         },
    {"totp_off",        T("停用手机验证码")         },
    {"recovery_used",   T("使用恢复码")               },
    {"away",            T("登记离岗")                  },
};

static Text deed(Str verb)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (str_eq(verb, str(deeds[i].verb)))
            return deeds[i].what;
    return T("其他记录");
}

static Err events(Cx *cx, struct person_view *v)
{
    enum { SHOWN = 50 };
    const struct event_row *rows;
    size_t n;

    TRY(events_of(cx, v->id, &rows, &n));
    struct event_line *at = NEW_ARRAY(&cx->mem, SHOWN, struct event_line);
    for (size_t i = n; i-- > 0 && v->events.n < SHOWN;) /* newest first */
        at[v->events.n++] = (struct event_line){rows[i].at, deed(rows[i].verb),
            rows[i].actor && rows[i].actor != v->id ? people_name(cx, rows[i].actor) : (Str){0}};
    v->events.at = at;
    return OK;
}

static Err terms(Cx *cx, struct person_view *v)
{
    struct appointments all;
    Str today = day_text(cx, day_of(cx->now));

    TRY(duty_of_person(cx, v->id, &all));
    struct term_view *at = NEW_ARRAY(&cx->mem, all.n + 1, struct term_view);
    for (size_t i = all.n; i-- > 0;) {
        const struct appointment *a = &all.at[i];
        struct place place;
        Str where = town_unit_name(cx, a->unit);
        if (a->place && town_place(cx, a->place, &place) == OK)
            where = place.name;
        at[v->terms.n++] = (struct term_view){.id = a->id,
            .unit = a->unit,
            .post = posts[a->post].label,
            .kind = str_eq(a->kind, S("acting")) ? T("代理") : T("顶岗"),
            .acting = !str_eq(a->kind, S("formal")),
            .where = where,
            .from_on = a->from_on,
            .to_on = a->to_on,
            .paper_no = a->paper_no,
            .now = memcmp(a->from_on.at, today.at, 10) <= 0
                   && (a->to_on.len == 0 || memcmp(a->to_on.at, today.at, 10) >= 0)};
    }
    v->terms.at = at;
    return OK;
}

static Err person_page(Cx *cx, const Req *req, Resp *resp, struct person_view *v)
{
    struct person p;
    struct totp_state second;
    Str phone;

    TRY(people_find(cx, v->id, &p));
    TRY(people_phone(cx, v->id, &phone));
    TRY(people_totp_state(cx, v->id, &second));
    v->version = p.version;
    v->name = p.name;
    v->login = p.login;
    v->phone = phone.len ? mask_phone(cx, phone) : phone;
    v->disabled = p.disabled;
    v->has_account = p.login.len > 0;
    v->may_edit = cx->me.posts & HAS(POST_SYSADMIN);
    v->second = second.active;
    TRY(terms(cx, v));
    TRY(events(cx, v));
    v->shell = shell_of(cx, req, "people");
    page_person(resp_page(cx, req, resp), v);
    return OK;
}

Err people_one_get(Cx *cx, const Req *req, Resp *resp)
{
    struct person_view v = {.id = path_i64(req, "id")};
    return person_page(cx, req, resp, &v);
}

Err people_new_post(Cx *cx, const Req *req, Resp *resp)
{
    struct person_form_view v = {.login = form_text(req, "login"),
        .name = form_text(req, "name"),
        .phone = form_text(req, "phone")};
    struct person_new in = {.login = v.login, .name = v.name, .phone = v.phone};
    struct person_view made = {0};
    Str token;

    Err e = v.login.len ? people_add(cx, &in, &made.id)
                        : fail(cx, ERR_INVALID, "login", T("请填写登录名"));
    if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
        return new_page(cx, req, resp, &v);
    }
    TRY(e);
    TRY(people_invite(cx, made.id, &token));
    made.link = people_link(cx, req, token);
    return person_page(cx, req, resp, &made);
}

Err people_one_post(Cx *cx, const Req *req, Resp *resp)
{
    struct person_view v = {.id = path_i64(req, "id")};
    struct person was;
    Str phone = form_text(req, "phone");

    TRY(people_find(cx, v.id, &was));
    struct person_change in = {
        .name = form_text(req, "name"),
        .phone = {phone, phone.len > 0},
        .lang = was.lang,
        .version = form_i64(req, "version")
    };
    Err e = people_change(cx, v.id, &in);
    if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
        return person_page(cx, req, resp, &v);
    }
    TRY(e);
    return redirect(cx, resp, "/people/%lld", (long long)v.id);
}

Err people_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    struct person_view v = {.id = path_i64(req, "id")};
    struct person p;
    Str verb = path_text(req, "verb"), token;

    TRY(people_find(cx, v.id, &p));
    if (str_eq(verb, S("invite"))) {
        TRY(people_invite(cx, v.id, &token));
        v.link = people_link(cx, req, token);
        return person_page(cx, req, resp, &v);
    }
    if (str_eq(verb, S("disable")))
        TRY(people_disable(cx, v.id));
    else if (str_eq(verb, S("enable")))
        TRY(people_enable(cx, v.id));
    else if (str_eq(verb, S("totp_off")))
        TRY(people_totp_drop(cx, v.id));
    else
        return ERR_NOT_FOUND;
    return redirect(cx, resp, "/people/%lld", (long long)v.id);
}
