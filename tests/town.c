/* town.c — a fresh database for each test. */
#include "town.h"

#include "base/day.h"
#include "base/secret.h"
#include "store/files.h"
#include "store/lane.h"
#include "store/log.h"
#include "store/pq.h"
#include "town_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    Cx cx;
    char dir[64], url[512], name[64];
    const char *pg; /* the server, where tests run on PostgreSQL */
    PGconn *admin;
    bool filled; /* the little town, else two towns with nothing in them */
} t;

int64_t town_ms(int y, int m, int d, int hour, int minute)
{
    return day_start(day_number(y, m, d)) + (hour * 60 + minute) * INT64_C(60000);
}

const char *town_db_url(void)
{
    return t.url;
}

const char *town_dir(void)
{
    return t.dir;
}

static Err make_towns(Cx *cx, void *arg)
{
    (void)arg;
    TRY(chain_new(cx, TEST_TOWN));
    return chain_new(cx, OTHER_TOWN);
}

void town_must(Err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "test town: %s: %d %s\n", what, (int)e, t.cx.why.log ? t.cx.why.log : "");
    abort();
}

/* ---- on SQLite a copy of a file, on PostgreSQL CREATE DATABASE … TEMPLATE */

static bool admin_done(const char *sql, bool must)
{
    PGresult *r = pq.PQexec(t.admin, sql);
    bool done = pq.PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!done && must) {
        fprintf(stderr, "test town: %s: %s", sql, pq.PQresultErrorMessage(r));
        abort();
    }
    pq.PQclear(r);
    return done;
}

static void admin_says(const char *fmt, const char *a, const char *b)
{
    char sql[256];
    snprintf(sql, sizeof sql, fmt, a, b);
    (void)admin_done(sql, true);
}

/* The same server, another database. */
static void url_of(const char *name)
{
    if (!strncmp(t.pg, "postgres", 8)) {
        const char *q = strchr(t.pg, '?'), *slash = strchr(strstr(t.pg, "//") + 2, '/');
        size_t keep = (size_t)((slash ? slash : q ? q : t.pg + strlen(t.pg)) - t.pg);
        snprintf(t.url, sizeof t.url, "%.*s/%s%s", (int)keep, t.pg, name, q ? q : "");
    } else {
        snprintf(t.url, sizeof t.url, "%s dbname=%s", t.pg, name); /* the last one counts */
    }
}

static void migrate(void)
{
    t.cx.db = db_open(&(struct db_opt){.url = t.url, .node = "test"});
    town_must(t.cx.db ? OK : ERR_BUSY, "open");
    town_must(db_migrate(&t.cx), "migrate");
    db_close(t.cx.db);
    t.cx.db = NULL;
}

/* What every test finds, made once a program and kind. */
static void make_template(void)
{
    migrate();
    town_must(
        lanes_open(&(struct lanes_opt){
            .url = t.url, .node = "test", .lanes = 2, .budget_ms = 20000, .no_checkpointer = true}),
        "lanes");
    t.cx.db = db_open(&(struct db_opt){.url = t.url, .node = "test", .reads = true});
    town_must(t.cx.db ? OK : ERR_BUSY, "open");
    if (t.filled)
        town_fill(&t.cx);
    else
        town_must(db_transaction(&t.cx, make_towns, NULL), "towns");
    (void)lanes_close();
    db_close(t.cx.db);
    t.cx.db = NULL;
    t.cx.town_id = 0;
}

static char *template_name(void)
{
    static char name[64];
    snprintf(name, sizeof name, "heqing_template_%d_%d", (int)getpid(), t.filled);
    return name;
}

/* An extension's watcher may come back as soon as it is put out: then once more. */
static void pg_drop(const char *name)
{
    char sql[256];
    snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    for (int tries = 0; tries < 10; tries++)
        if (admin_done(sql, tries == 9))
            return;
}

static void pg_drop_templates(void)
{
    for (int filled = 0; filled < 2; filled++) {
        t.filled = filled;
        pg_drop(template_name());
    }
    pq.PQfinish(t.admin);
}

static void pg_connect(void)
{
    if (!pq_load())
        abort();
    t.admin = pq.PQconnectdb(t.pg);
    if (pq.PQstatus(t.admin) != CONNECTION_OK)
        town_must(ERR_BUSY, pq.PQerrorMessage(t.admin));
    pq.PQclear(pq.PQexec(t.admin, "SET client_min_messages = error"));
    atexit(pg_drop_templates);
}

