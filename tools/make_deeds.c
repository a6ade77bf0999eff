/* make_deeds.c — thinks up what a town did in twelve weeks and writes it as demo/…/deeds.csv.
 *
 *   make-deeds demo/guxing N [SEED] > demo/guxing/deeds.csv
 *
 * Reads appointments.csv and places.csv of the folder; the same numbers give the same file.  The
 * deeds only say who did what and when: whether they may, and what follows, is for the rules that
 * replay them. */
#include "make_deeds.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 58, DEEDS_MAX = 20000, FIELDS = 640 };

struct deed {
    struct moment at;
    int no; /* as thought of */
    char login[LOGIN], verb[24], object[12], fields[FIELDS];
};

static struct deed *deeds;
static int n_deeds;

void deed(struct moment at, const char *login, const char *verb, int object, const char *fmt, ...)
{
    if (at.day < 0 || n_deeds == DEEDS_MAX)
        return; /* not done yet */
    struct deed *d = &deeds[n_deeds];
    va_list ap;
    d->at = at;
    d->no = n_deeds++;
    snprintf(d->login, sizeof d->login, "%s", login);
    snprintf(d->verb, sizeof d->verb, "%s", verb);
    snprintf(d->object, sizeof d->object, "p%03d", object);
    va_start(ap, fmt);
    vsnprintf(d->fields, sizeof d->fields, fmt, ap);
    va_end(ap);
}

struct town town;
int n_matters;

/* Where and what was used lately, so that the rule that looks for duplicates stays quiet. */
static struct {
    const struct known_place *place;
    const struct kind *kind;
    int day;
} lately[4000];
static int n_lately;

static const struct known_place *free_place(const struct village *v, const struct kind *k, int day)
{
    for (int tries = 0; v->n_places > 0 && tries < 40; tries++) {
        const struct known_place *p = &v->place[chance(0, (int)v->n_places - 1)];
        bool used = strstr(k->places, p->kind) == NULL || p->unit % 1000 == 0;
        for (int i = 0; i < n_lately && !used; i++)
            used = lately[i].place == p && lately[i].kind == k && abs(lately[i].day - day) < 16;
        if (!used)
            return p;
    }
    return NULL;
}

/* The grid's own; NULL: nobody holds it. */
static const struct someone *cadre_of(const struct village *v, int64_t unit)
{
    for (size_t i = 0; i < v->n_cadres; i++)
        if (v->cadre[i].unit == unit)
            return &v->cadre[i];
    return NULL;
}

const struct someone *any(const struct someone *list, size_t n)
{
    return n ? &list[chance(0, (int)n - 1)] : &town.head;
}

