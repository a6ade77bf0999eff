/* duty_chain.c — 责任链: who holds what over a place, the four names, who is next when a level is
 * vacant (四级责任体系; domain §1). */
#include "rooms/duty/duty_inner.h"

#include <stdlib.h>

#include "gen/sql_duty.h"

/* What a unit lies in, nearest first: itself, its village, the town. */
static size_t lies_in(const Cx *cx, int64_t unit, int64_t codes[3])
{
    size_t n = 0;
    int64_t village = town_village_of(unit), town = duty_town(cx);

    if (unit && unit != town)
        codes[n++] = unit;
    if (village && village != unit)
        codes[n++] = village;
    codes[n++] = town;
    return n;
}

static bool is_formal(const struct holding *h)
{
    return str_eq(h->kind, S("formal"));
}

/* Nearest first; who is there before who is away, formal before acting, then the older appointment.
 */
static int by_nearness(const void *x, const void *y)
{
    const struct holding *a = x, *b = y;
    if (a->distance != b->distance)
        return a->distance - b->distance;
    if (a->away != b->away)
        return a->away - b->away;
    if (is_formal(a) != is_formal(b))
        return is_formal(b) - is_formal(a);
    return (a->id > b->id) - (a->id < b->id);
}

static struct holding *room_for(Cx *cx, struct holdings *all, size_t n)
{
    struct holding *at = NEW_ARRAY(&cx->mem, all->n + n + 1, struct holding);
    if (all->n)
        memcpy(at, all->at, all->n * sizeof *at);
    all->at = at;
    return at + all->n;
}

Err duty_holdings(Cx *cx, int64_t unit, int64_t place, struct holdings *out)
{
    struct holdings all = {0};
    int64_t codes[3];
    size_t n = lies_in(cx, unit, codes);
    Str today = duty_today(cx);

    if (place) {
        struct sql_duty_at_place_rows rows;
        TRY(sql_duty_at_place(cx,
            &(struct sql_duty_at_place){.place = place, .today = today, .limit = MANY_HOLDERS},
            &rows));
        struct holding *h = room_for(cx, &all, rows.n);
        for (size_t i = 0; i < rows.n; i++)
            h[i] = (struct holding){rows.at[i].id, rows.at[i].person, rows.at[i].unit,
                rows.at[i].place, duty_post(rows.at[i].post), rows.at[i].name, rows.at[i].kind,
                rows.at[i].from_on, rows.at[i].away, 0};
        all.n += rows.n;
    }
    for (size_t k = 0; k < n; k++) {
        struct sql_duty_at_unit_rows rows;
        TRY(sql_duty_at_unit(cx,
            &(struct sql_duty_at_unit){.unit = codes[k], .today = today, .limit = MANY_HOLDERS},
            &rows));
        struct holding *h = room_for(cx, &all, rows.n);
        for (size_t i = 0; i < rows.n; i++)
            h[i] = (struct holding){rows.at[i].id, rows.at[i].person, rows.at[i].unit, 0,
                duty_post(rows.at[i].post), rows.at[i].name, rows.at[i].kind, rows.at[i].from_on,
                rows.at[i].away, (int)k + 1};
        all.n += rows.n;
    }
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_nearness);
    *out = all;
    return OK;
}

static struct holder holder_of(const struct holding *h)
{
    return (struct holder){.person = h->person,
        .post = h->post,
        .unit = h->unit,
        .name = h->name,
        .acting = !is_formal(h),
        .place = h->place};
}

static struct holders pick(Cx *cx, const struct holdings *all, uint32_t wanted)
{
    struct holder *at = NEW_ARRAY(&cx->mem, all->n + 1, struct holder);
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++)
        if (HAS(all->at[i].post) & wanted)
            at[n++] = holder_of(&all->at[i]);
    return (struct holders){at, n};
}

Err duty_holders_at(Cx *cx, int64_t unit, int64_t place, uint32_t wanted, struct holders *out)
{
    struct holdings all;

    TRY(duty_holdings(cx, unit, place, &all));
    *out = pick(cx, &all, wanted);
    return OK;
}

Err duty_holders(Cx *cx, int64_t unit, uint32_t wanted, struct holders *out)
{
    return duty_holders_at(cx, unit, 0, wanted, out);
}

Err duty_all_holders(Cx *cx, uint32_t wanted, struct holders *out)
{
    struct holder *at = NEW_ARRAY(&cx->mem, MANY_HOLDERS, struct holder);
    Str today = duty_today(cx);
    size_t n = 0;

    for (int p = POST_NONE + 1; p < N_POSTS; p++) {
        struct sql_duty_with_post in = {
            .post = str(posts[p].code), .today = today, .limit = MANY_HOLDERS};
        struct sql_duty_with_post_rows rows;
        if (!(wanted & HAS(p)))
            continue;
        TRY(sql_duty_with_post(cx, &in, &rows));
        for (size_t i = 0; i < rows.n && n < MANY_HOLDERS; i++)
            at[n++] = (struct holder){rows.at[i].person, (enum post)p, rows.at[i].unit,
                rows.at[i].name, !str_eq(rows.at[i].kind, S("formal")), rows.at[i].place};
    }
    *out = (struct holders){at, n};
    return OK;
}

