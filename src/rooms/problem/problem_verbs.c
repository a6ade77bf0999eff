/* problem_verbs.c — 问题台账: the forms of the verbs somebody may do now, with what can be chosen.
 */
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_like.h"
#include "rooms/problem/problem_sum.h"

enum { FIELDS_MAX = 24, PLACES_SHOWN = 200 };

static struct problem_option option_i64(Cx *cx, int64_t value, Str label)
{
    return (struct problem_option){str(arena_printf(&cx->mem, "%lld", (long long)value)), label};
}

static struct problem_options of_options(Cx *cx, const struct option *o)
{
    size_t n = 0;
    while (o[n].code)
        n++;
    struct problem_option *at = NEW_ARRAY(&cx->mem, n, struct problem_option);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct problem_option){str(o[i].code), say(cx, o[i].label)};
    return (struct problem_options){at, n};
}

static struct problem_options of_reasons(Cx *cx, const char *verb)
{
    const struct problem_reason *r = problem_reasons(verb);
    size_t n = 0;
    while (r && r[n].code)
        n++;
    struct problem_option *at = NEW_ARRAY(&cx->mem, n, struct problem_option);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct problem_option){str(r[i].code), say(cx, r[i].label)};
    return (struct problem_options){at, n};
}

static Err of_categories(Cx *cx, const Case *p, struct problem_options *to)
{
    struct categories all;
    TRY(category_all(cx, &all));
    struct problem_option *at = NEW_ARRAY(&cx->mem, all.n, struct problem_option);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (!str_eq(all.at[i].code, p->category))
            at[n++] = (struct problem_option){
                all.at[i].code, join(cx, all.at[i].code, category_shown(cx, &all.at[i]), " ")};
    *to = (struct problem_options){at, n};
    return OK;
}

static Err of_likes(Cx *cx, const Case *p, struct problem_options *to)
{
    struct like likes[LIKES_MAX];
    struct card_page page;
    size_t n, kept = 0;
    TRY(problem_likes_of(cx, p->id, likes, &n));
    TRY(card_page(cx, &page));
    struct problem_option *at = NEW_ARRAY(&cx->mem, n, struct problem_option);
    for (size_t i = 0; i < n; i++) {
        struct problem_card c;
        if (problem_seen(cx, likes[i].id) != OK)
            continue;
        TRY(card_find(cx, &page, likes[i].id, &c));
        at[kept++] = option_i64(cx, likes[i].id, join(cx, c.number, c.title, " "));
    }
    memset(&cx->why, 0, sizeof cx->why);
    *to = (struct problem_options){at, kept};
    return OK;
}

/* Where it can be: the village with its grids, then the other villages. */
static Err of_units(Cx *cx, const Case *p, struct problem_options *to)
{
    struct units villages, grids = {0};
    TRY(town_villages(cx, &villages));
    if (p->village)
        TRY(town_grids(cx, p->village, &grids));
    struct problem_option *at = NEW_ARRAY(&cx->mem, villages.n + grids.n, struct problem_option);
    size_t n = 0;
    for (size_t i = 0; i < grids.n; i++)
        at[n++] = option_i64(cx, grids.at[i].code, town_unit_name(cx, grids.at[i].code));
    for (size_t i = 0; i < villages.n; i++)
        at[n++] = option_i64(cx, villages.at[i].code, villages.at[i].name);
    *to = (struct problem_options){at, n};
    return OK;
}

static Err of_places(Cx *cx, const Case *p, struct problem_options *to)
{
    struct places all;
    TRY(town_places(cx, p->village ? p->village : p->unit, &all));
    size_t n = all.n < PLACES_SHOWN ? all.n : PLACES_SHOWN;
    struct problem_option *at = NEW_ARRAY(&cx->mem, n, struct problem_option);
    for (size_t i = 0; i < n; i++)
        at[i] = option_i64(cx, all.at[i].id, all.at[i].name);
    *to = (struct problem_options){at, n};
    return OK;
}

