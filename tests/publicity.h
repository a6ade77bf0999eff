/* publicity.h — what the tests of ledgers share: the publicity ledger with a photo that was taken,
 * forms and tables for it. */
#pragma once
#include "tests/town.h"

#include "pictures.h"
#include "rooms/attachment/attachment.h"
#include "rooms/ledger/ledger.h"
#include "rooms/publicity/publicity.h"

#include <unistd.h>

#define P(n, v)                                                                                    \
    {                                                                                              \
        S(n), S(v)                                                                                 \
    }

static inline Str a_photo(Cx *cx)
{
    int fd = picture_jpeg(&(struct picture){.width = 64, .height = 48});
    Str hash = {0};
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    return hash;
}

/* A good form, n pairs of it changed or added. */
static inline struct pairs a_form(Cx *cx, Str photo, const struct pair *other, size_t n)
{
    const struct pair good[] = {
        P("unit", "南王村"),
        P("kind", "标语横幅"),
        P("title", "清洁家园 人人动手"),
        P("place", "村口"),
        P("n_pieces", "１２"),
        P("done_on", "2026年6月12日"),
        {S("photo"), photo},
        P("csrf", "x"),
    };
    enum { N_GOOD = sizeof good / sizeof *good };
    struct pair *at = NEW_ARRAY(&cx->mem, N_GOOD + n, struct pair);
    size_t used = N_GOOD;
    memcpy(at, good, sizeof good);
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < N_GOOD && !str_eq(at[j].name, other[i].name))
            j++;
        if (j == N_GOOD)
            j = used++;
        at[j] = other[i];
    }
    return (struct pairs){at, used};
}

static inline struct saving a_saving(Cx *cx, Str photo, const char *name, const char *value)
{
    struct pair other = {str(name), str(value)};
    return (struct saving){.form = a_form(cx, photo, &other, name ? 1 : 0)};
}

static inline size_t n_rows(Cx *cx)
{
    struct ledger_list_view v;
    assert_int_equal(ledger_list(cx, &publicity_ledger, (struct pairs){0}, SIGHT_STAFF, &v), OK);
    return v.lines.n;
}
