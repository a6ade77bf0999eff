/* ledger.h — a 台账 as data: what a room declares so that lists, forms, imports, exports and masks
 * are made for it (rooms/ledger).
 *
 * A plain room X has statements X_find, X_list, X_of_batch, X_remove (find and list give the same
 * columns), rules X_check, X_add, X_change, and writes LEDGER_GLUE(X) once, then
 *     const struct ledger X_ledger = {LEDGER_OF(X), .label = T("…"), .see = STAFF_POSTS,
 *         .write = …, .fields = fields, .sorts = sorts};
 * A room whose rows come by its own rule has X_find and X_list only: LEDGER_GLUE_READ(X),
 * LEDGER_READ(X).  What is only ever imported has no list: LEDGER_LINES(struct x_line), .take.
 * No statement is put together here: filters and orders are arguments of X_list.
 * docs/new-room.md builds one step by step. */
#pragma once
#include "base/fields.h"

struct ledger_rows {
    const void *at;
    size_t n;
};
struct ledger_key {
    int64_t id, version;
};
/* What a line became: object is for who sends it again; a row that was there may have changed, or
 * be the same. */
struct taken {
    int64_t object;
    bool changed, same;
};
struct sort {
    const char *name;
    Text label;
    int order; /* the generated enum */
    unsigned keeps;
    size_t row_at, after_at; /* the key, in the row and in the statement's after */
};

struct ledger {
    const char *name; /* "publicity": in the path, on the command line, in the log */
    Text label;       /* 宣传台账 */
    Text about;       /* one line for the list of all ledgers; {0}: none */
    const char *at;   /* a row's own page, "/problems/": used instead of the made one; NULL */
    uint32_t see;     /* posts that see it: list, export */
    uint32_t write; /* posts that add and change rows, each within the units they hold; 0: nobody */
    uint32_t load;  /* posts that import a table; 0: as write */
    uint32_t unmask; /* posts that may see MASKED columns whole, with a reason; 0: who sees it */
    const struct field *fields; /* ends with {0} */
    const struct sort *sorts;   /* ends with {0}; the first one is the usual one */
    bool names_head; /* a table's head line has the columns' names: other programs read it */

    size_t row_size;
    size_t id_at, version_at, unit_at, batch_at; /* int64_t; batch_at: OptStr.  NOWHERE: has none */
    size_t args_size, limit_at, sort_at, after_at, after_set_at, after_id_at;

    Err (*find)(Cx *, int64_t id, void *row); /* scoped; ERR_NOT_FOUND */
    Err (*list)(Cx *, const void *args, struct ledger_rows *);
    Err (*of_batch)(Cx *, Str batch, int64_t limit, struct ledger_rows *); /* struct ledger_key */
    Err (*open)(Cx *, void *row); /* SEALED columns become text; NULL: there are none */
    Err (*check)(
        Cx *, const void *row);        /* reads only: also the dry run of an import; may be NULL */
    Err (*add)(Cx *, const void *row); /* inside a transaction; row.id is new; the log is written */
    Err (*change)(Cx *, const void *row); /* row.version is the one that was read */
    Err (*remove)(Cx *, int64_t id, int64_t version);
    /* For the dry run of what is taken: ERR_NOT_FOUND is a new line; may be NULL. */
    Err (*known)(Cx *, const void *row, int64_t *id);
    /* Instead of add: the room's own rule, inside a transaction, with its own id and log. */
    Err (*take)(Cx *, const void *row, struct taken *);
};
#define NOWHERE ((size_t)-1)

#define ROW(room) struct sql_##room##_find_row
#define LISTED(room) struct sql_##room##_list_row
#define ARGS(room) struct sql_##room##_list
#define AFTER(room) struct sql_##room##_list_after

