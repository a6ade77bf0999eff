/* campaign_test.c — 专项行动: records join by rule, leave by rule, and the report counts rows. */
#include "rooms/campaign/campaign.h"

#include "rooms/ledger/ledger.h"
#include "rooms/problem/problem_office.h"
#include "rooms/problem/problem_test.h"

static Err put(Cx *cx, void *arg)
{
    Campaign *c = arg;
    c->id = new_id(cx);
    return campaign_add(cx, c);
}

static Err change(Cx *cx, void *arg)
{
    return campaign_change(cx, arg);
}

static Campaign a_campaign(const char *categories, const char *places)
{
    Campaign c = {.name = S("清沟行动"),
        .basis = S("演示发〔2026〕9号"),
        .from_on = S("2026-06-10"),
        .to_on = S("2026-06-30")};
    if (categories)
        c.categories = some_str(str(categories));
    if (places)
        c.places = some_str(str(places));
    return c;
}

static int64_t n_of(Cx *cx, int64_t id)
{
    Campaign c;
    assert_int_equal(sql_campaign_find(cx, &(struct sql_campaign_find){.id = id}, &c), OK);
    return c.records_n;
}

static void a_record_in_scope_carries_it_by_rule(void **state)
{
    Cx *cx = *state;
    Campaign lamps = a_campaign("6103", "南王村"), rubbish = a_campaign("01", NULL),
             sunzhuang = a_campaign(NULL, "孙庄村");
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    assert_int_equal(db_transaction(cx, put, &rubbish), OK);
    assert_int_equal(db_transaction(cx, put, &sunzhuang), OK);
    struct problem_receipt r = reported(cx, a_problem());
    assert_int_equal(n_of(cx, lamps.id), 1);
    assert_int_equal(n_of(cx, rubbish.id), 0);
    assert_int_equal(n_of(cx, sunzhuang.id), 0);
    struct campaign_names names;
    assert_int_equal(campaign_of(cx, r.id, &names), OK);
    assert_int_equal(names.n, 1);
}

static void another_category_is_another_campaign(void **state)
{
    Cx *cx = *state;
    Campaign lamps = a_campaign("6103", NULL), rubbish = a_campaign("01", NULL);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    assert_int_equal(db_transaction(cx, put, &rubbish), OK);
    struct problem_receipt r = dispatched(cx, a_problem());
    DOES(
        cx, SECRETARY_QIAN, r.id, "recategorise", .category = TEXT("0102"), .text = TEXT("是垃圾"));
    assert_int_equal(n_of(cx, lamps.id), 0);
    assert_int_equal(n_of(cx, rubbish.id), 1);
}

static void what_was_there_before_joins_with_the_job(void **state)
{
    Cx *cx = *state;
    reported(cx, a_problem());
    cx->now = town_ms(2026, 7, 1, 9, 0);
    reported(cx, a_problem()); /* after its days */
    Campaign lamps = a_campaign("6103", NULL);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    assert_int_equal(n_of(cx, lamps.id), 0);
    assert_int_equal(campaign_job(cx), OK);
    assert_int_equal(n_of(cx, lamps.id), 1);
    assert_int_equal(campaign_job(cx), OK);
    assert_int_equal(n_of(cx, lamps.id), 1);
}

static void the_report_counts_rows_and_is_closed_once(void **state)
{
    Cx *cx = *state;
    Campaign all = a_campaign(NULL, NULL);
    struct problem_tallies t;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &all), OK);
    struct problem_receipt r = handled(cx, a_problem());
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    reported(cx, a_problem());
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_campaign_tally(cx, all.id, &t), OK);
    assert_int_equal(t.at[0].n, 2);
    assert_int_equal(t.at[0].n_closed, 1);
    assert_int_equal(t.at[0].n_on_time, 1);
    assert_int_equal(t.at[0].n_open, 1);
    assert_int_equal(campaign_close(cx, all.id, S(" ")), ERR_INVALID);
    assert_int_equal(campaign_close(cx, all.id, S("沟清了")), OK);
    assert_int_equal(campaign_close(cx, all.id, S("沟清了")), ERR_CONFLICT);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(campaign_close(cx, all.id, S("沟清了")), ERR_FORBIDDEN);
}

