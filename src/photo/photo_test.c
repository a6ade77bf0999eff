/* photo_test.c — what the photo helper takes, what it refuses, and what a hijacked child cannot do.
 */
#include "photo/child.h"
#include "photo/photo.h"
#include "pictures.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct photo_answer answer;
static int large = -1, small = -1;

/* The picture goes through the helper and is closed; 0 if the answer is the one wanted. */
static int shrinks(int fd)
{
    close(large);
    close(small);
    large = memfd_create("large", MFD_CLOEXEC);
    small = memfd_create("small", MFD_CLOEXEC);
    photo_shrink(fd, large, small, &answer);
    close(fd);
    return answer.status;
}

static int plain(uint32_t width, uint32_t height)
{
    return picture_jpeg(&(struct picture){.width = width, .height = height});
}

/* Within what JPEG, noise and colour tables may change. */
static void near(const uint8_t got[3], int r, int g, int b, int off)
{
    const int want[3] = {r, g, b};
    for (int c = 0; c < 3; c++)
        if (abs(got[c] - want[c]) > off)
            fail_msg("%d %d %d is not near %d %d %d", got[0], got[1], got[2], r, g, b);
}

static void shows_quarters(int fd, uint32_t width, uint32_t height, int off)
{
    struct quarters seen;
    assert_true(picture_look(fd, &seen));
    assert_int_equal(seen.width, width);
    assert_int_equal(seen.height, height);
    near(seen.rgb[0], 207, 57, 57, off);
    near(seen.rgb[1], 57, 187, 67, off);
    near(seen.rgb[2], 47, 67, 197, off);
    near(seen.rgb[3], 242, 242, 242, off);
}

static bool holds(int fd, const char *piece)
{
    size_t n;
    const uint8_t *at = picture_read(fd, &n);
    return memmem(at, n, piece, strlen(piece)) != NULL;
}

static void a_phones_photo_becomes_1600_and_320_pixels(void **state)
{
    (void)state;
    assert_int_equal(shrinks(plain(4000, 3000)), PHOTO_OK);
    shows_quarters(large, 1600, 1200, 8);
    shows_quarters(small, 320, 240, 8);
    assert_int_equal(answer.large.width, 1600);
    assert_int_equal(answer.large.bytes, picture_size(large));
    assert_int_equal(answer.small.height, 240);
}

static void a_small_picture_is_not_made_larger(void **state)
{
    (void)state;
    assert_int_equal(shrinks(plain(200, 100)), PHOTO_OK);
    shows_quarters(large, 200, 100, 8);
    shows_quarters(small, 200, 100, 8);
    assert_int_equal(shrinks(plain(1, 1)), PHOTO_OK);
}

static void every_orientation_is_turned_upright(void **state)
{
    (void)state;
    for (unsigned o = 1; o <= 8; o++) {
        assert_int_equal(
            shrinks(picture_jpeg(&(struct picture){.width = 400, .height = 300, .orientation = o})),
            PHOTO_OK);
        shows_quarters(large, 400, 300, 10);
        shows_quarters(small, 320, 240, 10);
    }
}

static void place_maker_and_comment_are_gone(void **state)
{
    (void)state;
    struct picture p = {.width = 640, .height = 480, .orientation = 6, .gps = true};
    int fd = picture_jpeg(&p);
    assert_true(holds(fd, "Exif") && holds(fd, "Acm") && holds(fd, "secret"));
    assert_int_equal(shrinks(fd), PHOTO_OK);
    for (int i = 0; i < 2; i++) {
        int made = i ? small : large;
        assert_false(holds(made, "Exif") || holds(made, "Acm") || holds(made, "secret"));
        if (access("/usr/bin/exiftool", X_OK) != 0)
            continue;
        char ask[160], found[16] = "";
        snprintf(ask, sizeof ask,
            "exiftool -a -G1 /proc/%d/fd/%d"
            " | grep -cE '^.(IFD|ExifIFD|GPS|XMP|ICC)|Comment|Make'",
            (int)getpid(), made);
        FILE *pipe = popen(ask, "r");
        assert_non_null(pipe);
        assert_non_null(fgets(found, sizeof found, pipe));
        pclose(pipe);
        assert_string_equal(found, "0\n");
    }
}

static void every_kind_of_picture_that_phones_make_is_taken(void **state)
{
    (void)state;
    assert_int_equal(shrinks(picture_jpeg(
                         &(struct picture){.width = 2000, .height = 1500, .progressive = true})),
        PHOTO_OK);
    shows_quarters(large, 1600, 1200, 8);
    assert_int_equal(
        shrinks(picture_jpeg(&(struct picture){.width = 640, .height = 480, .gray = true})),
        PHOTO_OK);
    assert_int_equal(shrinks(picture_png(900, 600, false, false)), PHOTO_OK);
    shows_quarters(large, 900, 600, 8);
    assert_int_equal(shrinks(picture_png(900, 600, false, true)), PHOTO_OK);
    shows_quarters(large, 900, 600, 8);
    assert_int_equal(shrinks(picture_webp(900, 600, true)), PHOTO_OK);
    shows_quarters(large, 900, 600, 8);
    assert_int_equal(shrinks(picture_webp(4000, 3000, false)), PHOTO_OK);
    shows_quarters(large, 1600, 1200, 12);
}

