/* attachment_test.c — pictures of records: taken, kept once, shown, proved, swept. */
#include "town.h"

#include "base/fd.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/attachment/attachment_rule.h"
#include "store/db.h"
#include "store/files.h"
#include "store/log.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RECORD = 77, OTHER_RECORD = 78 };

static Err takes(Cx *cx, int fd, Str *hash)
{
    Err e = photo_take(cx, fd, (int64_t)picture_size(fd), hash);
    close(fd);
    return e;
}

static Str a_photo(Cx *cx, uint32_t width)
{
    Str hash;
    assert_int_equal(
        takes(
            cx, picture_jpeg(&(struct picture){.width = width, .height = 60, .gps = true}), &hash),
        OK);
    return hash;
}

struct adding {
    int64_t object;
    const char *kind;
    Str hash;
    int64_t id;
};

static Err add_step(Cx *cx, void *arg)
{
    struct adding *a = arg;
    return attachment_add(cx, a->object, cx->town_id * 1000000, a->kind, a->hash, &a->id);
}

static Err add(Cx *cx, int64_t object, const char *kind, Str hash)
{
    struct adding a = {.object = object, .kind = kind, .hash = hash};
    return db_transaction(cx, add_step, &a);
}

static const char *path_of(Cx *cx, Str hash, const char *what)
{
    return arena_printf(&cx->mem, "%s/photos/%d/%.2s/%.*s-%s", town_dir(), (int)cx->town_id,
        hash.at, (int)hash.len, hash.at, what);
}

static bool stored(Cx *cx, Str hash)
{
    return access(path_of(cx, hash, LARGE_NAME), R_OK) == 0
           && access(path_of(cx, hash, SMALL_NAME), R_OK) == 0;
}

static void a_photo_is_kept_in_two_sizes_under_its_hash(void **state)
{
    Cx *cx = *state;
    Str hash = a_photo(cx, 80), is;
    int64_t size;
    struct quarters seen;
    CLOSES int fd = -1;

    assert_int_equal(hash.len, FILES_HASH);
    assert_true(stored(cx, hash));
    assert_int_equal(files_find(cx, hash, LARGE_NAME, &fd, &size), OK);
    assert_int_equal(size, picture_size(fd));
    assert_int_equal(files_hash(cx, fd, &is), OK);
    assert_true(str_eq(is, hash));
    assert_true(picture_look(fd, &seen));
    assert_int_equal(seen.width, 80);
}

static void the_same_photo_twice_for_one_record_is_one_row(void **state)
{
    Cx *cx = *state;
    Str hash = a_photo(cx, 80);
    struct attachments have;

    assert_true(str_eq(hash, a_photo(cx, 80)));
    assert_int_equal(add(cx, RECORD, "before", hash), OK);
    assert_int_equal(add(cx, RECORD, "before", hash), OK);
    assert_int_equal(add(cx, RECORD, "after", a_photo(cx, 90)), OK);
    assert_int_equal(add(cx, OTHER_RECORD, "before", hash), OK);
    assert_int_equal(attachment_of(cx, RECORD, &have), OK);
    assert_int_equal(have.n, 2);
    assert_true(str_eq(have.at[0].kind, S("before")));
    assert_true(str_eq(have.at[0].hash, hash));
    assert_int_equal(have.at[0].by, 0);
    assert_int_equal(have.at[0].at, cx->now);
    assert_false(have.at[0].cleared);
    assert_true(str_eq(have.at[1].kind, S("after")));
}

