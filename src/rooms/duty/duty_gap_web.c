/* duty_gap_web.c — 空岗榜: who is missing where, and everybody who is responsible. */
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
