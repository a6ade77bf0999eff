/* problem_card.c — 问题台账: cards. */
#include "rooms/problem/problem_card.h"

#include "rooms/campaign/campaign.h"

Str join(Cx *cx, Str so_far, Str more, const char *between)
{
    if (!so_far.len || !more.len)
        return so_far.len ? so_far : more;
    return joined_of(cx, so_far, str(between), more);
}

Err card_page(Cx *cx, struct card_page *to)
{
    TRY(town_calendar(cx, &to->cal));
    TRY(category_all(cx, &to->categories));
    return town_villages(cx, &to->villages);
}

static struct category category_in(const struct card_page *page, Str code)
{
    for (size_t i = 0; i < page->categories.n; i++)
        if (str_eq(page->categories.at[i].code, code))
            return page->categories.at[i];
    return (struct category){.code = code, .name = code};
}

static Str village_name(Cx *cx, const struct card_page *page, int64_t village)
{
    for (size_t i = 0; i < page->villages.n; i++)
        if (page->villages.at[i].code == village)
            return page->villages.at[i].name;
    return village ? town_unit_name(cx, village) : say(cx, T("还没定是哪个村"));
}

bool sees_persons(const Cx *cx)
{
    return !(cx->me.posts & VIEWER_POSTS) || cx->me.posts & ~(uint32_t)VIEWER_POSTS;
}

static Str handler_shown(Cx *cx, const struct card_row *r)
{
    enum post post = post_named(r->handler_post.v.at, r->handler_post.v.len);
    return sees_persons(cx) || !r->handler.set ? duty_title_said(cx, r->handler_name.v)
                                               : say(cx, posts[post].label);
}

Str order_words(Cx *cx, const struct work_facts *f, const struct work_order *o)
{
    const char *between = cx->lang == LANG_ZH ? "，" : ", ";
    Str s = {0};
    if (f->severity > 1)
        s = say(cx, f->severity == 3 ? T("紧急") : T("较重"));
    s = join(cx, s,
        say(cx, f->difficulty == 1   ? T("易办")
                : f->difficulty == 2 ? T("中等难度")
                                     : T("难办")),
        between);
    if (f->overdue)
        s = join(cx, s, say(cx, T("已超期")), between);
    if (f->n_merged)
        s = join(cx, s, say_n(cx, T("另有 {n} 件并入"), f->n_merged), between);
    if (f->from_resident)
        s = join(cx, s, say(cx, T("群众上报")), between);
    if (f->filed_at)
        s = join(cx, s,
            o->age_days ? say_n(cx, T("立案 {n} 个工作日"), o->age_days) : say(cx, T("今天立案")),
            between);
    return s;
}

struct problem_card card_of(Cx *cx, const struct card_page *page, const struct card_row *r)
{
    int state = machine_state(&problem_machine, r->state);
    bool works = state == DISPATCHED || state == HANDLING;
    bool overdue = works && r->due_at.set && r->due_at.v < cx->now;
    struct work_facts f = {
        r->severity, r->difficulty, r->filed_at.v, r->n_merged, overdue, r->from_resident};
    struct category category = category_in(page, r->category);
    struct work_order o;
    (void)work_order(page->cal, cx->now, &f, &o);
    struct problem_card c = {
        .id = r->id,
        .version = r->version,
        .unit = r->unit,
        .village = r->village,
        .place = r->place.v,
        .number = r->number.v,
        .village_name = village_name(cx, page, r->village),
        .where = case_where(cx, r->unit, r->place, r->place_text),
        .body = r->body,
        .category = r->category,
        .category_name = category_shown(cx, &category),
        .category_word = category.name,
        .focus = r->focus,
        .state = (enum problem_state)state,
        .state_code = problem_states[state].code,
        .state_label = problem_states[state].label,
        .severity = r->severity,
        .difficulty = r->difficulty,
        .handler = r->handler.v,
        .handler_name = handler_shown(cx, r),
        .photo = r->photo_before.v,
        .photo_after = r->photo_after.v,
        .reported_at = r->reported_at,
        .next_at = r->next_at,
        .due_at = r->due_at.v,
        .overdue = overdue,
        .work_order = r->work_order, /* what the list is sorted by; o is for its words */
        .ask = r->ask.set ? arena_printf(&cx->mem, "%.*s", (int)r->ask.v.len, r->ask.v.at) : NULL,
        .rework = r->rework,
        .n_merged = r->n_merged,
        .hidden = r->office_only,
    };
    c.title = joined_of(cx, c.where, S(" "), c.category_name);
    c.why = order_words(cx, &f, &o);
    return c;
}

Err card_find(Cx *cx, const struct card_page *page, int64_t id, struct problem_card *to)
{
    Case p;
    TRY(case_any(cx, id, &p));
    struct card_row r = CARD_ROW(&p);
    *to = card_of(cx, page, &r);
    return campaign_said(cx, id, &to->campaign);
}

/* What the table allows and no rule refuses beforehand. */
Err card_buttons(Cx *cx, const Case *p, uint32_t have, struct problem_buttons *to)
{
    const struct step *steps[STEPS_MAX];
    struct standing at = case_standing(cx, p, have);
    struct acting a = {.id = p->id, .p = *p, .posts = have};
    TRY(town_calendar(cx, &a.cal));
    size_t n = steps_for(&problem_machine, &at, steps), kept = 0;
    struct problem_button *b = NEW_ARRAY(&cx->mem, n, struct problem_button);
    for (int big = 1; big >= 0; big--)
        for (size_t i = 0; i < n; i++) {
            const struct step *s = steps[i];
            if (!!(s->flags & IS_BIG) != big || s->flags & BY_RULE)
                continue;
            Err e = rule_may(cx, &a, s);
            memset(&cx->why, 0, sizeof cx->why);
            if (e == ERR_FORBIDDEN || e == ERR_CONFLICT)
                continue;
            TRY(e);
            b[kept++] = (struct problem_button){
                s->verb, s->label, s->needs ? s->needs : "", s->may ? s->may : "", big};
        }
    *to = (struct problem_buttons){b, kept};
    return OK;
}
