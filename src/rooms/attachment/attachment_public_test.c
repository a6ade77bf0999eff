/* attachment_public_test.c — what everybody may see of pictures, what is made unrecognisable in
 * them, and that the log holds all of it. */
#include "web_town.h"

#include "base/fd.h"
#include "gen/sql_attachment.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms.h"
#include "rooms/attachment/attachment_rule.h"
#include "rooms/problem/problem.h"
#include "store/db.h"
#include "store/files.h"
#include "store/log.h"
#include "web/web_call.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define FORM(...)                                                                                  \
    {                                                                                              \
        (const struct pair[]){__VA_ARGS__},                                                        \
            sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair)                       \
    }
static int64_t a_reported_photo(Cx *cx)
{
    struct problem_receipt r;
    struct attachments have;
    Str hash;
    int fd = picture_jpeg(&(struct picture){.width = 400, .height = 300});
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    sign_in(cx, NOBODY_THERE);
    struct problem_new in = {
        .unit = NANWANG, .place = S("村口"), .category = S("6101"), .before = {&hash, 1}
    };
    assert_int_equal(problem_report(cx, &in, &r), OK);
    assert_int_equal(attachment_of(cx, r.id, &have), OK);
    assert_int_equal(have.n, 1);
    sign_in(cx, OFFICE_ZHENG);
    return have.at[0].id;
}

static struct attachment_shown shown(Cx *cx, int64_t id)
{
    struct attachment_shown a;
    assert_int_equal(attachment_one(cx, id, &a), OK);
    return a;
}

static const char *verdict(Cx *cx)
{
    struct attachment_verdict v;
    assert_int_equal(attachment_verify(cx, &v), OK);
    return v.why;
}

static int status(Cx *cx, int64_t person, const char *path)
{
    return web_call(cx, &(struct web_call){.path = path,
                            .cookie = person ? as_z(cx, town_cookie(cx, person)) : NULL})
        .status;
}

static const char *at(Cx *cx, const char *format, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, format, id);
    return arena_printf(&cx->mem, "%s", path);
}

static void nobody_sees_a_photo_in_public_before_it_was_cleared(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx);
    const char *door = at(cx, "/open/photo/410108101/%" PRId64 "/320", id);

    assert_int_equal(status(cx, 0, door), 404);
    assert_int_equal(attachment_clear(cx, id, PHOTO_UNDECIDED, PHOTO_WITHHELD), OK);
    assert_int_equal(status(cx, 0, door), 404);
    assert_int_equal(
        attachment_clear(cx, id, PHOTO_UNDECIDED, PHOTO_CLEARED), ERR_CONFLICT); /* was withheld */
    assert_int_equal(attachment_clear(cx, id, PHOTO_WITHHELD, PHOTO_CLEARED), OK);
    assert_int_equal(status(cx, 0, door), 200);
    assert_int_equal(attachment_clear(cx, id, PHOTO_CLEARED, PHOTO_UNDECIDED), OK);
    assert_int_equal(status(cx, 0, door), 404);
}

static void a_veiled_photo_is_shown_veiled_at_every_door_and_the_other_is_kept_apart(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx);
    struct attachment_shown before = shown(cx, id), after;
    Str hash;

    assert_int_equal(attachment_veil(cx, id, 0, S("100,100,300,200;500,500,100,100")), OK);
    after = shown(cx, id);
    assert_false(str_eq(before.shown, after.shown));
    assert_true(str_eq(after.is.hash, before.is.hash)); /* its name stays */
    assert_int_equal(after.is.redacted, 1);
    assert_true(after.has_original);
    assert_int_equal(attachment_for_staff(cx, id, &hash), OK);
    assert_true(str_eq(hash, after.shown));
    assert_int_equal(attachment_for_holder(cx, id, after.is.object, &hash), OK);
    assert_true(str_eq(hash, after.shown));
    assert_int_equal(
        attachment_veil(cx, id, 0, S("0,0,10,10")), ERR_CONFLICT); /* from what they saw before */
    assert_int_equal(attachment_original(cx, id, S(""), &hash), ERR_INVALID);
    assert_int_equal(attachment_original(cx, id, S("申诉核对"), &hash), OK);
    assert_true(str_eq(hash, before.is.hash));
    assert_null(verdict(cx));
}

static void the_photo_as_it_was_goes_after_thirty_days(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx), size;
    Str was = shown(cx, id).shown, hash;
    CLOSES int fd = -1;

    assert_int_equal(attachment_veil(cx, id, 0, S("100,100,300,200")), OK);
    cx->now += INT64_C(30) * 24 * 3600 * 1000;
    assert_int_equal(attachment_sweep_job(cx), OK);
    assert_true(shown(cx, id).has_original);
    cx->now += 1;
    assert_int_equal(attachment_sweep_job(cx), OK);
    assert_false(shown(cx, id).has_original);
    cx->now += INT64_C(24) * 3600 * 1000;
    assert_int_equal(attachment_original(cx, id, S("申诉核对"), &hash), ERR_NOT_FOUND);
    assert_int_equal(files_drop(cx, was, LARGE_NAME, INT64_MAX), OK);
    assert_int_equal(files_find(cx, was, LARGE_NAME, &fd, &size), ERR_NOT_FOUND);
    assert_null(verdict(cx)); /* nobody misses it */
    assert_int_equal(attachment_for_staff(cx, id, &hash), OK);
}

