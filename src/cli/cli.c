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

static void help(Lang lang)
{
    printf("%s\n\n", text_in(lang, T("河清：乡镇环境治理与公共事务的一本账")));
    printf("  heqing help\n");
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct cli_verb *v = (*r)->verbs; v && v->name; v++)
            printf("  heqing %s %s\n      %s\n", v->name, v->usage, text_in(lang, v->help));
    printf("\n%s\n", text_in(lang, T("每个命令都可带 --data 数据目录、--db postgresql://…、--town "
                                     "9位代码、--lang zh|en")));
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
        return fail_say(cx, ERR_INVALID, name, say_s(cx, T("缺少参数 {s}"), str(name)));
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
        return fail_say(cx, ERR_INVALID, name, say_s(cx, T("{s} 应是一个整数"), str(name)));
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

/* The one town there is; several have to be chosen from. */
static Err choose_town(Cx *cx, const Args *a)
{
    const int64_t *at;
    size_t n;
    if (a->town) {
        cx->town_id = a->town;
        return OK;
    }
    TRY(store_towns(cx, &at, &n));
    if (n == 1)
        cx->town_id = at[0];
    return OK;
}

static int told(Cx *cx, Err e)
{
    static const char *const usual[] = {
        "", "invalid", "forbidden", "not found", "conflict", "busy, try again", "internal error"};
    if (e == OK)
        return 0;
    fprintf(stderr, "heqing: %s%s%.*s%s%s\n", cx->why.field ? cx->why.field : "",
        cx->why.field ? ": " : "", (int)cx->why.say.len, cx->why.say.len ? cx->why.say.at : "",
        cx->why.say.len ? "" : usual[e], "");
    if (cx->why.log)
        fprintf(stderr, "heqing: %s\n", cx->why.log);
    return 1;
}

static Err run(Cx *cx, const struct cli_verb *v, const Args *a)
{
    if (v->needs_db) {
        TRY(cli_open(cx, a, v->reads_only));
        TRY(choose_town(cx, a));
    }
    TRY(open_rooms(cx));
    return v->run(cx, a);
}

int cli_main(int argc, char **argv)
{
    Cx cx = {.now = clock_ms(), .lang = lang_of_env(), .door = "cli"};
    const char *options[MAX_OPTIONS * 2 + 1] = {0};
    if (argc < 2 || !strcmp(argv[1], "help") || !strcmp(argv[1], "--help"))
        return help(cx.lang), argc < 2 ? 2 : 0;
    struct found f = verb_named(argv[1]);
    if (!f.verb) {
        fprintf(stderr, "heqing: %s? heqing help\n", argv[1]);
        return 2;
    }
    Args a = {.at = arena_array(&cx.mem, (size_t)argc, sizeof *a.at)};
    if (!read_args(f.verb, argc, argv, &a, options))
        return usage(f.verb, cx.lang);
    const char *lang = arg_option(&a, "lang"), *town = arg_option(&a, "town");
    cx.lang = lang ? (!strcmp(lang, "en") ? LANG_EN : LANG_ZH) : cx.lang;
    if (arg_option(&a, "help")) {
        printf("heqing %s %s\n%s\n", f.verb->name, f.verb->usage, text_in(cx.lang, f.verb->help));
        return 0;
    }
    const char *data = arg_option(&a, "data"), *db = arg_option(&a, "db");
    a.data = data ? data : getenv("HEQING_DATA") ? getenv("HEQING_DATA") : "data";
    a.serves = f.verb->serves;
    Err e = config_open(&cx, a.data);
    a.db = db ? db : config_text("db");
    a.town = town ? strtoll(town, NULL, 10) : 0;
    /* Before any thread, key or database: what meets strangers' bytes has none of them. */
    if (f.verb->needs_photos && !photo_start())
        fprintf(stderr, "heqing: %s\n", text_in(cx.lang, T("照片进程没有起来：收不了照片")));
    if (e == OK)
        e = run(&cx, f.verb, &a);
    bool is_usage = e == ERR_INVALID && cx.why.field && !strcmp(cx.why.field, "usage");
    int code = told(&cx, e);
    if (f.verb->needs_db)
        cli_close(&cx);
    photo_stop();
    arena_reset(&cx.mem);
    return is_usage ? usage(f.verb, cx.lang) : code;
}
