/* route_role_test.c — every route × everybody, from one table that repeats nothing from the code:
 * what stands here was decided, and a route that does not stand here fails.
 *
 * Asked is the guard: nobody without an account, one person for every post of both villages, one
 * without a post, one of another town.  What a room refuses beyond it is marked ROOM_ASKS. */
#include "web_town.h"

#include "rooms.h"
#include "rooms/duty/post.h"

#include <stdio.h>

enum { ROOM_ASKS = 1 };

#define STAFF STAFF_POSTS
#define OFFICE OFFICE_POSTS
#define PHOTO_CLEARERS (OFFICE | HAS(POST_COMMANDER))
#define SYSADMIN HAS(POST_SYSADMIN)
#define READS_PEOPLE (HAS(POST_COMMANDER) | OFFICE | SYSADMIN | HAS(POST_SECADMIN))
#define READS_LOG (HAS(POST_COMMANDER) | HAS(POST_OFFICE_HEAD) | HAS(POST_AUDITOR))
#define DUTY_ASKED_BY (OFFICE | HAS(POST_COMMANDER) | SYSADMIN | HAS(POST_SECADMIN))
#define DUTY_GRANTED_BY (DUTY_ASKED_BY & ~HAS(POST_OFFICE))
#define DUTY_SEEN_BY (STAFF | SYSADMIN | HAS(POST_SECADMIN))
#define SCORES (OFFICE | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_INSPECTOR))
#define GOAL_ENTERED_BY (OFFICE | HAS(POST_DEPT) | HAS(POST_SECRETARY) | HAS(POST_CADRE))
#define GOAL_VERIFIED_BY (HAS(POST_DEPT) | HAS(POST_LEAD))
#define GOAL_SET_BY (OFFICE | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY))
#define PROMISE_MOVED_BY (HAS(POST_SECRETARY) | HAS(POST_DEPT) | HAS(POST_LEAD) | OFFICE_POSTS)
#define OVERSEE                                                                                    \
    (TOWN_POSTS | CHAIN_POSTS | HAS(POST_INSPECTOR) | HAS(POST_SUPERVISOR)                         \
        | HAS(POST_VIEWER_DISTRICT))
#define MEET (TOWN_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT))
#define MEETING_MADE_BY (OFFICE_POSTS | HAS(POST_COMMANDER))
#define MERGES (HAS(POST_SECRETARY) | HAS(POST_DEPT) | OFFICE)
#define FIXES (HAS(POST_CADRE) | HAS(POST_GRID_KEEPER) | HAS(POST_TEAM_LEADER))

/* clang-format off */
static const struct rule {
    enum method method;
    const char *path;
    uint32_t who;
    int more;
} rules[] = {
#include "cases/routes.h"
};
/* clang-format on */

static const struct rule *rule_of(const struct route *r)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].method == r->method && !strcmp(rules[i].path, r->path))
            return &rules[i];
    return NULL;
}

static void every_route_stands_in_the_table_and_the_other_way(void **state)
{
    size_t n = 0, missing = 0;
    (void)state;
    for (const struct room *const *room = rooms; *room; room++)
        for (const struct route *r = (*room)->routes; r && r->path; r++, n++)
            if (!rule_of(r) && ++missing)
                print_error("not in tests/cases/routes.h: %s %s\n",
                    r->method == GET ? "GET" : "POST", r->path);
    assert_int_equal(missing, 0);
    assert_int_equal(n, sizeof rules / sizeof *rules);
}

static void the_guard_lets_in_whom_the_table_lets_in(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (const struct room *const *room = rooms; *room; room++)
        for (const struct route *r = (*room)->routes; r && r->path; r++) {
            const struct rule *rule = rule_of(r);
            if (rule && rule->who != r->who && ++wrong)
                print_error("%s: the table says %x, the route %x\n", r->path, rule->who, r->who);
        }
    assert_int_equal(wrong, 0);
}

