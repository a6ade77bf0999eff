/* ledger_cli.c — 台账 on the command line: import, export, undo, ledgers. */
#include "rooms/ledger/ledger_cli.h"

#include "base/json.h"
#include "rooms/duty/duty.h"
#include "rooms/ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static Err named(Cx *cx, const Args *args, const struct ledger **l)
{
    Str name;
    TRY(arg_text(cx, args, 0, "LEDGER", &name));
    TRY(duty_operator(cx)); /* who has the machine has the town, and the log says so */
    *l = ledger_named(name);
    return *l ? OK : fail_say(cx, ERR_INVALID, "LEDGER", say_s(cx, T("没有台账 {s}"), name));
}

static Err read_all(Cx *cx, const char *path, Str *bytes)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        Err e = fail_say(cx, ERR_INVALID, "FILE", say_s(cx, T("打不开文件 {s}"), str(path)));
        if (fd >= 0)
            close(fd);
        return e;
    }
    char *at = arena_raw(&cx->mem, (size_t)st.st_size + 1);
    size_t done = 0;
    for (ssize_t n; done < (size_t)st.st_size; done += (size_t)n)
        if ((n = read(fd, at + done, (size_t)st.st_size - done)) <= 0)
            break;
    close(fd);
    *bytes = (Str){at, done};
    return OK;
}

static void put(FILE *to, Str s)
{
    fwrite(s.at, 1, s.len, to);
}

static void tell(Cx *cx, const struct import *im)
{
    const struct {
        Text what;
        size_t n;
    } lines[] = {
        {T("新增 {n} 行"),          im->added  },
        {T("更新 {n} 行"),          im->changed},
        {T("没有变化 {n} 行"),    im->same   },
        {T("重复，跳过 {n} 行"), im->again  },
        {T("有错，不导 {n} 行"), im->wrong  },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].n && i)
            continue;
        put(stdout, say_n(cx, lines[i].what, (int64_t)lines[i].n));
        putchar('\n');
    }
    for (size_t i = 0; i < im->n_bad; i++) {
        const struct bad_cell *b = &im->bad[i];
        put(stderr, say_n(cx, T("第 {n} 行"), b->line));
        fputs("  ", stderr);
        put(stderr, b->column);
        fputs(b->typed.len ? " “" : " ", stderr);
        put(stderr, b->typed);
        fputs(b->typed.len ? "” " : " ", stderr);
        put(stderr, b->why);
        fputc('\n', stderr);
    }
}

static Str last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str(slash ? slash + 1 : path);
}

static Err import_verb(Cx *cx, const Args *args)
{
    const struct ledger *l;
    struct import im = {.dry = arg_option(args, "dry-run") != NULL};
    Str path, bytes;
    TRY(named(cx, args, &l));
    TRY(arg_text(cx, args, 1, "FILE", &path));
    const char *file = arena_printf(&cx->mem, "%.*s", (int)path.len, path.at);
    TRY(read_all(cx, file, &bytes));
    im.file = str_cut(last_part(file), 80);
    TRY(ledger_import(cx, l, bytes, &im));
    tell(cx, &im);
    if (!im.dry && im.added + im.changed) {
        put(stdout, say_s(cx, T("批次 {s}"), im.batch));
        putchar('\n');
    }
    return im.wrong ? fail_say(
               cx, ERR_INVALID, NULL, say_n(cx, T("{n} 行有错，没有导入"), (int64_t)im.wrong))
                    : OK;
}

/* kind=board done_on_from=2026-06-01: what stands behind the ledger's name. */
static Err filters(Cx *cx, const Args *args, struct pairs *to)
{
    struct pair *at = NEW_ARRAY(&cx->mem, (size_t)args->n, struct pair);
    size_t n = 0;
    for (int i = 1; i < args->n; i++) {
        const char *is = strchr(args->at[i], '=');
        if (!is)
            return fail_say(cx, ERR_INVALID, "usage",
                say_s(cx, T("条件要写成 名称=值：{s}"), str(args->at[i])));
        at[n++] = (struct pair){
            {args->at[i], (size_t)(is - args->at[i])},
            str(is + 1)
        };
    }
    *to = (struct pairs){at, n};
    return OK;
}

static Err export_verb(Cx *cx, const Args *args)
{
    const struct ledger *l;
    const char *as = arg_option(args, "format"), *full = arg_option(args, "full");
    struct pairs filter;
    int out = STDOUT_FILENO;
    size_t n;
    TRY(named(cx, args, &l));
    if (as && strcmp(as, "csv") != 0 && strcmp(as, "json") != 0)
        return fail(cx, ERR_INVALID, "usage", T("--format 是 csv 或 json"));
    if (full && !*full)
        return fail(cx, ERR_INVALID, "usage", T("--full 后面写明理由"));
    TRY(filters(cx, args, &filter));
    struct sink o = sink_to_fd(&cx->mem, &out);
    enum format format = as && *as == 'j' ? FORMAT_JSON : FORMAT_CSV;
    TRY(ledger_export(cx, l, filter, full ? SIGHT_FULL : SIGHT_STAFF, format, &o, &n));
    return ledger_exported(cx, l, format, n, str(full));
}

static Err undo_verb(Cx *cx, const Args *args)
{
    const struct ledger *l;
    Str batch;
    size_t removed;
    TRY(named(cx, args, &l));
    TRY(arg_text(cx, args, 1, "BATCH", &batch));
    TRY(ledger_undo(cx, l, batch, &removed));
    put(stdout, say_n(cx, T("撤回 {n} 行"), (int64_t)removed));
    putchar('\n');
    return OK;
}

static Err ledgers_verb(Cx *cx, const Args *args)
{
    bool as_json = arg_option(args, "json") != NULL;
    size_t n;
    const struct ledger *const *all = ledger_all(cx, &n);
    int out = STDOUT_FILENO;
    struct sink o = sink_to_fd(&cx->mem, &out);
    sink_z(&o, as_json ? "[" : "");
    for (size_t i = 0; i < n; i++) {
        if (as_json) {
            sink_z(&o, i ? ",\n" : "\n");
            ledger_describe(&o, all[i]);
            continue;
        }
        sink_z(&o, all[i]->name);
        sink_z(&o, "\t");
        sink_put(&o, say(cx, all[i]->label));
        sink_z(&o, all[i]->list ? "\n" : "\t(import)\n");
    }
    sink_z(&o, as_json ? "\n]\n" : "");
    return sink_end(&o);
}

const struct cli_verb ledger_verbs[] = {
    {.name = "import",
     .usage = "LEDGER FILE [--dry-run]",
     .help = T("把 CSV 表导入台账；--dry-run 只试跑，逐行报告"),
     .options = "dry-run",
     .least = 2,
     .most = 2,
     .needs_db = true,
     .needs_town = true,
     .run = import_verb},
    {.name = "export",
     .usage = "LEDGER [NAME=VALUE …] [--format csv|json] [--full REASON]",
     .help = T("把台账写到标准输出；姓名和电话遮住，--full 写明理由才全给，会留痕"),
     .options = "format= full=",
     .least = 1,
     .most = 32,
     .needs_db = true,
     .needs_town = true,
     .run = export_verb},
    {.name = "undo",
     .usage = "LEDGER BATCH",
     .help = T("整批撤回一次导入；导入以后有人改过的行留下"),
     .least = 2,
     .most = 2,
     .needs_db = true,
     .needs_town = true,
     .run = undo_verb},
    {.name = "ledgers",
     .usage = "[--json]",
     .help = T("列出全部台账和它们的列"),
     .options = "json",
     .run = ledgers_verb},
    {0                                                       }
};
