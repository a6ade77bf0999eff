/* utf8.c — UTF-8, and which texts are taken (security: INP-1). */
#include "base/utf8.h"

/* Strict: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool utf8_next(Str *s, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)s->at;
    if (!s->len)
        return false;
    size_t n = p[0] < 0x80   ? 1
               : p[0] < 0xC2 ? 0
               : p[0] < 0xE0 ? 2
               : p[0] < 0xF0 ? 3
               : p[0] < 0xF5 ? 4
                             : 0;
    if (!n || s->len < n)
        return false;
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return false;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if ((n == 3 && (c < 0x800 || (c >= 0xD800 && c < 0xE000)))
        || (n == 4 && (c < 0x10000 || c > 0x10FFFF)))
        return false;
    *s = (Str){s->at + n, s->len - n};
    *code = c;
    return true;
}

bool utf8_ok(Str s)
{
    uint32_t c;
    while (s.len)
        if (!utf8_next(&s, &c))
            return false;
    return true;
}

size_t str_n_chars(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || c == 0xFEFF
           || (c >= 0x2000 && c <= 0x200B);
}

Str str_trim(Str s)
{
    uint32_t c;
    for (Str rest = s; utf8_next(&rest, &c) && is_space(c);)
        s = rest;
    while (s.len) {
        size_t i = s.len - 1;
        while (i && ((unsigned char)s.at[i] & 0xC0) == 0x80)
            i--;
        Str last = {s.at + i, s.len - i};
        if (!utf8_next(&last, &c) || !is_space(c))
            break;
        s.len = i;
    }
    return s;
}

Str str_cut(Str s, size_t n_chars)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.at[i] & 0xC0) != 0x80 && n_chars-- == 0)
            return (Str){s.at, i};
    return s;
}

bool str_has(Str s, const char *part)
{
    return s.len && memmem(s.at, s.len, part, strlen(part));
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

static bool turns_writing(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E
           || c == 0x200F || c == 0x61C;
}

/* What normal form C never holds, or only where nothing can be put together with what stands before
 * (Unicode's NFC_Quick_Check No and Maybe, for the scripts that reach a township: Latin, Greek,
 * kana, Hangul, Han).  Whole tables would be larger than all of base; who types an é as e and a
 * loose accent is asked to type it as one. */
static bool not_normal(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } never[] = {
        {0x0300,  0x0304 }, /* loose accents */
        {0x0306,  0x030C },
        {0x030F,  0x030F },
        {0x0311,  0x0311 },
        {0x0313,  0x0314 },
        {0x031B,  0x031B },
        {0x0323,  0x0328 },
        {0x032D,  0x032E },
        {0x0330,  0x0331 },
        {0x0338,  0x0338 },
        {0x0340,  0x0345 },
        {0x0374,  0x0374 },
        {0x037E,  0x037E },
        {0x0387,  0x0387 },
        {0x1161,  0x1175 }, /* loose vowels and finals of Hangul */
        {0x11A8,  0x11C2 },
        {0x1FBE,  0x1FBE },
        {0x2000,  0x2001 }, /* two blanks with other names */
        {0x2126,  0x2126 }, /* ohm, kelvin, ångström */
        {0x212A,  0x212B },
        {0x2329,  0x232A },
        {0x3099,  0x309A }, /* loose marks of kana */
        {0xF900,  0xFA0D }, /* compatibility ideographs; twelve of them are ordinary ones */
        {0xFA10,  0xFA10 },
        {0xFA12,  0xFA12 },
        {0xFA15,  0xFA1E },
        {0xFA20,  0xFA20 },
        {0xFA22,  0xFA22 },
        {0xFA25,  0xFA26 },
        {0xFA2A,  0xFA6D },
        {0xFA70,  0xFAD9 },
        {0x2F800, 0x2FA1D},
    };
    size_t lo = 0, hi = sizeof never / sizeof *never;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c > never[mid].to)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < sizeof never / sizeof *never && c >= never[lo].from;
}

Text text_wrong(Str s, bool lines)
{
    uint32_t c;
    while (s.len) {
        if (!utf8_next(&s, &c))
            return T("文字编码不对，要用 UTF-8");
        if (c == '\n' || c == '\r') {
            if (!lines)
                return T("只能写一行");
        } else if (is_control(c)) {
            return T("含有看不见的控制字符，请删去");
        }
        if (turns_writing(c))
            return T("含有改变文字方向的隐藏字符，请删去");
        if (c >= 0x300 && not_normal(c))
            return T("有的字是拆开写的或是兼容字形，请重新打这个字");
    }
    return (Text){0};
}
