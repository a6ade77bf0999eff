/* ledger_test.c — one row: messages, keys, lost updates, whose it is, the log, masks; lists. */
#include "tests/publicity.h"

#include "photo/photo.h"
#include "store/log.h"

static const struct cell *cell_named(const struct ledger_form_view *v, const char *name)
{
    for (size_t i = 0; i < v->cells.n; i++)
        if (str_eq(v->cells.at[i].name, str(name)))
            return &v->cells.at[i];
    assert_true(false);
    return NULL;
}

static int64_t saved(Cx *cx, Str photo, const char *name, const char *value)
{
    struct saving s = a_saving(cx, photo, name, value);
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
    return s.id;
}

static void every_wrong_field_is_told_and_what_was_typed_stays(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    static const struct pair wrong[] = {P("unit", "北王村"), P("kind", "横幅"), P("place", ""),
        P("n_pieces", "0"), P("done_on", "2026-6-31"), P("title", "<b>\"好\"")};
    struct saving s = {.form = a_form(cx, S(""), wrong, 6)};
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_INVALID);
    assert_int_equal(s.view.n_wrong, 6); /* the photo is missing too; the title is fine */
    assert_true(str_eq(cell_named(&s.view, "done_on")->why, S("2026 年 6 月没有 31 日")));
    assert_true(str_eq(cell_named(&s.view, "place")->why, S("请填写位置")));
    assert_true(str_eq(cell_named(&s.view, "n_pieces")->why, S("要在 1 到 100,000 之间"))
                || str_eq(cell_named(&s.view, "n_pieces")->why, S("要在 1 到 100000 之间")));
    assert_true(str_eq(cell_named(&s.view, "done_on")->value, S("2026-6-31")));
    assert_true(str_eq(cell_named(&s.view, "title")->value, S("<b>\"好\"")));
    assert_int_equal(n_rows(cx), 0);
}

static void the_rules_own_refusal_stands_at_its_field(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    struct saving s = a_saving(cx, a_photo(cx), "removed_on", "2026-06-11");
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_INVALID);
    assert_true(str_eq(cell_named(&s.view, "removed_on")->why, S("撤除日早于日期")));
}

static void fields_that_are_not_the_forms_are_refused(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    sign_in(cx, SECRETARY_QIAN);
    struct saving s = a_saving(cx, photo, "admin", "1");
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_INVALID);
    assert_string_equal(cx->why.field, "form");
    s = a_saving(cx, photo, "village", "410108101207000"); /* derived */
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_INVALID);
    assert_string_equal(cx->why.field, "village");
}

static void the_same_form_twice_is_one_row(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    sign_in(cx, SECRETARY_QIAN);
    struct saving a = a_saving(cx, photo, NULL, NULL), b, c;
    a.key = S("0123456789abcdef01");
    b = a;
    assert_int_equal(ledger_save(cx, &publicity_ledger, &a), OK);
    assert_int_equal(ledger_save(cx, &publicity_ledger, &b), OK);
    assert_int_equal(a.id, b.id);
    c = a_saving(cx, photo, "removed_on", "2026-06-13");
    c.key = a.key;
    assert_int_equal(ledger_save(cx, &publicity_ledger, &c), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "key");
    assert_int_equal(n_rows(cx), 1);

    Publicity row;
    assert_int_equal(ledger_find(cx, &publicity_ledger, a.id, &row), OK);
    assert_int_equal(row.n_pieces, 12);
    assert_true(str_eq(row.done_on, S("2026-06-12")));
    assert_int_equal(row.village, NANWANG);
}

static void who_saves_second_sees_both_values(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    int64_t id = saved(cx, a_photo(cx), NULL, NULL);
    static const struct pair twenty[] = {P("n_pieces", "20")}, thirty[] = {P("n_pieces", "30")};
    struct saving first =
                      {
                          {twenty, 1},
                          .id = id, .version = 1, .how = READ_SOME
    },
                  second = {{thirty, 1}, .id = id, .version = 1, .how = READ_SOME};
    assert_int_equal(ledger_save(cx, &publicity_ledger, &first), OK);
    assert_int_equal(ledger_save(cx, &publicity_ledger, &second), ERR_CONFLICT);
    assert_int_equal(second.view.version, 2);
    assert_true(cell_named(&second.view, "n_pieces")->conflict);
    assert_true(str_eq(cell_named(&second.view, "n_pieces")->theirs, S("20")));
    assert_true(str_eq(cell_named(&second.view, "n_pieces")->value, S("30")));
    assert_false(cell_named(&second.view, "title")->conflict);
    second.version = 2;
    assert_int_equal(ledger_save(cx, &publicity_ledger, &second), OK);
}

