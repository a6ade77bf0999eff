/* town.c — a fresh database for each test. */
#include "town.h"

#include "base/day.h"
#include "base/secret.h"
#include "store/files.h"
#include "store/lane.h"
#include "store/log.h"
#include "store/pq.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    Cx cx;
    char dir[64], url[512], name[64];
    const char *pg; /* the server, where tests run on PostgreSQL */
    PGconn *admin;
    bool has_template;
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

static void must(Err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "test town: %s: %d %s\n", what, (int)e, t.cx.why.log ? t.cx.why.log : "");
    abort();
}

/* ---- on SQLite a copy of a file, on PostgreSQL CREATE DATABASE … TEMPLATE */

static void admin_says(const char *fmt, const char *a, const char *b)
{
    char sql[256];
    snprintf(sql, sizeof sql, fmt, a, b);
    PGresult *r = pq.PQexec(t.admin, sql);
    if (pq.PQresultStatus(r) != PGRES_COMMAND_OK) {
        fprintf(stderr, "test town: %s: %s", sql, pq.PQresultErrorMessage(r));
        abort();
    }
    pq.PQclear(r);
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
    must(t.cx.db ? OK : ERR_BUSY, "open");
    must(db_migrate(&t.cx), "migrate");
    db_close(t.cx.db);
    t.cx.db = NULL;
}

static void pg_template(void)
{
    if (!pq_load())
        abort();
    t.admin = pq.PQconnectdb(t.pg);
    if (pq.PQstatus(t.admin) != CONNECTION_OK)
        must(ERR_BUSY, pq.PQerrorMessage(t.admin));
    pq.PQclear(pq.PQexec(t.admin, "SET client_min_messages = error"));
    snprintf(t.name, sizeof t.name, "heqing_template_%d", (int)getpid());
    admin_says("DROP DATABASE IF EXISTS %s", t.name, "");
    admin_says("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
        t.name, "");
    url_of(t.name);
    migrate();
}

static void pg_drop_template(void)
{
    if (!t.admin)
        return;
    snprintf(t.name, sizeof t.name, "heqing_template_%d", (int)getpid());
    admin_says("DROP DATABASE IF EXISTS %s WITH (FORCE)", t.name, "");
    pq.PQfinish(t.admin);
}

static void pg_fresh(void)
{
    static int n;
    char tmpl[64];
    if (!t.has_template) {
        pg_template();
        t.has_template = true;
        atexit(pg_drop_template);
    }
    snprintf(tmpl, sizeof tmpl, "heqing_template_%d", (int)getpid());
    snprintf(t.name, sizeof t.name, "heqing_test_%d_%d", (int)getpid(), ++n);
    admin_says("CREATE DATABASE %s TEMPLATE %s", t.name, tmpl);
    url_of(t.name);
}

/* The migrated file, kept in memory from one test to the next. */
static void sqlite_fresh(void)
{
    static char *image;
    static size_t len;
    snprintf(t.url, sizeof t.url, "%s/heqing.db", t.dir);
    FILE *f;
    if (!t.has_template) {
        migrate();
        f = fopen(t.url, "re");
        if (!f || fseek(f, 0, SEEK_END) || !(image = malloc(len = (size_t)ftell(f))))
            abort();
        rewind(f);
        if (fread(image, 1, len, f) != len)
            abort();
        t.has_template = true;
    } else if (!(f = fopen(t.url, "we")) || fwrite(image, 1, len, f) != len) {
        abort();
    }
    if (fclose(f))
        abort();
}

int town_setup(void **state)
{
    const char *tmp = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    memset(&t.cx, 0, sizeof t.cx);
    t.pg = getenv("HEQING_TEST_DB");
    snprintf(t.dir, sizeof t.dir, "%s/heqing-test-XXXXXX", tmp);
    if (!mkdtemp(t.dir))
        abort();
    secret_open_test();
    must(files_open(&t.cx, t.dir), "files");
    t.cx.now = town_ms(2026, 6, 15, 10, 0);
    t.cx.door = "web";
    t.pg ? pg_fresh() : sqlite_fresh();
    must(lanes_open(&(struct lanes_opt){
             .url = t.url, .node = "test", .lanes = 2, .no_checkpointer = true}),
        "lanes");
    t.cx.db = db_open(&(struct db_opt){.url = t.url, .node = "test", .reads = true});
    must(t.cx.db ? OK : ERR_BUSY, "open");
    must(db_transaction(&t.cx, make_towns, NULL), "towns");
    t.cx.town_id = TEST_TOWN;
    *state = &t.cx;
    return 0;
}

int town_teardown(void **state)
{
    (void)state;
    char gone[512];
    (void)lanes_close();
    db_close(t.cx.db);
    arena_reset(&t.cx.mem);
    if (t.pg)
        admin_says("DROP DATABASE %s WITH (FORCE)", t.name, "");
    snprintf(gone, sizeof gone, "rm -rf '%s'", t.dir);
    return system(gone) == 0 ? 0 : -1;
}
