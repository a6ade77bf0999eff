/* record_cli.c — heqing migrate, verify, checkpoint: the log's proofs from the command line. */
#include "base/html.h"
#include "cli/cli.h"
#include "rooms/attachment/attachment.h"
#include "rooms/record/record.h"
#include "store/log.h"
#include "store/towns.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>

static Err plan_verb(Cx *cx, const Args *a)
{
    Out script = {.mem = &cx->mem};
    cx->db = db_open(&(struct db_opt){
        .url = cli_db_url(cx, a), .node = "cli", .reads = true, .budget_ms = 60000});
    if (!cx->db)
        return fail(cx, ERR_BUSY, NULL, T("打不开数据库"));
    Err e = db_plan(cx, arg_option(a, "citus") != NULL, &script);
    db_close(cx->db);
    cx->db = NULL;
    TRY(e);
    (void)fwrite(script.at, 1, script.len, stdout);
    return OK;
}

static Err migrate_verb(Cx *cx, const Args *a)
{
    if (arg_option(a, "plan") || arg_option(a, "citus"))
        return plan_verb(cx, a);
    const struct db_migration *at;
    size_t n;
    bool status = arg_option(a, "status") != NULL;
    cx->db =
        db_open(&(struct db_opt){.url = cli_db_url(cx, a), .node = "cli", .budget_ms = 600000});
    if (!cx->db)
        return fail(cx, ERR_BUSY, NULL, T("打不开数据库"));
    Err e = status ? OK : db_migrate(cx);
    if (e == OK)
        e = db_migrations(cx, &at, &n);
    db_close(cx->db);
    cx->db = NULL;
    TRY(e);
    for (size_t i = 0; i < n; i++)
        printf("%s %s\n", at[i].file, at[i].applied ? "applied" : "pending");
    return OK;
}

static void print_checkpoint(const struct checkpoint *c, int64_t at)
{
    char hex[2 * sizeof c->hash + 1];
    sodium_bin2hex(hex, sizeof hex, c->hash, sizeof c->hash);
    printf("{\"town\":%" PRId64 ",\"seq\":%" PRId64 ",\"hash\":\"%s\",\"at\":%" PRId64 "}\n",
        c->town, c->seq, hex, at);
}

/* Chain 0 and every town's, or the one asked for. */
static Err chains(Cx *cx, const Args *a, const int64_t **to, size_t *n)
{
    const int64_t *at;
    TRY(store_towns(cx, &at, n));
    int64_t *all = NEW_ARRAY(&cx->mem, *n + 1, int64_t);
    *to = all;
    if (a->town) {
        all[0] = a->town;
        *n = 1;
        return OK;
    }
    if (*n)
        memcpy(all + 1, at, *n * sizeof *all);
    ++*n;
    return OK;
}

static Err checkpoint_verb(Cx *cx, const Args *a)
{
    const int64_t *town;
    size_t n;
    TRY(chains(cx, a, &town, &n));
    for (size_t i = 0; i < n; i++) {
        struct checkpoint c;
        cx->town_id = town[i];
        TRY(log_head(cx, &c));
        print_checkpoint(&c, cx->now);
    }
    return OK;
}

/* One line, as printed by heqing checkpoint. */
static bool read_line(const char *line, struct checkpoint *c)
{
    json_int_t town, seq;
    const char *hex;
    size_t len;
    json_t *j = json_loads(line, 0, NULL);
    bool fine = j && !json_unpack(j, "{s:I, s:I, s:s}", "town", &town, "seq", &seq, "hash", &hex)
                && !sodium_hex2bin(c->hash, sizeof c->hash, hex, strlen(hex), NULL, &len, NULL)
                && len == sizeof c->hash;
    if (fine) {
        c->town = town;
        c->seq = seq;
    }
    json_decref(j);
    return fine;
}

