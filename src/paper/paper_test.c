/* paper_test.c — 荣誉证书 read back by other people's tools; the library loaded, never linked. */
#include "town.h"

#include "paper/paper.h"
#include "paper/paper_child.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define Z(lit)                                                                                     \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }
static const struct honour june = {.title = Z("荣誉证书"),
    .unit = Z("南王村"),
    .body = Z("在 2026 年 6 月的考核中得 95.04 分，授予红旗。"),
    .giver = Z("古荥镇"),
    .day = Z("2026-07-06"),
    .note = Z("扫码核对"),
    .hash = Z("0123456789abcdef"),
    .address = Z("https://town.example/flags?round=12")};

static const char *kept(Cx *cx, Str pdf)
{
    const char *path = arena_printf(&cx->mem, "%s/paper.pdf", town_dir());
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_int_equal(fwrite(pdf.at, 1, pdf.len, f), pdf.len);
    assert_int_equal(fclose(f), 0);
    return path;
}

/* What a command says, whole. */
static const char *said(Cx *cx, const char *command, const char *path)
{
    char *at = arena_alloc(&cx->mem, 1 << 20);
    FILE *f = popen(arena_printf(&cx->mem, command, path), "re");
    assert_non_null(f);
    at[fread(at, 1, (1 << 20) - 1, f)] = 0;
    assert_int_equal(pclose(f), 0);
    return at;
}

static void a_certificate_reads_back_and_brings_its_fonts(void **state)
{
    Cx *cx = *state;
    Str pdf;
    assert_int_equal(paper_honour(cx, &june, &pdf), OK);
    const char *path = kept(cx, pdf);
    const char *text = said(cx, "pdftotext -layout %s -", path);
    assert_non_null(strstr(text, "南王村"));
    assert_non_null(strstr(text, "2026 年 6 月"));
    assert_non_null(strstr(text, "0123456789abcdef"));
    const char *fonts = said(cx, "pdffonts %s", path);
    assert_non_null(strstr(fonts, "NotoSerifCJK"));
    assert_non_null(strstr(fonts, " yes yes "));
    assert_non_null(strstr(said(cx, "pdfinfo %s", path), "A4"));
}

static const struct sticker two[] = {
    {Z("文化广场东侧公厕"), Z("南王村二网格"), Z("ABC-DEFG"), Z("https://town.example/q/ACDEFGH")},
    {Z("南王村"),                Z("古荥镇"),          Z("HJK-MNPQ"), Z("https://town.example/q/HJKMNPQ")},
};

/* Drawn as pictures by one program, the squares read by another. */
static const char *squares(Cx *cx, const char *path)
{
    said(cx, "rm -f %s-*.png", path);
    said(cx, arena_printf(&cx->mem, "pdftoppm -r 150 -png %%s %s", path), path);
    return said(cx, "for p in %s-*.png; do zbarimg -q --raw $p; done", path);
}

static void a_sticker_is_45_by_62_mm_and_its_square_can_be_read(void **state)
{
    Cx *cx = *state;
    const struct stickers s = {.at = two, .n = 2, .head = S("扫码报问题"), .foot = S("电话 0371")};
    Str pdf;
    assert_int_equal(paper_plates(cx, &s, false, &pdf), OK);
    const char *path = kept(cx, pdf), *info = said(cx, "pdfinfo %s", path);
    assert_non_null(strstr(info, "Pages:           2"));
    assert_non_null(strstr(info, "127.559 x 175.748"));
    const char *text = said(cx, "pdftotext %s -", path);
    assert_non_null(strstr(text, "ABC-DEFG"));
    assert_non_null(strstr(text, "南王村二网格"));
    const char *codes = squares(cx, path);
    assert_non_null(strstr(codes, "https://town.example/q/ACDEFGH"));
    assert_non_null(strstr(codes, "https://town.example/q/HJKMNPQ"));
}

static void a_villages_stickers_stand_sixteen_to_a_sheet(void **state)
{
    Cx *cx = *state;
    struct sticker at[17];
    Str pdf;
    for (int i = 0; i < 17; i++)
        at[i] = two[i % 2];
    const struct stickers s = {.at = at, .n = 17, .head = S("扫码报问题")};
    assert_int_equal(paper_plates(cx, &s, true, &pdf), OK);
    const char *info = said(cx, "pdfinfo %s", kept(cx, pdf));
    assert_non_null(strstr(info, "Pages:           2"));
    assert_non_null(strstr(info, "A4"));
    struct sticker *many = NEW_ARRAY(&cx->mem, STICKERS_MAX + 1, struct sticker);
    const struct stickers all = {.at = many, .n = STICKERS_MAX + 1, .head = S("扫码报问题")};
    assert_int_equal(paper_plates(cx, &all, true, &pdf), ERR_INVALID);
}

