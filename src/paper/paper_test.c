/* paper_test.c — 荣誉证书 read back by other people's tools; the library loaded, never linked. */
#include "town.h"

#include "paper/paper.h"

#include <stdio.h>
#include <stdlib.h>
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
    char *self = realpath("/proc/self/exe", NULL);
    const char *needs = said(cx, "readelf -d %s", self);
    free(self);
    assert_null(strstr(needs, "libpango"));
    assert_null(strstr(needs, "libcairo"));
    assert_non_null(strstr(needs, "libseccomp"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_certificate_reads_back_and_brings_its_fonts),
        IN_EMPTY_TOWN(without_the_library_the_packages_are_named),
        IN_EMPTY_TOWN(the_program_is_linked_with_neither_pango_nor_cairo),
    };
    if (paper_asked(argc, argv)) /* the helper is this program, started anew */
        return paper_child(argv);
    return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