static void glass_becomes_white(void **state)
{
    (void)state;
    struct quarters seen;
    assert_int_equal(shrinks(picture_png(900, 600, true, false)), PHOTO_OK);
    assert_true(picture_look(large, &seen));
    near(seen.rgb[0], 207, 57, 57, 8);
    near(seen.rgb[2], 255, 255, 255, 3);
}

static void printers_and_wide_colours_become_srgb(void **state)
{
    (void)state;
    struct quarters seen;
    assert_int_equal(
        shrinks(picture_jpeg(&(struct picture){.width = 640, .height = 480, .cmyk = true})),
        PHOTO_OK);
    shows_quarters(large, 640, 480, 12);
    assert_int_equal(
        shrinks(picture_jpeg(&(struct picture){.width = 640, .height = 480, .wide = true})),
        PHOTO_OK);
    assert_true(picture_look(large, &seen));
    near(seen.rgb[0], 227, 38, 45, 10); /* P3's red is stronger than sRGB's */
}

static void a_film_behind_the_picture_is_left_away(void **state)
{
    (void)state;
    static uint8_t film[100000] = "film";
    int fd = plain(640, 480);
    assert_int_equal(shrinks(picture_cut(fd, picture_size(fd), film, sizeof film)), PHOTO_OK);
    assert_false(holds(large, "film"));
    close(fd);
}

static void a_cut_off_picture_is_refused(void **state)
{
    (void)state;
    int fd = plain(1200, 900);
    size_t n = picture_size(fd);
    assert_int_equal(shrinks(picture_cut(fd, n * 6 / 10, NULL, 0)), PHOTO_BROKEN);
    assert_int_equal(shrinks(picture_cut(fd, n - 2, NULL, 0)), PHOTO_BROKEN);
    assert_int_equal(shrinks(picture_cut(fd, n * 6 / 10, "\xff\xd9", 2)), PHOTO_BROKEN);
    close(fd);
    fd = picture_png(900, 600, false, false);
    assert_int_equal(shrinks(picture_cut(fd, picture_size(fd) / 2, NULL, 0)), PHOTO_BROKEN);
    close(fd);
    fd = picture_webp(900, 600, false);
    assert_int_equal(shrinks(picture_cut(fd, picture_size(fd) / 2, NULL, 0)), PHOTO_BROKEN);
    close(fd);
}

static void a_bomb_is_refused_before_it_is_decoded(void **state)
{
    (void)state;
    assert_int_equal(shrinks(picture_png_bomb(30000, 30000)), PHOTO_HUGE);
    assert_true(answer.cpu_ms < 500 && answer.rss_kib < 64 << 10);
    uint8_t *zeros = calloc(1, PHOTO_BYTES + 1);
    assert_non_null(zeros);
    assert_int_equal(shrinks(picture_bytes(zeros, PHOTO_BYTES + 1)), PHOTO_HUGE);
    free(zeros);
    /* the header says 100 × 100, the rows go on: nothing of them is read */
    int fd = picture_png_bomb(5000, 9000);
    size_t n;
    uint8_t *lie = picture_read(fd, &n);
    static const uint8_t sides[] = {0, 0, 0, 100, 0, 0, 0, 100};
    memcpy(lie + 16, sides, sizeof sides);
    close(fd);
    assert_int_not_equal(shrinks(picture_bytes(lie, n)), PHOTO_OK);
    assert_true(answer.rss_kib < 64 << 10);
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\"/>",
                      gif[] = "GIF89a\1\0\1\0\0\0\0;", tiff[] = "II*\0\10\0\0\0\0\0",
                      pdf[] = "%PDF-1.7\n";
    uint8_t noise[5000];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (uint8_t)(i * 2654435761u >> 13);
    assert_int_equal(shrinks(picture_bytes("", 0)), PHOTO_KIND);
    assert_int_equal(shrinks(picture_bytes(svg, sizeof svg - 1)), PHOTO_KIND);
    assert_int_equal(shrinks(picture_bytes(gif, sizeof gif - 1)), PHOTO_KIND);
    assert_int_equal(shrinks(picture_bytes(tiff, sizeof tiff - 1)), PHOTO_KIND);
    assert_int_equal(shrinks(picture_bytes(pdf, sizeof pdf - 1)), PHOTO_KIND);
    assert_int_equal(shrinks(picture_bytes(noise, sizeof noise)), PHOTO_KIND);
    static const uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xe0};
    memcpy(noise, jpeg, sizeof jpeg);
    assert_int_equal(shrinks(picture_bytes(noise, sizeof noise)), PHOTO_BROKEN);
    assert_int_equal(shrinks(open("/dev/null", O_RDONLY | O_CLOEXEC)), PHOTO_KIND);
}

