/* assess_reason_test.c — 扣分原因: the words on a sheet are the office's phrases, and each item has
 * some. */
#include "judged.h"
#include "web_town.h"

#include "base/ledger.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/assess/assess_view.h"
#include "rooms/category/category_import.h"
#include "rooms/ledger/ledger.h"

#include <inttypes.h>

static void brought(Cx *cx, const char *name, const char *file)
{
    struct import im = {.file = str(file)};
    for (size_t i = 0; category_ledgers[i]; i++)
        if (!strcmp(category_ledgers[i]->name, name))
            assert_int_equal(
                ledger_import(cx, category_ledgers[i], judged_file(cx, file), &im), OK);
    assert_int_equal(im.wrong, 0);
    assert_true(im.added > 0);
}

/* As the operator brings a new town what the house ships: its first day is long past. */
static void shipped(Cx *cx)
{
    const char *door = cx->door;
    memset(&cx->me, 0, sizeof cx->me);
    cx->me.person = OPERATOR;
    cx->door = "cli";
    brought(cx, "category", "demo/start/categories.csv");
    brought(cx, "phrase", "demo/start/phrases.csv");
    cx->door = door;
    sign_in(cx, OFFICE_ZHENG);
}

static struct assess_picks reasons(Cx *cx, Str item, Str chosen)
{
    struct assess_picks p;
    assert_int_equal(assess_reasons(cx, item, chosen, &p), OK);
    return p;
}

static bool offered(const struct assess_picks *p, const char *words)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i].value, str(words)))
            return true;
    return false;
}

static void every_item_of_the_shipped_tables_offers_words_of_its_own(void **state)
{
    Cx *cx = *state;
    struct assess_table t;
    shipped(cx);
    judged_tables(cx);
    Str first[RECKON_ITEMS];
    size_t n = 0;
    assert_int_equal(assess_table_get(cx, judged_table(cx, S("v2")), &t), OK);
    for (size_t i = 0; i < t.t.n_items; i++) {
        if (t.t.item[i].is.kind != ITEM_INSPECTED)
            continue;
        struct assess_picks p = reasons(cx, t.t.item[i].is.code, S(""));
        assert_true(p.n >= 4);
        assert_true(p.at[0].chosen);
        for (size_t k = 0; k < n; k++)
            assert_false(str_eq(first[k], p.at[0].value));
        first[n++] = p.at[0].value;
    }
    assert_int_equal(n, 12);
}

static void an_item_of_the_towns_own_has_the_words_for_all(void **state)
{
    Cx *cx = *state;
    shipped(cx);
    struct assess_picks p = reasons(cx, S("B9"), S("有损坏"));
    assert_int_equal(p.n, 3);
    assert_true(offered(&p, "不干净"));
    assert_false(p.at[0].chosen);
    assert_true(p.at[1].chosen); /* what was chosen before an error */
}

static void what_the_office_adds_and_takes_away_is_what_the_sheet_shows(void **state)
{
    Cx *cx = *state;
    struct assess_sheets all;
    int64_t round = judged_open(cx), id = 0, who = 0;
    shipped(cx);
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    for (size_t i = 0; i < all.n && !id; i++)
        if (all.at[i].unit == NANWANG)
            id = all.at[i].id, who = all.at[i].inspector;
    cx->now = town_ms(2026, 6, 3, 9, 0);
    sign_in(cx, who);
    assert_int_equal(assess_sheet_start(cx, id), OK);
    const char *sheet = arena_printf(&cx->mem, "/inspect/%" PRId64, id);
    const struct pair added[] = {
        {S("verb"),     S("deduct")      },
        {S("code"),     S("0104")        },
        {S("words"),    S("路肩长草")},
        {S("position"), S("5")           },
        {S("from_on"),  S("2026-06-03")  },
        {S("shown"),    S("1")           }
    };
    const struct pair hidden[] = {
        {S("verb"),     S("deduct")   },
        {S("code"),     S("0104")     },
        {S("words"),    S("没人扫")},
        {S("position"), S("30")       },
        {S("version"),  S("1")        }
    };
    struct web_call call = {
        .method = "POST",
        .path = "/settings/phrases/new",
        .cookie = town_cookie_text(cx, SECRETARY_QIAN),
        .form = {added, 6}
    };
    web_call_open(cx, town_dir());
    struct web_answer a = web_get(cx, sheet, town_cookie_text(cx, who));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "value=\"散落垃圾\""));
    assert_true(web_body_has(&a, "value=\"没人扫\""));
    assert_false(web_body_has(&a, "路肩长草"));
    assert_int_equal(web_call(cx, &call).status, 403);
    call.cookie = town_cookie_text(cx, OFFICE_ZHENG);
    assert_int_equal(web_call(cx, &call).status, 303);
    call.path = "/settings/phrases/hide";
    call.form = (struct pairs){hidden, 5};
    assert_int_equal(web_call(cx, &call).status, 303);
    a = web_get(cx, sheet, town_cookie_text(cx, who));
    assert_true(web_body_has(&a, "value=\"路肩长草\""));
    assert_false(web_body_has(&a, "value=\"没人扫\""));
    a = web_get(cx, "/settings", town_cookie_text(cx, OFFICE_ZHENG));
    assert_true(web_body_has(&a, "扣分原因"));
    web_call_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_item_of_the_shipped_tables_offers_words_of_its_own),
        IN_TOWN(an_item_of_the_towns_own_has_the_words_for_all),
        IN_TOWN(what_the_office_adds_and_takes_away_is_what_the_sheet_shows),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