static void the_history_says_who_changed_what(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    int64_t id = saved(cx, a_photo(cx), NULL, NULL);
    static const struct pair twenty[] = {P("n_pieces", "20")};
    struct saving s = {
        {twenty, 1},
        .id = id, .version = 1, .how = READ_SOME
    };
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
    struct ledger_detail_view v;
    assert_int_equal(ledger_detail(cx, &publicity_ledger, id, SIGHT_STAFF, &v), OK);
    assert_int_equal(v.events.n, 2);
    assert_true(str_eq(v.events.at[0].said, S("数量：12 → 20")));
    assert_true(str_eq(v.events.at[0].who, S("钱七")));
    assert_true(str_eq(v.title, S("清洁家园 人人动手")));

    s.version = 2; /* the same again: nothing to do, nothing to log */
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
    assert_int_equal(ledger_detail(cx, &publicity_ledger, id, SIGHT_STAFF, &v), OK);
    assert_int_equal(v.events.n, 2);
}

static void a_unit_that_is_not_theirs_is_refused(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    sign_in(cx, SECRETARY_QIAN);
    struct saving s = a_saving(cx, photo, "unit", "孙庄村");
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_FORBIDDEN);
    int64_t id = saved(cx, photo, NULL, NULL);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    s = a_saving(cx, photo, NULL, NULL);
    s.id = id, s.version = 1;
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_NOT_FOUND); /* out of scope */
    sign_in(cx, INSPECTOR_SHI);
    s = a_saving(cx, photo, NULL, NULL);
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    s = a_saving(cx, photo, "unit", "孙庄村");
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
}

static void a_photo_of_a_row_is_seen_by_who_sees_the_row(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    int64_t id = saved(cx, a_photo(cx), NULL, NULL);
    struct ledger_detail_view v;
    assert_int_equal(ledger_detail(cx, &publicity_ledger, id, SIGHT_STAFF, &v), OK);
    bool shown = false;
    for (size_t i = 0; i < v.cells.n; i++)
        if (str_eq(v.cells.at[i].name, S("photo")))
            shown = v.cells.at[i].photos.n == 1 && v.cells.at[i].photos.at[0].id > 0;
    assert_true(shown);
}

static void behind_the_masks_only_with_a_reason_and_not_without_end(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    int64_t id = saved(cx, a_photo(cx), NULL, NULL);
    struct ledger_detail_view v;
    assert_int_equal(ledger_unmask(cx, &publicity_ledger, id, S(" "), &v), ERR_INVALID);
    assert_string_equal(cx->why.field, "reason");
    for (int i = 0; i < UNMASKS_A_DAY; i++)
        assert_int_equal(ledger_unmask(cx, &publicity_ledger, id, S("核对"), &v), OK);
    assert_true(v.unmasked);
    assert_true(str_eq(v.events.at[0].said, S("核对")));
    assert_int_equal(ledger_unmask(cx, &publicity_ledger, id, S("核对"), &v), ERR_FORBIDDEN);
    cx->now += 24 * 3600 * INT64_C(1000);
    assert_int_equal(ledger_unmask(cx, &publicity_ledger, id, S("核对"), &v), OK);
}

/* ---- lists */
enum { MANY = 65 };

static void fill(Cx *cx)
{
    Str photo = a_photo(cx);
    sign_in(cx, OFFICE_ZHENG);
    for (int i = 0; i < MANY; i++) {
        const struct pair other[] = {
            {S("unit"),    i % 2 ? S("南王村") : S("孙庄村")  },
            {S("kind"),    i % 3 ? S("board") : S("radio")          },
            {S("done_on"), i % 5 ? S("2026-05-01") : S("2026-05-02")}
        };
        struct saving s = {.form = a_form(cx, photo, other, 3)};
        assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
    }
}

