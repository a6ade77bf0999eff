/* demo_cli.c — heqing init DIR: an empty town whose first page is its set-up.  heqing demo DIR: the
 * demonstration towns of demo/, made by the same imports as a real one. */
#include "rooms/demo/demo_cli.h"
#include "base/csv.h"
#include "base/fd.h"
#include "cli/cli.h"
#include "rooms/demo/demo.h"
#include "rooms/demo/demo_make.h"
#include "rooms/demo/demo_office.h"
#include "rooms/demo/demo_plate.h"
#include "rooms/demo/demo_property.h"
#include "rooms/demo/demo_public.h"
#include "rooms/demo/demo_rounds.h"
#include "rooms/demo/demo_survey.h"
#include "rooms/demo/demo_walk.h"
#include "rooms/people/people.h"
#include "rooms/town/town_edit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder exists and nothing is in it. */
static Err empty_folder(Cx *cx, const char *dir)
{
    if (mkdir(dir, 0700) == 0)
        return OK;
    DIR *d = errno == EEXIST ? opendir(dir) : NULL;
    if (!d)
        return fail_say(cx, ERR_INVALID, "DIR", say_s(cx, T("建不了文件夹 {s}"), str(dir)));
    bool empty = true;
    for (const struct dirent *e; (e = readdir(d));)
        empty &= !strcmp(e->d_name, ".") || !strcmp(e->d_name, "..");
    closedir(d);
    return empty ? OK
                 : fail_say(cx, ERR_CONFLICT, "DIR",
                     say_s(cx, T("{s} 不是空的，请换一个新的文件夹"), str(dir)));
}

/* The verb's own folder, opened for writing; cli_close() when done. */
static Err open_new(Cx *cx, const Args *args, Args *own)
{
    Str dir;
    TRY(arg_text(cx, args, 0, "DIR", &dir));
    *own = *args;
    own->data = arena_printf(&cx->mem, "%.*s", (int)dir.len, dir.at);
    TRY(empty_folder(cx, own->data));
    return cli_open(cx, own, false);
}

static void tell(Str s)
{
    printf("%.*s\n", (int)s.len, s.at);
}

/* --- init --- */

static Err make_town(Cx *cx, const Args *args, bool village)
{
    const char *name = arg_option(args, "name"), *abbr = arg_option(args, "abbr");
    Str code;
    TRY(demo_town(cx, args->town, str(name), str(abbr)));
    enum put put;
    if (village)
        TRY(town_setting_put(cx, S("small_house"), S("1"), (Str){0}, FOR_IMPORTS, &put));
    TRY(people_setup_code(cx, &code));
    tell(say_s(cx, T("{s} 建好了。"), str(name)));
    tell(say(cx, T("一次性设置码（1 小时内有效，只显示这一次）：")));
    printf("\n    %.*s\n\n", (int)code.len, code.at);
    tell(say(cx, T("启动 heqing serve 后打开网站的 /setup，输入设置码，设定三位管理员。")));
    return OK;
}

static Err init_verb(Cx *cx, const Args *args)
{
    const char *name = arg_option(args, "name"), *abbr = arg_option(args, "abbr"),
               *kind = arg_option(args, "kind");
    bool village = kind && !strcmp(kind, "village");
    Args own;
    if (args->n != 1 || !args->town || !name || !abbr
        || (kind && !village && strcmp(kind, "town") != 0))
        return fail(
            cx, ERR_INVALID, "usage", T("要有文件夹、--town 9位代码、--name 名称、--abbr 简称"));
    Err e = open_new(cx, args, &own);
    if (e == OK)
        e = make_town(cx, args, village);
    cli_close(cx);
    return e;
}

/* --- demo --- */

/* The town's twelve weeks, if the folder tells them. */
static Err replay(Cx *cx, const char *folder)
{
    Str deeds = demo_joined(cx, folder, "deeds");
    int64_t n;
    if (!deeds.len)
        return OK;
    TRY(demo_deeds(cx, deeds, &n));
    tell(say_sn(cx, T("{s}：{n} 步办理"), str(folder), n));
    TRY(demo_rounds(cx, &n));
    if (n)
        tell(say_sn(cx, T("{s}：{n} 张检查表"), str(folder), n));
    TRY(demo_property(cx));
    TRY(demo_survey(cx));
    TRY(demo_walk(cx));
    TRY(demo_public(cx));
    TRY(demo_office(cx));
    return demo_plate(cx);
}

