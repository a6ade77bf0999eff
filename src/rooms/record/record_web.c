/* record_web.c — 留痕: /log, for the auditor and the office. */
#include "rooms/record/record_web.h"

#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/record/record_view.h"
#include "rooms/town/town.h"

#include <sodium/utils.h>
#include <stdlib.h>

enum { HASH_SHOWN = 8 };

static Str hex(Cx *cx, Str bytes, size_t n)
{
    n = bytes.len < n ? bytes.len : n;
    char *to = arena_raw(&cx->mem, 2 * n + 1);
    sodium_bin2hex(to, 2 * n + 1, (const unsigned char *)bytes.at, n);
    return (Str){to, 2 * n};
}

/* An empty filter is none; anything but digits is told. */
static Err id_filter(Cx *cx, Str typed, const char *field, OptI64 *to)
{
    int64_t n = 0;
    if (!typed.len)
        return OK;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] < '0' || typed.at[i] > '9' || i > 17)
            return fail(cx, ERR_INVALID, field, T("编号只有数字"));
        n = n * 10 + (typed.at[i] - '0');
    }
    *to = some_i64(n);
    return OK;
}

static struct record_line line_of(Cx *cx, const struct event_row *e)
{
    bool known = e->post > POST_NONE && e->post < N_POSTS;
    return (struct record_line){.seq = e->seq,
        .at = e->at,
        .object = e->object,
        .unit = e->unit,
        .who = people_name(cx, e->actor),
        .post = known ? posts[e->post].label : (Text){0},
        .unit_name = e->unit ? town_unit_name(cx, e->unit) : (Str){0},
        .verb = e->verb,
        .source = e->source,
        .from = e->from,
        .to = e->to,
        .said = e->erased,
        .hash = hex(cx, e->hash, HASH_SHOWN)};
}

static Err log_get(Cx *cx, const Req *req, Resp *resp)
{
    struct events_filter f = {.below = query_i64(req, "below")};
    struct record_page_view v = {.actor = query_text(req, "actor"),
        .verb = query_text(req, "verb"),
        .object = query_text(req, "object")};
    const struct event_row *e = NULL;
    struct checkpoint head;
    size_t n = 0;

    f.verb = v.verb.len ? some_str(v.verb) : (OptStr){0};
    Err fine = id_filter(cx, v.actor, "actor", &f.actor);
    if (fine == OK)
        fine = id_filter(cx, v.object, "object", &f.object);
    if (fine == OK) {
        TRY(events_page(cx, &f, &e, &n));
    } else {
        v.wrong = cx->why.say;
        resp->status = 422;
    }
    TRY(log_head(cx, &head));

    struct record_line *lines = NEW_ARRAY(&cx->mem, n + 1, struct record_line);
    for (size_t i = 0; i < n; i++)
        lines[i] = line_of(cx, &e[i]);
    v.lines.at = lines;
    v.lines.n = n;
    v.next = n == EVENTS_PAGE ? e[n - 1].seq : 0;
    v.seq = head.seq;
    v.hash = hex(cx, (Str){(char *)head.hash, sizeof head.hash}, sizeof head.hash);
    v.shell = shell_of(cx, req, "log");
    page_record(resp_page(cx, req, resp), &v);
    return OK;
}

enum { READS_LOG = HAS(POST_AUDITOR) | HAS(POST_COMMANDER) | HAS(POST_OFFICE_HEAD) };

const struct route record_routes[] = {
    {GET,               "/log", .who = READS_LOG, .run = log_get, .on = ON_READ},
    {0},
};
const struct menu_item record_menu[] = {
    {.path = "/log",        .id = "log", .label = T("留痕"), .who = READS_LOG, .icon = "i-list"},
    {0},
};
