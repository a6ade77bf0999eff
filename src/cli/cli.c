/* cli.c — 命令行: heqing VERB [ARGS] [--options]. */
#include "cli/cli.h"

#include "base/config.h"
#include "base/secret.h"
#include "photo/photo.h"
#include "rooms.h"
#include "store/files.h"
#include "store/lane.h"
#include "store/log.h"
#include "store/towns.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_OPTIONS = 32 };

struct found {
    const struct room *room;
    const struct cli_verb *verb;
};

static struct found verb_named(const char *name)
{
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct cli_verb *v = (*r)->verbs; v && v->name; v++)
            if (!strcmp(v->name, name))
                return (struct found){*r, v};
    return (struct found){0};
}

static Lang lang_of_env(void)
{
    const char *l = getenv("HEQING_LANG");
    if (!l)
        l = getenv("LANG");
    return l && !strncmp(l, "en", 2) ? LANG_EN : LANG_ZH;
}

static int64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const Text common_help =
    T("每个命令都可带 --data 数据目录、--db postgresql://…、--town 9位代码、--lang zh|en");

static void help(Lang lang)
{
    printf("%s\n\n", text_in(lang, T("河清：乡镇环境治理与公共事务的一本账")));
    printf("  heqing help\n");
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct cli_verb *v = (*r)->verbs; v && v->name; v++)
            printf("  heqing %s %s\n      %s\n", v->name, v->usage, text_in(lang, v->help));
    printf("\n%s\n", text_in(lang, common_help));
}

static int usage(const struct cli_verb *v, Lang lang)
{
    fprintf(stderr, "%s: heqing %s %s\n", text_in(lang, T("用法")), v->name, v->usage);
    return 2;
}

/* " dry-run format= " names them; '=' takes a value.  The house's own stand in front. */
static const char *const common[] = {"data=", "db=", "town=", "lang=", "help", NULL};

static bool option_is(const char *list, const char *name, size_t n, bool *takes)
{
    for (const char *p = list; p && *p;) {
        size_t k = strcspn(p, " =");
        bool value = p[k] == '=';
        if (k == n && !strncmp(p, name, n))
            return *takes = value, true;
        p += k + value;
        p += strspn(p, " ");
    }
    return false;
}

static bool known_option(const struct cli_verb *v, const char *name, size_t n, bool *takes)
{
    for (const char *const *c = common; *c; c++)
        if (option_is(*c, name, n, takes))
            return true;
    return option_is(v->options, name, n, takes);
}

/* Options may stand anywhere behind the verb; "--name value" or "--name=value". */
static bool read_args(
    const struct cli_verb *v, int argc, char **argv, Args *a, const char **options)
{
    int n = 0;
    for (int i = 2; i < argc; i++) {
        const char *s = argv[i];
        if (strncmp(s, "--", 2)) {
            a->at[a->n++] = argv[i];
            continue;
        }
        size_t k = strcspn(s + 2, "=");
        bool takes, joined = s[2 + k] == '=';
        if (!known_option(v, s + 2, k, &takes) || (joined && !takes) || n + 2 >= MAX_OPTIONS * 2)
            return fprintf(stderr, "heqing %s: %s?\n", v->name, s), false;
        if (takes && !joined && i + 1 == argc)
            return fprintf(stderr, "heqing %s: %s …?\n", v->name, s), false;
        char *name = strndup(s + 2, k); /* lives as long as the process */
        if (!name)
            abort();
        options[n++] = name;
        options[n++] = !takes ? "" : joined ? s + 2 + k + 1 : argv[++i];
    }
    options[n] = NULL;
    a->options = options;
    return true;
}

const char *arg_option(const Args *a, const char *name)
{
    for (const char *const *o = a->options; *o; o += 2)
        if (!strcmp(o[0], name))
            return o[1];
    return NULL;
}

Err arg_text(Cx *cx, const Args *a, int i, const char *name, Str *to)
{
    if (i >= a->n)
        return fail_say(cx, ERR_INVALID, "usage", say_s(cx, T("缺少参数 {s}"), str(name)));
    *to = str(a->at[i]);
    return OK;
}

