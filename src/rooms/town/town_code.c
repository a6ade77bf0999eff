/* town_code.c — 回执码: twelve digits, shown 4-4-4, the last a check digit (Damm 2004: it finds
 * every wrong digit and every two neighbours exchanged), so that it can be read over the telephone.
 */
#include "base/secret.h"
#include "gen/sql_town.h"
#include "rooms/town/town.h"

enum { DIGITS = 12, TRIES = 8 };

/* A totally anti-symmetric quasigroup of order 10. */
static const unsigned char damm[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

/* 0 for a code with its check digit; else the digit that would make it 0. */
static unsigned check_digit(const char *digits, size_t n)
{
    unsigned c = 0;
    for (size_t i = 0; i < n; i++)
        c = damm[c][digits[i] - '0'];
    return c;
}

/* A digit, half or full width (U+FF10…), at i; moves behind it.  0: none stands there. */
static char digit_at(Str s, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s.at + *i;
    if (*p >= '0' && *p <= '9') {
        *i += 1;
        return (char)*p;
    }
    if (*i + 2 < s.len && p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99) {
        *i += 3;
        return (char)('0' + (p[2] - 0x90));
    }
    return 0;
}

/* Blanks and dashes that people and keyboards put between the groups; 0: something else. */
static size_t gap_at(Str s, size_t i)
{
    static const char *const gaps[] = {" ", "\t", "-", "\u3000", "\u00A0", "－", "—", "–", "‐"};
    for (size_t k = 0; k < sizeof gaps / sizeof *gaps; k++) {
        size_t n = strlen(gaps[k]);
        if (i + n <= s.len && !memcmp(s.at + i, gaps[k], n))
            return n;
    }
    return 0;
}

bool town_code_sound(Str typed, char digits[13])
{
    size_t n = 0;
    for (size_t i = 0; i < typed.len;) {
        size_t gap = gap_at(typed, i);
        if (gap) {
            i += gap;
            continue;
        }
        char d = digit_at(typed, &i);
        if (!d || n == DIGITS)
            return false;
        digits[n++] = d;
    }
    digits[n] = 0;
    return n == DIGITS && check_digit(digits, DIGITS) == 0;
}

Str town_code_shown(Cx *cx, Str code)
{
    if (code.len != DIGITS)
        return code;
    return str(arena_printf(&cx->mem, "%.4s-%.4s-%.4s", code.at, code.at + 4, code.at + 8));
}

Err town_code_new(Cx *cx, Str kind, int64_t id, Str *code)
{
    for (int k = 0; k < TRIES; k++) {
        uint64_t chance;
        secret_random(&chance, sizeof chance);
        char *at = arena_printf(&cx->mem, "%011llu0",
            (unsigned long long)(chance
                                 % UINT64_C(100000000000))); /* 11 digits; the bias is 10^-9 */
        at[DIGITS - 1] = (char)('0' + check_digit(at, DIGITS - 1));
        Err e = sql_town_code_add(
            cx, &(struct sql_town_code_add){.code = str(at), .kind = kind, .id = id});
        if (e == ERR_CONFLICT)
            continue; /* it is given out already */
        TRY(e);
        *code = str(at);
        return OK;
    }
    return fail_log(cx, ERR_INTERNAL, "no free receipt code in %d tries", TRIES);
}

Err town_code_find(Cx *cx, Str code, Str *kind, int64_t *town_id, int64_t *id)
{
    char digits[13];
    struct sql_town_code_named_row r;
    if (!town_code_sound(code, digits))
        return ERR_NOT_FOUND;
    TRY(sql_town_code_named(cx, &(struct sql_town_code_named){.code = str(digits)}, &r));
    *kind = r.kind;
    *town_id = r.town_id;
    *id = r.id;
    return OK;
}

Err town_code_put(Cx *cx, Str code, Str kind, int64_t id)
{
    return sql_town_code_add(cx, &(struct sql_town_code_add){.code = code, .kind = kind, .id = id});
}

Err town_code_at(Cx *cx, Str code, Str *kind, int64_t *town_id, int64_t *id)
{
    struct sql_town_code_named_row r;
    TRY(sql_town_code_named(cx, &(struct sql_town_code_named){.code = code}, &r));
    *kind = r.kind;
    *town_id = r.town_id;
    *id = r.id;
    return OK;
}
