/* round.c — a round of 200 villages × 60 items × 4 weeks and the month's end.
 *
 * Made in a town of its own with a lost point in every looked-at item of every sheet (54,000 rows)
 * and ten problems a village.  Prints, in ms:
 *
 *   shown X       scored, frozen (collected, reckoned, written down, hashed) and shown as a page
 *   reckon Y      reckon() over the round in memory
 *   plain Z       the same points, months and ranks by a plain loop over the same rows in memory
 *
 * Y and Z in turn, 60 times, the best of each. */
#include "town.h"

#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/town/town_edit.h"
#include "store/db.h"
#include "store/log.h"
#include "web/web_call.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { VILLAGES = 200, LOOKED = 54, COUNTED = 4, ITEMS = 60, WEEKS = 4, SLICE = 400, TIMES = 60 };
enum { PROBLEMS = 10, DAY_MS = 86400000 };

static void must(Err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "round: %s: error %d\n", what, e);
    exit(1);
}

static double ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- the town */
static void villages(Cx *cx)
{
    enum put put;
    for (int i = 0; i < VILLAGES - 2; i++) /* 南王村 and 孙庄村 are there */
        must(town_unit_put(cx,
                 &(struct unit_new){.code = THE_TOWN + (300 + i) * INT64_C(1000),
                     .kind = S("village"),
                     .name = str(arena_printf(&cx->mem, "第%d村", i + 1)),
                     .score_group = S("G")},
                 &put),
            "village");
}

static Str item_code(Cx *cx, char kind, int n)
{
    return str(arena_printf(&cx->mem, "%c%d", kind, n));
}

static void items(Cx *cx, struct score_table *t)
{
    static const char *const sources[COUNTED] = {"on_time", "pleased", "done_once", "on_time"};
    int64_t left = 7500;
    for (int i = 0; i < LOOKED; i++) {
        int64_t full = i == LOOKED - 1 ? left : 7500 / LOOKED;
        left -= full;
        t->item[t->n_items++] = (struct score_item){
            .is = {item_code(cx, 'A', i + 1), ITEM_INSPECTED, full, 25, 0},
            .name = S("现场"),
            .focus = S("road")
        };
    }
    for (int i = 0; i < COUNTED; i++)
        t->item[t->n_items++] = (struct score_item){
            .is = {item_code(cx, 'D', i + 1), ITEM_AUTO, 625, 0, 0},
            .name = S("自动"),
            .source = str(sources[i])
        };
    t->item[t->n_items++] = (struct score_item){
        .is = {S("E1"), ITEM_BONUS, 0, 200, 0},
          .name = S("加分")
    };
    t->item[t->n_items++] = (struct score_item){
        .is = {S("V1"), ITEM_PENALTY, 0, 500, 0},
          .name = S("扣罚")
    };
}

static void table(Cx *cx)
{
    struct score_table t;
    struct assess_table kept;
    int64_t id;
    score_table_room(cx, &t);
    t.code = S("BENCH"), t.version = S("v1"), t.from_on = S("2026-01-01"), t.rules = reckon_v1;
    t.n_groups = 3;
    t.group[0] = (struct score_group){S("G"), S("一般")};
    t.group[1] = (struct score_group){S("R"), S("沿黄")};
    t.group[2] = (struct score_group){S("C"), S("社区")};
    items(cx, &t);
    must(assess_table_new(cx, &t, &id), "table");
    must(assess_table_get(cx, id, &kept), "table");
    sign_in(cx, OFFICE_HEAD_FENG);
    must(assess_table_publish(cx, id, kept.version), "publish");
}