static void lists_go_page_by_page_without_a_gap_or_a_double(void **state)
{
    Cx *cx = *state;
    fill(cx);
    struct ledger_list_view v;
    int64_t last = 0;
    size_t seen = 0;
    for (Str after = {0};; after = v.next) {
        const struct pair q[] = {
            P("sort", "oldest"), P("done_on_from", "2026/5/1"), P("done_on_to", "2026/5/31"),
            {S("after"), after}
        };
        assert_int_equal(
            ledger_list(cx, &publicity_ledger, (struct pairs){q, 4}, SIGHT_STAFF, &v), OK);
        for (size_t i = 0; i < v.lines.n; i++, seen++) {
            bool next_day = seen == 52;
            assert_true(v.lines.at[i].id > last || next_day);
            last = v.lines.at[i].id;
        }
        assert_true(
            str_eq(v.query, S("sort=oldest&done_on_from=2026%2F5%2F1&done_on_to=2026%2F5%2F31")));
        if (!v.next.len)
            break;
    }
    assert_int_equal(seen, MANY);
}

static void filters_narrow_and_say_what_they_are(void **state)
{
    Cx *cx = *state;
    fill(cx);
    static const struct pair q[] = {P("kind", "大喇叭"), P("village", "孙庄村")};
    struct ledger_list_view v;
    assert_int_equal(ledger_list(cx, &publicity_ledger, (struct pairs){q, 2}, SIGHT_STAFF, &v), OK);
    assert_int_equal(v.lines.n, 11);
    assert_true(v.filtered);
    assert_int_equal(v.filters.n, 4);
    sign_in(cx, SECRETARY_QIAN); /* the next village is not theirs to see */
    assert_int_equal(ledger_list(cx, &publicity_ledger, (struct pairs){q, 2}, SIGHT_STAFF, &v), OK);
    assert_int_equal(v.lines.n, 0);
}

static void a_filter_order_or_page_mark_not_known_is_refused(void **state)
{
    Cx *cx = *state;
    static const struct pair bad[] = {P("sort", "id; DROP"), P("after", "x"), P("after", "2026~"),
        P("kind", "x"), P("title", "t"), P("done_on_from", "6月"), P("limit", "100000"),
        P("village", "1"), P("after", "2026-05-01~99999999999999999999")};
    struct ledger_list_view v;
    sign_in(cx, SECRETARY_QIAN);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(
            ledger_list(cx, &publicity_ledger, (struct pairs){&bad[i], 1}, SIGHT_STAFF, &v),
            ERR_INVALID);
    static const struct pair twice[] = {P("kind", "board"), P("kind", "radio")};
    assert_int_equal(
        ledger_list(cx, &publicity_ledger, (struct pairs){twice, 2}, SIGHT_STAFF, &v), ERR_INVALID);
}

static void a_table_with_a_slip_does_not_open_the_house(void **state)
{
    Cx *cx = *state;
    static const struct field no_max[] = {
        {.name = "title",     .label = T("内容"), .type = FIELD_TEXT, .keeps = KEEPS_STR},
        {0}
    };
    struct ledger l = publicity_ledger;
    assert_int_equal(ledger_sound(cx, &l), OK);
    l.fields = no_max;
    assert_int_equal(ledger_sound(cx, &l), ERR_INTERNAL);
    l = publicity_ledger;
    l.see = 0;
    assert_int_equal(ledger_sound(cx, &l), ERR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_wrong_field_is_told_and_what_was_typed_stays),
        IN_TOWN(the_rules_own_refusal_stands_at_its_field),
        IN_TOWN(fields_that_are_not_the_forms_are_refused),
        IN_TOWN(the_same_form_twice_is_one_row),
        IN_TOWN(who_saves_second_sees_both_values),
        IN_TOWN(the_history_says_who_changed_what),
        IN_TOWN(a_unit_that_is_not_theirs_is_refused),
        IN_TOWN(a_photo_of_a_row_is_seen_by_who_sees_the_row),
        IN_TOWN(behind_the_masks_only_with_a_reason_and_not_without_end),
        IN_TOWN(lists_go_page_by_page_without_a_gap_or_a_double),
        IN_TOWN(filters_narrow_and_say_what_they_are),
        IN_TOWN(a_filter_order_or_page_mark_not_known_is_refused),
        IN_TOWN(a_table_with_a_slip_does_not_open_the_house),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
