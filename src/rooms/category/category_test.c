/* category_test.c — categories by version, tiles and chips, ready words. */
#include "town.h"

#include "rooms/category/category_edit.h"
#include "rooms/duty/post.h"
#include "store/db.h"

static struct category_new waste(void)
{
    return (struct category_new){.code = S("0102"),
        .name = S("暴露垃圾"),
        .focus = S("road"),
        .limit = S("4h"),
        .severity = 1,
        .difficulty = 1,
        .automatic = true,
        .handlers = S("村保洁"),
        .post = S("cadre"),
        .radius_m = 100,
        .age_days = 7};
}

static Err category_step(Cx *cx, void *arg)
{
    enum put put;
    return category_put(cx, arg, &put);
}
static Err tile_step(Cx *cx, void *arg)
{
    enum put put;
    return category_tile_put(cx, arg, &put);
}
static Err phrase_step(Cx *cx, void *arg)
{
    enum put put;
    return category_phrase_put(cx, arg, &put);
}

static Cx *office(void **state)
{
    Cx *cx = *state;
    cx->me.person = 1;
    cx->me.posts = HAS(POST_OFFICE);
    return cx;
}

static void a_category_is_read_as_it_was_put(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct category c;
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(c.limit.n, 4);
    assert_int_equal(c.limit.unit, LIMIT_HOURS);
    assert_int_equal(c.handler_post, POST_CADRE);
    assert_true(c.automatic);
    assert_int_equal(c.version, 1);
    assert_int_equal(category_find(cx, S("0199"), &c), ERR_NOT_FOUND);
}

static void a_new_version_counts_from_its_day(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct category c;
    struct categories all;
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    in.limit = S("1d");
    in.version = 1;
    in.from_on = S("2026-07-01");
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(c.version, 1);
    cx->now = town_ms(2026, 7, 1, 8, 0);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(c.version, 2);
    assert_int_equal(c.limit.unit, LIMIT_DAYS);
    assert_int_equal(category_all(cx, &all), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.at[0].version, 2);
}

static void the_second_of_two_editors_is_told_so(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    in.name = S("垃圾");
    assert_int_equal(db_transaction(cx, category_step, &in), ERR_CONFLICT);
}

static void a_bad_category_is_refused_by_field(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    in.limit = S("4 hours");
    assert_int_equal(db_transaction(cx, category_step, &in), ERR_INVALID);
    assert_string_equal(cx->why.field, "limit");
    in = waste();
    in.code = S("102");
    assert_int_equal(db_transaction(cx, category_step, &in), ERR_INVALID);
    assert_string_equal(cx->why.field, "code");
    in = waste();
    in.post = S("king");
    assert_int_equal(db_transaction(cx, category_step, &in), ERR_INVALID);
    assert_string_equal(cx->why.field, "post");
    cx->me.posts = HAS(POST_SECRETARY);
    in = waste();
    assert_int_equal(db_transaction(cx, category_step, &in), ERR_FORBIDDEN);
}

