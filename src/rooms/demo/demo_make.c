/* demo_make.c — a town made of table files. */
#include "rooms/demo/demo_make.h"

#include "base/csv.h"
#include "base/html.h"
#include "base/secret.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town_edit.h"
#include "store/db.h"

#include <stdio.h>

enum { PEOPLE_MAX = 500, PASSWORDS_A_STEP = 30 };

/* In the order in which they rest on each other. */
static const struct {
    const char *ledger, *file; /* file: how its name begins */
} tables[] = {
    {"category",        "categories"      },
    {"tile",            "tiles"           },
    {"phrase",          "phrases"         },
    {"calendar",        "calendar"        },
    {"setting",         "settings"        },
    {"score_table",     "score_tables"    },
    {"unit",            "units"           },
    {"place",           "places"          },
    {"neighbour",       "neighbours"      },
    {"person",          "people"          },
    {"appointment",     "appointments"    },
    {"target_template", "target_templates"},
    {"requirement",     "requirements"    },
    {"target",          "targets"         },
    {"promise",         "promises"        },
    {"campaign",        "campaigns"       },
    {"demo_site",       "demo_sites"      },
    {"observe_sheet",   "observes"        },
    {"training_sheet",  "trainings"       },
};

static bool is_of(const struct carried *f, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    return !strncmp(f->path, folder, n) && f->path[n] == '/'
           && !strncmp(f->path + n + 1, name, strlen(name));
}

const struct carried *demo_file(const char *folder, const char *name)
{
    for (const struct carried *f = demo_files; f->path; f++)
        if (is_of(f, folder, name))
            return f;
    return NULL;
}

/* All tables whose name begins so as one: the head line of the first stands for all. */
Str demo_joined(Cx *cx, const char *folder, const char *name)
{
    Out all = {.mem = &cx->mem};
    for (const struct carried *f = demo_files; f->path; f++) {
        if (!is_of(f, folder, name))
            continue;
        const char *line = all.len ? memchr(f->bytes.at, '\n', f->bytes.len) : NULL;
        size_t head = line ? (size_t)(line + 1 - f->bytes.at) : 0;
        out_raw(&all, f->bytes.at + head, f->bytes.len - head);
    }
    return (Str){all.at, all.len};
}

/* Goals and promises stand before the first deed is done with them. */
enum { SET_DAYS_AGO = 88 };
static int64_t loaded_at(const Cx *cx, const char *ledger)
{
    static const char *const early[] = {"requirement", "target", "promise"};
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        if (!strcmp(ledger, early[i]))
            return day_start(day_of(cx->now) - SET_DAYS_AGO) + INT64_C(10) * 3600 * 1000;
    return cx->now;
}

static Err load(Cx *cx, const char *ledger, const struct carried *f)
{
    const struct ledger *l = ledger_named(str(ledger));
    struct import im = {.file = str(f->path)};
    if (!l)
        return fail_log(cx, ERR_INTERNAL, "%s: no ledger %s", f->path, ledger);
    Str bytes = demo_days(cx, f->bytes);
    const int64_t now = cx->now;
    cx->now = loaded_at(cx, ledger);
    Err e = ledger_import(cx, l, bytes, &im);
    cx->now = now;
    TRY(e);
    if (!im.wrong)
        return OK;
    const struct bad_cell *b = im.bad;
    return fail_say(cx, ERR_INVALID, NULL,
        str(arena_printf(&cx->mem, "%s:%lld %.*s %.*s", f->path,
            im.n_bad ? (long long)b->line : 0LL, im.n_bad ? (int)b->column.len : 0,
            im.n_bad ? b->column.at : "", im.n_bad ? (int)b->why.len : 0,
            im.n_bad ? b->why.at : "")));
}

Err demo_load(Cx *cx, const char *folder)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const struct carried *f = demo_files; f->path; f++)
            if (is_of(f, folder, tables[t].file))
                TRY(load(cx, tables[t].ledger, f));
    return OK;
}

struct town_step {
    int64_t town_id;
    Str name;
};

static Err unit_step(Cx *cx, void *arg)
{
    const struct town_step *t = arg;
    enum put put;
    TRY(duty_operator(cx));
    return town_unit_put(cx,
        &(struct unit_new){.code = t->town_id * 1000000, .kind = S("town"), .name = t->name}, &put);
}

