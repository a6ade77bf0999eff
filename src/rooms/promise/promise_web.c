/* promise_web.c — /promises: 赛实绩, what was due against what was done, for everybody;
 * /promises/ID: one of them, its old words, and what one may do with it. */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/promise/promise_inner.h"
#include "rooms/promise/promise_pages.h"
#include "rooms/town/town.h"
#include "store/log.h"

#include <inttypes.h>

enum { DRAFTS_SHOWN = 100, FIRST_YEAR = 2000, LAST_YEAR = 2100 };

static bool is_staff(const Cx *cx)
{
    return cx->me.person && cx->me.posts & STAFF_POSTS;
}

/* Whom a visitor without an account looks at: the town of the village in the address, or the one
 * that the house shows first. */
static Err its_town(Cx *cx, const Req *req)
{
    struct town_info town;
    int64_t village = query_i64(req, "village");
    if (cx->me.person || !village)
        return OK;
    cx->town_id = town_of(village);
    return town_info(cx, &town);
}

/* --- the board */

static Str day_in(Cx *cx, int64_t year, const char *rest)
{
    return str(arena_printf(&cx->mem, "%04" PRId64 "-%s", year, rest));
}

static void add(struct promise_rank *r, const struct promise_score *s)
{
    r->n_public += s->n_public;
    r->n_due += s->n_due;
    r->n_confirmed += s->n_confirmed;
    r->n_claimed += s->n_claimed;
    r->n_missed += s->n_missed;
    r->n_late += s->n_late;
}

/* By what was kept of what was due; villages without any come last, in the order of their codes. */
static bool before(const struct promise_rank *a, const struct promise_rank *b)
{
    int64_t x = a->n_confirmed * (b->n_due ? b->n_due : 1),
            y = b->n_confirmed * (a->n_due ? a->n_due : 1);
    if (!a->n_public != !b->n_public)
        return a->n_public > 0;
    if (!a->n_due != !b->n_due)
        return a->n_due > 0;
    return x != y ? x > y : a->n_late < b->n_late;
}

static Err ranks_of(Cx *cx, const struct promises *all, struct promises_view *v)
{
    struct units villages;
    TRY(town_villages(cx, &villages));
    struct promise_rank *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct promise_rank);
    for (size_t i = 0; i < villages.n; i++) {
        struct promise_rank r = {.village = villages.at[i].code, .name = villages.at[i].name};
        for (size_t k = 0; k < all->n; k++) {
            struct promise_score s = {0};
            if (all->at[k].unit != r.village)
                continue;
            promise_count(cx, &all->at[k], &s);
            add(&r, &s);
            add(&v->sum, &s);
        }
        size_t to = i;
        while (to > 0 && before(&r, &at[to - 1])) {
            at[to] = at[to - 1];
            to--;
        }
        at[to] = r;
    }
    v->ranks = (struct promise_ranks){at, villages.n};
    return OK;
}

static Err drafts_of(Cx *cx, struct promise_cards *to)
{
    struct sql_promise_drafts_rows r;
    TRY(sql_promise_drafts(cx, &(struct sql_promise_drafts){.limit = DRAFTS_SHOWN}, &r));
    _Static_assert(sizeof(Promise) == sizeof(struct sql_promise_drafts_row), "one row, one struct");
    Promise *at = NEW_ARRAY(&cx->mem, r.n + 1, Promise);
    if (r.n)
        memcpy(at, r.at, r.n * sizeof *at);
    return promise_cards_of(cx, &(struct promises){at, r.n}, true, to);
}