Err arg_i64(Cx *cx, const Args *a, int i, const char *name, int64_t *to)
{
    Str s;
    char *end;
    TRY(arg_text(cx, a, i, name, &s));
    errno = 0;
    long long n = strtoll(s.at, &end, 10);
    if (errno || !s.len || *end)
        return fail_say(cx, ERR_INVALID, "usage", say_s(cx, T("{s} 应是一个整数"), str(name)));
    *to = n;
    return OK;
}

const char *cli_db_url(Cx *cx, const Args *a)
{
    return a->db ? a->db : arena_printf(&cx->mem, "%s/heqing.db", a->data);
}

static Err migrate(Cx *cx, const char *url)
{
    cx->db = db_open(&(struct db_opt){.url = url, .node = "cli", .budget_ms = 600000});
    if (!cx->db)
        return fail_say(cx, ERR_BUSY, NULL,
            say_s(cx, T("打不开数据库 {s}"), db_is_pg(url) ? S("PostgreSQL") : str(url)));
    Err e = db_migrate(cx);
    db_close(cx->db);
    cx->db = NULL;
    return e;
}

Err cli_open(Cx *cx, const Args *a, bool reads_only)
{
    const char *url = cli_db_url(cx, a);
    if (!db_is_pg(url) && access(url, R_OK) != 0 && (reads_only || access(a->data, W_OK) != 0))
        return fail_say(cx, ERR_NOT_FOUND, "data",
            say_s(cx, T("{s} 里没有数据。先用 heqing init 或 heqing demo 建一个"), str(a->data)));
    TRY(secret_open(cx, a->data));
    TRY(files_open(cx, a->data));
    if (!reads_only) {
        TRY(migrate(cx, url));
        TRY(lanes_open(&(struct lanes_opt){
            .url = url, .node = a->serves ? "web" : "cli", .budget_ms = a->serves ? 0 : 20000}));
    }
    cx->db =
        db_open(&(struct db_opt){.url = url, .node = "cli", .reads = true, .budget_ms = 60000});
    if (!cx->db)
        return fail_say(cx, ERR_BUSY, NULL, say_s(cx, T("打不开数据库 {s}"), str(a->data)));
    return OK;
}

void cli_close(Cx *cx)
{
    if (cx->db)
        (void)lanes_close();
    db_close(cx->db);
    cx->db = NULL;
}

static Err open_rooms(Cx *cx)
{
    for (const struct room *const *r = rooms; *r; r++)
        if ((*r)->open)
            TRY((*r)->open(cx));
    return OK;
}

/* The one asked for, the folder's, or the only one there is; of several one has to be named. */
static Err choose_town(Cx *cx, const struct cli_verb *v, const Args *a)
{
    const int64_t *at;
    size_t n, i = 0;
    const char *usual = config_text("town");
    int64_t asked = a->town ? a->town : usual ? strtoll(usual, NULL, 10) : 0;
    TRY(store_towns(cx, &at, &n));
    while (i < n && at[i] != asked)
        i++;
    if (asked && i == n && (v->needs_town || a->town))
        return fail_say(cx, ERR_NOT_FOUND, "town", say_n(cx, T("没有乡镇 {n}"), asked));
    cx->town_id = asked && i < n ? asked : n == 1 ? at[0] : 0;
    if (cx->town_id || !v->needs_town)
        return OK;
    return n ? fail(cx, ERR_INVALID, "usage", T("这里有几个乡镇，请用 --town 9位代码 说明是哪一个"))
             : fail(cx, ERR_NOT_FOUND, "town",
                 T("还没有乡镇。先用 heqing init 或 heqing demo 建一个"));
}

static bool is_usage(const Cx *cx, Err e)
{
    return e == ERR_INVALID && cx->why.field && !strcmp(cx->why.field, "usage");
}

static int told(Cx *cx, Err e)
{
    static const char *const usual[] = {
        "", "invalid", "forbidden", "not found", "conflict", "busy, try again", "internal error"};
    if (e == OK)
        return 0;
    const char *field = cx->why.field && !is_usage(cx, e) ? cx->why.field : NULL;
    fprintf(stderr, "heqing: %s%s%.*s%s\n", field ? field : "", field ? ": " : "",
        (int)cx->why.say.len, cx->why.say.len ? cx->why.say.at : "",
        cx->why.say.len ? "" : usual[e]);
    if (cx->why.log)
        fprintf(stderr, "heqing: %s\n", cx->why.log);
    return 1;
}

