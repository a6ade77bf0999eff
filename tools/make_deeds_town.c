/* make_deeds_town.c — who is who, from the demonstration's own CSV files; and working time. */
#include "make_deeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 2048, CELLS = 16 };

struct table {
    FILE *file;
    char head[LINE], line[LINE];
    char *name[CELLS], *cell[CELLS];
    int n;
};

/* Cells in place; our files quote only what holds a comma. */
static int cut(char *line, char *to[CELLS])
{
    int n = 0;
    for (char *p = line; n < CELLS;) {
        bool quoted = *p == '"';
        to[n++] = p += quoted;
        p += strcspn(p, quoted ? "\"" : ",\r\n");
        char end = *p;
        *p = '\0';
        if (quoted && end)
            end = *++p;
        if (end != ',')
            break;
        p++;
    }
    return n;
}

static bool table_open(const char *dir, const char *name, struct table *t)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    t->file = fopen(path, "r");
    if (t->file == NULL || fgets(t->head, sizeof t->head, t->file) == NULL) {
        perror(path);
        return false;
    }
    t->n = cut(t->head + (strncmp(t->head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0), t->name);
    return true;
}

static bool table_next(struct table *t)
{
    memset(t->cell, 0, sizeof t->cell);
    if (fgets(t->line, sizeof t->line, t->file) == NULL)
        return fclose(t->file), false;
    cut(t->line, t->cell);
    return true;
}

static const char *get(const struct table *t, const char *name)
{
    for (int i = 0; i < t->n; i++)
        if (strcmp(t->name[i], name) == 0 && t->cell[i] != NULL)
            return t->cell[i];
    return "";
}

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from);
}

static int64_t village_code(int64_t unit)
{
    return unit / 1000 * 1000;
}

static struct village *village_of(struct town *t, int64_t unit)
{
    int64_t code = village_code(unit);
    if (code % 1000000 == 0)
        return NULL;
    for (size_t i = 0; i < t->n_villages; i++)
        if (t->village[i].code == code)
            return &t->village[i];
    if (t->n_villages == N_VILLAGES_MAX)
        return NULL;
    t->village[t->n_villages].code = code;
    return &t->village[t->n_villages++];
}

static void push(struct someone *list, size_t *n, const char *login, int64_t unit)
{
    if (*n < N_HERE) {
        copy(list[*n].login, LOGIN, login);
        list[(*n)++].unit = unit;
    }
}

static void hold(struct someone *one, const char *login, int64_t unit)
{
    copy(one->login, LOGIN, login);
    one->unit = unit;
}

static void appoint(struct town *t, const char *post, const char *login, int64_t unit)
{
    struct village *v = village_of(t, unit);
    if (strcmp(post, "office") == 0)
        push(t->office, &t->n_offices, login, unit);
    else if (strcmp(post, "inspector") == 0)
        push(t->inspector, &t->n_inspectors, login, unit);
    else if (v != NULL && strcmp(post, "contractor") == 0)
        push(v->contractor, &v->n_contractors, login, unit);
    else if (strcmp(post, "commander") == 0)
        hold(&t->commander, login, unit);
    else if (strcmp(post, "office_head") == 0)
        hold(&t->head, login, unit);
    else if (v != NULL && strcmp(post, "secretary") == 0)
        hold(&v->secretary, login, unit);
    else if (v != NULL && strcmp(post, "dept") == 0)
        hold(&v->dept, login, unit);
    else if (v != NULL && strcmp(post, "lead") == 0)
        hold(&v->lead, login, unit);
    else if (v != NULL && strcmp(post, "cadre") == 0)
        push(v->cadre, &v->n_cadres, login, unit);
    else if (v != NULL && strcmp(post, "grid_keeper") == 0)
        push(v->keeper, &v->n_keepers, login, unit);
}

bool town_read(const char *dir, struct town *t)
{
    static struct table table;
    if (!table_open(dir, "appointments.csv", &table))
        return false;
    while (table_next(&table))
        if (get(&table, "place")[0] == '\0' && get(&table, "to_on")[0] == '\0')
            appoint(t, get(&table, "post"), get(&table, "login"),
                strtoll(get(&table, "unit"), NULL, 10));
    if (!table_open(dir, "places.csv", &table))
        return false;
    while (table_next(&table)) {
        struct village *v = village_of(t, strtoll(get(&table, "unit"), NULL, 10));
        if (v == NULL || v->n_places == N_HERE)
            continue;
        struct known_place *p = &v->place[v->n_places++];
        copy(p->name, NAME, get(&table, "name"));
        copy(p->kind, sizeof p->kind, get(&table, "kind"));
        p->unit = strtoll(get(&table, "unit"), NULL, 10);
    }
    return t->n_villages > 0;
}

/* ---- working time */

static const int hours[2][2] = {
    {8 * 60 + 30, 12 * 60     },
    {14 * 60,     17 * 60 + 30}
};

struct moment later(struct moment m, int minutes)
{
    for (;;) {
        for (int half = 0; half < 2; half++) {
            if (m.minute < hours[half][0])
                m.minute = hours[half][0];
            int left = hours[half][1] - m.minute;
            if (left > minutes) {
                m.minute += minutes;
                return m;
            }
            if (left > 0) {
                minutes -= left;
                m.minute = hours[half][1];
            }
        }
        m = (struct moment){m.day - 1, 0};
    }
}

bool before(struct moment a, struct moment b)
{
    return a.day != b.day ? a.day > b.day : a.minute < b.minute;
}

/* ---- chance */

static uint32_t state = 1;

void chance_seed(uint32_t seed)
{
    state = seed;
}

int chance(int from, int to)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return from + (int)(state % (uint32_t)(to - from + 1));
}

bool one_in(int n)
{
    return chance(1, n) == 1;
}

bool percent(int n)
{
    return chance(1, 100) <= n;
}
