/* reckon_random_test.c — 5,000 random rounds by both ways of judging, against a second reckoning
 * written plainly from the domain's text (tests/plain.c). */
#include "town.h"

#include "base/html.h"
#include "gen/sql_assess.h"
#include "plain.h"
#include "rooms/assess/assess.h"
#include "store/db.h"

enum { ROUNDS = 5000, KEPT_EVERY = 100, FIRST_VILLAGE = 200 };

/* What all results' hashes, one behind the other, come to.  The same on every engine and machine: a
 * change here is a change of what villages are given, and is said in CHANGELOG.md. */
static const char all_results[] =
    "02cd7c4465f8714058ab6d20501a25e9ec1d4006f8b1fadf3095978f0f7ec23a";

/* ---- chance, the same everywhere (xorshift64*) */
static uint64_t chance;

static int64_t below(int64_t n)
{
    chance ^= chance >> 12, chance ^= chance << 25, chance ^= chance >> 27;
    return (int64_t)((chance * UINT64_C(2685821657736338717) >> 33) % (uint64_t)n);
}

static bool one_in(int64_t n)
{
    return below(n) == 0;
}

/* ---- a table whose looked-at and counted items come to 100.00 in each group */
static void make_items(struct plain_round *r)
{
    int n_looked = 3 + (int)below(10), n_counted = 1 + (int)below(4);
    int64_t left = 10000;
    r->n_items = 0;
    for (int i = 0; i < n_looked + n_counted; i++) {
        bool last = i == n_looked + n_counted - 1;
        int64_t full = last ? left : 100 + below(2 * left / (n_looked + n_counted - i) - 100);
        left -= full;
        r->item[r->n_items++] =
            (struct plain_item){.kind = i < n_looked ? PLAIN_LOOKED : PLAIN_COUNTED,
                .full = full,
                .per = i < n_looked ? 25 * (1 + below(12)) : 0,
                .only_group = -1};
    }
    /* One item is another in the last group, as A3 is in communities. */
    struct plain_item *it = &r->item[below(n_looked)];
    if (r->n_groups == 2 && one_in(2)) {
        it->only_group = 0;
        r->item[r->n_items] = *it;
        r->item[r->n_items].only_group = 1;
        r->item[r->n_items++].per += 25;
    }
    for (int i = 0; i < 3; i++)
        r->item[r->n_items++] = (struct plain_item){.kind = i < 2 ? PLAIN_BONUS : PLAIN_PENALTY,
            .per = i < 2 ? 50 + 50 * below(4) : 100 + 400 * below(2),
            .only_group = -1};
}

/* How hard a village is hit: 0 hardly, so that many stand close together at the top. */
static void make_seen(const struct plain_round *r, int hard, bool month_end, struct plain_seen *s)
{
    *s = (struct plain_seen){.looked = true};
    for (int i = 0; i < r->n_items; i++) {
        const struct plain_item *it = &r->item[i];
        if (it->kind == PLAIN_LOOKED && one_in(4 - hard))
            s->n[i] = below(1 + 4 * hard * hard + 1);
        if (it->kind == PLAIN_COUNTED && !one_in(5)) {
            s->den[i] = below(24);
            s->num[i] = s->den[i] - (hard ? below(1 + s->den[i] * hard / 3) : 0);
        }
        if (it->kind >= PLAIN_BONUS && !month_end && one_in(9))
            s->n[i] = 1 + below(3);
    }
}

static void make_unit(const struct plain_round *r, struct plain_unit *u)
{
    int hard = (int)below(4);
    *u = (struct plain_unit){.group = (int)below(r->n_groups),
        .barred = one_in(12),
        .open_at_5_days = one_in(8),
        .on_time_den = below(4),
        .pleased_den = below(3),
        .last_month = one_in(3) ? -1 : 6500 + below(3600)};
    u->on_time_num = below(1 + u->on_time_den);
    u->pleased_num = below(1 + u->pleased_den);
    u->blacks_before = u->last_month >= 0 && u->last_month < 8000 ? (int)below(3) : 0;
    for (int w = 0; w < r->n_weeks; w++) {
        make_seen(r, hard, false, &u->week[w]);
        u->week[w].looked = !one_in(4);
    }
    u->week[below(r->n_weeks)].looked = true;
    make_seen(r, hard, true, &u->month_end);
    if (one_in(25)) { /* falsified evidence */
        u->forged = u->barred = true;
        int i = (int)below(r->n_items);
        if (r->v2 && r->item[i].kind <= PLAIN_COUNTED)
            u->month_end.forged[i] = u->week[below(r->n_weeks)].forged[i] = true;
    }
}