static void boxes_that_are_none_are_refused(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx);
    static const char *const odd[] = {"", "1,2,3", "1,2,3,", "1,2,3,4,5", "1001,0,1,1", "a,b,c,d",
        "1,2,0,4", "-1,2,3,4", "1,2,3,4;x", "1,2,3,4,", "99999,1,1,1"};
    struct photo_veils v;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_int_equal(attachment_veil(cx, id, 0, str(odd[i])), ERR_INVALID);
        assert_string_equal(cx->why.field, "boxes");
    }
    assert_true(attachment_veils_read(S("1,2,3,4;"), &v));
    assert_int_equal(v.n, 1);
}

static Err change_row(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;
    struct sql_attachment_veil row = {
        .id = id, .hash = shown(cx, id).is.hash, .small_hash = S("x")};
    return sql_attachment_veil(cx, &row);
}

static void a_row_that_says_another_photo_than_the_log_is_found(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx);
    struct attachment_sizes is;

    assert_null(verdict(cx));
    assert_int_equal(attachment_measure(cx, shown(cx, id).is.hash, &is), OK);
    assert_int_equal(db_transaction(cx, change_row, &id), OK);
    assert_non_null(verdict(cx));
}

static void only_the_office_clears_and_only_two_posts_keep_what_was_there(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx);
    const char *page = at(cx, "/photos/%" PRId64, id);

    assert_int_equal(status(cx, OFFICE_ZHENG, page), 200);
    assert_int_equal(status(cx, COMMANDER_CHEN, page), 200);
    assert_int_equal(status(cx, SECRETARY_QIAN, page), 403);
    assert_int_equal(status(cx, SECRETARY_QIAN, at(cx, "/photos/%" PRId64 "/1600", id)), 403);
    assert_int_equal(attachment_veil(cx, id, 0, S("100,100,300,200")), OK);
    struct web_answer a = web_call(cx, &(struct web_call){.method = "POST",
                                           .path = at(cx, "/photos/%" PRId64 "/original", id),
                                           .cookie = as_z(cx, town_cookie(cx, OFFICE_ZHENG)),
                                           .form = FORM({S("reason"), S("看看")})});
    assert_int_equal(a.status, 403);
    a = web_call(cx, &(struct web_call){.method = "POST",
                         .path = at(cx, "/photos/%" PRId64 "/original", id),
                         .cookie = as_z(cx, town_cookie(cx, OFFICE_HEAD_FENG)),
                         .form = FORM({S("reason"), S("")})});
    assert_int_equal(a.status, 422);
    a = web_call(cx, &(struct web_call){.method = "POST",
                         .path = at(cx, "/photos/%" PRId64 "/original", id),
                         .cookie = as_z(cx, town_cookie(cx, OFFICE_HEAD_FENG)),
                         .form = FORM({S("reason"), S("申诉核对")})});
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "\xff\xd8\xff", 3);
}

static void two_taps_are_the_corners_of_a_box(void **state)
{
    Cx *cx = *state;
    int64_t id = a_reported_photo(cx); /* 400 × 300: shown 320 × 240 */
    char path[128];
    const char *cookie = as_z(cx, town_cookie(cx, OFFICE_ZHENG));

    snprintf(path, sizeof path, "/photos/%" PRId64 "?width=320&at.x=160&at.y=120", id);
    struct web_answer a = web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
    assert_int_equal(a.status, 200);
    assert_non_null(memmem(a.body.at, a.body.len, "value=\"500,500\"", 15));
    snprintf(path, sizeof path, "/photos/%" PRId64 "?width=320&from=500,500&at.x=80&at.y=60", id);
    a = web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
    assert_non_null(memmem(a.body.at, a.body.len, "value=\"250,250,250,250\"", 23));
    snprintf(path, sizeof path, "/photos/%" PRId64 "?boxes=1,2,3,4&x=10&y=20&w=30&h=40", id);
    a = web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
    assert_non_null(memmem(a.body.at, a.body.len, "value=\"1,2,3,4;10,20,30,40\"", 27));
}

static int begin(void **state)
{
    (void)state;
    return photo_start() ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    photo_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(nobody_sees_a_photo_in_public_before_it_was_cleared),
        ON_THE_WEB(a_veiled_photo_is_shown_veiled_at_every_door_and_the_other_is_kept_apart),
        ON_THE_WEB(the_photo_as_it_was_goes_after_thirty_days),
        ON_THE_WEB(boxes_that_are_none_are_refused),
        ON_THE_WEB(a_row_that_says_another_photo_than_the_log_is_found),
        ON_THE_WEB(only_the_office_clears_and_only_two_posts_keep_what_was_there),
        ON_THE_WEB(two_taps_are_the_corners_of_a_box),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
