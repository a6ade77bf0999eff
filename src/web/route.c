/* route.c — the table of all rooms, checked at start, searched at each request. */
#include "web/web.h"

#include "web/query.h"

#include <stdio.h>

enum { ROUTES_MAX = 512, STEPS_MAX = 12, ARGS_MAX = 4 };

static const struct route *table[ROUTES_MAX + 1];
static size_t n_routes;

static Err wrong(const struct room *room, const struct route *r, const char *why)
{
    fprintf(stderr, "heqing: route %s %s of room %s: %s\n", r->method == POST ? "POST" : "GET",
        r->path ? r->path : "(none)", room->name, why);
    return ERR_INVALID;
}

/* Deny by default: a row that does not say who and where does not start (AZ-1). */
static Err check_row(const struct room *room, const struct route *r)
{
    if (r->method != GET && r->method != POST)
        return wrong(room, r, "no method");
    if (!r->path || r->path[0] != '/')
        return wrong(room, r, "the path does not begin with /");
    if (!r->who)
        return wrong(room, r, ".who is missing: nobody may use it");
    if (!r->on)
        return wrong(room, r, ".on is missing: where does it run?");
    if (!r->run)
        return wrong(room, r, ".run is missing");
    if (r->on == ON_LOOP && (r->who & ANYONE) == 0)
        return wrong(room, r, "a loop cannot ask whose session it is");
    if (r->method == POST && r->on == ON_LOOP)
        return wrong(room, r, "a POST never runs on a loop");
    if (r->method == POST && (r->who & ANYONE) && !r->public_form)
        return wrong(room, r, "anyone may post, so it needs .public_form");
    if (r->public_form && (r->method != POST || (r->who & ANYONE) == 0))
        return wrong(room, r, ".public_form is for POSTs of anyone");
    for (size_t i = 0; i < n_routes; i++)
        if (table[i]->method == r->method && !strcmp(table[i]->path, r->path))
            return wrong(room, r, "stands twice");
    return OK;
}

Err routes_open(const struct room *const *all)
{
    n_routes = 0;
    for (; *all; all++)
        for (const struct route *r = (*all)->routes; r && r->path; r++) {
            TRY(check_row(*all, r));
            if (n_routes == ROUTES_MAX)
                return wrong(*all, r, "too many routes");
            table[n_routes++] = r;
        }
    table[n_routes] = NULL;
    return OK;
}

size_t routes_all(const struct route *const **all)
{
    *all = table;
    return n_routes;
}

size_t route_most_bytes(const struct route *r)
{
    switch (r->limit) {
    case FORM_1M: break;
    case SIX_PHOTOS: return (6 * 12 + 1) << 20;
    case TABLE_20M: return (20 + 1) << 20;
    }
    return 1 << 20;
}

struct steps {
    Str at[STEPS_MAX];
    size_t n;
};

static bool split(Str path, struct steps *s)
{
    s->n = 0;
    for (size_t from = 1; from <= path.len;) {
        const char *end = from < path.len ? memchr(path.at + from, '/', path.len - from) : NULL;
        size_t len = end ? (size_t)(end - path.at) - from : path.len - from;
        if (s->n == STEPS_MAX)
            return false;
        s->at[s->n++] = (Str){path.at + from, len};
        from += len + 1;
    }
    return true;
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0 && s.len <= 18;
}

/* {id} and {…_id} are numbers. */
static bool is_id(Str name)
{
    return str_eq(name, S("id")) || (name.len > 3 && !memcmp(name.at + name.len - 3, "_id", 3));
}

/* One step against "problems", "{id}" or "{code}.json".  Weight: the letters that were said. */
static bool step_fits(Str want, Str got, struct pair *args, size_t *n_args, size_t *weight)
{
    const char *close = want.len && want.at[0] == '{' ? memchr(want.at, '}', want.len) : NULL;
    if (!close) {
        *weight += want.len + 1;
        return str_eq(want, got);
    }
    Str name = {want.at + 1, (size_t)(close - want.at) - 1};
    Str tail = {close + 1, want.len - name.len - 2};
    if (got.len <= tail.len || (tail.len && memcmp(got.at + got.len - tail.len, tail.at, tail.len)))
        return false;
    got.len -= tail.len;
    if ((is_id(name) && !all_digits(got)) || *n_args == ARGS_MAX)
        return false;
    args[(*n_args)++] = (struct pair){name, got};
    *weight += tail.len;
    return true;
}

static bool fits(const struct route *r, const struct steps *got, struct pairs *args, size_t *weight)
{
    struct steps want;
    size_t n = 0;

    *weight = 1;
    if (!split(str(r->path), &want) || want.n != got->n)
        return false;
    for (size_t i = 0; i < want.n; i++)
        if (!step_fits(want.at[i], got->at[i], (struct pair *)args->at, &n, weight))
            return false;
    args->n = n;
    return true;
}

int route_find(Arena *a, enum method method, Str raw, const struct route **found,
    struct pairs *args, Str *allow)
{
    struct steps got;
    struct pair tried[ARGS_MAX];
    size_t best = 0, weight;
    bool gets = false, sends = false;

    *found = NULL;
    *allow = (Str){0};
    *args = (struct pairs){0};
    if (!split(raw, &got))
        return 404;
    for (size_t i = 0; i < got.n; i++)
        if (!percent_decode(a, got.at[i], false, &got.at[i]) || !text_sound(got.at[i]))
            return 400;
    for (size_t i = 0; i < n_routes; i++) {
        struct pairs these = {tried, 0};
        if (!fits(table[i], &got, &these, &weight))
            continue;
        gets |= table[i]->method == GET;
        sends |= table[i]->method == POST;
        if (table[i]->method != method || weight <= best)
            continue;
        best = weight;
        *found = table[i];
        *args = (struct pairs){
            memcpy(NEW_ARRAY(a, ARGS_MAX, struct pair), tried, sizeof tried), these.n};
    }
    if (*found)
        return 0;
    if (!gets && !sends)
        return 404;
    *allow = gets && sends ? S("GET, HEAD, POST") : gets ? S("GET, HEAD") : S("POST");
    return 405;
}
