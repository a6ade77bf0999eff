/* attachment_web_test.c — pictures as a browser asks for them: who sees one, and how it is sent. */
#include "web_town.h"

#include "photo/photo.h"
#include "pictures.h"
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/problem/problem.h"
#include "web/web_call.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct reported {
    int64_t id, photo;
    Str code;
};

/* Somebody without an account reports a picture of 南王村. */
static struct reported a_report(Cx *cx, bool not_to_village)
{
    struct problem_receipt r;
    struct attachments have;
    Str hash;
    int fd = picture_jpeg(&(struct picture){.width = 400, .height = 300, .gps = true});
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    sign_in(cx, NOBODY_THERE);
    struct problem_new in = {
        .unit = NANWANG,
        .place = S("村口"),
        .category = S("6101"),
        .body = S("路面破损"),
        .before = {&hash, 1},
        .not_to_village = not_to_village
    };
    assert_int_equal(problem_report(cx, &in, &r), OK);
    assert_int_equal(attachment_of(cx, r.id, &have), OK);
    assert_int_equal(have.n, 1);
    return (struct reported){r.id, have.at[0].id, r.code};
}

static const char *staff_path(Cx *cx, const struct reported *r, const char *size)
{
    return arena_printf(&cx->mem, "/photo/%" PRId64 "/%s", r->photo, size);
}

static const char *receipt_path(Cx *cx, Str code, int64_t photo, const char *size)
{
    return arena_printf(
        &cx->mem, "/p/%.*s/photo/%" PRId64 "/%s", (int)code.len, code.at, photo, size);
}

static bool has(Cx *cx, const struct web_answer *a, const char *header, const char *word)
{
    return strstr(as_z(cx, web_header(a, header)), word) != NULL;
}

static void staff_see_the_photos_of_their_own_place_only(void **state)
{
    Cx *cx = *state;
    struct reported r = a_report(cx, false);

    struct web_answer a = web_page(cx, SECRETARY_QIAN, staff_path(cx, &r, "1600"));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "\xff\xd8\xff", 3);
    assert_null(memmem(a.body.at, a.body.len, "Exif", 4));
    assert_int_equal(web_page(cx, OFFICE_ZHENG, staff_path(cx, &r, "320")).status, 200);
    assert_int_equal(web_page(cx, SECRETARY_OF_SUNZHUANG, staff_path(cx, &r, "320")).status, 404);
    assert_int_equal(web_page(cx, SECRETARY_QIAN, staff_path(cx, &r, "640")).status, 404);
    assert_int_equal(web_page(cx, OFFICE_ZHENG, "/photo/999999/320").status, 404);
    assert_int_equal(web_page(cx, NOBODY_THERE, staff_path(cx, &r, "320")).status, 303);
    assert_int_equal(web_page(cx, AUDITOR_QI, staff_path(cx, &r, "320")).status, 403);
}

static void a_photo_that_is_not_for_the_village_is_not_shown_there(void **state)
{
    Cx *cx = *state;
    struct reported r = a_report(cx, true);

    assert_int_equal(web_page(cx, OFFICE_ZHENG, staff_path(cx, &r, "320")).status, 200);
    assert_int_equal(web_page(cx, SECRETARY_QIAN, staff_path(cx, &r, "320")).status, 404);
}

static void the_receipt_shows_its_own_photos_without_an_account(void **state)
{
    Cx *cx = *state;
    struct reported mine = a_report(cx, false), other = a_report(cx, false);

    struct web_answer a = web_page(cx, 0, receipt_path(cx, mine.code, mine.photo, "320"));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "\xff\xd8\xff", 3);
    assert_int_equal(web_page(cx, 0, receipt_path(cx, mine.code, other.photo, "320")).status, 404);
    assert_int_equal(
        web_page(cx, 0, receipt_path(cx, S("123456789012"), mine.photo, "320")).status, 404);
    assert_int_equal(web_page(cx, 0, receipt_path(cx, S("abc"), mine.photo, "320")).status, 404);
}

static void a_photo_is_sent_so_that_no_browser_runs_or_shares_it(void **state)
{
    Cx *cx = *state;
    struct reported r = a_report(cx, false);
    struct web_answer a = web_page(cx, SECRETARY_QIAN, staff_path(cx, &r, "1600"));

    assert_true(has(cx, &a, "Content-Type", "image/jpeg"));
    assert_true(has(cx, &a, "X-Content-Type-Options", "nosniff"));
    assert_true(has(cx, &a, "Content-Security-Policy", "sandbox"));
    assert_true(has(cx, &a, "Cache-Control", "private"));
    assert_true(has(cx, &a, "Content-Disposition", "inline"));
    const char *tag = as_z(cx, web_header(&a, "ETag"));
    assert_true(strlen(tag) > 64);
    a = web_call(cx, &(struct web_call){
                         .path = staff_path(cx, &r, "1600"),
                         .cookie = as_z(cx, town_cookie(cx, SECRETARY_QIAN)),
                         .headers = {"If-None-Match", tag}
    });
    assert_int_equal(a.status, 304);
    assert_int_equal(a.body.len, 0);
    /* who may not see it is not told that it is unchanged */
    a = web_call(cx, &(struct web_call){
                         .path = staff_path(cx, &r, "1600"),
                         .cookie = as_z(cx, town_cookie(cx, SECRETARY_OF_SUNZHUANG)),
                         .headers = {"If-None-Match", tag}
    });
    assert_int_equal(a.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(staff_see_the_photos_of_their_own_place_only),
        ON_THE_WEB(a_photo_that_is_not_for_the_village_is_not_shown_there),
        ON_THE_WEB(the_receipt_shows_its_own_photos_without_an_account),
        ON_THE_WEB(a_photo_is_sent_so_that_no_browser_runs_or_shares_it),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
