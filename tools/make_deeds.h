/* make_deeds.h — the demonstration's deeds, thought up by a program: who is who, the clock that
 * they work by, and the words they use. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- who is who (make_deeds_town.c), read from the town's own files */
enum { N_VILLAGES_MAX = 24, N_HERE = 32, LOGIN = 32, NAME = 64 };

struct someone {
    char login[LOGIN];
    int64_t unit;
};
struct known_place {
    char name[NAME], kind[24];
    int64_t unit;
};
struct village {
    int64_t code;
    struct someone secretary, dept, lead, cadre[N_HERE], keeper[N_HERE], contractor[N_HERE];
    struct known_place place[N_HERE];
    size_t n_cadres, n_keepers, n_contractors, n_places;
};
struct town {
    struct village village[N_VILLAGES_MAX];
    struct someone office[N_HERE], inspector[N_HERE], commander, head;
    size_t n_villages, n_offices, n_inspectors;
};
/* dir: demo/guxing.  False with a line on stderr. */
bool town_read(const char *dir, struct town *);

/* ---- working time, counted backwards: day 12 is twelve working days before today */
struct moment {
    int day, minute; /* minutes since 00:00 */
};
/* That many working minutes later (08:30–12:00, 14:00–17:30). */
struct moment later(struct moment, int working_minutes);
bool before(struct moment, struct moment);

/* ---- chance, the same every time */
void chance_seed(uint32_t);
int chance(int from, int to); /* both included */
bool one_in(int n);
bool percent(int n);

/* ---- categories and words (make_deeds_words.c) */
struct kind {
    const char *code;
    int weight; /* how often of 1000 */
    int limit;  /* working minutes */
    int severity, difficulty;
    bool automatic, urgent;
    const char *scene;                          /* the picture's category; NULL: no picture */
    const char *places;                         /* kinds of place where it is found */
    const char *const *bodies, *const *results; /* end with NULL */
};
extern const struct kind kinds[]; /* ends with {0} */
const struct kind *kind_drawn(void);
const char *word_of(const char *const *list);
extern const char *const words_where[];
extern const char *const words_comment[];
extern const char *const words_fail[];
extern const char *const words_reopen[];
extern const char *const words_plan[];
extern const char *const surnames[];

/* ---- one problem while it is being thought of (make_deeds.c) */
struct matter {
    int no, variant;
    const struct village *v;
    const struct kind *k;
    const struct known_place *place; /* NULL: told in words */
    int64_t unit;
    bool resident, automatic, known_reporter, other, fenced;
    struct moment at, dispatched;
    char handler[LOGIN];
};

extern struct town town;
extern int n_matters;

/* One line of the file; after today it is not done yet, and left away. */
void deed(struct moment, const char *login, const char *verb, int object, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The first of them that is held by somebody; the office at last. */
const char *one_of(const struct someone *, const struct someone *, const struct someone *);
const char *verifier_for(const struct matter *);
const struct someone *any(const struct someone *list, size_t n);
/* ";photo=…" of what it looks like "before", "after", or when it is checked ("check"). */
const char *photo(const struct matter *, const char *when, char to[48]);
/* ";place=…" or ";words=…" */
void where(const struct matter *, char to[160]);
/* The matter's next moment, that many working minutes on. */
struct moment step(struct matter *, int from, int to);

void think_of(struct matter *, struct moment);
void report(struct matter *);
void file_and_dispatch(struct matter *);
void accept(struct matter *);
void feed_back(struct matter *);
void check(struct matter *, bool good);
void finish(struct matter *); /* from the dispatch to the checked answer */
void usual(struct matter *);

/* Something happens in the town (make_deeds_ways.c). */
void happen(struct moment);
/* What waits on the day the demonstration is made (make_deeds_open.c). */
void today(void);