Err duty_each_holder(Cx *cx, uint32_t wanted, struct holders *out)
{
    struct holders all;
    TRY(duty_all_holders(cx, wanted, &all));
    struct holder *at = NEW_ARRAY(&cx->mem, all.n + 1, struct holder);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        bool twice = false;
        for (size_t k = 0; k < n; k++)
            twice |= at[k].person == all.at[i].person;
        if (!twice)
            at[n++] = all.at[i];
    }
    *out = (struct holders){at, n};
    return OK;
}

/* L0–L4; L5 and L6 are the town's. */
static bool on_level(enum post post, int level)
{
    return post != POST_NONE && posts[post].level == level;
}

Err duty_chain(Cx *cx, int64_t unit, int64_t place, struct chain *out)
{
    struct holdings all;
    struct chain c = {0};

    TRY(duty_holdings(cx, unit, place, &all));
    for (size_t i = all.n; i-- > 0;) /* the nearest is written last */
        for (int l = 0; l <= 4; l++)
            if (on_level(all.at[i].post, l))
                c.level[l] = holder_of(&all.at[i]);
    *out = c;
    return OK;
}

Err duty_level(Cx *cx, int64_t unit, int level, struct holders *out)
{
    struct holdings all;

    TRY(duty_holdings(cx, unit, 0, &all));
    for (int l = level; l <= 6; l++) {
        uint32_t wanted = 0;
        for (int p = POST_NONE + 1; p < N_POSTS; p++)
            wanted |= on_level((enum post)p, l) ? HAS(p) : 0;
        *out = pick(cx, &all, wanted);
        if (out->n)
            return OK;
    }
    return OK;
}

/* --- in words --- */

/* What is stored with a record is Chinese whoever looks: it is the record's text. */
Str duty_chain_text(Cx *cx, const struct chain *c)
{
    static const enum post of_level[5] = {
        POST_GRID_KEEPER, POST_CADRE, POST_SECRETARY, POST_DEPT, POST_LEAD};
    const char *text = "";

    for (int l = 4; l >= 1; l--) {
        const struct holder *h = &c->level[l];
        text = arena_printf(&cx->mem, "%s%s%s %.*s%s", text, l == 4 ? "" : " · ",
            posts[of_level[l]].label.zh, h->person ? (int)h->name.len : (int)strlen("空岗"),
            h->person ? h->name.at : "空岗", h->acting ? "（代理）" : "");
    }
    return str(text);
}

static Str family_name(Str name)
{
    static const char *const two[] = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟",
        "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "轩辕", "申屠", "呼延"};
    size_t first = 1;

    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (name.len > 6 && memcmp(name.at, two[i], 6) == 0)
            return (Str){name.at, 6};
    while (first < name.len && (name.at[first] & 0xC0) == 0x80)
        first++;
    return (Str){name.at, name.len ? first : 0};
}

/* Public names: post with family name (domain §13). */
Str duty_title(Cx *cx, const struct holder *h, bool in_public)
{
    Str post = say(cx, posts[h->post].label);
    Str name = in_public ? say_s(cx, T("{s}同志"), family_name(h->name)) : h->name;

    if (h->person == 0)
        return say_s(cx, T("{s}（空岗）"), post);
    const char *text =
        arena_printf(&cx->mem, "%.*s %.*s", (int)post.len, post.at, (int)name.len, name.at);
    return h->acting ? say_s(cx, T("{s}（代理）"), str(text)) : str(text);
}

Str duty_title_kept(Cx *cx, const struct holder *h)
{
    Lang reader = cx->lang;
    cx->lang = LANG_ZH; /* what is kept has one language */
    Str title = duty_title(cx, h, false);
    cx->lang = reader;
    return title;
}

/* How a kept title ends, and the same in the reader's language. */
static const struct {
    const char *kept;
    Text said;
} endings[] = {
    {"（代理）", T("{s}（代理）")},
    {"（空岗）", T("{s}（空岗）")},
};

Str duty_title_said(Cx *cx, Str kept)
{
    const Text *ending = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i].kept);
        if (kept.len < n || memcmp(kept.at + kept.len - n, endings[i].kept, n) != 0)
            continue;
        ending = &endings[i].said;
        kept.len -= n;
    }
    const char *blank = kept.len ? memchr(kept.at, ' ', kept.len) : NULL;
    Str post = {kept.at, blank ? (size_t)(blank - kept.at) : kept.len}, said = post;
    for (int i = POST_NONE + 1; i < N_POSTS; i++)
        if (str_eq(post, str(posts[i].label.zh)))
            said = say(cx, posts[i].label);
    said = joined_of(cx, said, str(""), (Str){kept.at + post.len, kept.len - post.len});
    return ending ? say_s(cx, *ending, said) : said;
}
