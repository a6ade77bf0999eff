/* log.c — 留痕: one chain of events a town, numbers without gaps, counters in the same transaction.
 */
#include "base/day.h"
#include "base/sum.h"
#include "gen/sql_store.h"
#include "store/kept.h"
#include "store/log_impl.h"

#include <sodium/randombytes.h>

void log_hash(unsigned char hash[LOG_HASH], const unsigned char prev[LOG_HASH], int64_t town,
    const struct log_row *r)
{
    Sum s;
    sum_begin(&s);
    sum_raw(&s, prev, LOG_HASH);
    sum_i64(&s, town);
    sum_i64(&s, r->seq);
    sum_i64(&s, r->at);
    sum_str(&s, r->node);
    sum_i64(&s, r->actor);
    sum_i64(&s, r->post);
    sum_str(&s, r->source);
    sum_str(&s, r->verb);
    sum_i64(&s, r->unit);
    sum_i64(&s, r->object);
    sum_opt_str(&s, r->was);
    sum_opt_str(&s, r->became);
    sum_opt_str(&s, r->sum);
    sum_end(&s, hash);
}

void log_sum(unsigned char sum[LOG_HASH], Str salt, Str body)
{
    Sum s;
    sum_begin(&s);
    sum_raw(&s, salt.at, salt.len);
    sum_raw(&s, body.at, body.len);
    sum_end(&s, sum);
}

/* The chain begins with the town itself: no chain can be passed off as another town's. */
void log_genesis(int64_t town, unsigned char head[LOG_HASH])
{
    Sum s;
    sum_begin(&s);
    sum_str(&s, S("heqing event chain 1"));
    sum_i64(&s, town);
    sum_end(&s, head);
}

static Err take_town(Cx *cx, Town *t, const struct sql_store_town_lock_row *row)
{
    if (row->head.len != sizeof t->head)
        return fail_log(cx, ERR_INTERNAL, "town %lld: its head is no hash", (long long)t->id);
    t->seq = row->seq;
    t->next_id = row->next_id;
    memcpy(t->head, row->head.at, sizeof t->head);
    stamps_take(&t->stamps, row->stamps, row->reference);
    t->found = t->known = true;
    return OK;
}

Err log_lock(Cx *cx, Town *t)
{
    struct sql_store_town_lock_row row;
    Err e = sql_store_town_lock(cx, &row);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return take_town(cx, t, &row);
}

Err log_save(Cx *cx, Town *t)
{
    for (int k = 0; k < t->n_series; k++)
        if (t->series[k].dirty)
            TRY(sql_store_number_save(
                cx, &(struct sql_store_number_save){
                        .series = str(t->series[k].name), .n = t->series[k].n}));
    bool touched = false;
    for (size_t i = 0; i < sizeof t->touched / sizeof *t->touched; i++)
        touched |= t->touched[i] != 0;
    if (touched || t->dirty)
        TRY(sql_store_town_save(cx, &(struct sql_store_town_save){
                                        .seq = t->seq,
                                        .next_id = t->next_id,
                                        .head = {(char *)t->head, sizeof t->head},
                                        .stamps = stamps_bytes(cx, t)
        }));
    return OK;
}

Err chain_new(Cx *cx, int64_t town_id)
{
    unsigned char head[LOG_HASH];
    int64_t before = cx->town_id;
    log_genesis(town_id, head);
    cx->town_id = town_id;
    Err e = sql_store_town_new(cx, &(struct sql_store_town_new){
                                       .head = {(char *)head, sizeof head}
    });
    cx->town_id = before;
    return e;
}

int64_t new_id(Cx *cx)
{
    cx->db->town->dirty = true;
    return cx->db->town->next_id++;
}

/* Read once a batch, counted here, saved before COMMIT: no round trip for each number. */
Err new_number(Cx *cx, Str series, int64_t *n)
{
    Town *t = cx->db->town;
    int k = 0;
    while (k < t->n_series && !str_eq(str(t->series[k].name), series))
        k++;
    if (k == t->n_series) {
        struct sql_store_number_read_row row = {0};
        if (k == MAX_SERIES || series.len >= SERIES_NAME)
            return fail_log(cx, ERR_INTERNAL, "number: too many series in one write");
        Err e = sql_store_number_read(cx, &(struct sql_store_number_read){.series = series}, &row);
        if (e != OK && e != ERR_NOT_FOUND)
            return e;
        memset(&t->series[k], 0, sizeof t->series[k]);
        memcpy(t->series[k].name, series.at, series.len);
        t->series[k].n = row.n;
        t->n_series++;
    }
    *n = ++t->series[k].n;
    t->series[k].dirty = true;
    return OK;
}