static void an_iphones_own_format_is_told_apart(void **state)
{
    (void)state;
    static const char heic[] = "\0\0\0\30ftypheic\0\0\0\0mif1heic";
    assert_int_equal(shrinks(picture_bytes(heic, sizeof heic - 1)), PHOTO_HEIC);
}

/* ---- what a hijacked child tries; 70 says it got out ---- */

enum { LARGE_FD = 4, GOT_OUT = 70 };

static void hijacked(const uint8_t *at, size_t n)
{
    if (n < 2 || at[0] != '!')
        return;
    long got = -1;
    switch (at[1]) {
    case 'o': got = open("/etc/passwd", O_RDONLY); break;
    case 's': got = socket(AF_INET, SOCK_STREAM, 0); break;
    case 'e': got = execl("/bin/true", "true", NULL); break;
    case 'f': got = fork(); break;
    case 'k': got = kill(getppid(), 0); break;
    case 'p': got = ptrace(PTRACE_TRACEME, 0, NULL, NULL); break;
    case 'x':
        got = mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                      == MAP_FAILED
                  ? -1
                  : 0;
        break;
    case 'm':
        got = mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, LARGE_FD, 0) == MAP_FAILED ? -1 : 0;
        break;
    case 'w': got = write(2, "x", 1); break;
    case 'r': got = read(LARGE_FD, &(char){0}, 1); break;
    case 'u': got = syscall(SYS_io_uring_setup, 1, NULL); break;
    case 'l':
        for (volatile unsigned i = 0;; i++)
            ;
    case 'a':
        got = mmap(NULL, (size_t)PHOTO_MEMORY + 2 * PHOTO_BYTES, PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1,
                  0) == MAP_FAILED
                  ? -1
                  : 0;
        break;
    case 'b':
        for (char b[4096] = ""; write(LARGE_FD, b, sizeof b) > 0;)
            ;
        break;
    case '0': _exit(PHOTO_OK); /* says "done", made nothing */
    default: break;
    }
    _exit(got >= 0 ? GOT_OUT : PHOTO_KIND);
}

static int tries(char way)
{
    return shrinks(picture_bytes((char[2]){'!', way}, 2));
}

static void each_of_eleven_ways_out_is_deadly(void **state)
{
    (void)state;
    for (const char *way = "osefkpxmwru"; *way; way++) {
        assert_int_equal(tries(*way), PHOTO_DIED);
        assert_int_equal(answer.signal, SIGSYS);
    }
}

static void too_much_memory_bytes_or_time_end_the_child(void **state)
{
    (void)state;
    assert_int_equal(tries('a'), PHOTO_KIND); /* refused, not deadly: the decoder says so */
    assert_int_equal(tries('b'), PHOTO_DIED);
    assert_int_equal(answer.signal, SIGXFSZ);
    assert_int_equal(tries('l'), PHOTO_DIED);
    assert_int_equal(answer.signal, SIGKILL);
}

static void a_child_that_only_says_done_is_not_believed(void **state)
{
    (void)state;
    assert_int_equal(tries('0'), PHOTO_DIED);
    assert_int_equal(answer.signal, 0);
}

/* ---- deaths ---- */

/* The nth process that says it is ours, as the kernel has it; 0: none. */
static pid_t child_of(pid_t of)
{
    char path[64], line[64] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)of, (int)of);
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    if (file != NULL)
        fclose(file);
    return (pid_t)strtol(line, NULL, 10);
}

static void *loops(void *ret)
{
    int in = picture_bytes("!l", 2), a = memfd_create("a", MFD_CLOEXEC),
        b = memfd_create("b", MFD_CLOEXEC);
    photo_shrink(in, a, b, ret);
    close(in);
    close(a);
    close(b);
    return NULL;
}

static pid_t wait_for_child(pid_t of)
{
    for (int i = 0; i < 500; i++) {
        pid_t child = child_of(of);
        if (child > 0)
            return child;
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    return 0;
}

static void a_killed_child_costs_its_own_picture_only(void **state)
{
    (void)state;
    struct photo_answer dead;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, loops, &dead), 0);
    pid_t child = wait_for_child(child_of(child_of(getpid())));
    assert_true(child > 0);
    assert_int_equal(kill(child, SIGKILL), 0);
    pthread_join(thread, NULL);
    assert_int_equal(dead.status, PHOTO_DIED);
    assert_int_equal(dead.signal, SIGKILL);
    assert_int_equal(shrinks(plain(64, 48)), PHOTO_OK);
}