/* {id} and its like filled with what is sound and names nothing. */
static const char *path_of(Cx *cx, const char *path)
{
    static const struct path_value names[] = {
        {"{id}",      "900001"           },
        {"{unit_id}", "900002"           },
        {"{town_id}", "410108101"        },
        {"{code}",    "482019375602"     },
        {"{verb}",    "file"             },
        {"{size}",    "320"              },
        {"{token}",   "410108101.nothing"},
        {"{name}",    "nothing"          }
    };
    return path_filled(cx, path, names, sizeof names / sizeof *names);
}

static bool starts(Str s, const char *with)
{
    return s.len >= strlen(with) && !memcmp(s.at, with, strlen(with));
}

/* What is wrong with this answer, or NULL. */
static const char *judge(
    const struct rule *rule, const struct web_answer *a, bool signed_in, uint32_t held)
{
    bool to_login = a->status == 303 && starts(a->location, "/login");
    bool may = rule->who & ANYONE || (signed_in && (rule->who == SIGNED_IN || rule->who & held));
    if (a->status >= 500)
        return "fails";
    if (!may && !signed_in)
        return to_login || a->status == 401 || a->status == 403 ? NULL : "is open to nobody";
    if (!may)
        return a->status == 403 ? NULL : "is open to them";
    if (to_login || a->status == 401)
        return "asks them to sign in";
    if (a->status == 403 && !(rule->more & ROOM_ASKS))
        return "is closed to them";
    return NULL;
}

static void ask_all(Cx *cx, int64_t who, const char *cookie, uint32_t held, size_t *wrong)
{
    for (int last = 0; last < 2; last++) /* signing out comes last */
        for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
            const struct rule *rule = &rules[i];
            if ((strcmp(rule->path, "/logout") == 0) != last)
                continue;
            const char *path = path_of(cx, rule->path);
            struct web_answer a =
                web_call(cx, &(struct web_call){.method = rule->method == GET ? "GET" : "POST",
                                 .path = path,
                                 .cookie = cookie});
            const char *fault = judge(rule, &a, who != 0, held);
            if (fault && ++*wrong)
                print_error("person %lld: %s %s answers %d: %s\n", (long long)who,
                    rule->method == GET ? "GET" : "POST", path, a.status, fault);
        }
}

static void everybody_meets_what_the_table_says(void **state)
{
    Cx *cx = *state;
    const char *cookies[N_TOWN_PEOPLE] = {NULL};
    uint32_t held[N_TOWN_PEOPLE] = {0};
    size_t wrong = 0;
    for (int64_t who = 1; who < N_TOWN_PEOPLE; who++) {
        sign_in(cx, who);
        held[who] = cx->me.posts;
        Str cookie = town_cookie(cx, who);
        cookies[who] = arena_printf(&cx->mem, "%.*s", (int)cookie.len, cookie.at);
    }
    sign_in(cx, 0);
    web_call_open(cx, town_dir());
    for (int64_t who = 0; who < N_TOWN_PEOPLE; who++)
        ask_all(cx, who, cookies[who], held[who], &wrong);
    web_call_close();
    assert_int_equal(wrong, 0);
}

static void a_method_that_a_path_does_not_have_is_405(void **state)
{
    Cx *cx = *state;
    web_call_open(cx, town_dir());
    struct web_answer a = web_call(cx, &(struct web_call){.method = "POST", .path = "/healthz"});
    assert_int_equal(a.status, 405);
    a = web_call(cx, &(struct web_call){.path = "/no/such/page"});
    assert_int_equal(a.status, 404);
    web_call_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_stands_in_the_table_and_the_other_way),
        cmocka_unit_test(the_guard_lets_in_whom_the_table_lets_in),
        IN_TOWN(everybody_meets_what_the_table_says),
        IN_TOWN(a_method_that_a_path_does_not_have_is_405),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