static Err run(Cx *cx, const struct cli_verb *v, const Args *a)
{
    if (v->needs_db) {
        TRY(cli_open(cx, a, v->reads_only));
        TRY(choose_town(cx, v, a));
    }
    TRY(open_rooms(cx));
    return v->run(cx, a);
}

/* 410108101, or nothing said.  -1: something else. */
static int64_t town_of(const char *s)
{
    if (!s)
        return 0;
    return strlen(s) == 9 && strspn(s, "0123456789") == 9 && *s != '0' ? strtoll(s, NULL, 10) : -1;
}

static bool lang_is(const char *s, Lang *lang)
{
    if (s && strcmp(s, "en") != 0 && strcmp(s, "zh") != 0)
        return false;
    if (s)
        *lang = *s == 'e' ? LANG_EN : LANG_ZH;
    return true;
}

/* What the verb was given, with what the environment and DIR/heqing.conf say where it says nothing.
 */
static Err settle(Cx *cx, const struct cli_verb *v, Args *a)
{
    const char *data = arg_option(a, "data"), *db = arg_option(a, "db"),
               *lang = arg_option(a, "lang");
    if (!lang_is(lang, &cx->lang))
        return fail(cx, ERR_INVALID, "usage", T("语言是 zh 或 en"));
    if (a->n < v->least)
        return fail(cx, ERR_INVALID, "usage", T("参数少了"));
    if (a->n > v->most)
        return fail_say(
            cx, ERR_INVALID, "usage", say_s(cx, T("多出来的参数：{s}"), str(a->at[v->most])));
    a->data = data ? data : config_text("data") ? config_text("data") : "data";
    a->serves = v->serves;
    TRY(config_open(cx, a->data));
    a->db = db ? db : config_text("db");
    a->town = town_of(arg_option(a, "town"));
    if (a->town < 0 || town_of(config_text("town")) < 0)
        return fail(cx, ERR_INVALID, "usage", T("乡镇代码是 9 位数字，如 410108101"));
    if (!lang && !lang_is(config_text("lang"), &cx->lang))
        return fail(cx, ERR_INVALID, "usage", T("语言是 zh 或 en"));
    return OK;
}

static int help_verb(const struct cli_verb *v, Lang lang)
{
    printf("heqing %s %s\n%s\n\n%s\n", v->name, v->usage, text_in(lang, v->help),
        text_in(lang, common_help));
    return 0;
}

static int run_verb(Cx *cx, const struct cli_verb *v, Args *a)
{
    Err e = settle(cx, v, a);
    /* Before any thread, key or database: what meets strangers' bytes has none of them. */
    if (e == OK && v->needs_photos && !photo_start())
        fprintf(stderr, "heqing: %s\n", text_in(cx->lang, T("照片进程没有起来：收不了照片")));
    if (e == OK)
        e = run(cx, v, a);
    int code = told(cx, e);
    if (v->needs_db)
        cli_close(cx);
    photo_stop();
    return is_usage(cx, e) ? usage(v, cx->lang) : code;
}

int cli_main(int argc, char **argv)
{
    Cx cx = {.now = clock_ms(), .lang = lang_of_env(), .door = "cli"};
    const char *options[MAX_OPTIONS * 2 + 1] = {0};
    bool asks = argc >= 2 && (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help"));
    if (argc < 2 || (asks && argc == 2))
        return help(cx.lang), argc < 2 ? 2 : 0;
    struct found f = verb_named(argv[asks ? 2 : 1]);
    if (!f.verb) {
        fprintf(stderr, "heqing: %s? heqing help\n", argv[asks ? 2 : 1]);
        return 2;
    }
    if (asks)
        return help_verb(f.verb, cx.lang);
    Args a = {.at = arena_array(&cx.mem, (size_t)argc, sizeof *a.at)};
    int code = 0;
    if (!read_args(f.verb, argc, argv, &a, options))
        code = usage(f.verb, cx.lang); /* NOLINT(clang-analyzer-unix.Malloc): the arena's, below */
    else if (arg_option(&a, "help")) {
        (void)lang_is(arg_option(&a, "lang"), &cx.lang);
        code = help_verb(f.verb, cx.lang);
    } else
        code = run_verb(&cx, f.verb, &a);
    arena_reset(&cx.mem);
    return code;
}
