/* kept.c — a table of answers: one place a hash, the newer one wins. */
#include "store/kept.h"

#include <stdlib.h>

enum { PLACES = 256, ONE_MAX = 96 << 10, ALL_MAX = 1 << 20 };

struct answer {
    const DbStmt *st;
    int64_t version;
    size_t n, key_len, rows_at, size; /* bytes: the key, the rows, their texts */
    char bytes[];
};

struct Kept {
    size_t size;
    struct answer *at[PLACES];
};

Kept *kept_open(void)
{
    Kept *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    return k;
}

static void drop(Kept *k, size_t place)
{
    if (k->at[place])
        k->size -= k->at[place]->size;
    free(k->at[place]);
    k->at[place] = NULL;
}

void kept_close(Kept *k)
{
    for (size_t i = 0; k && i < PLACES; i++)
        drop(k, i);
    free(k);
}

static char *put(char *to, const void *at, size_t n)
{
    if (n)
        memcpy(to, at, n);
    return to + n;
}

Str kept_key(Cx *cx, const DbStmt *st, unsigned mask, unsigned order, const DbVal *v)
{
    size_t len = sizeof mask + sizeof order;
    for (int i = 0; i < st->n_params; i++)
        len += 1 + sizeof(int64_t) + (v[i].type == 'i' ? 0 : v[i].s.len);
    char *at = arena_raw(&cx->mem, len), *to = at;
    to = put(to, &mask, sizeof mask);
    to = put(to, &order, sizeof order);
    for (int i = 0; i < st->n_params; i++) {
        bool text = v[i].type && v[i].type != 'i';
        int64_t word = text ? (int64_t)v[i].s.len : v[i].type ? v[i].i : 0;
        *to++ = v[i].type;
        to = put(to, &word, sizeof word);
        if (text)
            to = put(to, v[i].s.at, v[i].s.len);
    }
    return (Str){at, (size_t)(to - at)};
}

static size_t place_of(const DbStmt *st, Str key)
{
    uint64_t h = UINT64_C(14695981039346656037) + (uint64_t)st->slot;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.at[i]) * UINT64_C(1099511628211);
    return (size_t)(h >> 32) % PLACES;
}

/* Both kinds of text column begin with a Str. */
static Str *text_at(const DbStmt *st, char *row, int col)
{
    return st->cols[col].type == 'i' ? NULL : (Str *)(void *)(row + st->cols[col].at);
}

bool kept_get(Cx *cx, Kept *k, const DbStmt *st, Str key, int64_t version, DbRows *rows)
{
    struct answer *a = k->at[place_of(st, key)];
    if (!a || a->st != st || a->version != version || a->key_len != key.len
        || memcmp(a->bytes, key.at, key.len) != 0)
        return false;
    size_t len = a->size - a->rows_at;
    const char *was = a->bytes + a->rows_at;
    char *at = arena_raw(&cx->mem, len + 1);
    put(at, was, len);
    for (size_t i = 0; i < a->n; i++)
        for (int c = 0; c < st->n_cols; c++) {
            Str *s = text_at(st, at + i * st->row, c);
            if (s && s->at)
                s->at = at + (s->at - was);
        }
    *rows = (DbRows){.at = at, .n = a->n, .cap = a->n};
    return true;
}

static size_t size_of_texts(const DbStmt *st, const DbRows *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++)
        for (int c = 0; c < st->n_cols; c++) {
            Str *s = text_at(st, rows->at + i * st->row, c);
            n += s ? s->len : 0;
        }
    return n;
}

void kept_put(Kept *k, const DbStmt *st, Str key, int64_t version, const DbRows *rows)
{
    size_t place = place_of(st, key), rows_at = (key.len + 15) & ~(size_t)15;
    size_t rows_len = rows->n * st->row, size = rows_at + rows_len + size_of_texts(st, rows);
    drop(k, place);
    if (size > ONE_MAX)
        return;
    for (size_t i = 0; k->size + size > ALL_MAX && i < PLACES; i++)
        drop(k, i);
    struct answer *a = malloc(sizeof *a + size);
    if (!a)
        abort();
    *a = (struct answer){.st = st,
        .version = version,
        .n = rows->n,
        .key_len = key.len,
        .rows_at = rows_at,
        .size = size};
    put(a->bytes, key.at, key.len);
    char *to = put(a->bytes + rows_at, rows->at, rows_len);
    for (size_t i = 0; i < rows->n; i++)
        for (int c = 0; c < st->n_cols; c++) {
            Str *s = text_at(st, a->bytes + rows_at + i * st->row, c);
            if (!s || !s->at)
                continue;
            char *text = to;
            to = put(to, s->at, s->len);
            s->at = text;
        }
    k->at[place] = a;
    k->size += size;
}