static void a_slip_is_as_wide_as_its_roll_and_as_long_as_its_words(void **state)
{
    Cx *cx = *state;
    struct slip s = {.wide = 58,
        .head = S("古荥镇 上报回执"),
        .code_label = S("回执号"),
        .code = S("4820 1937 5602"),
        .lines = S("南王村口\n垃圾脏乱"),
        .note = S("凭回执号可以查进度"),
        .address = S("https://town.example/p/482019375602")};
    Str pdf;
    assert_int_equal(paper_slip(cx, &s, &pdf), OK);
    const char *path = kept(cx, pdf);
    assert_non_null(strstr(said(cx, "pdfinfo %s", path), "Page size:       164.40")); /* 58 mm */
    assert_non_null(strstr(said(cx, "pdftotext %s -", path), "4820 1937 5602"));
    assert_non_null(strstr(squares(cx, path), "https://town.example/p/482019375602"));
    s.wide = 80;
    s.lines = S("一\n二\n三\n四\n五\n六");
    assert_int_equal(paper_slip(cx, &s, &pdf), OK);
    assert_non_null(
        strstr(said(cx, "pdfinfo %s", kept(cx, pdf)), "Page size:       226.77")); /* 80 */
}

static void without_the_library_the_packages_are_named(void **state)
{
    Cx *cx = *state;
    Str pdf;
    paper_library = "libnothing-of-that-name.so.0";
    assert_int_equal(paper_honour(cx, &june, &pdf), ERR_BUSY);
    paper_library = NULL;
    assert_non_null(memmem(cx->why.say.at, cx->why.say.len, "libpangocairo-1.0-0", 19));
}

static void the_program_is_linked_with_neither_pango_nor_cairo(void **state)
{
    Cx *cx = *state;
    Dl_info house; /* the file that the house's code came from */
    assert_true(dladdr((void *)(uintptr_t)paper_honour, &house));
    const char *needs = said(cx, "readelf -d %s", house.dli_fname);
    assert_null(strstr(needs, "libpango"));
    assert_null(strstr(needs, "libcairo"));
    assert_non_null(strstr(needs, "libseccomp"));
}

/* ---- what a hijacked helper tries; the ways out it found are its paper */

/* title: the path of a file of the house; everything else is as it is. */
static void hijacked(const struct paper_in *in)
{
    if (in->n < 2 || in->at[1].len < 2 || in->at[1].at[0] != '!')
        return;
    const char *data = in->at[1].at + 1;
    const long tried[] = {
        open(data, O_RDONLY),
        open(data, O_WRONLY),
        open(data, O_RDWR | O_TRUNC),
        open("/etc/passwd", O_RDONLY),
        open("/proc/self/environ", O_RDONLY),
        syscall(SYS_open, data, O_RDONLY),
        syscall(SYS_open, data, O_WRONLY | O_TRUNC),
        syscall(SYS_creat, data, 0600),
        syscall(SYS_openat2, AT_FDCWD, data, (const uint64_t[3]){O_WRONLY}, 24),
        syscall(SYS_io_uring_setup, 1, NULL),
        syscall(SYS_truncate, data, 0),
        unlink(data),
        rename(data, "/tmp/taken"),
        socket(AF_UNIX, SOCK_STREAM, 0),
        execl("/bin/true", "true", NULL),
        fork(),
    };
    char out[40] = "tried ";
    size_t n = 6;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++)
        if (tried[i] >= 0)
            out[n++] = (char)('a' + (int)i);
    _exit(write(1, out, n) == (ssize_t)n ? PAPER_OK : PAPER_FAILED);
}

/* Landlock's version of this kernel; 0: it has none, and reading is left to file permissions. */
static bool landlocked(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

static void a_hijacked_helper_opens_no_file_of_the_house(void **state)
{
    Cx *cx = *state;
    Str pdf;
    struct honour h = june;
    const char *path = kept(cx, S("secret"));
    h.title = str(arena_printf(&cx->mem, "!%s", path));
    assert_int_equal(paper_honour(cx, &h, &pdf), OK);
    if (landlocked())
        assert_true(str_eq(pdf, S("tried ")));
    else
        assert_true(str_eq(pdf, S("tried ade"))); /* reading alone */
    assert_string_equal(said(cx, "cat %s", path), "secret");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_certificate_reads_back_and_brings_its_fonts),
        IN_EMPTY_TOWN(a_sticker_is_45_by_62_mm_and_its_square_can_be_read),
        IN_EMPTY_TOWN(a_villages_stickers_stand_sixteen_to_a_sheet),
        IN_EMPTY_TOWN(a_slip_is_as_wide_as_its_roll_and_as_long_as_its_words),
        IN_EMPTY_TOWN(without_the_library_the_packages_are_named),
        IN_EMPTY_TOWN(the_program_is_linked_with_neither_pango_nor_cairo),
        IN_EMPTY_TOWN(a_hijacked_helper_opens_no_file_of_the_house),
    };
    paper_hijacked = hijacked;
    if (paper_asked(argc, argv)) /* the helper is this program, started anew */
        return paper_child(argv);
    return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
