/* notice_test.c — the outbox and the inbox. */
#include "town.h"

#include "rooms/notice/notice.h"
#include "store/db.h"

enum { SUN = 8, ZHOU = 9, MATTER = 77 };

static Err tell(Cx *cx, void *arg)
{
    const struct notice *n = arg;
    return notice_add(cx, n);
}

static void told(Cx *cx, int64_t to, const char *key)
{
    struct notice n = {.to = to,
        .say = T("有新的上报待立案"),
        .about = S("南王村口"),
        .object = MATTER,
        .path = S("/problems/77"),
        .key = key};
    assert_int_equal(db_transaction(cx, tell, &n), OK);
}

static struct notice_rows inbox(Cx *cx, int64_t person)
{
    struct notice_rows rows;
    cx->me.person = person;
    assert_int_equal(notice_inbox(cx, 0, &rows), OK);
    return rows;
}

static void what_was_told_comes_to_its_person_alone_and_once(void **state)
{
    Cx *cx = *state;
    told(cx, SUN, NULL);
    assert_int_equal(inbox(cx, SUN).n, 0);
    assert_int_equal(notice_deliver_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
    struct notice_rows rows = inbox(cx, SUN);
    assert_int_equal(rows.n, 1);
    assert_true(str_eq(rows.at[0].path, S("/problems/77")));
    assert_string_equal(text_in(LANG_ZH, rows.at[0].say), "有新的上报待立案");
    assert_int_equal(inbox(cx, ZHOU).n, 0);
}

static void the_same_key_of_one_matter_is_told_once_a_person(void **state)
{
    Cx *cx = *state;
    told(cx, SUN, "due 1");
    told(cx, SUN, "due 1");
    told(cx, SUN, "due 2");
    told(cx, ZHOU, "due 1");
    told(cx, SUN, NULL);
    told(cx, SUN, NULL);
    assert_int_equal(notice_deliver_job(cx), OK);
    assert_int_equal(inbox(cx, SUN).n, 4);
    assert_int_equal(inbox(cx, ZHOU).n, 1);
}

static void what_was_opened_is_unread_no_more_and_only_ones_own_can_be_opened(void **state)
{
    Cx *cx = *state;
    int64_t n;
    Str path;
    told(cx, SUN, "a");
    told(cx, SUN, "b");
    assert_int_equal(notice_deliver_job(cx), OK);
    struct notice_rows rows = inbox(cx, SUN);
    assert_int_equal(notice_opened(cx, rows.at[0].id, &path), OK);
    assert_true(str_eq(path, S("/problems/77")));
    assert_int_equal(notice_unread(cx, &n), OK);
    assert_int_equal(n, 1);
    cx->me.person = ZHOU;
    assert_int_equal(notice_opened(cx, rows.at[1].id, &path), ERR_NOT_FOUND);
    cx->me.person = SUN;
    assert_int_equal(notice_read_all(cx, rows.at[0].id), OK);
    assert_int_equal(notice_unread(cx, &n), OK);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(what_was_told_comes_to_its_person_alone_and_once),
        IN_EMPTY_TOWN(the_same_key_of_one_matter_is_told_once_a_person),
        IN_EMPTY_TOWN(what_was_opened_is_unread_no_more_and_only_ones_own_can_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
