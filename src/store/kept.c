/* kept.c — a table of answers for the whole process: four places a hash, taken in turn. */
#include "store/kept.h"

#include "gen/sql_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHARDS = 16, PLACES = 256, WAYS = 4, ONE_MAX = 96 << 10, SHARD_MAX = 640 << 10 };

struct answer {
    atomic_int holders; /* the table and who copies it now; freed by the last */
    const DbStmt *st;
    int64_t version;
    size_t n, key_len, rows_at, size; /* bytes: the key, the rows, their texts */
    char bytes[];
};

static struct shard {
    pthread_mutex_t lock;
    size_t size;
    unsigned hand, way; /* who goes next when the shard is full; when their four places are */
    struct answer *at[PLACES];
} shards[SHARDS] = {[0 ... SHARDS - 1] = {.lock = PTHREAD_MUTEX_INITIALIZER}};

static void leave(struct answer *a)
{
    if (a && atomic_fetch_sub(&a->holders, 1) == 1)
        free(a);
}

/* Under the shard's lock. */
static void drop(struct shard *s, size_t place)
{
    if (s->at[place])
        s->size -= s->at[place]->size;
    leave(s->at[place]);
    s->at[place] = NULL;
}

void kept_forget(void)
{
    for (struct shard *s = shards; s < shards + SHARDS; s++) {
        pthread_mutex_lock(&s->lock);
        for (size_t i = 0; i < PLACES; i++)
            drop(s, i);
        pthread_mutex_unlock(&s->lock);
    }
}

/* ---- versions */
void stamps_take(Stamps *to, OptStr bytes, int64_t reference)
{
    to->reference = reference;
    memset(to->table, 0, sizeof to->table);
    for (size_t i = 0; bytes.set && i < N_STAMPS && bytes.v.len == STAMP_BYTES; i++) {
        const unsigned char *b = (const unsigned char *)bytes.v.at + 4 * i;
        to->table[i] = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    }
}

Str stamps_bytes(Cx *cx, const Town *t)
{
    unsigned char *b = arena_raw(&cx->mem, STAMP_BYTES);
    for (size_t i = 0; i < N_STAMPS; i++) {
        uint32_t n = t->stamps.table[i] + (uint32_t)(t->touched[i / 64] >> i % 64 & 1);
        for (int k = 0; k < 4; k++)
            b[4 * i + (size_t)k] = (unsigned char)(n >> 8 * k);
    }
    return (Str){(char *)b, STAMP_BYTES};
}

/* Asked again when something was committed since, or for another town. */
static bool look(Cx *cx, Db *db)
{
    struct sql_store_stamps_row row;
    int64_t version = 0;
    bool same = db->seen.known && db->seen.town == cx->town_id;
    if (same && db->held)
        return true;
    if (!db->ops->version && !db->held)
        return false; /* to ask each time would cost as much as the answer */
    if (db->ops->version && db->ops->version(cx, db, &version) != OK)
        return false;
    if (same && db->ops->version && version == db->seen.version)
        return true;
    Cx before = *cx;
    db->seen.known = sql_store_stamps(cx, &row) == OK;
    cx->why = before.why;
    if (!db->seen.known)
        return false;
    db->seen.town = cx->town_id;
    db->seen.version = version;
    stamps_take(&db->seen.now, row.stamps, row.reference);
    return true;
}

static bool touched(const Town *t, const DbStmt *st)
{
    bool any = t->touched_reference;
    for (size_t i = 0; i < st->n_reads; i++)
        any |= t->touched[st->reads[i] / 64] >> st->reads[i] % 64 & 1;
    return any;
}

bool kept_version(Cx *cx, const DbStmt *st, int64_t *version)
{
    Db *db = cx->db;
    const Town *t = db->town;
    if (!st->kept || !db->keeps)
        return false;
    if (t ? !t->known || t->id != cx->town_id || touched(t, st) : !look(cx, db))
        return false;
    const Stamps *now = t ? &t->stamps : &db->seen.now;
    *version = now->reference;
    for (size_t i = 0; i < st->n_reads; i++)
        *version += now->table[st->reads[i]];
    return true;
}