/* Every third village is another one again, so that there are ties to the last step. */
static void make_round(int no, struct plain_round *r)
{
    *r = (struct plain_round){.v2 = no % 2,
        .n_weeks = 1 + (int)below(PLAIN_WEEKS),
        .n_groups = 1 + (int)below(2),
        .n_units = 1 + (int)below(one_in(20) ? PLAIN_UNITS : 9)};
    make_items(r);
    for (int u = 0; u < r->n_units; u++) {
        make_unit(r, &r->unit[u]);
        if (!u || !one_in(3))
            continue;
        struct plain_unit was = r->unit[below(u)];
        was.open_at_5_days = r->unit[u].open_at_5_days;
        if (one_in(2)) {
            was.on_time_num = r->unit[u].on_time_num, was.on_time_den = r->unit[u].on_time_den;
            was.pleased_num = r->unit[u].pleased_num, was.pleased_den = r->unit[u].pleased_den;
        }
        r->unit[u] = was;
    }
}

/* ---- the same round as the house sees it; at: where each unit stands */
static void sheet_of(const struct plain_round *r, const struct plain_seen *s, struct sheet *to)
{
    to->inspected = s->looked;
    for (int i = 0; i < r->n_items; i++)
        to->found[i] = (struct finding){s->n[i], s->num[i], s->den[i], s->forged[i]};
}

static void unit_of(const struct plain_round *r, int no, struct reckon_unit *to)
{
    const struct plain_unit *u = &r->unit[no];
    *to = (struct reckon_unit){.code = 410108101000000 + (FIRST_VILLAGE + no) * 1000,
        .group = u->group,
        .bar_red = u->barred,
        .falsified = u->forged,
        .open_late = u->open_at_5_days,
        .on_time_num = u->on_time_num,
        .on_time_den = u->on_time_den,
        .pleased_num = u->pleased_num,
        .pleased_den = u->pleased_den,
        .before = u->last_month,
        .n_black_before = u->blacks_before};
    for (int w = 0; w < r->n_weeks; w++)
        sheet_of(r, &u->week[w], &to->week[w]);
    sheet_of(r, &u->month_end, &to->month);
}

static void house_round(
    Cx *cx, const struct plain_round *r, const size_t *at, struct assess_input *in)
{
    static const char *const codes[] = {"G", "R"};
    static const char *const weeks[] = {"2026-W23", "2026-W24", "2026-W25", "2026-W26", "2026-W27"};
    *in = (struct assess_input){.table = S("GX-RH"),
        .version = r->v2 ? S("v2") : S("v1"),
        .table_hash = S("00"),
        .month = S("2026-06"),
        .no = 1,
        .program = S("0"),
        .calendar_hash = S("00"),
        .rules = r->v2 ? reckon_v2 : reckon_v1,
        .n_items = (size_t)r->n_items,
        .n_units = (size_t)r->n_units,
        .n_groups = r->n_groups,
        .n_weeks = r->n_weeks};
    assess_input_room(cx, in);
    for (int g = 0; g < r->n_groups; g++)
        in->group[g] = (struct assess_label){str(codes[g]), str(codes[g])};
    for (int w = 0; w < r->n_weeks; w++)
        in->week[w] = (struct assess_week){str(weeks[w]), S("2026-06-01"), S("2026-06-07")};
    for (int i = 0; i < r->n_items; i++) {
        const struct plain_item *it = &r->item[i];
        in->item[i] =
            (struct reckon_item){str(arena_printf(&cx->mem, "I%d", i)), (enum item_kind)it->kind,
                it->full, it->per, it->only_group < 0 ? 0 : UINT32_C(1) << it->only_group};
        in->item_name[i] = S("项");
    }
    for (int u = 0; u < r->n_units; u++) {
        unit_of(r, u, &in->unit[at[u]]);
        in->unit_name[at[u]] = S("某村");
    }
}