/* Each picture's bytes against the hash that is its name. */
static Err verify_pictures(Cx *cx, bool *sound)
{
    struct attachment_verdict v;
    if (!cx->town_id)
        return OK;
    TRY(attachment_verify(cx, &v));
    if (v.why) {
        printf(
            "town %" PRId64 ": picture %.*s: %s\n", cx->town_id, (int)v.name.len, v.name.at, v.why);
        *sound = false;
    }
    return OK;
}

/* The kept checkpoints; several of one town may stand there. */
static Err read_known(Cx *cx, const char *path, struct checkpoint **to, size_t *n)
{
    char line[512];
    size_t cap = 16;
    struct checkpoint *at = NEW_ARRAY(&cx->mem, cap, struct checkpoint);
    FILE *f = fopen(path, "re");
    Err e = OK;
    *n = 0;
    if (!f)
        return fail_say(cx, ERR_INVALID, "checkpoint", say_s(cx, T("打不开文件 {s}"), str(path)));
    for (size_t no = 1; e == OK && fgets(line, sizeof line, f); no++) {
        if (*n == cap) {
            struct checkpoint *more = NEW_ARRAY(&cx->mem, cap * 2, struct checkpoint);
            memcpy(more, at, cap * sizeof *at);
            at = more, cap *= 2;
        }
        if (!read_line(line, &at[(*n)++]))
            e = fail_say(cx, ERR_INVALID, "checkpoint",
                say_sn(cx, T("{s} 第 {n} 行不是核验点：应是 heqing checkpoint 打印的一行"),
                    str(path), (int64_t)no));
    }
    (void)fclose(f);
    *to = at;
    return e;
}

static Err verify_town(Cx *cx, const struct checkpoint *known, bool *sound)
{
    struct verdict v;
    TRY(log_verify(cx, known, &v));
    if (v.why) {
        printf("town %" PRId64 ": event %" PRId64 ": %s\n", cx->town_id, v.bad_seq, v.why);
        *sound = false;
    } else if (!known) {
        printf(
            "town %" PRId64 ": %" PRId64 " events, chain and counters hold\n", cx->town_id, v.rows);
    }
    return OK;
}

static bool is_there(int64_t town, const int64_t *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] == town)
            return true;
    return false;
}

static Err verify_verb(Cx *cx, const Args *a)
{
    const int64_t *town;
    size_t n, n_known = 0;
    struct checkpoint *known = NULL;
    const char *file = arg_option(a, "checkpoint");
    bool sound = true;
    if (file)
        TRY(read_known(cx, file, &known, &n_known));
    TRY(chains(cx, a, &town, &n));
    for (size_t i = 0; i < n; i++) {
        cx->town_id = town[i];
        TRY(verify_town(cx, NULL, &sound));
        TRY(verify_pictures(cx, &sound));
        for (size_t k = 0; sound && k < n_known; k++)
            if (known[k].town == town[i])
                TRY(verify_town(cx, &known[k], &sound));
    }
    for (size_t k = 0; k < n_known && !a->town; k++)
        if (!is_there(known[k].town, town, n)) {
            printf("town %" PRId64 ": gone, but a checkpoint of it was kept\n", known[k].town);
            sound = false;
        }
    return sound ? OK : fail(cx, ERR_CONFLICT, NULL, T("核验发现问题，见上"));
}

const struct cli_verb record_verbs[] = {
    {.name = "migrate",
     .usage = "[--status | --plan [--citus]]",
     .help = T("把数据库升到这一版程序的结构；--status 只看不动，--plan 只打印要执行的语句，加 "
                  "--citus "
                  "连同各表怎样分布"),
     .options = "status plan citus",
     .run = migrate_verb},
    {.name = "verify",
     .usage = "[--checkpoint FILE]",
     .help = T("核验留痕链、计数和附件；只读，指出第一处不对的地方"),
     .options = "checkpoint=",
     .needs_db = true,
     .reads_only = true,
     .run = verify_verb},
    {.name = "checkpoint",
     .usage = "",
     .help = T("每条链打印一行核验点，请存到别处"),
     .needs_db = true,
     .reads_only = true,
     .run = checkpoint_verb},
    {0                        },
};
