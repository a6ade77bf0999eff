/* people_cli.c — heqing user add|list|disable|enable|reset|setup. */
#include <inttypes.h>
#include <stdio.h>

#include "rooms/people/people.h"
#include "rooms/people/people_room.h"

/* The link is printed once; only its hash is kept. */
static Err print_invite(Cx *cx, int64_t id)
{
    Str token;

    TRY(people_invite(cx, id, &token));
    printf("/invite/%.*s\n", (int)token.len, token.at);
    return OK;
}

static Err of_login(Cx *cx, const Args *a, int64_t *id)
{
    Str login;

    TRY(arg_text(cx, a, 1, "LOGIN", &login));
    Err e = people_of_login(cx, login, id);
    return e == ERR_NOT_FOUND ? fail(cx, ERR_NOT_FOUND, "login", T("没有这个登录名")) : e;
}

static Err add(Cx *cx, const Args *a)
{
    struct person_new in = {0};
    const char *phone = arg_option(a, "phone");
    int64_t id;

    TRY(arg_text(cx, a, 1, "LOGIN", &in.login));
    TRY(arg_text(cx, a, 2, "NAME", &in.name));
    in.phone = str(phone ? phone : "");
    TRY(people_add(cx, &in, &id));
    return print_invite(cx, id);
}

static Err list(Cx *cx, const Args *a)
{
    struct persons all;

    (void)a;
    TRY(people_all(cx, &all));
    printf("id,login,name,state\n");
    for (size_t i = 0; i < all.n; i++)
        printf("%" PRId64 ",%.*s,%.*s,%s\n", all.at[i].id, (int)all.at[i].login.len,
            all.at[i].login.at, (int)all.at[i].name.len, all.at[i].name.at,
            all.at[i].disabled    ? "disabled"
            : all.at[i].login.len ? "active"
                                  : "no account");
    return OK;
}

static Err disable(Cx *cx, const Args *a)
{
    int64_t id;

    TRY(of_login(cx, a, &id));
    return people_disable(cx, id);
}

static Err enable(Cx *cx, const Args *a)
{
    int64_t id;

    TRY(of_login(cx, a, &id));
    return people_enable(cx, id);
}

/* Sessions end at once, and the second factor goes with the password: the phone may be lost. */
static Err reset(Cx *cx, const Args *a)
{
    int64_t id;

    TRY(of_login(cx, a, &id));
    TRY(people_sessions_end(cx, id));
    if (arg_option(a, "totp"))
        TRY(people_totp_drop(cx, id));
    return print_invite(cx, id);
}

static Err setup(Cx *cx, const Args *a)
{
    Str code;

    (void)a;
    TRY(people_setup_code(cx, &code));
    printf("%.*s\n", (int)code.len, code.at);
    return OK;
}

static Err user(Cx *cx, const Args *a)
{
    static const struct {
        const char *name;
        Err (*run)(Cx *, const Args *);
    } verbs[] = {
        {"add",     add    },
        {"list",    list   },
        {"disable", disable},
        {"enable",  enable },
        {"reset",   reset  },
        {"setup",   setup  }
    };
    Str what;

    TRY(arg_text(cx, a, 0, "add|list|disable|enable|reset|setup", &what));
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_eq(what, str(verbs[i].name)))
            return verbs[i].run(cx, a);
    return fail(cx, ERR_INVALID, "usage", T("用法：add、list、disable、enable、reset、setup"));
}

const struct cli_verb people_verbs[] = {
    {.name = "user",
     .usage = "add LOGIN NAME [--phone N] | list | disable LOGIN | enable LOGIN | "
                 "reset LOGIN [--totp] | setup", .help =
            T("账号：新建、列出、停用、恢复、重设；add 和 reset 打印一次有效的设密码链接，setup "
              "打印初始设置码"),
     .options = "phone= totp",
     .least = 1,
     .most = 3,
     .needs_db = true,
     .needs_town = true,
     .run = user},
    {0},
};