static void as_it_is(size_t *at, int n)
{
    for (int i = 0; i < n; i++)
        at[i] = (size_t)i;
}

static void shuffled(size_t *at, int n)
{
    as_it_is(at, n);
    for (int i = n - 1; i > 0; i--) {
        int64_t k = below(i + 1);
        size_t was = at[i];
        at[i] = at[k], at[k] = was;
    }
}

static struct reckoned *reckoned_of(Cx *cx, const struct assess_input *in)
{
    struct reckoned *out = NEW_ARRAY(&cx->mem, in->n_units + 1, struct reckoned);
    struct reckon_in r = assess_reckon_in(in);
    int64_t unit;
    assert_int_equal(reckon(&r, out, &unit), RECKON_FINE);
    return out;
}

/* ---- what has to hold */
static void agrees(int no, const struct plain_round *r, const struct reckoned *house)
{
    struct plain_result p[PLAIN_UNITS];
    plain_reckon(r, p);
    for (int u = 0; u < r->n_units; u++) {
        const struct reckoned *h = &house[u];
        bool same = h->score == p[u].m && h->month.score == p[u].k && h->rank == p[u].rank
                    && h->town_rank == p[u].town_rank && (h->flag == FLAG_RED) == p[u].red
                    && (h->flag == FLAG_BLACK) == p[u].black && h->in_public == p[u].in_public;
        for (int w = 0; w < r->n_weeks; w++)
            same &= !r->unit[u].week[w].looked || h->week[w].score == p[u].w[w];
        if (!same)
            print_error("round %d unit %d: M %lld/%lld K %lld/%lld rank %d/%d flag %d/%d%d %d/%d\n",
                no, u, (long long)h->score, (long long)p[u].m, (long long)h->month.score,
                (long long)p[u].k, h->rank, p[u].rank, h->flag, p[u].red, p[u].black, h->in_public,
                p[u].in_public);
        assert_true(same);
    }
}

static void within_bounds(const struct plain_round *r, const struct reckoned *house)
{
    int64_t top = r->v2 ? 10100 : 10500;
    for (int u = 0; u < r->n_units; u++) {
        const struct reckoned *h = &house[u];
        assert_in_range(h->score, 0, top);
        assert_in_range(h->month.score, 0, 10000);
        for (int w = 0; w < r->n_weeks; w++)
            assert_in_range(h->week[w].score, 0, top);
        for (int i = 0; i < r->n_items && r->item[i].kind <= PLAIN_COUNTED; i++)
            assert_in_range(h->month.points[i], 0, r->item[i].full);
    }
}

/* Sorted by score the ranks read 1 2 2 4: each is the first place of those who share it. */
static void ranks_are_a_permutation_with_ties(
    const struct plain_round *r, const struct reckoned *house)
{
    for (int rank = 1; rank <= r->n_units;) {
        int n = 0;
        int64_t score = -1;
        for (int u = 0; u < r->n_units; u++)
            if (house[u].town_rank == rank) {
                assert_true(score < 0 || score == house[u].score);
                score = house[u].score;
                n++;
            }
        assert_true(n > 0);
        rank += n;
    }
}

static int n_reds, n_blacks, n_ties, n_private;

static void tally(const struct plain_round *r, const struct reckoned *house)
{
    for (int u = 0; u < r->n_units; u++) {
        n_reds += house[u].flag == FLAG_RED;
        n_blacks += house[u].flag == FLAG_BLACK;
        n_private += !house[u].in_public;
        n_ties += house[u].by == BY_TIE_FOR_ALL;
    }
}

/* The text's lines of sheets and findings in another order. */
static Str lines_shuffled(Cx *cx, Str text)
{
    Str *line = NEW_ARRAY(&cx->mem, text.len + 1, Str);
    Out o = {.mem = &cx->mem};
    size_t n = 0, head = 0;
    for (Str rest = text; rest.len;) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t len = (size_t)(end - rest.at) + 1;
        line[n++] = (Str){rest.at, len};
        if (memcmp(rest.at, "seen\t", 5) != 0 && memcmp(rest.at, "find\t", 5) != 0)
            head = n;
        rest.at += len, rest.len -= len;
    }
    size_t *at = NEW_ARRAY(&cx->mem, n + 1, size_t);
    shuffled(at, (int)(n - head));
    for (size_t i = 0; i < n; i++) {
        Str l = i < head ? line[i] : line[head + at[i - head]];
        out_raw(&o, l.at, l.len);
    }
    return (Str){o.at, o.len};
}

