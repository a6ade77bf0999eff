/* pages.c — pages in both languages, byte by byte; texts of C; escapers fed with everything. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "gen/tmpl.h"
#include "tests/tools/tmpl/sample.h"

static void write_page(const char *dir, const char *name, const Out *o)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    assert(f && fwrite(o->at, 1, o->len, f) == o->len && !fclose(f));
}

static void pages(const char *dir)
{
    static const char *const langs[] = {"zh", "en"};
    for (int l = 0; l < 2; l++) {
        for (size_t n = 0; n < 4; n++) {
            Arena a = {0};
            char name[64];
            Out o = {.mem = &a, .lang = (Lang)l, .csrf = S("tok\"en"), .utc_mins = 480};
            struct problem_list_view v = sample(&a, n == 3 ? 50 : n);
            page_problems(&o, &v);
            snprintf(name, sizeof name, "problems%zu.%s.html", v.problems.n, langs[l]);
            write_page(dir, name, &o);
            arena_reset(&a);
        }
        Arena a = {0};
        char name[64];
        Out o = {.mem = &a, .lang = (Lang)l};
        page_nothing(&o);
        snprintf(name, sizeof name, "nothing.%s.html", langs[l]);
        write_page(dir, name, &o);
        arena_reset(&a);
    }
}

static void texts_of_c(void)
{
    char line[64];
    assert(!strcmp(text_in(LANG_ZH, T("派遣")), "派遣"));
    assert(!strcmp(text_in(LANG_EN, T("派遣")), "Dispatch"));
    assert(!strcmp(text_in(LANG_EN, TC("noun", "上报")), "Report"));
    assert(!strcmp(text_in(LANG_EN, TC("verb", "上报")), "Send"));
    snprintf(line, sizeof line, text_in(LANG_EN, T("问题 %" PRId64 "：已办\n")), (int64_t)7);
    assert(!strcmp(line, "Problem 7: done\n"));
    assert(!strcmp(text_n(LANG_EN, TN("%lld 张照片"), 1), "%lld photo"));
    assert(!strcmp(text_n(LANG_EN, TN("%lld 张照片"), 0), "%lld photos"));
    assert(!strcmp(text_n(LANG_ZH, TN("%lld 张照片"), 2), "%lld 张照片"));
    assert(!strcmp(text_in(LANG_EN, (Text){"没有收进来的", ""}), "没有收进来的"));
    assert(!strcmp(text_in(LANG_EN, (Text){0}), ""));
}

static void addresses(void)
{
    static const struct {
        const char *in, *out;
    } t[] = {
        {"/p/1",             "/p/1"              },
        {"//evil",           "#"                 },
        {"/\\evil",          "#"                 },
        {"/\t/evil",         "#"                 },
        {"",                 "#"                 },
        {"javascript:1",     "#"                 },
        {" javascript:1",    "#"                 },
        {"JaVaScRiPt:1",     "#"                 },
        {"data:text/html,x", "#"                 },
        {"java\nscript:1",   "#"                 },
        {"https://a/?b&c",   "https://a/?b&amp;c"},
        {"tel:12345",        "tel:12345"         }
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        Arena a = {0};
        Out o = {.mem = &a};
        put_url(&o, t[i].in);
        assert(o.len == strlen(t[i].out) && !memcmp(o.at, t[i].out, o.len));
        o.len = 0;
        put_path(&o, "..");
        put_path(&o, "");
        put_path(&o, "a/b");
        assert(o.len == 7 && !memcmp(o.at, "--a%2Fb", 7));
        arena_reset(&a);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    pages(argv[1]);
    texts_of_c();
    addresses();
    return 0;
}