/* Where the server is not PostgreSQL alone (tests/citus.sh): HEQING_TEST_PREPARE is a command that
 * is told the template's name, before it is migrated ("new") and when it is filled ("still"). */
static void prepare(const char *when)
{
    const char *command = getenv("HEQING_TEST_PREPARE");
    char line[512];
    if (!command)
        return;
    snprintf(line, sizeof line, "%s %s %s", command, when, t.name);
    if (system(line) != 0)
        abort();
}

static void pg_template(void)
{
    snprintf(t.name, sizeof t.name, "%s", template_name());
    admin_says("DROP DATABASE IF EXISTS %s", t.name, "");
    admin_says("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
        t.name, "");
    url_of(t.name);
    prepare("new");
    make_template();
    prepare("still");
}

static void pg_fresh(void)
{
    static bool made[2];
    static int n;
    if (!t.admin)
        pg_connect();
    if (!made[t.filled])
        pg_template();
    made[t.filled] = true;
    snprintf(t.name, sizeof t.name, "heqing_test_%d_%d", (int)getpid(), ++n);
    admin_says("CREATE DATABASE %s TEMPLATE %s", t.name, template_name());
    url_of(t.name);
}

/* The filled file, kept in memory from one test to the next. */
static void sqlite_fresh(void)
{
    static struct {
        char *at;
        size_t len;
    } image[2];
    char **at = &image[t.filled].at;
    size_t *len = &image[t.filled].len;
    FILE *f;
    snprintf(t.url, sizeof t.url, "%s/heqing.db", t.dir);
    if (!*at) {
        make_template();
        f = fopen(t.url, "re");
        if (!f || fseek(f, 0, SEEK_END) || !(*at = malloc(*len = (size_t)ftell(f))))
            abort();
        rewind(f);
        if (fread(*at, 1, *len, f) != *len)
            abort();
    } else if (!(f = fopen(t.url, "we")) || fwrite(*at, 1, *len, f) != *len) {
        abort();
    }
    if (fclose(f))
        abort();
}

static int set_up(void **state, bool filled)
{
    const char *tmp = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    memset(&t.cx, 0, sizeof t.cx);
    t.filled = filled;
    t.pg = getenv("HEQING_TEST_DB");
    snprintf(t.dir, sizeof t.dir, "%s/heqing-test-XXXXXX", tmp);
    if (!mkdtemp(t.dir))
        abort();
    secret_open_test();
    town_must(files_open(&t.cx, t.dir), "files");
    t.cx.now = town_ms(2026, 6, 15, 10, 0);
    t.cx.door = "web";
    t.pg ? pg_fresh() : sqlite_fresh();
    town_must(lanes_open(&(struct lanes_opt){
                  .url = t.url, .node = "test", .lanes = 2, .no_checkpointer = true}),
        "lanes");
    t.cx.db = db_open(&(struct db_opt){.url = t.url, .node = "test", .reads = true});
    town_must(t.cx.db ? OK : ERR_BUSY, "open");
    t.cx.town_id = TEST_TOWN;
    *state = &t.cx;
    return 0;
}

int town_setup(void **state)
{
    return set_up(state, true);
}

int town_setup_empty(void **state)
{
    return set_up(state, false);
}

int town_teardown(void **state)
{
    (void)state;
    char gone[512];
    (void)lanes_close();
    db_close(t.cx.db);
    arena_reset(&t.cx.mem);
    if (t.pg)
        pg_drop(t.name);
    snprintf(gone, sizeof gone, "rm -rf '%s'", t.dir);
    return system(gone) == 0 ? 0 : -1;
}

int n_events(Cx *cx, int64_t id, const char *verb)
{
    const struct event_row *rows;
    size_t n;
    int found = 0;
    assert_int_equal(events_of(cx, id, &rows, &n), OK);
    for (size_t i = 0; i < n; i++)
        found += str_eq(rows[i].verb, str(verb));
    return found;
}

Str newest_said(Cx *cx, int64_t id, const char *verb)
{
    const struct event_row *rows;
    size_t n;
    Str last = {0};
    assert_int_equal(events_of(cx, id, &rows, &n), OK);
    for (size_t i = 0; i < n; i++)
        last = str_eq(rows[i].verb, str(verb)) ? rows[i].said : last;
    return last;
}
