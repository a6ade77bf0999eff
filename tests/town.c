/* town.c — a fresh database for each test. */
#include "town.h"

#include "base/day.h"
#include "base/secret.h"
#include "store/lane.h"
#include "store/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    Cx cx;
    char dir[64], url[512];
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

int town_setup(void **state)
{
    const char *pg = getenv("HEQING_TEST_DB"),
               *tmp = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    memset(&t.cx, 0, sizeof t.cx);
    snprintf(t.dir, sizeof t.dir, "%s/heqing-test-XXXXXX", tmp);
    if (!mkdtemp(t.dir))
        abort();
    snprintf(t.url, sizeof t.url, "%s/heqing.db", t.dir);
    if (pg)
        snprintf(t.url, sizeof t.url, "%s", pg);
    secret_open_test();
    t.cx.now = town_ms(2026, 6, 15, 10, 0);
    t.cx.door = "web";
    t.cx.db = db_open(&(struct db_opt){.url = t.url, .node = "test"});
    must(t.cx.db ? OK : ERR_BUSY, "open");
    must(db_migrate(&t.cx), "migrate");
    db_close(t.cx.db);
    must(lanes_open(&(struct lanes_opt){.url = t.url, .node = "test"}), "lanes");
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
    snprintf(gone, sizeof gone, "rm -rf '%s'", t.dir);
    return system(gone) == 0 ? 0 : -1;
}
