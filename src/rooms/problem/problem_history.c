/* problem_history.c — 经过: one matter's events as people read them, and the town's latest. */
#include "rooms/people/people.h"
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_sum.h"

enum { NEWS = 10, NEWS_LOOKED = 3 };

static bool one_of(Str verb, const char *words)
{
    const char *z = words;
    while (*z) {
        size_t n = strcspn(z, " ");
        if (verb.len == n && !memcmp(z, verb.at, n))
            return true;
        z += n + (z[n] == ' ');
    }
    return false;
}

static Str who_did(Cx *cx, const struct event_row *e, bool in_public)
{
    bool rule = one_of(e->verb, "auto_file auto_dispatch auto_close remind climb climb_unread "
                                "overseen handover import erase")
                || (one_of(e->verb, "resume") && !e->actor);
    if (rule && !e->actor)
        return say(cx, T("按规则"));
    if (!e->actor)
        return said_by_follower(e->verb) ? say(cx, T("另一位居民")) : say(cx, T("上报人"));
    struct holder h = {.person = e->actor, .name = people_name(cx, e->actor)};
    if (e->post > POST_NONE && e->post < N_POSTS)
        h.post = (enum post)e->post;
    if (h.post == POST_NONE)
        return in_public ? say(cx, T("工作人员")) : h.name;
    return duty_title(cx, &h, in_public);
}

/* Among themselves: what a resident's page does not tell. */
static bool is_inner(const struct event_row *e)
{
    return one_of(e->verb, "urge remind climb climb_unread call overseen told extend_ask "
                           "extend_refuse suspend_ask "
                           "suspend_refuse void_ask void_refuse import forget")
           || (e->actor && one_of(e->verb, "comment"));
}

/* A resident's words are theirs: who follows a matter does not read them. */
static bool says_public(const struct event_row *e, enum reader who)
{
    const struct step *s = problem_step_named(e->verb);
    bool by_rule = s && s->flags & BY_RULE; /* names whom it went to */
    return (who == READS_NO_PERSONS && !e->actor && !by_rule)
           || (e->actor && s && s->flags & SAYS_PUBLIC);
}

Err events_view(Cx *cx, const Case *p, enum reader who, struct problem_events *to, Str *last_hash)
{
    bool in_public = who != READS_ALL;
    const struct event_row *rows;
    size_t n, kept = 0;
    TRY(events_of(cx, p->id, &rows, &n));
    struct problem_event *at = NEW_ARRAY(&cx->mem, n, struct problem_event);
    for (size_t i = 0; i < n; i++) {
        const struct event_row *e = &rows[i];
        if (in_public && is_inner(e))
            continue;
        at[kept++] = (struct problem_event){
            .seq = e->seq,
            .at = e->at,
            .verb = arena_printf(&cx->mem, "%.*s", (int)e->verb.len, e->verb.at),
            .label = problem_verb_label(e->verb),
            .who = who_did(cx, e, in_public),
            .said = in_public && !says_public(e, who) ? (Str){0} : e->said,
            .from = e->from,
            .to = e->to,
        };
    }
    *to = (struct problem_events){at, kept};
    *last_hash = (Str){0};
    if (!n)
        return OK;
    char *hex = arena_alloc(&cx->mem, 65);
    const unsigned char *h = (const unsigned char *)rows[n - 1].hash.at;
    for (size_t i = 0; i < 32 && i < rows[n - 1].hash.len; i++) {
        hex[2 * i] = "0123456789abcdef"[h[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[h[i] & 15];
    }
    *last_hash = str(hex);
    return OK;
}

/* The last events of the town that are about problems cx->me sees. */
Err problem_news(Cx *cx, struct problem_events *to)
{
    struct problem_event *at = NEW_ARRAY(&cx->mem, NEWS, struct problem_event);
    struct events_filter f = {0};
    struct card_page page;
    size_t kept = 0;
    TRY(card_page(cx, &page));
    for (int look = 0; look < NEWS_LOOKED && kept < NEWS; look++) {
        const struct event_row *rows;
        size_t n;
        TRY(events_page(cx, &f, &rows, &n));
        for (size_t i = 0; i < n && kept < NEWS; i++) {
            const struct event_row *e = &rows[i];
            struct problem_card card;
            bool moved = e->to.len && !str_eq(e->from, e->to);
            if (!moved || !problem_step_named(e->verb) || problem_seen(cx, e->object) != OK
                || card_find(cx, &page, e->object, &card) != OK)
                continue;
            at[kept++] = (struct problem_event){
                .seq = e->seq,
                .at = e->at,
                .verb = arena_printf(&cx->mem, "%.*s", (int)e->verb.len, e->verb.at),
                .label = problem_verb_label(e->verb),
                .who = card.village_name,
                .said = card.title,
                .from = e->from,
                .to = e->to,
            };
        }
        memset(&cx->why, 0, sizeof cx->why);
        if (!n)
            break;
        f.below = rows[n - 1].seq;
    }
    *to = (struct problem_events){at, kept};
    return OK;
}