static OptStr or_null(Str s)
{
    return s.len ? some_str(s) : (OptStr){0};
}

Err event_add(Cx *cx, const struct event *e)
{
    Town *t = cx->db->town;
    unsigned char salt[LOG_SALT], sum[LOG_HASH], hash[LOG_HASH];
    struct log_row row = {.seq = t->seq + 1,
        .at = cx->now,
        .node = str(cx->db->node),
        .actor = cx->me.person,
        .post = cx->me.post,
        .source = str(cx->door ? cx->door : "job"),
        .verb = str(e->verb),
        .unit = e->unit,
        .object = e->object,
        .was = or_null(e->from),
        .became = or_null(e->to)};
    if (e->said.len) {
        randombytes_buf(salt, sizeof salt);
        log_sum(sum, (Str){(char *)salt, sizeof salt}, e->said);
        row.sum = some_str((Str){(char *)sum, sizeof sum});
    }
    log_hash(hash, t->head, cx->town_id, &row);

    TRY(sql_store_event_add(cx, &(struct sql_store_event_add){
                                    .seq = row.seq,
                                    .node = row.node,
                                    .actor = row.actor,
                                    .post = row.post,
                                    .source = row.source,
                                    .verb = row.verb,
                                    .unit = row.unit,
                                    .object = row.object,
                                    .was = row.was,
                                    .became = row.became,
                                    .sum = row.sum,
                                    .hash = {(char *)hash, sizeof hash}
    }));
    if (e->said.len)
        TRY(sql_store_text_add(
            cx, &(struct sql_store_text_add){
                    .seq = row.seq, .salt = {(char *)salt, sizeof salt},
                         .body = e->said
        }));
    TRY(sql_store_count_add(cx,
        &(struct sql_store_count_add){
            .unit = e->unit, .day = day_text(cx, day_of(cx->now)), .metric = row.verb, .n = 1}));
    t->seq = row.seq;
    memcpy(t->head, hash, sizeof hash);
    t->dirty = true;
    return OK;
}

Err event_erase(Cx *cx, int64_t seq)
{
    struct sql_store_text_erase_row gone;
    TRY(sql_store_text_erase(cx, &(struct sql_store_text_erase){.seq = seq}, &gone));
    return event_add(cx, &(struct event){.verb = "erase", .object = seq});
}

Err events_of(Cx *cx, int64_t object, const struct event_row **to, size_t *n)
{
    struct sql_store_events_of_rows r;
    TRY(sql_store_events_of(
        cx, &(struct sql_store_events_of){.object = object, .limit = EVENTS_SHOWN}, &r));
    struct event_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct event_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct event_row){.seq = r.at[i].seq,
            .at = r.at[i].at,
            .actor = r.at[i].actor,
            .post = r.at[i].post,
            .object = object,
            .source = r.at[i].source,
            .verb = r.at[i].verb,
            .from = r.at[i].was.v,
            .to = r.at[i].became.v,
            .said = r.at[i].body.v,
            .erased = r.at[i].sum.set && !r.at[i].body.set,
            .hash = r.at[i].hash};
    *to = at;
    *n = r.n;
    return OK;
}

Err events_page(Cx *cx, const struct events_filter *f, const struct event_row **to, size_t *n)
{
    struct sql_store_events_page_rows r;
    TRY(sql_store_events_page(cx,
        &(struct sql_store_events_page){.below = f->below ? f->below : INT64_MAX,
            .actor = f->actor,
            .verb = f->verb,
            .object = f->object,
            .limit = EVENTS_PAGE},
        &r));
    struct event_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct event_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct event_row){.seq = r.at[i].seq,
            .at = r.at[i].at,
            .actor = r.at[i].actor,
            .post = r.at[i].post,
            .unit = r.at[i].unit,
            .object = r.at[i].object,
            .source = r.at[i].source,
            .verb = r.at[i].verb,
            .from = r.at[i].was.v,
            .to = r.at[i].became.v,
            .erased = r.at[i].sum.set,
            .hash = r.at[i].hash};
    *to = at;
    *n = r.n;
    return OK;
}

Err log_head(Cx *cx, struct checkpoint *c)
{
    struct sql_store_town_read_row row;
    TRY(sql_store_town_read(cx, &row));
    if (row.head.len != sizeof c->hash)
        return fail_log(cx, ERR_INTERNAL, "town %lld: its head is no hash", (long long)cx->town_id);
    *c = (struct checkpoint){.town = cx->town_id, .seq = row.seq};
    memcpy(c->hash, row.head.at, sizeof c->hash);
    return OK;
}
