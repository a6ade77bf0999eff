/* problem_cli.c — 问题台账 on the command line: heqing problem ID VERB [HANDLER] --as LOGIN;
 * people are their logins. */
#include "rooms/problem/problem_cli.h"
#include "cli/verb.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"

#include "rooms/problem/problem.h"

#include <stdio.h>

/* The rule is asked as that person, with that person's posts: who runs the program may be anybody,
 * what is done is done by somebody who may. */
static Err act_verb(Cx *cx, const Args *args)
{
    struct problem_fields in = {0};
    const char *as = arg_option(args, "as"), *said = arg_option(args, "text");
    int64_t id, handler;
    Str verb, login;
    TRY(arg_i64(cx, args, 0, "ID", &id));
    TRY(arg_text(cx, args, 1, "VERB", &verb));
    if (args->n > 2) {
        TRY(arg_text(cx, args, 2, "HANDLER", &login));
        TRY(people_of_login(cx, login, &handler));
        in.handler = some_i64(handler);
    }
    if (said)
        in.text = some_str(str(said));
    if (!as)
        return fail(cx, ERR_INVALID, "usage", T("请用 --as 写明由谁办（登录名）"));
    TRY(people_of_login(cx, str(as), &cx->me.person));
    TRY(duty_posts(cx, cx->me.person, &cx->me.posts));
    TRY(problem_act(cx, id, verb, &in));
    Str done = say_n(cx, T("问题 {n}：已办"), id);
    printf("%.*s\n", (int)done.len, done.at);
    return OK;
}

const struct cli_verb problem_cli[] = {
    {.name = "problem",
     .usage = "ID VERB [HANDLER] --as LOGIN [--text=TEXT]",
     .help = T("由某人办一件问题的一步：file、dispatch、accept……"),
     .options = "as= text=",
     .least = 2,
     .most = 3,
     .needs_db = true,
     .needs_town = true,
     .run = act_verb},
    {0}
};
