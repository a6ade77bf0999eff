/* veil_test.c — what is made unrecognisable in a picture, and that no box reaches beyond it. */
#include "photo/photo.h"
#include "pictures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static struct photo_answer answer;

/* A picture of four quarters, red in the first, with these boxes; what was made of it. */
static int veiled(const struct photo_veils *veils, struct quarters *seen)
{
    int in = picture_jpeg(&(struct picture){.width = 800, .height = 600}),
        large = memfd_create("large", MFD_CLOEXEC), small = memfd_create("small", MFD_CLOEXEC);
    photo_veil(in, veils, large, small, &answer);
    if (seen)
        assert_true(picture_look(large, seen));
    close(in);
    close(small);
    return large;
}

static bool near(const uint8_t a[3], const uint8_t b[3])
{
    for (int c = 0; c < 3; c++)
        if (abs(a[c] - b[c]) > 12)
            return false;
    return true;
}

static void a_box_over_all_mixes_the_colours_and_a_small_one_leaves_the_rest(void **state)
{
    (void)state;
    struct quarters plain, some, all;
    close(veiled(&(struct photo_veils){0}, &plain));
    close(veiled(&(struct photo_veils){1, {{450, 450, 100, 100}}}, &some));
    assert_int_equal(answer.status, PHOTO_OK);
    for (int q = 0; q < 4; q++)
        assert_true(near(plain.rgb[q], some.rgb[q])); /* looked at away from the middle */
    close(veiled(&(struct photo_veils){1, {{0, 0, 1000, 1000}}}, &all));
    assert_int_equal(all.width, 800);
    assert_int_equal(answer.status, PHOTO_OK);
}

/* Both halves of what was one edge have one colour now: nothing of the edge is left in the file. */
static void what_stood_in_the_box_is_not_in_the_file(void **state)
{
    (void)state;
    size_t n, m;
    int plain = veiled(&(struct photo_veils){0}, NULL);
    int boxed = veiled(&(struct photo_veils){1, {{400, 400, 200, 200}}}, NULL);
    const uint8_t *a = picture_read(plain, &n), *b = picture_read(boxed, &m);
    assert_true(n != m || memcmp(a, b, n) != 0);
    close(plain);
    close(boxed);
}

static void a_box_beyond_the_picture_ends_at_its_edge(void **state)
{
    (void)state;
    const struct photo_veils odd[] = {
        {1,               {{900, 900, 900, 900}}        },
        {1,               {{-500, 0, 400, INT32_MAX}}   },
        {1,               {{0, 0, 0, 0}}                },
        {1,               {{INT32_MAX, INT32_MAX, 1, 1}}},
        {PHOTO_VEILS + 9, {{0, 0, 1000, 1000}}          },
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        close(veiled(&odd[i], NULL));
        assert_int_equal(answer.status, PHOTO_OK);
    }
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
        cmocka_unit_test(a_box_over_all_mixes_the_colours_and_a_small_one_leaves_the_rest),
        cmocka_unit_test(what_stood_in_the_box_is_not_in_the_file),
        cmocka_unit_test(a_box_beyond_the_picture_ends_at_its_edge),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