static Err of_phrases(Cx *cx, const Case *p, const char *verb, struct problem_options *to)
{
    struct phrases all;
    TRY(category_phrases(cx, p->category, str(verb), &all));
    struct problem_option *at = NEW_ARRAY(&cx->mem, all.n, struct problem_option);
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct problem_option){all.at[i], all.at[i]};
    *to = (struct problem_options){at, all.n};
    return OK;
}

static Err options_of(
    Cx *cx, const Case *p, const char *verb, const struct field *f, struct problem_options *to)
{
    static const struct option severities[] = {
        {"1",          T("一般")},
        {"2",            T("较重")},
        {"3",T("紧急")},
        {0         }
    };
    *to = (struct problem_options){0};
    if (!strcmp(f->name, "text"))
        return of_phrases(cx, p, verb, to);
    if (!strcmp(f->name, "reason"))
        return *to = of_reasons(cx, verb), OK;
    if (!strcmp(f->name, "handler"))
        return problem_handlers(cx, p->id, to);
    if (!strcmp(f->name, "master"))
        return of_likes(cx, p, to);
    if (!strcmp(f->name, "category"))
        return of_categories(cx, p, to);
    if (!strcmp(f->name, "unit"))
        return of_units(cx, p, to);
    if (!strcmp(f->name, "place"))
        return of_places(cx, p, to);
    if (!strcmp(f->name, "severity"))
        return *to = of_options(cx, severities), OK;
    if (f->options)
        *to = of_options(cx, f->options);
    return OK;
}

static const char *type_of(const struct field *f)
{
    static const char *const chosen = " handler master category unit place severity ";
    const char *padded = strstr(chosen, f->name);
    if (padded && padded[-1] == ' ' && padded[strlen(f->name)] == ' ')
        return "choice";
    switch (f->type) {
    case FIELD_LONG: return "lines";
    case FIELD_ENUM: return "choice";
    case FIELD_IMAGES: return "photos";
    case FIELD_TIME: return "time";
    case FIELD_DAY: return "day";
    case FIELD_INT: return "number";
    default: return "text";
    }
}

/* A photo is the whole of a verification where the matter has weight. */
static bool is_required(const Case *p, const struct problem_button *b, const struct field *f)
{
    bool check = !strcmp(b->verb, "pass") && !strcmp(f->name, "photo") && p->severity >= 2;
    return check || step_names(b->needs, f->name);
}

Err verbs_view(Cx *cx, const Case *p, uint32_t have, struct problem_verbs *to)
{
    struct problem_buttons buttons;
    struct problem_options kept[FIELDS_MAX] = {0};
    bool have_kept[FIELDS_MAX] = {0};
    TRY(card_buttons(cx, p, have, &buttons));
    struct problem_verb *at = NEW_ARRAY(&cx->mem, buttons.n, struct problem_verb);
    for (size_t i = 0; i < buttons.n; i++) {
        const struct problem_button *b = &buttons.at[i];
        struct problem_input *inputs = NEW_ARRAY(&cx->mem, FIELDS_MAX, struct problem_input);
        size_t n = 0;
        for (const struct field *f = problem_form; f->name; f++) {
            size_t k = (size_t)(f - problem_form);
            if (!step_names(b->needs, f->name) && !step_names(b->may, f->name))
                continue;
            bool own = !strcmp(f->name, "text") || !strcmp(f->name, "reason");
            if (own || !have_kept[k])
                TRY(options_of(cx, p, b->verb, f, &kept[k]));
            have_kept[k] = true;
            inputs[n++] = (struct problem_input){.name = f->name,
                .label = f->label,
                .type = type_of(f),
                .required = is_required(p, b, f),
                .options = kept[k]};
        }
        at[i] = (struct problem_verb){
            *b, {inputs, n}
        };
    }
    *to = (struct problem_verbs){at, buttons.n};
    return OK;
}