const char *one_of(const struct someone *a, const struct someone *b, const struct someone *c)
{
    const struct someone *const all[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        if (all[i]->login[0])
            return all[i]->login;
    return any(town.office, town.n_offices)->login;
}

/* The hard ones go to the department, middling ones to a contractor where there is one. */
static const char *handler_for(const struct matter *m)
{
    const struct village *v = m->v;
    if (m->k->difficulty == 3 || (m->k->difficulty == 2 && m->k->severity == 3))
        return one_of(&v->dept, &v->secretary, &v->lead);
    if (m->k->difficulty == 2 && v->n_contractors && percent(40))
        return any(v->contractor, v->n_contractors)->login;
    return cadre_of(v, m->unit) ? cadre_of(v, m->unit)->login
                                : one_of(&v->secretary, &v->dept, &v->lead);
}

/* Who checks: never who handled; from severity 2 nobody of the village. */
const char *verifier_for(const struct matter *m)
{
    const struct village *v = m->v;
    const char *first = m->k->severity == 1 ? one_of(&v->secretary, &v->dept, &v->lead)
                                            : one_of(&v->dept, &v->lead, &v->lead);
    if (m->k->severity == 1 && town.n_inspectors && percent(15))
        first = any(town.inspector, town.n_inspectors)->login;
    if (strcmp(first, m->handler) != 0)
        return first;
    return m->k->severity == 1 && strcmp(v->dept.login, m->handler) != 0
               ? one_of(&v->dept, &v->lead, &v->lead)
               : one_of(&v->lead, &v->lead, &v->lead);
}

const char *photo(const struct matter *m, const char *when, char to[48])
{
    const char *scene = m->k->scene ? m->k->scene : m->variant ? "0102" : "0104"; /* a street */
    snprintf(to, 48, ";photo=%s-%d-%s", scene, m->variant, when);
    return to;
}

struct moment step(struct matter *m, int from, int to)
{
    return m->at = later(m->at, chance(from, to));
}

static const char *dispatcher(const struct matter *m)
{
    return percent(80) ? one_of(&m->v->secretary, &m->v->dept, &m->v->dept)
           : one_in(2) ? one_of(&m->v->dept, &m->v->secretary, &m->v->secretary)
                       : any(town.office, town.n_offices)->login;
}

/* ---- a report */

static void reporter(const struct matter *m, char to[160])
{
    to[0] = '\0';
    if (m->known_reporter)
        snprintf(to, 160, ";name=%s%s;phone=1390000%04d", word_of(surnames),
            one_in(2) ? "女士" : "先生", chance(2000, 9999));
}

void where(const struct matter *m, char to[160])
{
    if (m->place)
        snprintf(to, 160, ";place=%s", m->place->name);
    else
        snprintf(to, 160, ";words=%s", word_of(words_where));
}

/* Who says it, through which door. */
static const char *source(struct matter *m, const char **login)
{
    int draw = chance(1, 100);
    *login = "";
    m->resident = draw <= 62 || draw > 92;
    if (draw <= 62)
        return "";
    m->automatic = m->automatic && draw <= 84;
    if (draw <= 84) {
        *login = m->v->n_keepers && one_in(2) ? any(m->v->keeper, m->v->n_keepers)->login
                                              : any(m->v->cadre, m->v->n_cadres)->login;
        return ";source=patrol";
    }
    if (draw <= 92) {
        *login =
            town.n_inspectors ? any(town.inspector, town.n_inspectors)->login : town.head.login;
        return ";source=inspection";
    }
    *login = any(town.office, town.n_offices)->login;
    m->known_reporter = true;
    return draw <= 96 ? ";source=hotline;entered_for=1" : ";entered_for=1";
}

/* Without a place the rule would still know the grid; so who is to be filed by hand gives the
 * village alone, and who files says which grid. */
void report(struct matter *m)
{
    char who[160], place[160], picture[48];
    const char *login, *from = source(m, &login);
    bool by_hand = m->k->automatic && !m->automatic;
    if (by_hand)
        m->place = NULL;
    reporter(m, who);
    where(m, place);
    deed(m->at, login, "report", m->no, "unit=%lld%s;category=%s;body=%s%s%s%s",
        (long long)(by_hand ? m->v->code : m->unit), place, m->other ? "9999" : m->k->code,
        word_of(m->k->bodies), m->k->scene ? photo(m, "before", picture) : "", who, from);
    if (m->place) {
        lately[n_lately].place = m->place;
        lately[n_lately].kind = m->k;
        lately[n_lately++].day = m->at.day;
    }
    m->dispatched = m->at;
}

void think_of(struct matter *m, struct moment at)
{
    memset(m, 0, sizeof *m);
    m->no = ++n_matters;
    m->v = &town.village[chance(0, (int)town.n_villages - 1)];
    m->k = kind_drawn();
    m->variant = chance(0, 1);
    m->at = at;
    m->known_reporter = percent(45);
    m->place = percent(75) ? free_place(m->v, m->k, at.day) : NULL;
    m->unit = m->place         ? m->place->unit
              : m->v->n_cadres ? m->v->cadre[chance(0, (int)m->v->n_cadres - 1)].unit
                               : m->v->code;
    m->automatic = m->k->automatic && m->place && m->k->scene && cadre_of(m->v, m->unit);
    m->other = !m->k->automatic && percent(20); /* told as 其他, refined by who files */
    if (m->automatic)
        snprintf(m->handler, sizeof m->handler, "%s", cadre_of(m->v, m->unit)->login);
}

/* ---- its way */

void file_and_dispatch(struct matter *m)
{
    const char *who = dispatcher(m);
    char grid[32] = "";
    if (!m->place)
        snprintf(grid, sizeof grid, ";unit=%lld", (long long)m->unit);
    deed(step(m, 8, 100), who, "file", m->no, "category=%s;severity=%d%s", m->k->code,
        m->k->severity, grid);
    snprintf(m->handler, sizeof m->handler, "%s", handler_for(m));
    deed(step(m, 5, 60), who, "dispatch", m->no, "handler=%s", m->handler);
    m->dispatched = m->at;
}

void accept(struct matter *m)
{
    deed(step(m, 5, 80), m->handler, "accept", m->no, "%s", "");
    if (strcmp(m->k->code, "0401") == 0 && !m->fenced) { /* open in the road: first a fence */
        m->fenced = true;
        deed(step(m, 5, 40), m->handler, "guarded", m->no,
            "text=已围挡并设警示牌;photo=0102-0-after");
    }
    if (percent(18))
        deed(step(m, 5, 60), m->handler, "comment", m->no, "text=%s", word_of(words_comment));
}

/* Most are in time, some are not. */
static void work(struct matter *m)
{
    int limit = m->k->urgent ? 40 : m->k->limit;
    step(m, limit / 8 + 4, limit * (percent(11) ? 17 : 7) / 10 + 10);
}

void feed_back(struct matter *m)
{
    char picture[48];
    deed(m->at, m->handler, "feed_back", m->no, "text=%s%s", word_of(m->k->results),
        photo(m, "after", picture));
}

void check(struct matter *m, bool good)
{
    char picture[48];
    const char *who = verifier_for(m);
    if (good)
        deed(step(m, 20, 300), who, "pass", m->no, "text=现场已看%s",
            m->k->severity > 1 || percent(30) ? photo(m, "check", picture) : "");
    else
        deed(step(m, 20, 300), who, "fail", m->no, "text=%s%s", word_of(words_fail),
            photo(m, "before", picture));
}

static void end(struct matter *m)
{
    static const char *const marks[] = {"good", "good", "good", "fair", "good", "bad"};
    if (!m->resident)
        return;
    deed(step(m, 60, 700), "", "told", m->no, "%s", "");
    if (percent(62))
        deed(step(m, 2, 300), "", "evaluate", m->no, "evaluation=%s", marks[chance(0, 5)]);
}

/* From the dispatch to the checked answer. */
void finish(struct matter *m)
{
    work(m);
    feed_back(m);
    if (percent(7)) {
        check(m, false);
        step(m, 60, 420);
        feed_back(m);
    }
    if (m->resident && !m->known_reporter && m->k->severity == 1 && percent(12)) {
        deed(step(m, 30, 400), "", "answer", m->no, "answer=solved");
        /* it closes the matter, unless the rule draws it for a check */
        deed(step(m, 30, 300), verifier_for(m), "pass?", m->no, "text=抽查属实");
        return;
    }
    check(m, true);
    end(m);
}

void usual(struct matter *m)
{
    report(m);
    if (!m->automatic)
        file_and_dispatch(m);
    accept(m);
    finish(m);
}

static int by_time(const void *a, const void *b)
{
    const struct deed *x = a, *y = b;
    if (before(x->at, y->at))
        return -1;
    return before(y->at, x->at) ? 1 : x->no - y->no;
}

int main(int argc, char **argv)
{
    if (argc < 3 || !town_read(argv[1], &town)
        || (deeds = calloc(DEEDS_MAX, sizeof *deeds)) == NULL) {
        fprintf(stderr, "usage: make-deeds demo/TOWN N [SEED] > demo/TOWN/deeds.csv\n");
        return 2;
    }
    int n = (int)strtol(argv[2], NULL, 10);
    chance_seed(argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 20261001);
    for (int i = 0; i < n; i++) /* a little more of late: the word spreads */
        happen((struct moment){(n - i) * DAYS / n - (i % 7 == 0), chance(7 * 60, 19 * 60)});
    today();
    qsort(deeds, (size_t)n_deeds, sizeof *deeds, by_time);
    printf("days_ago,time,login,verb,object,fields\n");
    for (int i = 0; i < n_deeds; i++) {
        const struct deed *d = &deeds[i];
        const char *quote = strchr(d->fields, ',') ? "\"" : "";
        printf("%d,%02d:%02d,%s,%s,%s,%s%s%s\n", d->at.day, d->at.minute / 60, d->at.minute % 60,
            d->login, d->verb, d->object, quote, d->fields, quote);
    }
    return 0;
}