/* Due and closed in the month, some late, some asked about: as rows, without their histories. */
static void problems(void)
{
    sqlite3 *db;
    char *wrong = NULL, *sql;
    if (sqlite3_open(town_db_url(), &db) != SQLITE_OK)
        exit(1);
    sql = sqlite3_mprintf(
        "INSERT INTO problem (town_id, id, unit, village, source, category, category_version, "
        "focus, "
        "place_text, body, severity, difficulty, office_only, from_resident, reachable, "
        "entered_for, "
        "fixed, state, live, turn, due_village, reported_at, handled_at, closed_at, ended_at, "
        "due_at, "
        "next_at, work_order, ranked_on, rework, evaluation, created_by, updated_at, version) "
        "SELECT %d, 5000000 + u.unit %% 1000000 * 10 + n.value, u.unit, u.unit, 'patrol', '0102', "
        "1, "
        "'road', 'x', 'x', 1, 1, 0, 0, 0, 0, 0, 'closed', 0, '', u.unit, d.at, d.at + %d * (1 + "
        "n.value %% 3), d.at + %d * 3, d.at + %d * 3, d.at + %d * 2, 0, 0, 0, n.value %% 7 = 0, "
        "CASE n.value %% 4 WHEN 0 THEN 'bad' WHEN 1 THEN 'good' END, 1, d.at, 1 "
        "FROM unit u, (SELECT value FROM json_each('[0,1,2,3,4,5,6,7,8,9]')) n, "
        "(SELECT %lld AS at) d WHERE u.kind = 'village' AND u.unit / 1000000 = %d",
        TEST_TOWN, DAY_MS, DAY_MS, DAY_MS, DAY_MS, (long long)town_ms(2026, 6, 10, 9, 0),
        TEST_TOWN);
    if (sqlite3_exec(db, sql, NULL, NULL, &wrong) != SQLITE_OK) {
        fprintf(stderr, "round: %s\n", wrong);
        exit(1);
    }
    sqlite3_free(sql);
    sqlite3_close(db);
}

/* ---- sheets, each with a lost point in every looked-at item */
struct filling {
    const struct assess_sheets *sheets;
    size_t next; /* sheet × item */
};

static Err lost(Cx *cx, const struct assess_sheet *s, int item)
{
    return sql_assess_inspect_deduct_add(
        cx, &(struct sql_assess_inspect_deduct_add){.id = new_id(cx),
                .sheet = s->id,
                .round = s->round,
                .week = s->week,
                .unit = s->unit,
                .item = item_code(cx, 'A', item + 1),
                .n = 1 + (s->unit / 1000 * 31 + s->id * 17 + item * 7) % 13 / 4,
                .place = S("村口"),
                .found_at = cx->now,
                .inspector = s->inspector});
}

static Err fill_step(Cx *cx, void *arg)
{
    const struct filling *f = arg;
    for (size_t i = f->next; i < f->next + SLICE && i < f->sheets->n * LOOKED; i++) {
        const struct assess_sheet *s = &f->sheets->at[i / LOOKED];
        TRY(lost(cx, s, (int)(i % LOOKED)));
        if (i % LOOKED == 0)
            TRY(sql_assess_inspect_sheet_papered(
                cx, &(struct sql_assess_inspect_sheet_papered){.id = s->id}));
    }
    return OK;
}

static size_t sheets(Cx *cx, int64_t round)
{
    struct assess_sheets all;
    must(assess_sheets_of(cx, round, &all), "sheets");
    struct filling f = {.sheets = &all};
    for (; f.next < all.n * LOOKED; f.next += SLICE)
        must(db_transaction(cx, fill_step, &f), "fill");
    return all.n * LOOKED;
}

/* ---- what is measured */
static double shown(Cx *cx, int64_t round)
{
    Str cookie = town_cookie(cx, COMMANDER_CHEN);
    const char *as = arena_printf(&cx->mem, "%.*s", (int)cookie.len, cookie.at);
    web_call_open(cx, town_dir());
    sign_in(cx, OFFICE_ZHENG);
    double at = ms_now();
    must(assess_scored(cx, round), "scored");
    double scored = ms_now();
    Err e;
    int busy = -1;
    do /* a loaded machine may take a transaction longer than the house lets it */
        e = assess_freeze(cx, round), busy++;
    while (e == ERR_BUSY && busy < 5);
    must(e, "freeze");
    double frozen = ms_now();
    struct web_answer a = web_call(
        cx, &(struct web_call){
                .path = arena_printf(&cx->mem, "/assess/%lld", (long long)round), .cookie = as});
    double all = ms_now() - at;
    if (a.status != 200)
        must(ERR_INTERNAL, "page");
    fprintf(stderr, "# scored %.0f, frozen %.0f (%d times busy), page %.0f ms (%zu KB)\n",
        scored - at, frozen - scored, busy, at + all - frozen, a.body.len / 1024);
    web_call_close();
    return all;
}