static Err board_get(Cx *cx, const Req *req, Resp *resp)
{
    struct promises_view v = {0};
    struct promises all, shown;
    int64_t month, day, year = query_i64(req, "year"), village = query_i64(req, "village"), now;
    TRY(its_town(cx, req));
    v.shell = shell_of(cx, req, "promises");
    day_civil(day_of(cx->now), &now, &month, &day);
    v.year = year >= FIRST_YEAR && year < LAST_YEAR ? year : now;
    v.before = v.year - 1;
    v.after = v.year <= now ? v.year + 1 : 0;
    v.may_write = (cx->me.posts & (HAS(POST_SECRETARY) | OFFICE_POSTS)) != 0;
    Str from = day_in(cx, v.year, "01-01"), to = day_in(cx, v.year, "12-31");
    TRY(promise_due(cx, 0, from, to, &all));
    TRY(ranks_of(cx, &all, &v));
    shown = all;
    if (village)
        TRY(promise_due(cx, village, from, to, &shown));
    TRY(promise_cards_of(cx, &shown, is_staff(cx), &v.cards));
    if (is_staff(cx))
        TRY(drafts_of(cx, &v.drafts));
    Out *out = resp_page(cx, req, resp);
    if (is_staff(cx))
        page_promises(out, &v);
    else
        page_promises_public(out, &v);
    return OK;
}

/* --- one of them */

static Text verb_hint(const char *verb)
{
    static const struct {
        const char *verb;
        Text hint;
    } hints[] = {
        {"publish",   T("亮出后人人能看，改了旧的也留着")      },
        {"withdraw",  T("还没亮出，撤回后可以另写")               },
        {"change",    T("要写明为什么改，旧的内容会公开留着")},
        {"claim",     T("附照片，由包村部门负责人确认")         },
        {"confirm",   T("看过佐证再确认")                              },
        {"send_back", T("写明还差什么")                                 },
        {"miss",      T("期限过后才能认定，要写原因")            },
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (!strcmp(hints[i].verb, verb))
            return hints[i].hint;
    return (Text){0};
}

static bool named(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

static const char *input_type(const struct field *f)
{
    return f->type == FIELD_LONG      ? "lines"
           : f->type == FIELD_DECIMAL ? "number"
           : f->type == FIELD_DAY     ? "day"
           : f->type == FIELD_IMAGES  ? "photos"
                                      : "text";
}

static struct promise_inputs inputs_of(
    Cx *cx, const Req *req, const struct step *s, const Promise *p)
{
    struct promise_input *at = NEW_ARRAY(&cx->mem, 8, struct promise_input);
    bool number = str_eq(p->measure, S("number"));
    size_t n = 0;
    for (const struct field *f = promise_form; f->name; f++) {
        bool needs = named(s->needs, f->name), may = named(s->may, f->name);
        bool of_number = !strcmp(f->name, "goal") || !strcmp(f->name, "result");
        if ((!needs && !may) || (of_number && !number))
            continue;
        at[n++] = (struct promise_input){.name = f->name,
            .label = f->label,
            .type = input_type(f),
            .required = needs || (number && !strcmp(f->name, "result")),
            .value = form_text(req, f->name)};
    }
    return (struct promise_inputs){at, n};
}

static Err verbs_of(Cx *cx, const Req *req, const Promise *p, struct promise_verbs *to)
{
    const struct step *steps[STEPS_MAX];
    struct standing at = {.me = cx->me.person, .state = machine_state(&promise_machine, p->state)};
    Str tried = path_text(req, "verb");
    TRY(promise_posts(cx, p->unit, &at.posts));
    size_t n = steps_for(&promise_machine, &at, steps), kept = 0;
    struct promise_verb *v = NEW_ARRAY(&cx->mem, n + 1, struct promise_verb);
    for (size_t i = 0; i < n; i++) {
        bool over = promise_over_at(p->due_on) <= cx->now;
        if ((!strcmp(steps[i]->verb, "miss") && !over)
            || (!strcmp(steps[i]->verb, "change") && over))
            continue;
        v[kept] = (struct promise_verb){.verb = steps[i]->verb,
            .label = steps[i]->label,
            .hint = verb_hint(steps[i]->verb),
            .open = tried.len ? str_eq(tried, str(steps[i]->verb)) : kept == 0 && n == 1,
            .inputs = inputs_of(cx, req, steps[i], p)};
        kept++;
    }
    *to = (struct promise_verbs){v, kept};
    return OK;
}

static Text event_label(Str verb)
{
    for (const struct step *s = promise_machine.steps; s->verb; s++)
        if (verb.len > 8 && str_eq((Str){verb.at + 8, verb.len - 8}, str(s->verb)))
            return s->label;
    return str_eq(verb, S("add"))             ? T("写下承诺")
           : str_eq(verb, S("change"))        ? T("改草稿")
           : str_eq(verb, S("promise_climb")) ? T("逐级提醒")
                                              : T("其他");
}

static Err events_of_it(Cx *cx, int64_t id, struct promise_events *to)
{
    const struct event_row *e;
    size_t n;
    TRY(events_of(cx, id, &e, &n));
    struct promise_event *at = NEW_ARRAY(&cx->mem, n + 1, struct promise_event);
    for (size_t i = 0; i < n; i++) /* newest first */
        at[i] = (struct promise_event){.at = e[n - 1 - i].at,
            .what = event_label(e[n - 1 - i].verb),
            .by = e[n - 1 - i].actor > 0 ? people_name(cx, e[n - 1 - i].actor) : (Str){0},
            .said = e[n - 1 - i].said};
    *to = (struct promise_events){at, n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct promise_view v = {.say = wrong};
    struct promise_card card;
    struct attachments photos;
    Promise p;
    TRY(its_town(cx, req));
    v.shell = shell_of(cx, req, "promises");
    TRY(promise_open(cx, path_i64(req, "id"), &p));
    v.staff = is_staff(cx);
    if (!promise_was_public(&p) && !v.staff)
        return ERR_NOT_FOUND;
    if (str_eq(p.state, S("draft"))) {
        uint32_t here;
        TRY(duty_posts_over(cx, p.unit, &here));
        v.may_edit = here & (HAS(POST_SECRETARY) | OFFICE_POSTS);
    }
    TRY(promise_card_of(cx, &p, v.staff, &card));
    v.c = &card;
    Out *out = resp_page(cx, req, resp);
    if (!v.staff) {
        TRY(attachment_public(cx, p.unit, p.id, PHOTOS_SHOWN, &v.open_photos));
        page_promise_public(out, &v);
        return OK;
    }
    TRY(verbs_of(cx, req, &p, &v.verbs));
    TRY(events_of_it(cx, p.id, &v.events));
    TRY(attachment_of(cx, p.id, &photos));
    struct photo *at = NEW_ARRAY(&cx->mem, photos.n + 1, struct photo);
    for (size_t i = 0; i < photos.n; i++)
        at[i] = (struct photo){photos.at[i].hash, photos.at[i].id};
    v.photos.at = at;
    v.photos.n = photos.n;
    if (wrong.len)
        resp->status = 422;
    page_promise(out, &v);
    return OK;
}

static Err promise_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0});
}