/* ---- kept in the database and read back */
struct keeping {
    int64_t round, no;
    Str input, result;
};

static Err keep_step(Cx *cx, void *arg)
{
    struct keeping *k = arg;
    if (k->no == 1) {
        TRY(sql_assess_table_add(cx, &(struct sql_assess_table_add){.id = k->round - 1,
                                         .code = S("GX-RH"),
                                         .edition = S("x"),
                                         .from_on = S("2026-01-01"),
                                         .body = S("x"),
                                         .hash = S("x")}));
        TRY(sql_assess_round_add(cx, &(struct sql_assess_round_add){.id = k->round,
                                         .month = S("2026-06"),
                                         .score_table = k->round - 1,
                                         .seed = S("x")}));
    }
    return sql_assess_frozen_add(cx, &(struct sql_assess_frozen_add){.round = k->round,
                                         .no = k->no,
                                         .input = k->input,
                                         .input_hash = assess_hash(cx, k->input),
                                         .result = k->result,
                                         .result_hash = assess_hash(cx, k->result)});
}

static void kept_and_rerun(Cx *cx, int64_t no, Str input, Str result)
{
    struct keeping k = {.round = 900000, .no = no, .input = input, .result = result};
    struct assess_kept back;
    assert_int_equal(db_transaction(cx, keep_step, &k), OK);
    assert_int_equal(assess_kept(cx, k.round, no, &back), OK);
    assert_true(str_eq(back.input_text, input));
    assert_true(
        str_eq(assess_result_text(cx, &back.in, back.input_hash, back.out), back.result_text));
}

/* One round through everything; its result's hash goes behind the others'. */
static void goes_through(Cx *cx, int no, Out *hashes)
{
    struct plain_round *r = NEW(&cx->mem, struct plain_round);
    struct assess_input in, turned, back;
    size_t at[PLAIN_UNITS];
    make_round(no, r);
    as_it_is(at, r->n_units);
    house_round(cx, r, at, &in);
    struct reckoned *house = reckoned_of(cx, &in);
    agrees(no, r, house);
    within_bounds(r, house);
    ranks_are_a_permutation_with_ties(r, house);
    tally(r, house);

    Str input = assess_input_text(cx, &in), hash = assess_hash(cx, input);
    Str result = assess_result_text(cx, &in, hash, house);
    shuffled(at, r->n_units);
    house_round(cx, r, at, &turned);
    assert_true(str_eq(input, assess_input_text(cx, &turned)));
    assert_true(str_eq(result, assess_result_text(cx, &turned, hash, reckoned_of(cx, &turned))));
    assert_int_equal(assess_input_read(cx, lines_shuffled(cx, input), &back), OK);
    assert_true(str_eq(result, assess_result_text(cx, &back, hash, reckoned_of(cx, &back))));
    if (no % KEPT_EVERY == 0)
        kept_and_rerun(cx, 1 + no / KEPT_EVERY, input, result);
    hash = assess_hash(cx, result);
    out_raw(hashes, hash.at, 16);
}

static void five_thousand_rounds_agree_with_a_second_reckoning_on_every_engine(void **state)
{
    Cx *cx = *state;
    Arena all = {0};
    Out hashes = {.mem = &all};
    chance = 20260624;
    sign_in(cx, OFFICE_ZHENG);
    for (int no = 0; no < ROUNDS; no++) {
        goes_through(cx, no, &hashes);
        if (no % 50 == 49)
            arena_reset(&cx->mem);
    }
    /* The rounds are worth something: there is enough of everything in them. */
    assert_true(n_reds > 2000 && n_blacks > 2000 && n_private > 200 && n_ties > 100);
    Str sum = assess_hash(cx, (Str){hashes.at, hashes.len});
    assert_string_equal(arena_printf(&cx->mem, "%.*s", (int)sum.len, sum.at), all_results);
    arena_reset(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(five_thousand_rounds_agree_with_a_second_reckoning_on_every_engine),
    };
    return cmocka_run_group_tests_name("random rounds", tests, NULL, NULL);
}