static void a_hash_that_was_never_taken_is_refused(void **state)
{
    Cx *cx = *state;
    char other[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct attachments have;

    assert_int_equal(add(cx, RECORD, "before", str(other)), ERR_INVALID);
    assert_int_equal(add(cx, RECORD, "before", S("../../house.key")), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    assert_int_equal(attachment_of(cx, RECORD, &have), OK);
    assert_int_equal(have.n, 0);
}

static void what_is_no_photo_is_refused_in_the_readers_words(void **state)
{
    Cx *cx = *state;
    static const char heic[] = "\0\0\0\30ftypheic\0\0\0\0mif1heic";
    Str hash;

    assert_int_equal(takes(cx, picture_bytes("GIF89a", 6), &hash), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    assert_int_equal(takes(cx, picture_bytes(heic, sizeof heic - 1), &hash), ERR_INVALID);
    assert_non_null(strstr(cx->why.say.at, "HEIC"));
    assert_non_null(strstr(cx->why.say.at, "兼容性最佳"));
    cx->lang = LANG_EN;
    assert_int_equal(takes(cx, picture_bytes(heic, sizeof heic - 1), &hash), ERR_INVALID);
    assert_non_null(strstr(cx->why.say.at, "Most Compatible"));
    assert_int_equal(photo_take(cx, 0, PHOTO_BYTES + 1, &hash), ERR_INVALID);
    int whole = picture_jpeg(&(struct picture){.width = 300, .height = 200});
    assert_int_equal(
        takes(cx, picture_cut(whole, picture_size(whole) / 2, NULL, 0), &hash), ERR_INVALID);
    close(whole);
}

static int64_t asked_for;

static Err even_records_are_theirs(Cx *cx, int64_t object)
{
    (void)cx;
    asked_for = object;
    return object % 2 == 0 ? OK : ERR_NOT_FOUND;
}

static void the_records_room_decides_who_of_staff_sees_a_photo(void **state)
{
    Cx *cx = *state;
    Str hash = a_photo(cx, 80), seen = {0};
    struct attachments odd, even;

    assert_int_equal(add(cx, RECORD, "before", hash), OK);
    assert_int_equal(add(cx, OTHER_RECORD, "before", hash), OK);
    assert_int_equal(attachment_of(cx, RECORD, &odd), OK);
    assert_int_equal(attachment_of(cx, OTHER_RECORD, &even), OK);
    assert_int_equal(attachment_for_staff(cx, even.at[0].id, &seen), ERR_NOT_FOUND); /* no room */
    attachment_seen_by(even_records_are_theirs);
    assert_int_equal(attachment_for_staff(cx, odd.at[0].id, &seen), ERR_NOT_FOUND);
    assert_int_equal(asked_for, RECORD);
    assert_int_equal(attachment_for_staff(cx, even.at[0].id, &seen), OK);
    assert_true(str_eq(seen, hash));
    assert_int_equal(attachment_for_staff(cx, even.at[0].id + 1000, &seen), ERR_NOT_FOUND);
    cx->town_id = OTHER_TOWN;
    assert_int_equal(attachment_for_staff(cx, even.at[0].id, &seen), ERR_NOT_FOUND);
}

static void the_receipts_holder_sees_their_own_matter_and_no_check_photo(void **state)
{
    Cx *cx = *state;
    Str seen;
    struct attachments have;

    assert_int_equal(add(cx, RECORD, "before", a_photo(cx, 80)), OK);
    assert_int_equal(add(cx, RECORD, "check", a_photo(cx, 90)), OK);
    assert_int_equal(attachment_of(cx, RECORD, &have), OK);
    assert_int_equal(attachment_for_holder(cx, have.at[0].id, RECORD, &seen), OK);
    assert_int_equal(attachment_for_holder(cx, have.at[0].id, OTHER_RECORD, &seen), ERR_NOT_FOUND);
    assert_int_equal(attachment_for_holder(cx, have.at[1].id, RECORD, &seen), ERR_NOT_FOUND);
}

static void a_changed_or_missing_photo_is_named_by_the_proof(void **state)
{
    Cx *cx = *state;
    Str first = a_photo(cx, 80), second = a_photo(cx, 90);
    struct attachment_verdict v;

    assert_int_equal(add(cx, RECORD, "before", first), OK);
    assert_int_equal(add(cx, RECORD, "after", second), OK);
    assert_int_equal(attachment_verify(cx, &v), OK);
    assert_null(v.why);
    assert_int_equal(v.n, 2);

    int fd = open(path_of(cx, second, SMALL_NAME), O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0 && pwrite(fd, "!", 1, 300) == 1);
    close(fd);
    assert_int_equal(attachment_verify(cx, &v), OK);
    assert_string_equal(v.why, "changed");
    assert_true(str_eq(v.name, second));
    assert_true(v.bad_id > 0);

    assert_int_equal(unlink(path_of(cx, first, LARGE_NAME)), 0);
    assert_int_equal(attachment_verify(cx, &v), OK);
    assert_string_equal(v.why, "missing");
    assert_true(str_eq(v.name, first));
}

/* As if it had come so many hours ago. */
static void came(Cx *cx, Str hash, int hours)
{
    struct timespec at[2] = {{.tv_sec = cx->now / 1000 - hours * 3600L}};
    at[1] = at[0];
    assert_int_equal(utimensat(AT_FDCWD, path_of(cx, hash, LARGE_NAME), at, 0), 0);
    assert_int_equal(utimensat(AT_FDCWD, path_of(cx, hash, SMALL_NAME), at, 0), 0);
}

static void a_photo_without_a_record_goes_after_two_days(void **state)
{
    Cx *cx = *state;
    Str used = a_photo(cx, 80), fresh = a_photo(cx, 90), stale = a_photo(cx, 100),
        again = a_photo(cx, 110);

    assert_int_equal(add(cx, RECORD, "before", used), OK);
    came(cx, used, 1000);
    came(cx, fresh, 47);
    came(cx, stale, 49);
    came(cx, again, 49);
    assert_true(str_eq(again, a_photo(cx, 110))); /* chosen once more: its two days begin anew */
    assert_int_equal(attachment_sweep_job(cx), OK);
    assert_true(stored(cx, used));
    assert_true(stored(cx, fresh));
    assert_true(stored(cx, again));
    assert_false(stored(cx, stale));
    assert_int_not_equal(access(path_of(cx, stale, SMALL_NAME), F_OK), 0);
    assert_int_equal(add(cx, RECORD, "before", stale), ERR_INVALID);
}

static void nothing_is_left_of_a_photo_that_was_refused(void **state)
{
    Cx *cx = *state;
    char count[200], found[32] = "";
    Str hash;

    assert_int_equal(takes(cx, picture_bytes("GIF89a", 6), &hash), ERR_INVALID);
    snprintf(count, sizeof count, "find '%s/photos' -type f | wc -l", town_dir());
    FILE *pipe = popen(count, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(found, sizeof found, pipe));
    pclose(pipe);
    assert_int_equal(strtol(found, NULL, 10), 0);
}

/* The photo parent: our only child. */
static pid_t helper(void)
{
    char path[64], line[64] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    if (file != NULL)
        fclose(file);
    return (pid_t)strtol(line, NULL, 10);
}

static void a_dead_helper_is_busy_and_nothing_else_is_touched(void **state)
{
    Cx *cx = *state;
    Str kept = a_photo(cx, 80), hash;

    pid_t gone = helper();
    siginfo_t how;
    assert_true(gone > 0);
    assert_int_equal(kill(gone, SIGKILL), 0);
    /* kill() does not wait for the end */
    assert_int_equal(waitid(P_PID, (id_t)gone, &how, WEXITED | WNOWAIT), 0);
    assert_int_equal(
        takes(cx, picture_jpeg(&(struct picture){.width = 64, .height = 48}), &hash), ERR_BUSY);
    assert_string_equal(cx->why.field, "photo");
    assert_non_null(cx->why.log);
    assert_int_equal(add(cx, RECORD, "before", kept), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_photo_is_kept_in_two_sizes_under_its_hash),
        IN_EMPTY_TOWN(the_same_photo_twice_for_one_record_is_one_row),
        IN_EMPTY_TOWN(a_hash_that_was_never_taken_is_refused),
        IN_EMPTY_TOWN(what_is_no_photo_is_refused_in_the_readers_words),
        IN_EMPTY_TOWN(the_records_room_decides_who_of_staff_sees_a_photo),
        IN_EMPTY_TOWN(the_receipts_holder_sees_their_own_matter_and_no_check_photo),
        IN_EMPTY_TOWN(a_changed_or_missing_photo_is_named_by_the_proof),
        IN_EMPTY_TOWN(a_photo_without_a_record_goes_after_two_days),
        IN_EMPTY_TOWN(nothing_is_left_of_a_photo_that_was_refused),
        IN_EMPTY_TOWN(
            a_dead_helper_is_busy_and_nothing_else_is_touched), /* last: it does not come back */
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