/* One column.  It does not compile unless find and list keep it at the same place. */
#define FIELD(room, m, TYPE, LABEL, ...)                                                           \
    {                                                                                              \
        .name = #m, .label = LABEL, .keeps = KEEPS(ROW(room), m),                                  \
        .type = TYPED(ROW(room), m, TYPE),                                                         \
        .at = offsetof(ROW(room), m)                                                               \
              + (size_t)SURE(offsetof(ROW(room), m) == offsetof(LISTED(room), m)                   \
                                 && KEEPS(ROW(room), m) == KEEPS(LISTED(room), m),                 \
                  "find and list differ in " #m),                                                  \
        __VA_ARGS__                                                                                \
    }
/* Filters: the argument of X_list for this column, which may be absent and has its type. */
#define ARG(room, m, a)                                                                            \
    {                                                                                              \
        SURE((KEEPS(ARGS(room), a) & KEEPS_OPT)                                                    \
                 && (KEEPS(ARGS(room), a) & 3) == (KEEPS(ROW(room), m) & 3),                       \
            "no such filter: " #a)                                                                 \
        +1, KEEPS(ARGS(room), a), offsetof(ARGS(room), a)                                          \
    }
#define EQUALS(room, m) .equals = ARG(room, m, m)
#define FROM(room, m, a) .from = ARG(room, m, a)
#define UNTIL(room, m, a) .until = ARG(room, m, a)
#define SORT(room, word, ORDER, key, LABEL)                                                        \
    {                                                                                              \
        .name = word, .label = LABEL, .order = ORDER,                                              \
        .keeps = KEEPS(LISTED(room), key)                                                          \
                 + (unsigned)SURE(KEEPS(LISTED(room), key) == KEEPS(AFTER(room), key), "sort"),    \
        .row_at = offsetof(LISTED(room), key), .after_at = offsetof(AFTER(room), key)              \
    }

#define LEDGER_GLUE_READ(room)                                                                     \
    static Err room##_find_(Cx *cx, int64_t id, void *row)                                         \
    {                                                                                              \
        return sql_##room##_find(cx, &(struct sql_##room##_find){.id = id}, row);                  \
    }                                                                                              \
    static Err room##_list_(Cx *cx, const void *args, struct ledger_rows *to)                      \
    {                                                                                              \
        struct sql_##room##_list_rows r;                                                           \
        TRY(sql_##room##_list(cx, args, &r));                                                      \
        *to = (struct ledger_rows){r.at, r.n};                                                     \
        return OK;                                                                                 \
    }                                                                                              \
    _Static_assert(sizeof(ROW(room)) == sizeof(LISTED(room)), "find and list give other columns")

#define LEDGER_GLUE(room)                                                                          \
    LEDGER_GLUE_READ(room);                                                                        \
    static Err room##_of_batch_(Cx *cx, Str batch, int64_t limit, struct ledger_rows *to)          \
    {                                                                                              \
        struct sql_##room##_of_batch_rows r;                                                       \
        TRY(sql_##room##_of_batch(                                                                 \
            cx, &(struct sql_##room##_of_batch){.batch = batch, .limit = limit}, &r));             \
        _Static_assert(sizeof *r.at == sizeof(struct ledger_key), "of_batch gives id, version");   \
        *to = (struct ledger_rows){r.at, r.n};                                                     \
        return OK;                                                                                 \
    }                                                                                              \
    static Err room##_remove_(Cx *cx, int64_t id, int64_t version)                                 \
    {                                                                                              \
        return sql_##room##_remove(                                                                \
            cx, &(struct sql_##room##_remove){.id = id, .version = version});                      \
    }                                                                                              \
    static Err room##_check_(Cx *cx, const void *row)                                              \
    {                                                                                              \
        return room##_check(cx, row);                                                              \
    }                                                                                              \
    static Err room##_add_(Cx *cx, const void *row)                                                \
    {                                                                                              \
        return room##_add(cx, row);                                                                \
    }                                                                                              \
    static Err room##_change_(Cx *cx, const void *row)                                             \
    {                                                                                              \
        return room##_change(cx, row);                                                             \
    }                                                                                              \
    _Static_assert(sizeof(ROW(room)) == sizeof(LISTED(room)), "find and list give other columns")

#define LEDGER_LIST_OF_(room, NAME)                                                                \
    .name = NAME, .row_size = sizeof(ROW(room)), .id_at = offsetof(ROW(room), id),                 \
    .unit_at = offsetof(ROW(room), unit), .args_size = sizeof(ARGS(room)),                         \
    .limit_at = offsetof(ARGS(room), limit), .sort_at = offsetof(ARGS(room), sort),                \
    .after_at = offsetof(ARGS(room), after), .after_set_at = offsetof(AFTER(room), set),           \
    .after_id_at = offsetof(AFTER(room), id), .find = room##_find_, .list = room##_list_

#define LEDGER_OF(room)                                                                            \
    LEDGER_LIST_OF_(room, #room),                                                                  \
        .version_at = offsetof(ROW(room), version), .batch_at = offsetof(ROW(room), batch),        \
        .of_batch = room##_of_batch_, .remove = room##_remove_, .check = room##_check_,            \
        .add = room##_add_, .change = room##_change_

/* The row has id, unit and version; nobody writes it here. */
#define LEDGER_READ_AS(room, NAME)                                                                 \
    LEDGER_LIST_OF_(room, NAME), .version_at = offsetof(ROW(room), version), .batch_at = NOWHERE

#define LEDGER_READ(room) LEDGER_READ_AS(room, #room)

/* Lines of a table file that the room's own rule takes; there is no list and no page of one. */
#define LEDGER_LINES(TYPE)                                                                         \
    .row_size = sizeof(TYPE), .id_at = NOWHERE, .version_at = NOWHERE, .unit_at = NOWHERE,         \
    .batch_at = NOWHERE
