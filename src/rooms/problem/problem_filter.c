/* problem_filter.c — 问题台账: the list's filter as an address and back. */
#include "base/pairs.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

struct part {
    const char *name;
    enum { TEXT, NUMBER, FLAG } kind;
    size_t at;
};
#define PART(kind, m)                                                                              \
    {                                                                                              \
#m, kind, offsetof(struct problem_filter, m)                                               \
    }
static const struct part parts[] = {
    PART(NUMBER, village),
    PART(TEXT, state),
    PART(TEXT, focus),
    PART(TEXT, category),
    PART(TEXT, source),
    PART(NUMBER, handler),
    PART(NUMBER, campaign),
    PART(FLAG, nobody),
    PART(FLAG, overdue),
    PART(FLAG, due_today),
    PART(FLAG, my_asks),
    PART(FLAG, reworked),
    PART(FLAG, today),
    PART(TEXT, q),
    PART(TEXT, figure),
    PART(TEXT, part),
    PART(TEXT, from_on),
    PART(TEXT, until_on),
    PART(NUMBER, since),
    PART(NUMBER, after),
};
static const struct {
    const char *name;
    enum problem_order order;
} orders[] = {
    {"work",   FIRST_BY_WORK},
    {"due",    FIRST_BY_DUE },
    {"latest", FIRST_LATEST }
};

static bool number(Str s, int64_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9' || i > 17)
            return false;
        *n = *n * 10 + (s.at[i] - '0');
    }
    return s.len > 0;
}

static Err wrong(Cx *cx, const char *field)
{
    return fail(cx, ERR_INVALID, field, T("筛选里没有这一项，请重新选"));
}

static bool known(const struct option *options, Str code)
{
    for (; options->code; options++)
        if (str_eq(code, str(options->code)))
            return true;
    return false;
}

static Err read_one(Cx *cx, Str name, Str value, struct problem_filter *f)
{
    if (str_eq(name, S("order"))) {
        for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
            if (str_eq(value, str(orders[i].name)))
                return f->order = orders[i].order, OK;
        return wrong(cx, "order");
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!str_eq(name, str(parts[i].name)))
            continue;
        char *at = (char *)f + parts[i].at;
        if (parts[i].kind == TEXT)
            return *(Str *)(void *)at = value, OK;
        if (parts[i].kind == FLAG)
            return *(bool *)at = !str_eq(value, S("0")), OK;
        return number(value, (int64_t *)(void *)at) ? OK : wrong(cx, parts[i].name);
    }
    return wrong(cx, "filter");
}

Err problem_filter_read(Cx *cx, struct pairs query, struct problem_filter *f)
{
    static const struct option focuses[] = {
        {"road", {0}},
        {"look",      {0}},
        {"air",{0}},
        {0 }
    };
    int64_t day;
    *f = (struct problem_filter){0};
    for (size_t i = 0; i < query.n; i++)
        if (str_trim(query.at[i].value).len)
            TRY(read_one(cx, query.at[i].name, str_trim(query.at[i].value), f));
    if (f->state.len && !str_eq(f->state, S("all"))
        && machine_state(&problem_machine, f->state) < 0)
        return wrong(cx, "state");
    if (f->focus.len && !known(focuses, f->focus))
        return wrong(cx, "focus");
    if (f->source.len && !known(problem_sources, f->source))
        return wrong(cx, "source");
    if ((f->from_on.len && !day_parse(f->from_on, &day))
        || (f->until_on.len && !day_parse(f->until_on, &day)))
        return wrong(cx, "from_on");
    if (str_n_chars(f->q) > 40)
        return fail(cx, ERR_INVALID, "q", T("搜索的字词最多 40 个字"));
    return OK;
}

static Str encoded(Cx *cx, Str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *at = arena_alloc(&cx->mem, s.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                     || c == '-' || c == '_' || c == '.';
        if (plain) {
            at[n++] = (char)c;
        } else {
            at[n++] = '%';
            at[n++] = hex[c >> 4];
            at[n++] = hex[c & 15];
        }
    }
    return (Str){at, n};
}

Str problem_filter_query(Cx *cx, const struct problem_filter *f)
{
    const char *s = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *at = (const char *)f + parts[i].at, *and = *s ? "&" : "";
        if (parts[i].kind == TEXT && ((const Str *)(const void *)at)->len) {
            Str v = encoded(cx, *(const Str *)(const void *)at);
            s = arena_printf(&cx->mem, "%s%s%s=%.*s", s, and, parts[i].name, (int)v.len, v.at);
        } else if (parts[i].kind == FLAG && *(const bool *)at) {
            s = arena_printf(&cx->mem, "%s%s%s=1", s, and, parts[i].name);
        } else if (parts[i].kind == NUMBER && *(const int64_t *)(const void *)at) {
            s = arena_printf(&cx->mem, "%s%s%s=%lld", s, and, parts[i].name,
                (long long)*(const int64_t *)(const void *)at);
        }
    }
    if (f->order)
        s = arena_printf(&cx->mem, "%s%sorder=%s", s, *s ? "&" : "", orders[f->order].name);
    return str(s);
}
