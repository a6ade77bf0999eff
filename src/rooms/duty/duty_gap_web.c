/* duty_gap_web.c — 空岗榜 and 责任人台账: the same board, once what is missing, once everybody. */
#include "base/sink.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_web.h"

static struct gap_cell cell_of(const struct seat *s)
{
    return (struct gap_cell){.name = s->name,
        .since_on = s->since_on,
        .acting = s->state == SEAT_ACTING,
        .gap = s->state == SEAT_VACANT || s->state == SEAT_EXPIRED,
        .own = s->own,
        .expired = s->state == SEAT_EXPIRED};
}

static struct gap_row row_of(const struct seats *s)
{
    return (struct gap_row){.name = s->name,
        .unit = s->unit,
        .place = s->place,
        .village = !s->place && !s->grid,
        .grid = s->grid,
        .l4 = cell_of(&s->level[4]),
        .l3 = cell_of(&s->level[3]),
        .l2 = cell_of(&s->level[2]),
        .l1 = cell_of(&s->level[1]),
        .keeper = cell_of(&s->level[0])};
}

static bool has_gap(const struct gap_row *r)
{
    return r->l4.gap || r->l3.gap || r->l2.gap || r->l1.gap || (r->grid && r->keeper.gap);
}

/* Villages with what lies in them, in the board's order: a village, its grids, its places. */
static Err groups(Cx *cx, bool all, struct gaps_view *v)
{
    struct gap_board board;
    struct gap_group *at, *group = NULL;

    TRY(duty_gaps(cx, &board));
    at = NEW_ARRAY(&cx->mem, board.n + 1, struct gap_group);
    struct gap_row *rows = NEW_ARRAY(&cx->mem, board.n + 1, struct gap_row);
    for (size_t i = 0; i < board.n; i++) {
        struct gap_row row = row_of(&board.at[i]);
        if (row.village) {
            if (group && !all && !has_gap(&group->head) && !group->below.n)
                v->groups.n--; /* nothing is missing there */
            group = &at[v->groups.n++];
            *group = (struct gap_group){.head = row, .below = {.at = rows + i}};
            continue;
        }
        if (!group || (!all && !has_gap(&row)))
            continue;
        rows[(size_t)(group->below.at - rows) + group->below.n++] = row;
    }
    if (group && !all && !has_gap(&group->head) && !group->below.n)
        v->groups.n--;
    v->groups.at = at;
    v->n4 = board.n_gaps[4];
    v->n3 = board.n_gaps[3];
    v->n2 = board.n_gaps[2];
    v->n1 = board.n_gaps[1];
    v->n0 = board.n_gaps[0];
    v->all = all;
    v->may_ask = cx->me.posts & DUTY_ASK;
    return OK;
}

Err duty_gaps_get(Cx *cx, const Req *req, Resp *resp)
{
    struct gaps_view v = {0};

    TRY(groups(cx, query_text(req, "all").len > 0, &v));
    v.shell = shell_of(cx, req, "gaps");
    page_gaps(resp_page(cx, req, resp), &v);
    return OK;
}

Err duty_table_get(Cx *cx, const Req *req, Resp *resp)
{
    struct gaps_view v = {0};

    TRY(groups(cx, true, &v));
    v.shell = shell_of(cx, req, "duty");
    page_duty_table(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- the ledger as a file: domain §11, 责任人台账 --- */

static void put_cells(struct sink *to, const Str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            sink_z(to, ",");
        sink_csv(to, cells[i], false);
    }
    sink_z(to, "\r\n");
}

static void put_row(struct sink *to, const struct gap_row *r)
{
    Str kind = r->village ? S("village") : r->grid ? S("grid") : S("place");
    Str cells[] = {r->name, kind, r->l4.name, r->l3.name, r->l2.name, r->l1.name,
        r->grid ? r->keeper.name : (Str){0}};
    put_cells(to, cells, sizeof cells / sizeof *cells);
}

Err duty_table_csv_get(Cx *cx, const Req *req, Resp *resp)
{
    struct gaps_view v = {0};
    static const Str heads[] = {
        {"place",       5 },
        {"place_kind",  10},
        {"l4",          2 },
        {"l3",          2 },
        {"l2",          2 },
        {"l1",          2 },
        {"grid_keeper", 11}
    };

    (void)req;
    TRY(groups(cx, true, &v));
    struct sink to = sink_to_out(resp_data(cx, resp, "text/csv; charset=utf-8", S("duty.csv")));
    put_cells(&to, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < v.groups.n; i++) {
        put_row(&to, &v.groups.at[i].head);
        for (size_t k = 0; k < v.groups.at[i].below.n; k++)
            put_row(&to, &v.groups.at[i].below.at[k]);
    }
    return sink_end(&to);
}
