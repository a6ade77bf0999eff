/* problem_count_test.c — the rates of one month (domain §15), and every number on the board against
 * the rows it opens. */
#include "rooms/problem/problem_test.h"

#include "rooms/problem/problem_count.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)
enum { MONTH = 46 };

static const struct rate *rate(const char *name)
{
    for (const struct rate *r = problem_rate_rows; r->name; r++)
        if (!strcmp(r->name, name))
            return r;
    return NULL;
}

static void count(const Facts *p, const char *name, int64_t *num, int64_t *den)
{
    struct period t = {AT(6, 1, 0, 0), AT(7, 1, 0, 0), AT(7, 10, 0, 0)};
    *num = *den = 0;
    for (int i = 0; i < MONTH; i++) {
        *num += rate(name)->num(&p[i], &t);
        *den += rate(name)->den(&p[i], &t);
    }
}

/* Reported 46 = filed 41 + rejected 2 + merged 1 + transferred 1 + withdrawn 1; of the filed 36 are
 * closed: 31 in time, 3 after rework; 31 can be reached, 26 have evaluated: 15 + 4 of them well. */
static void the_month(Facts *p)
{
    static const char *const others[] = {
        "rejected", "rejected", "merged", "transferred", "withdrawn"};
    memset(p, 0, MONTH * sizeof *p);
    for (int i = 0; i < MONTH; i++) {
        p[i].reported_at = AT(6, 2 + i % 25, 9, 0);
        if (i >= 41) {
            p[i].state = str(others[i - 41]);
            continue;
        }
        p[i].filed_at = p[i].dispatched_at = some_i64(p[i].reported_at + 3600000);
        p[i].state = i < 36 ? S("closed") : S("handling");
        if (i >= 36) { /* their time is not over in June */
            p[i].due_at = some_i64(AT(7, 8, 9, 0));
            continue;
        }
        p[i].due_at = some_i64(p[i].reported_at + INT64_C(2) * 86400000);
        p[i].handled_at = some_i64(p[i].due_at.v + (i < 31 ? -1 : 1));
        p[i].closed_at = some_i64(p[i].due_at.v + 3600000);
        p[i].rework = i >= 33;
        p[i].reachable = i < 31;
        if (i < 26)
            p[i].evaluation = some_str(i < 15 ? S("good") : i < 19 ? S("fair") : S("bad"));
    }
}

static void the_rates_of_a_month_are_as_worked_out(void **state)
{
    Cx *cx = *state;
    Facts month[MONTH];
    the_month(month);
    const struct {
        const char *name, *shown;
        int64_t num, den;
    } rows[] = {
        {"filing",    "91.11%", 41, 45},
        {"closing",   "87.80%", 36, 41},
        {"on_time",   "86.11%", 31, 36},
        {"rework",    "8.33%",  3,  36},
        {"satisfied", "73.08%", 19, 26},
        {"evaluated", "83.87%", 26, 31},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t num, den;
        count(month, rows[i].name, &num, &den);
        assert_int_equal(num, rows[i].num);
        assert_int_equal(den, rows[i].den);
        assert_true(str_eq(percent_text(cx, num, den), str(rows[i].shown)));
    }
    assert_true(str_eq(percent_text(cx, 0, 0), S("—")));
    assert_true(str_eq(percent_text(cx, 1, 3), S("33.33%")));
    assert_true(str_eq(percent_text(cx, 1, 800), S("0.13%"))); /* 0.125 half up */
}

/* Some of everything in two villages. */
static void fill(Cx *cx)
{
    Str photo = a_photo(cx);
    for (int i = 0; i < 12; i++) {
        struct problem_new in = a_problem();
        cx->now = AT(6, 1, 9, 0) + i * INT64_C(86400000);
        in.category = i % 3 ? S("6103") : S("6101");
        in.place = str(arena_printf(&cx->mem, "主街 %d 号", i));
        if (i % 4 == 3) {
            in.unit = SUNZHUANG;
            (void)reported(cx, in);
            continue;
        }
        if (i % 5 == 4) {
            (void)reported(cx, in);
            continue;
        }
        struct problem_receipt r = dispatched(cx, in);
        if (i % 5 == 3)
            continue;
        DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
        DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("好了"), .photo = some_str(photo));
        if (i % 5 == 1)
            continue;
        DOES(cx, INSPECTOR_SHI, r.id, "pass", .photo = some_str(photo));
        if (i % 2)
            SAYS(cx, r.code, "evaluate", .evaluation = TEXT("good"));
    }
    cx->now = AT(6, 15, 10, 0);
}

