/* make_deeds_open.c — what waits today: in each village something to file, to dispatch, to accept,
 * to do, to check, to decide; and something that is late. */
#include "make_deeds.h"

#include <stdio.h>
#include <string.h>

enum way { REPORTED, FILED, DISPATCHED, HANDLING, LATE, VERY_LATE, HANDLED, EXTEND, SUSPEND };

/* Nothing that the rule would file: the village, and no more of the place. */
static void by_hand(struct matter *m)
{
    m->place = NULL;
    m->automatic = false;
}

/* A problem of that village, whose limit lies in those working minutes. */
static void begin(struct matter *m, const struct village *v, struct moment at, int least, int most)
{
    do
        think_of(m, at);
    while (m->v != v || m->k->urgent || m->k->limit < least || m->k->limit > most);
}

static void ask(struct matter *m, enum way way)
{
    if (way == SUSPEND)
        deed(step(m, 60, 200), m->handler, "suspend_ask", m->no,
            "reason=project;text=要列项目才能做;plan=%s;review_days=%d", word_of(words_plan),
            chance(40, 80));
    else
        deed(step(m, 60, 200), m->handler, "extend_ask", m->no,
            "text=路面未干，要多两天;until=%d 17:30", m->dispatched.day - m->k->limit / 420 - 1);
}

/* cadre: whose it will be where the village itself can do it; NULL: anybody's. */
static void wait(const struct village *v, enum way way, const struct someone *cadre)
{
    static const struct {
        int day, minute, least, most; /* when it was reported; its limit */
    } begins[] = {
        [REPORTED] = {1, 15 * 60 + 40, 0,    9999},
        [FILED] = {1, 14 * 60 + 40, 0,    9999},
        [DISPATCHED] = {1, 14 * 60 + 5,  400,  9999},
        [HANDLING] = {2, 14 * 60 + 5,  800,  9999},
        [LATE] = {2, 8 * 60 + 40,  0,    430 },
        [VERY_LATE] = {6, 8 * 60 + 40,  0,    430 },
        [HANDLED] = {2, 9 * 60,       0,    9999},
        [EXTEND] = {2, 9 * 60,       1200, 9999},
        [SUSPEND] = {3, 9 * 60,       2000, 9999},
    };
    struct matter m;
    begin(&m, v, (struct moment){begins[way].day, begins[way].minute + chance(0, 20)},
        begins[way].least, begins[way].most);
    if (way <= FILED || m.k->automatic || cadre)
        by_hand(&m);
    if (cadre)
        m.unit = cadre->unit;
    report(&m);
    if (way == REPORTED)
        return;
    if (way == FILED) {
        deed(step(&m, 8, 30), one_of(&v->secretary, &v->dept, &v->dept), "file", m.no,
            "category=%s;severity=%d;unit=%lld", m.k->code, m.k->severity, (long long)m.unit);
        return;
    }
    file_and_dispatch(&m);
    if (way == DISPATCHED)
        return;
    accept(&m);
    if (way >= EXTEND)
        ask(&m, way);
    if (way == HANDLED) {
        step(&m, 60, 240);
        feed_back(&m);
    }
}

void today(void)
{
    static const enum way everywhere[] = {REPORTED, DISPATCHED, HANDLING, HANDLED},
                          now_and_then[] = {FILED, LATE, EXTEND, REPORTED, HANDLED, VERY_LATE,
                              SUSPEND},
                          shown[] = {REPORTED, REPORTED, FILED, FILED, DISPATCHED, DISPATCHED,
                              HANDLING, HANDLING, HANDLING, LATE, LATE, VERY_LATE, HANDLED, HANDLED,
                              HANDLED, EXTEND, SUSPEND};
    for (size_t i = 0; i < town.n_villages; i++) {
        const struct village *v = &town.village[i];
        for (size_t k = 0; k < sizeof everywhere / sizeof *everywhere; k++)
            wait(v, everywhere[k], NULL);
        wait(v, now_and_then[i % 7], NULL);
        /* 南王村, whose people the documents name, shows all there is */
        for (size_t k = 0; v->code % 1000000 == 206000 && k < sizeof shown / sizeof *shown; k++)
            wait(v, shown[k], k % 3 ? &v->cadre[0] : NULL);
    }
}