/* The next one that is sent may still meet the dead one. */
static int shrinks_again(void)
{
    int got = PHOTO_GONE;
    for (int i = 0; i < 300 && got != PHOTO_OK; i++) {
        nanosleep(&(struct timespec){0, 10000000}, NULL);
        got = shrinks(plain(64, 48));
    }
    return got;
}

static void a_dead_parent_is_back_and_the_next_picture_is_taken(void **state)
{
    (void)state;
    pid_t keeper = child_of(getpid()), first = child_of(keeper);
    struct photo_answer dead;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, loops, &dead), 0);
    assert_true(wait_for_child(first) > 0);
    assert_int_equal(kill(first, SIGTERM), 0); /* the terminal's; it goes on */
    assert_int_equal(kill(first, SIGKILL), 0);
    pthread_join(thread, NULL);
    assert_int_equal(dead.status, PHOTO_GONE); /* what it had in hand is answered */
    assert_int_equal(shrinks_again(), PHOTO_OK);
    assert_true(photo_alive());
    pid_t second = child_of(keeper);
    assert_true(second > 0 && second != first);
    assert_int_equal(child_of(getpid()), keeper);
    assert_int_equal(kill(second, SIGKILL), 0); /* and once more */
    assert_int_equal(shrinks_again(), PHOTO_OK);
    assert_int_equal(tries('o'), PHOTO_DIED); /* its children are shut in as the first one's */
}

static void one_too_many_is_sent_away_and_a_dead_helper_is_told_to_everyone(void **state)
{
    (void)state;
    enum { N = PHOTO_WAITING };
    struct photo_answer lost[N];
    pthread_t thread[N];
    pid_t keeper = child_of(getpid());
    for (int i = 0; i < N; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, loops, &lost[i]), 0);
    pid_t child = wait_for_child(child_of(keeper));
    assert_true(child > 0);
    assert_true(photo_alive());
    int more = PHOTO_OK; /* once all of them wait, one more is told to come again */
    for (int i = 0; i < 500 && more != PHOTO_FULL; i++) {
        nanosleep(&(struct timespec){0, 10000000}, NULL);
        more = photo_waits() == N
                   ? shrinks(picture_jpeg(&(struct picture){.width = 9, .height = 9}))
                   : PHOTO_OK;
    }
    assert_int_equal(more, PHOTO_FULL);
    assert_int_equal(kill(keeper, SIGTERM), 0); /* the terminal's; it goes on */
    assert_int_equal(kill(keeper, SIGKILL), 0);
    for (int i = 0; i < N; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(lost[i].status, PHOTO_GONE);
    }
    assert_false(photo_alive());
    assert_int_equal(shrinks(plain(64, 48)), PHOTO_GONE);
    int gone = 0;
    for (int i = 0; i < 200 && !gone; i++) { /* nobody outlives it; init may be slow to look */
        char path[64], word[64] = "", mark = 'Z';
        snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
        FILE *file = fopen(path, "r");
        if (file == NULL || fscanf(file, "%*d %63s %c", word, &mark) != 2 || mark == 'Z')
            gone = 1;
        if (file != NULL)
            fclose(file);
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    assert_true(gone);
    photo_stop();
    assert_true(photo_start());
}

static int begin(void **state)
{
    (void)state;
    child_hijacked = hijacked;
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
        cmocka_unit_test(a_phones_photo_becomes_1600_and_320_pixels),
        cmocka_unit_test(a_small_picture_is_not_made_larger),
        cmocka_unit_test(every_orientation_is_turned_upright),
        cmocka_unit_test(place_maker_and_comment_are_gone),
        cmocka_unit_test(every_kind_of_picture_that_phones_make_is_taken),
        cmocka_unit_test(glass_becomes_white),
        cmocka_unit_test(printers_and_wide_colours_become_srgb),
        cmocka_unit_test(a_film_behind_the_picture_is_left_away),
        cmocka_unit_test(a_cut_off_picture_is_refused),
        cmocka_unit_test(a_bomb_is_refused_before_it_is_decoded),
        cmocka_unit_test(what_is_no_picture_is_refused),
        cmocka_unit_test(an_iphones_own_format_is_told_apart),
        cmocka_unit_test(each_of_eleven_ways_out_is_deadly),
        cmocka_unit_test(a_child_that_only_says_done_is_not_believed),
        cmocka_unit_test(too_much_memory_bytes_or_time_end_the_child),
        cmocka_unit_test(a_killed_child_costs_its_own_picture_only),
        cmocka_unit_test(a_dead_parent_is_back_and_the_next_picture_is_taken),
        cmocka_unit_test(one_too_many_is_sent_away_and_a_dead_helper_is_told_to_everyone),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