Err demo_town(Cx *cx, int64_t town_id, Str name, Str abbr)
{
    struct town_step t = {town_id, name};
    memset(&cx->me, 0, sizeof cx->me); /* not who did the last town's deeds */
    cx->me.person = OPERATOR;
    cx->door = "cli";
    TRY(town_make(cx, town_id, name, abbr));
    cx->town_id = town_id;
    TRY(db_transaction(cx, unit_step, &t));
    return demo_load(cx, "start");
}

/* --- accounts --- */

struct account {
    Str login, name, password;
};

/* Twelve letters and digits in three groups, none that looks like another: 59 bits. */
static Str new_password(Cx *cx)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *at = arena_alloc(&cx->mem, 15);
    for (size_t i = 0; i < 14; i++) {
        uint64_t chance;
        secret_random(&chance, sizeof chance);
        at[i] = i == 4 || i == 9 ? '-' : letters[chance % (sizeof letters - 1)];
    }
    return (Str){at, 14};
}

/* Where a column stands; n: nowhere. */
static size_t column(const struct csv *csv, const char *name)
{
    size_t i = 0;
    while (i < csv->n && !str_eq(csv->cells[i], str(name)))
        i++;
    return i;
}

static Str cell(const struct csv *csv, size_t i)
{
    return i < csv->n ? csv->cells[i] : (Str){0};
}

static Err read_people(Cx *cx, const struct carried *f, struct account *at, size_t *n)
{
    struct csv csv;
    Text why = csv_open(f->bytes, &csv);
    if (why.zh || !csv_next(cx, &csv, &why))
        return fail(cx, ERR_INVALID, NULL, why);
    size_t login = column(&csv, "login"), name = column(&csv, "name");
    for (*n = 0; *n < PEOPLE_MAX && csv_next(cx, &csv, &why); ++*n) {
        struct account *a = &at[*n];
        *a = (struct account){cell(&csv, login), cell(&csv, name), new_password(cx)};
    }
    return why.zh ? fail(cx, ERR_INVALID, NULL, why) : OK;
}

struct passwords {
    const struct account *at;
    size_t n;
};

static Err passwords_step(Cx *cx, void *arg)
{
    const struct passwords *p = arg;
    for (size_t i = 0; i < p->n; i++) {
        int64_t id;
        TRY(people_of_login(cx, p->at[i].login, &id));
        TRY(people_password_set(cx, id, p->at[i].password, true));
    }
    return OK;
}

/* Some at a time: a transaction has its time and its number of rows. */
static Err set_passwords(Cx *cx, const struct account *at, size_t n)
{
    for (size_t i = 0; i < n; i += PASSWORDS_A_STEP) {
        struct passwords p = {at + i, n - i < PASSWORDS_A_STEP ? n - i : PASSWORDS_A_STEP};
        TRY(db_transaction(cx, passwords_step, &p));
    }
    return OK;
}

static const struct account *account_of(const struct account *at, size_t n, Str login)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(at[i].login, login))
            return &at[i];
    return NULL;
}

Err demo_accounts(Cx *cx, const char *folder, struct sink *out)
{
    const struct carried *people = demo_file(folder, "people"),
                         *terms = demo_file(folder, "appointments");
    struct account *all = NEW_ARRAY(&cx->mem, PEOPLE_MAX, struct account);
    struct csv csv;
    size_t n = 0;
    Text why;
    Str was_login = {0}, was_post = {0};
    if (!people || !terms)
        return OK;
    TRY(read_people(cx, people, all, &n));
    TRY(set_passwords(cx, all, n));
    why = csv_open(terms->bytes, &csv);
    if (why.zh || !csv_next(cx, &csv, &why))
        return fail(cx, ERR_INVALID, NULL, why);
    size_t login = column(&csv, "login"), post = column(&csv, "post"), unit = column(&csv, "unit");
    while (csv_next(cx, &csv, &why)) {
        const struct account *a = account_of(all, n, cell(&csv, login));
        if (!a || (str_eq(a->login, was_login) && str_eq(cell(&csv, post), was_post)))
            continue; /* the same post over one more unit */
        was_login = a->login, was_post = cell(&csv, post);
        const Str row[] = {a->login, a->password, was_post, cell(&csv, unit), a->name};
        for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
            sink_csv(out, row[i], false);
            sink_put(out, i + 1 < sizeof row / sizeof *row ? S(",") : S("\n"));
        }
    }
    return why.zh ? fail(cx, ERR_INVALID, NULL, why) : OK;
}