static void a_tile_and_its_chips_lead_to_categories(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct tile_new tile = {
        .word = S("垃圾脏乱"), .code = S("0102"), .icon = S("trash"), .position = 1, .shown = true};
    struct tile_new chip = {
        .word = S("垃圾桶满"), .code = S("0102"), .under = S("垃圾脏乱"), .shown = true};
    struct category c;
    const struct tile *at;
    size_t n;
    assert_int_equal(db_transaction(cx, tile_step, &tile), ERR_INVALID); /* no such category yet */
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_int_equal(db_transaction(cx, tile_step, &tile), OK);
    assert_int_equal(db_transaction(cx, tile_step, &chip), OK);
    assert_int_equal(category_tiles(cx, &at, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(category_chips(cx, S("垃圾脏乱"), &at, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(category_of_tile(cx, S("垃圾桶满"), &c), OK);
    assert_int_equal(category_of_tile(cx, S("0102"), &c), OK);
    assert_int_equal(category_of_tile(cx, S("月亮"), &c), ERR_NOT_FOUND);
    tile.shown = false;
    tile.version = 1;
    assert_int_equal(db_transaction(cx, tile_step, &tile), OK);
    assert_int_equal(category_tiles(cx, &at, &n), OK);
    assert_int_equal(n, 0);
}

static void the_categorys_own_words_come_first(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct phrase_new all = {.verb = S("feed_back"), .words = S("已整改完成"), .shown = true};
    struct phrase_new own = {
        .verb = S("feed_back"), .code = S("0102"), .words = S("垃圾已清运"), .shown = true};
    struct phrase_new none = {.verb = S("sing"), .words = S("啦"), .shown = true};
    struct phrases p;
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_int_equal(db_transaction(cx, phrase_step, &all), OK);
    assert_int_equal(db_transaction(cx, phrase_step, &own), OK);
    assert_int_equal(db_transaction(cx, phrase_step, &none), ERR_INVALID);
    assert_int_equal(category_phrases(cx, S("0102"), S("feed_back"), &p), OK);
    assert_int_equal(p.n, 2);
    assert_true(str_eq(p.at[0], S("垃圾已清运")));
    assert_int_equal(category_phrases(cx, S("6101"), S("feed_back"), &p), OK);
    assert_int_equal(p.n, 1);
}

static void a_reader_in_english_sees_the_english_name_where_there_is_one(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct tile_new word = {.word = S("垃圾脏乱"), .code = S("0102"), .shown = true};
    struct category c;
    const struct tile *tiles;
    size_t n;
    Str code;
    in.name_en = S("Litter");
    word.word_en = S("Dirt");
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_int_equal(db_transaction(cx, tile_step, &word), OK);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(category_tiles(cx, &tiles, &n), OK);
    assert_true(str_eq(category_shown(cx, &c), S("暴露垃圾")));
    assert_true(str_eq(tile_shown(cx, tiles), S("垃圾脏乱")));
    cx->lang = LANG_EN;
    assert_true(str_eq(category_shown(cx, &c), S("Litter")));
    assert_true(str_eq(tile_shown(cx, tiles), S("Dirt")));
    assert_true(str_eq(category_codes.name(cx, S("0102")), S("Litter")));
    assert_true(category_codes.find(cx, S("Litter"), &code) && str_eq(code, S("0102")));
    assert_false(category_codes.find(cx, S(""), &code));
    assert_true(str_eq(c.name, S("暴露垃圾"))); /* what is kept */
    in.name_en = (Str){0};
    in.version = 1;
    assert_int_equal(db_transaction(cx, category_step, &in), OK);
    assert_true(str_eq(category_code_shown(cx, S("0102")), S("暴露垃圾")));
    assert_true(str_eq(category_code_shown(cx, S("0199")), S("0199")));
}

static void a_table_without_english_takes_none_away(void **state)
{
    Cx *cx = office(state);
    struct category_new in = waste();
    struct tile_new word = {.word = S("垃圾脏乱"), .code = S("0102"), .shown = true};
    struct category c;
    const struct tile *tiles;
    size_t n;
    enum put put;
    in.name_en = S("Litter");
    word.word_en = S("Dirt");
    assert_int_equal(category_put(cx, &in, &put), OK);
    assert_int_equal(category_tile_put(cx, &word, &put), OK);
    in.name_en = word.word_en = (Str){0};
    in.version = word.version = FOR_IMPORTS;
    assert_int_equal(category_put(cx, &in, &put), OK);
    assert_int_equal(put, PUT_SAME);
    assert_int_equal(category_tile_put(cx, &word, &put), OK);
    assert_int_equal(put, PUT_SAME);
    in.severity = word.position = 2;
    assert_int_equal(category_put(cx, &in, &put), OK);
    assert_int_equal(category_tile_put(cx, &word, &put), OK);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(c.version, 2);
    assert_true(str_eq(c.name_en, S("Litter")));
    assert_int_equal(category_tiles(cx, &tiles, &n), OK);
    assert_true(str_eq(tiles[0].word_en, S("Dirt")));
}

static void english_that_is_chinese_or_too_long_is_refused_by_field(void **state)
{
    Cx *cx = office(state);
    static const char *const bad[] = {
        "垃圾", "Litter（old）", "This name of a category is a good deal too long"};
    struct category_new in = waste();
    enum put put;
    assert_int_equal(category_put(cx, &in, &put), OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tile_new word = {.word = S("垃圾脏乱"), .code = S("0102"), .shown = true};
        in.version = 1;
        in.name_en = word.word_en = str(bad[i]);
        assert_int_equal(category_put(cx, &in, &put), ERR_INVALID);
        assert_string_equal(cx->why.field, "name_en");
        assert_int_equal(category_tile_put(cx, &word, &put), ERR_INVALID);
        assert_string_equal(cx->why.field, "word_en");
    }
    in.name_en = S("Café left-overs ’26");
    assert_int_equal(category_put(cx, &in, &put), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_category_is_read_as_it_was_put),
        IN_EMPTY_TOWN(a_new_version_counts_from_its_day),
        IN_EMPTY_TOWN(the_second_of_two_editors_is_told_so),
        IN_EMPTY_TOWN(a_bad_category_is_refused_by_field),
        IN_EMPTY_TOWN(a_tile_and_its_chips_lead_to_categories),
        IN_EMPTY_TOWN(the_categorys_own_words_come_first),
        IN_EMPTY_TOWN(a_reader_in_english_sees_the_english_name_where_there_is_one),
        IN_EMPTY_TOWN(a_table_without_english_takes_none_away),
        IN_EMPTY_TOWN(english_that_is_chinese_or_too_long_is_refused_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