/* The rows that the address opens, page by page. */
static int64_t rows_behind(Cx *cx, Str query)
{
    struct problem_filter f;
    struct pair pairs[24];
    size_t n = 0;
    int64_t rows = 0, n_said;
    for (size_t i = 0; i < query.len && n < 24;) {
        size_t eq = i, end;
        while (eq < query.len && query.at[eq] != '=')
            eq++;
        for (end = eq; end < query.len && query.at[end] != '&';)
            end++;
        pairs[n++] = (struct pair){
            {query.at + i,      eq - i      },
            {query.at + eq + 1, end - eq - 1}
        };
        i = end + 1;
    }
    assert_int_equal(problem_filter_read(cx, (struct pairs){pairs, n}, &f), OK);
    assert_int_equal(problem_n(cx, &f, &n_said), OK);
    f.limit = 3;
    for (;;) {
        struct problem_cards cards;
        assert_int_equal(problem_cards(cx, &f, &cards), OK);
        rows += (int64_t)cards.n;
        if (!cards.after)
            break;
        f.after = cards.after;
    }
    assert_int_equal(rows, n_said);
    return rows;
}

static void agrees(Cx *cx, const struct problem_figure *f)
{
    assert_int_equal(rows_behind(cx, f->num_query), f->n);
    if (f->of >= 0)
        assert_int_equal(rows_behind(cx, f->den_query), f->of);
}

static void every_number_on_the_board_opens_the_rows_it_counts(void **state)
{
    Cx *cx = *state;
    struct problem_board b;
    fill(cx);
    static const int64_t who[] = {OFFICE_ZHENG, SECRETARY_QIAN, DEPT_OF_SUNZHUANG};
    for (size_t w = 0; w < sizeof who / sizeof *who; w++) {
        sign_in(cx, who[w]);
        assert_int_equal(problem_board(cx, &b), OK);
        for (int i = 0; i < 5; i++)
            agrees(cx, &b.five[i]);
        agrees(cx, &b.mended_rate);
        int64_t focus = 0;
        for (int i = 0; i < 3; i++) {
            agrees(cx, &b.focus[i]);
            focus += b.focus[i].of;
        }
        assert_int_equal(focus, b.five[0].n);
        int64_t registered = 0;
        for (size_t i = 0; i < b.n_villages; i++) {
            agrees(cx, &b.villages[i].closing);
            agrees(cx, &b.villages[i].on_time);
            registered += b.villages[i].closing.of;
        }
        assert_int_equal(registered, b.five[0].n);
        for (size_t i = 0; i < 10; i++)
            agrees(cx, &b.rates.at[i]);
    }
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_board(cx, &b), OK);
    assert_true(b.five[0].n > 4 && b.five[1].n > 1 && b.five[3].n > 0 && b.five[4].n > 0);
    assert_true(b.news.n > 0 && b.press.n == (size_t)b.five[3].n);
}

static void the_saved_views_count_what_they_show(void **state)
{
    Cx *cx = *state;
    struct problem_saveds views;
    const struct problem_state_n *states;
    size_t n;
    int64_t open = 0;
    fill(cx);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_saved_views(cx, &views), OK);
    for (size_t i = 0; i < views.n; i++)
        assert_int_equal(rows_behind(cx, views.at[i].query), views.at[i].n);
    assert_int_equal(problem_states_n(cx, 0, &states, &n), OK);
    for (size_t i = 0; i < n; i++)
        open += states[i].n;
    assert_int_equal(open, views.at[0].n);
}

static void the_list_goes_by_work_by_due_and_by_day(void **state)
{
    Cx *cx = *state;
    struct problem_cards cards;
    fill(cx);
    sign_in(cx, OFFICE_ZHENG);
    for (enum problem_order o = FIRST_BY_WORK; o <= FIRST_LATEST; o++) {
        assert_int_equal(problem_cards(cx, &(struct problem_filter){.order = o}, &cards), OK);
        assert_true(cards.n > 3);
        for (size_t i = 1; i < cards.n; i++) {
            const struct problem_card *a = &cards.at[i - 1], *b = &cards.at[i];
            assert_true(o == FIRST_BY_DUE   ? a->next_at <= b->next_at
                        : o == FIRST_LATEST ? a->id > b->id
                                            : true);
        }
    }
    assert_int_equal(problem_cards(cx, &(struct problem_filter){.q = S("主街 7 号")}, &cards), OK);
    assert_int_equal(cards.n, 1);
    struct problem_filter f;
    struct pair wrong = {S("state"), S("asleep")};
    assert_int_equal(problem_filter_read(cx, (struct pairs){&wrong, 1}, &f), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_rates_of_a_month_are_as_worked_out),
        IN_TOWN(every_number_on_the_board_opens_the_rows_it_counts),
        IN_TOWN(the_saved_views_count_what_they_show),
        IN_TOWN(the_list_goes_by_work_by_due_and_by_day),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
