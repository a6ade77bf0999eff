/* duty_setup.c — 初始设置: the first three accounts of a town, held by three people (AUT-5, SOD-1).
 */
#include "rooms/duty/duty_inner.h"

#include "rooms/people/people.h"
#include "store/db.h"

static const enum post of_admin[3] = {POST_SYSADMIN, POST_SECADMIN, POST_AUDITOR};

struct setting_up {
    const struct setup *in;
    struct setup_done done;
};

static Err one_admin(Cx *cx, struct setting_up *s, int i)
{
    struct appointment_new post = {
        .post = of_admin[i], .kind = S("formal"), .from_on = duty_today(cx)};
    int64_t appointed;

    struct person_new person = {.name = s->in->name[i],
        .login = s->in->login[i],
        .password = i == 0 ? s->in->password : (Str){0},
        .cheap = s->in->cheap};
    TRY(people_add(cx, &person, &post.person));
    TRY(duty_appoint(cx, &post, &appointed));
    return i == 0 ? OK : people_invite(cx, post.person, &s->done.token[i]);
}

static Err setup_step(Cx *cx, void *arg)
{
    struct setting_up *s = arg;
    bool any;

    TRY(people_any(cx, &any));
    if (any)
        return fail(cx, ERR_NOT_FOUND, NULL, T("这里已经有账号，不能再次初始设置"));
    TRY(people_setup_use(cx, s->in->code));
    for (int i = 0; i < 3; i++)
        TRY(one_admin(cx, s, i));
    return OK;
}

Err duty_setup(Cx *cx, const struct setup *in, struct setup_done *out)
{
    struct setting_up s = {.in = in};

    /* The hash is the slow part and is computed inside; the town has nobody else who waits. */
    TRY(people_setup_town(cx, in->code, &cx->town_id));
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < i; k++)
            if (str_eq(in->login[i], in->login[k]))
                return fail(cx, ERR_INVALID, i == 1 ? "login2" : "login3",
                    T("三个管理员要用三个不同的登录名"));
    if (in->password.len == 0)
        return fail(cx, ERR_INVALID, "password", T("密码至少 12 个字符；一句好记的话就行"));
    TRY(db_transaction(cx, setup_step, &s));
    *out = s.done;
    return OK;
}