/* Who opens the site without an account looks at the first of the towns. */
static Err write_conf(Cx *cx, const char *dir, Str town)
{
    const char *path = arena_printf(&cx->mem, "%s/heqing.conf", dir);
    CLOSES int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    struct sink to = sink_to_fd(&cx->mem, &fd);
    if (fd < 0)
        return fail_log(cx, ERR_INTERNAL, "%s: %m", path);
    sink_z(&to, "town = ");
    sink_put(&to, town);
    sink_z(&to, "\n");
    return sink_end(&to);
}

static Err make_demo_town(Cx *cx, const struct csv *csv, struct sink *accounts)
{
    if (csv->n != 4)
        return fail(cx, ERR_INVALID, NULL, T("towns.csv 应有 4 列：town,name,abbr,folder"));
    const char *folder = arena_printf(&cx->mem, "%.*s", (int)csv->cells[3].len, csv->cells[3].at);
    char digits[16] = {0};
    memcpy(digits, csv->cells[0].at, csv->cells[0].len < 15 ? csv->cells[0].len : 15);
    TRY(demo_town(cx, strtoll(digits, NULL, 10), csv->cells[1], csv->cells[2]));
    TRY(demo_load(cx, folder));
    TRY(demo_accounts(cx, folder, accounts));
    return replay(cx, folder);
}

static Err make_demo(Cx *cx, const char *dir, struct sink *accounts)
{
    const struct carried *towns = NULL;
    struct csv csv;
    Text why = {0};
    for (const struct carried *f = demo_files; f->path; f++)
        if (!strcmp(f->path, "towns.csv"))
            towns = f;
    if (!towns)
        return fail_log(cx, ERR_INTERNAL, "the program carries no demo/towns.csv");
    why = csv_open(towns->bytes, &csv);
    if (why.zh || !csv_next(cx, &csv, &why))
        return fail(cx, ERR_INVALID, NULL, why);
    sink_z(accounts, "login,password,post,unit,name\n");
    for (bool first = true; csv_next(cx, &csv, &why); first = false) {
        if (first)
            TRY(write_conf(cx, dir, csv.cells[0]));
        TRY(make_demo_town(cx, &csv, accounts));
    }
    return why.zh ? fail(cx, ERR_INVALID, NULL, why) : sink_end(accounts);
}

static Err demo_verb(Cx *cx, const Args *args)
{
    Args own;
    Err e = args->n == 1 ? open_new(cx, args, &own)
                         : fail(cx, ERR_INVALID, "usage", T("要有一个新的文件夹"));
    if (e == OK) {
        const char *path = arena_printf(&cx->mem, "%s/accounts.csv", own.data);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        struct sink to = sink_to_fd(&cx->mem, &fd);
        e = fd < 0 ? fail_log(cx, ERR_INTERNAL, "%s: %m", path) : make_demo(cx, own.data, &to);
        if (fd >= 0 && fsync(fd) + close(fd) != 0 && e == OK)
            e = fail_log(cx, ERR_INTERNAL, "%s: %m", path);
        if (e == OK)
            tell(say_s(cx, T("示范乡镇建好了，账号在 {s}"), str(path)));
    }
    cli_close(cx);
    return e;
}

const struct cli_verb demo_verbs[] = {
    {.name = "init",
     .usage = "DIR --town CODE --name NAME --abbr GX [--kind village]",
     .help = T("在新文件夹里建一个空的乡镇，打印一次性设置码"),
     .options = "name= abbr= kind=",
     .least = 1,
     .most = 1,
     .run = init_verb},
    {.name = "demo",
     .usage = "DIR",
     .help = T("在新文件夹里建示范乡镇，账号写进 DIR/accounts.csv"),
     .least = 1,
     .most = 1,
     .needs_photos = true,
     .run = demo_verb},
    {0                                                                     },
};