static double reckoned(const struct reckon_in *in, struct reckoned *out)
{
    int64_t unit;
    double at = ms_now();
    if (reckon(in, out, &unit) != RECKON_FINE)
        exit(1);
    return ms_now() - at;
}

/* Points of a sheet, the month, the ranks: what anybody would write first. */
static int64_t plain_sheet(const struct reckon_in *in, const struct sheet *s, bool extras)
{
    int64_t sum = 0, bonus = 0, penalty = 0;
    for (size_t i = 0; i < in->n_items; i++) {
        const struct reckon_item *it = &in->item[i];
        const struct finding *f = &s->found[i];
        if (it->kind == ITEM_INSPECTED)
            sum += it->full > it->per * f->n ? it->full - it->per * f->n : 0;
        else if (it->kind == ITEM_AUTO)
            sum += f->den ? (2 * it->full * f->num + f->den) / (2 * f->den) : it->full;
        else if (it->kind == ITEM_BONUS)
            bonus += it->per * f->n;
        else
            penalty += it->per * f->n;
    }
    if (extras)
        sum += (bonus < 500 ? bonus : 500) - (penalty < 1000 ? penalty : 1000);
    return sum < 0 ? 0 : sum > 10500 ? 10500 : sum;
}

static double plain(const struct reckon_in *in, const struct reckoned *out)
{
    static int64_t m[RECKON_UNITS];
    static int rank[RECKON_UNITS];
    double at = ms_now();
    for (size_t u = 0; u < in->n_units; u++) {
        int64_t sum = 0, n = in->n_weeks;
        for (int w = 0; w < n; w++)
            sum += plain_sheet(in, &in->unit[u].week[w], true);
        int64_t over = 60 * sum + 40 * n * plain_sheet(in, &in->unit[u].month, false);
        m[u] = (2 * over + 100 * n) / (200 * n);
    }
    for (size_t u = 0; u < in->n_units; u++) {
        rank[u] = 1;
        for (size_t o = 0; o < in->n_units; o++)
            rank[u] += m[o] > m[u];
    }
    double took = ms_now() - at;
    for (size_t u = 0; u < in->n_units; u++)
        if (m[u] != out[u].score || rank[u] != out[u].town_rank) {
            fprintf(stderr, "round: unit %zu: %lld and %lld\n", u, (long long)m[u],
                (long long)out[u].score);
            exit(1);
        }
    return took;
}

/* In turn, each one's best: what else runs here makes single times worthless. */
static void in_turn(Cx *cx, const struct assess_kept *k, double best[2])
{
    struct reckon_in in = assess_reckon_in(&k->in);
    struct reckoned *out = NEW_ARRAY(&cx->mem, in.n_units + 1, struct reckoned);
    best[0] = best[1] = 1e9;
    for (int i = 0; i < TIMES; i++) {
        double a = reckoned(&in, out), b = plain(&in, out);
        best[0] = a < best[0] ? a : best[0];
        best[1] = b < best[1] ? b : best[1];
    }
}

int main(void)
{
    void *state = NULL;
    int64_t round;
    struct assess_kept k;
    if (town_setup(&state) != 0)
        return 1;
    Cx *cx = state;
    cx->now = town_ms(2026, 6, 1, 9, 0);
    sign_in(cx, OFFICE_ZHENG);
    villages(cx);
    table(cx);
    problems();
    sign_in(cx, OFFICE_ZHENG);
    must(assess_open(cx, S("2026-06"), &round), "open");
    size_t n = sheets(cx, round);
    cx->now = town_ms(2026, 7, 1, 9, 0);
    double all = shown(cx, round);
    must(assess_kept(cx, round, 0, &k), "kept");
    fprintf(stderr, "# %zu units, %zu items, %d weeks, %zu lost points, input %zu KB\n",
        k.in.n_units, k.in.n_items, k.in.n_weeks, n, k.input_text.len / 1024);
    double best[2];
    in_turn(cx, &k, best);
    printf("shown %.1f\nreckon %.3f\nplain %.3f\n", all, best[0], best[1]);
    return town_teardown(&state);
}