void kept_touch(Cx *cx, const DbStmt *st)
{
    Town *t = cx->db->town;
    if (!t || st->writes == DB_NOTHING)
        return;
    if (st->writes == DB_REFERENCE || t->id != cx->town_id)
        t->touched_reference = true; /* of which town is not known here: all read anew */
    else
        t->touched[st->writes / 64] |= UINT64_C(1) << st->writes % 64;
}

/* ---- answers */
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

/* The first of its places. */
static size_t place_of(const DbStmt *st, Str key, struct shard **shard)
{
    uint64_t h = UINT64_C(14695981039346656037) + (uint64_t)st->slot;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.at[i]) * UINT64_C(1099511628211);
    h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd); /* the last bytes have not reached all bits */
    h ^= h >> 33;
    *shard = &shards[h % SHARDS];
    return (size_t)(h >> 32) % (PLACES / WAYS) * WAYS;
}

static bool asks(const struct answer *a, const DbStmt *st, Str key)
{
    return a && a->st == st && a->key_len == key.len && memcmp(a->bytes, key.at, key.len) == 0;
}

/* Both kinds of text column begin with a Str. */
static Str *text_at(const DbStmt *st, char *row, int col)
{
    return st->cols[col].type == 'i' ? NULL : (Str *)(void *)(row + st->cols[col].at);
}

static struct answer *find(const DbStmt *st, Str key, int64_t version)
{
    struct shard *s;
    struct answer *a = NULL;
    size_t place = place_of(st, key, &s);
    pthread_mutex_lock(&s->lock);
    for (size_t i = place; i < place + WAYS && !a; i++)
        if (asks(s->at[i], st, key))
            a = s->at[i];
    if (a && a->version != version)
        a = NULL;
    if (a)
        atomic_fetch_add(&a->holders, 1);
    pthread_mutex_unlock(&s->lock);
    return a;
}

bool kept_get(Cx *cx, const DbStmt *st, Str key, int64_t version, DbRows *rows)
{
    struct answer *a = find(st, key, version);
    if (!a)
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
    leave(a);
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

/* Where it stands already, or nothing does, or whose turn it is.  Under the lock. */
static size_t room_in(struct shard *s, size_t place, const DbStmt *st, Str key)
{
    size_t to = place + s->way++ % WAYS;
    for (size_t i = place; i < place + WAYS; i++)
        if (!s->at[i])
            to = i;
    for (size_t i = place; i < place + WAYS; i++)
        if (asks(s->at[i], st, key))
            to = i;
    return to;
}

void kept_put(const DbStmt *st, Str key, int64_t version, const DbRows *rows)
{
    struct shard *s;
    size_t place = place_of(st, key, &s), rows_at = (key.len + 15) & ~(size_t)15;
    size_t rows_len = rows->n * st->row, size = rows_at + rows_len + size_of_texts(st, rows);
    struct answer *a = size > ONE_MAX ? NULL : malloc(sizeof *a + size);
    if (!a)
        return;
    *a = (struct answer){.holders = 1,
        .st = st,
        .version = version,
        .n = rows->n,
        .key_len = key.len,
        .rows_at = rows_at,
        .size = size};
    put(a->bytes, key.at, key.len);
    char *to = put(a->bytes + rows_at, rows->at, rows_len);
    for (size_t i = 0; i < rows->n; i++)
        for (int c = 0; c < st->n_cols; c++) {
            Str *text = text_at(st, a->bytes + rows_at + i * st->row, c);
            if (!text || !text->at)
                continue;
            char *at = to;
            to = put(to, text->at, text->len);
            text->at = at;
        }
    pthread_mutex_lock(&s->lock);
    place = room_in(s, place, st, key);
    drop(s, place);
    while (s->size + size > SHARD_MAX)
        drop(s, s->hand++ % PLACES);
    s->at[place] = a;
    s->size += size;
    pthread_mutex_unlock(&s->lock);
}