static Err read_fields(Cx *cx, const Req *req, struct promise_fields *in)
{
    struct photo_hashes photos;
    *in = (struct promise_fields){0};
    TRY(form_typed(cx, promise_form, req->form, in));
    if (form_has(req, "version"))
        in->version = some_i64(form_i64(req, "version"));
    TRY(photos_typed(cx, req, "evidence", NULL, &photos));
    in->evidence = photos_joined(cx, &photos);
    return OK;
}

static Err verb_post(Cx *cx, const Req *req, Resp *resp)
{
    struct promise_fields in;
    int64_t id = path_i64(req, "id");
    Promise p;
    TRY(promise_open(cx, id, &p));
    Err e = read_fields(cx, req, &in);
    if (e == OK)
        e = promise_act(cx, id, path_text(req, "verb"), &in);
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/promises/%" PRId64, id);
}

/* clang-format off */
const struct route promise_routes[] = {
    {GET, "/promises", .who = ANYONE, .run = board_get, .on = ON_READ},
    {GET, "/promises/{id}", .who = ANYONE, .run = promise_get, .on = ON_READ},
    {POST, "/promises/{id}/{verb}", .who = HAS(POST_SECRETARY) | HAS(POST_DEPT) | HAS(POST_LEAD) | OFFICE_POSTS,
        .run = verb_post, .on = ON_WAIT, .limit = SIX_PHOTOS},
    {0},
};

const struct menu_item promise_menu[] = {
    {"/promises", "promises", T("承诺"), .who = ANYONE, .icon = "i-flag"},
    {0},
};
/* clang-format on */