/* What the report says is the rows', before it was ended and after it went on. */
static void an_ended_one_goes_on_with_a_reason_and_is_reckoned_anew(void **state)
{
    Cx *cx = *state;
    Campaign lamps = a_campaign("6103", NULL), c;
    struct problem_tallies t;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    assert_int_equal(campaign_reopen(cx, lamps.id, S("还有灯不亮")), ERR_CONFLICT);
    assert_int_equal(campaign_close(cx, lamps.id, S("灯亮了")), OK);
    assert_int_equal(sql_campaign_find(cx, &(struct sql_campaign_find){.id = lamps.id}, &c), OK);
    c.categories = some_str(S("01"));
    assert_int_equal(campaign_check(cx, &c), ERR_INVALID); /* ended: it is not changed */
    reported(cx, a_problem());
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(campaign_reopen(cx, lamps.id, S("还有灯不亮")), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(campaign_reopen(cx, lamps.id, S("  ")), ERR_INVALID);
    assert_string_equal(cx->why.field, "reason");
    assert_int_equal(campaign_reopen(cx, lamps.id, S("还有灯不亮")), OK);
    assert_int_equal(sql_campaign_find(cx, &(struct sql_campaign_find){.id = lamps.id}, &c), OK);
    assert_false(c.closed_on.set);
    assert_int_equal(campaign_job(cx), OK);
    assert_int_equal(problem_campaign_tally(cx, lamps.id, &t), OK);
    assert_int_equal(t.at[0].n, 1);
    c.categories = some_str(S("01"));
    assert_int_equal(db_transaction(cx, change, &c), OK);
    assert_int_equal(campaign_job(cx), OK);
    assert_int_equal(campaign_close(cx, lamps.id, S("灯都亮了")), OK);
    assert_int_equal(problem_campaign_tally(cx, lamps.id, &t), OK);
    assert_int_equal(t.at[0].n, 0); /* of other categories now: the closing report is another */
    assert_int_equal(n_events(cx, lamps.id, "campaign_close"), 2);
    assert_int_equal(n_events(cx, lamps.id, "campaign_reopen"), 1);
    assert_true(str_eq(newest_said(cx, lamps.id, "campaign_reopen"), S("还有灯不亮")));
}

static void the_list_and_its_tables_are_asked_by_campaign(void **state)
{
    Cx *cx = *state;
    Campaign lamps = a_campaign("6103", NULL), rubbish = a_campaign("0102", NULL);
    struct problem_new in = a_problem();
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    rubbish.name = S("清垃圾行动");
    assert_int_equal(db_transaction(cx, put, &rubbish), OK);
    reported(cx, a_problem());
    in.category = S("0102");
    struct problem_receipt r = reported(cx, in);
    sign_in(cx, OFFICE_ZHENG);
    const Str states[] = {S(""), S("all")}; /* what is open is another statement than all */
    for (size_t i = 0; i < 2; i++) {
        struct problem_filter f = {.campaign = rubbish.id, .state = states[i]};
        struct problem_cards cards;
        int64_t n;
        assert_int_equal(problem_cards(cx, &f, &cards), OK);
        assert_int_equal(problem_n(cx, &f, &n), OK);
        assert_int_equal(cards.n, 1);
        assert_int_equal(n, 1);
        assert_int_equal(cards.at[0].id, r.id);
        assert_true(str_eq(cards.at[0].campaign, S("清垃圾行动")));
    }
    struct pair filter[] = {
        {S("campaign"), S("清垃圾行动")}
    };
    struct sink o = {.mem = &cx->mem};
    size_t n;
    assert_int_equal(ledger_export(cx, &problem_ledger, (struct pairs){filter, 1}, SIGHT_STAFF,
                         FORMAT_CSV, &o, &n),
        OK);
    assert_int_equal(n, 1);
    assert_non_null(memmem(o.at, o.len, "专项行动", strlen("专项行动")));
    assert_non_null(memmem(o.at, o.len, "清垃圾行动", strlen("清垃圾行动")));
}

/* Two at once, asked for by either: counted, listed, in the closing figures and named in tables. */
static void a_record_in_two_is_counted_and_named_under_both(void **state)
{
    Cx *cx = *state;
    Campaign lamps = a_campaign("6103", NULL), village = a_campaign(NULL, "南王村");
    sign_in(cx, OFFICE_ZHENG);
    lamps.name = S("亮灯行动");
    assert_int_equal(db_transaction(cx, put, &lamps), OK);
    assert_int_equal(db_transaction(cx, put, &village), OK);
    struct problem_receipt r = reported(cx, a_problem());
    sign_in(cx, OFFICE_ZHENG);
    const Campaign *both[] = {&lamps, &village};
    for (size_t i = 0; i < 2; i++) {
        struct problem_tallies t;
        struct problem_lines lines;
        struct problem_cards cards;
        assert_int_equal(n_of(cx, both[i]->id), 1);
        assert_int_equal(problem_campaign_tally(cx, both[i]->id, &t), OK);
        assert_int_equal(t.at[0].n, 1);
        assert_int_equal(problem_campaign_lines(cx, both[i]->id, &lines), OK);
        assert_true(lines.n == 1 && lines.at[0].id == r.id);
        assert_int_equal(
            problem_cards(cx, &(struct problem_filter){.campaign = both[i]->id}, &cards), OK);
        assert_int_equal(cards.n, 1);
        assert_true(str_eq(cards.at[0].campaign, S("亮灯行动、清沟行动")));
        struct pair filter[] = {
            {S("campaign"), both[i]->name}
        };
        struct sink o = {.mem = &cx->mem};
        size_t n;
        assert_int_equal(ledger_export(cx, &problem_ledger, (struct pairs){filter, 1}, SIGHT_STAFF,
                             FORMAT_CSV, &o, &n),
            OK);
        assert_int_equal(n, 1);
        assert_non_null(memmem(o.at, o.len, "亮灯行动、清沟行动", strlen("亮灯行动、清沟行动")));
    }
}

static void unknown_categories_and_places_are_refused(void **state)
{
    Cx *cx = *state;
    Campaign c = a_campaign("7777", NULL);
    assert_int_equal(campaign_check(cx, &c), ERR_INVALID);
    assert_string_equal(cx->why.field, "categories");
    c = a_campaign(NULL, "南王村、没有的村");
    assert_int_equal(campaign_check(cx, &c), ERR_INVALID);
    assert_string_equal(cx->why.field, "places");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_record_in_scope_carries_it_by_rule),
        IN_TOWN(another_category_is_another_campaign),
        IN_TOWN(what_was_there_before_joins_with_the_job),
        IN_TOWN(the_report_counts_rows_and_is_closed_once),
        IN_TOWN(an_ended_one_goes_on_with_a_reason_and_is_reckoned_anew),
        IN_TOWN(the_list_and_its_tables_are_asked_by_campaign),
        IN_TOWN(a_record_in_two_is_counted_and_named_under_both),
        IN_TOWN(unknown_categories_and_places_are_refused),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
