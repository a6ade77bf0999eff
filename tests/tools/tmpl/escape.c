/* fuzz_html.c N [SAMPLES] — N random values through every escaper, checked byte by byte; SAMPLES of
 * them as whole lines of HTML on stdout, for tests/tools/tmpl/oracle.py, which reads them with a
 * parser that is not ours.  With -fsanitize=fuzzer the same check runs under libFuzzer. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/html.h"

/* The slow way, written for being right only. */
static size_t slow(char *to, Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char one[2] = {s.at[i], 0};
        const char *e = s.at[i] == '&'    ? "&amp;"
                        : s.at[i] == '<'  ? "&lt;"
                        : s.at[i] == '>'  ? "&gt;"
                        : s.at[i] == '"'  ? "&quot;"
                        : s.at[i] == '\'' ? "&#39;"
                                          : one;
        size_t len = e == one ? 1 : strlen(e);
        memcpy(to + n, e, len);
        n += len;
    }
    return n;
}

static void check(Str s)
{
    static char want[64 * 1024];
    Arena a = {0};
    Out o = {.mem = &a};
    put_text(&o, s);
    assert(o.len == slow(want, s) && (!o.len || !memcmp(o.at, want, o.len)));
    o.len = 0;
    put_url(&o, s);
    bool plain = o.len == slow(want, s) && (!o.len || !memcmp(o.at, want, o.len));
    assert(plain || (o.len == 1 && o.at[0] == '#'));
    if (o.len > 1)
        assert(o.at[0] == '#' || o.at[0] == '?'
               || (o.at[0] == '/' && o.at[1] != '/' && o.at[1] != '\\') || !memcmp(o.at, "http", 4)
               || !memcmp(o.at, "mailto:", 7) || !memcmp(o.at, "tel:", 4));
    for (size_t i = 0; i < o.len; i++)
        assert((unsigned char)o.at[i] > 32 && !strchr("<>\"'", o.at[i]));
    o.len = 0;
    put_path(&o, s);
    assert(o.len && !(o.len == 1 && o.at[0] == '.') && !(o.len == 2 && !memcmp(o.at, "..", 2)));
    for (size_t i = 0; i < o.len; i++)
        assert(strchr("%-._~", o.at[i]) || (o.at[i] >= '0' && o.at[i] <= '9')
               || (o.at[i] >= 'A' && o.at[i] <= 'Z') || (o.at[i] >= 'a' && o.at[i] <= 'z'));
    arena_again(&a);
    arena_reset(&a);
}

#ifdef FUZZER
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    if (len < 8000)
        check((Str){(const char *)at, len});
    return 0;
}
#else
static uint64_t seed = 88172645463325252u;
static uint64_t rnd(uint64_t n)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return seed % n;
}

static Str made_up(char *b)
{
    static const char *const bits[] = {"<", ">", "\"", "'", "&", "</script>", "<!--", "-->", "]]>",
        "javascript:", "https://", "//", "/\\", "\t", "\n", "&lt;", "&#60;", "</textarea>", "<hqX",
        " onclick=", "..", ".", "南王村", "\xC3", "\xFF", "data:", "\xE2\x80\xA8", "=", "`", "?",
        "#", "%3C", "0123456789abcdefg"};
    size_t n = 0, parts = rnd(12);
    for (size_t i = 0; i < parts; i++) {
        const char *s = bits[rnd(sizeof bits / sizeof *bits)];
        size_t len = strlen(s);
        if (rnd(4) == 0)
            b[n++] = (char)rnd(256);
        memcpy(b + n, s, len);
        n += len;
    }
    return (Str){b, n};
}

/* TEXT, an attribute, a whole address, a step of a path, a query, and what the value was, in hex.
 */
static void sample(Str s)
{
    Arena a = {0};
    Out o = {.mem = &a};
    out_raw(&o, "<p title=\"", 10);
    put_attr(&o, s);
    out_raw(&o, "\">", 2);
    put_text(&o, s);
    out_raw(&o, "</p><a href=\"", 13);
    put_url(&o, s);
    out_raw(&o, "\"></a><a href=\"/p/", 18);
    put_path(&o, s);
    out_raw(&o, "?q=", 3);
    put_query(&o, s);
    out_raw(&o, "\"></a><textarea>\n", 17);
    put_attr(&o, s);
    out_raw(&o, "</textarea><i>end</i>", 21);
    for (size_t i = 0; i < s.len; i++)
        printf("%02x", (unsigned char)s.at[i]);
    putchar(' ');
    for (size_t i = 0; i < o.len; i++)
        printf("%02x", (unsigned char)o.at[i]);
    putchar('\n');
    arena_reset(&a);
}

int main(int argc, char **argv)
{
    char b[1024];
    long n = argc > 1 ? atol(argv[1]) : 100000, samples = argc > 2 ? atol(argv[2]) : 0;
    for (long i = 0; i < n; i++) {
        Str s = made_up(b);
        check(s);
        if (i < samples)
            sample(s);
    }
    fprintf(stderr, "fuzz: %ld values\n", n);
    return 0;
}
#endif
