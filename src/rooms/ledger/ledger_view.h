/* ledger_view.h — 台账 as its pages see it. */
#pragma once
#include "base/view.h"

struct shell;

struct ledger_link {
    Str name, label, about;
    bool now, lists, loads; /* lists: there is a list to open; loads: cx->me may import */
};
struct ledger_links {
    struct ledger_link *at;
    size_t n;
};
struct ledger_index_view {
    const struct shell *shell;
    struct ledger_links ledgers;
};

struct ledger_line {
    int64_t id;
    struct cells cells;
};
struct ledger_list_view {
    const struct shell *shell;
    Str name, label, at; /* at: where a row's own page is, "/ledgers/publicity/" */
    struct cells heads, filters;
    struct {
        struct ledger_line *at;
        size_t n;
    } lines;
    struct ledger_links sorts;
    Str query, next; /* the query without after; where the next page begins: empty is the last */
    bool some_masked, filtered, writes, loads;
};

struct ledger_event {
    Str at, who, verb, said;
};
struct ledger_detail_view {
    const struct shell *shell;
    Str name, label, title; /* title: the row's first words */
    int64_t id, version;
    struct cells cells;
    bool some_masked, unmasked, writes, wrong_reason;
    Str why;
    struct {
        struct ledger_event *at;
        size_t n;
    } events;
};

struct ledger_form_view {
    const struct shell *shell;
    Str name, label, key, why; /* why: over all of it */
    int64_t id, version;       /* id 0: a new row */
    struct cells cells;
    size_t n_wrong;
};

struct bad_cell {
    int64_t line;
    Str column, typed, why;
};
struct bad_cells {
    struct bad_cell *at;
    size_t n;
};
struct ledger_batch {
    int64_t id;
    Str batch, file, at, who;
    int64_t n_added, n_changed, n_wrong, n_undone;
    bool undone;
};
struct ledger_batches {
    struct ledger_batch *at;
    size_t n;
};
struct ledger_import_view {
    const struct shell *shell;
    Str name, label, why;
    struct cells columns;
    struct ledger_batches batches;
    bool undoes;
    /* after a dry run or an import */
    bool told, dry;
    Str file;
    int64_t file_id, n_added, n_changed, n_same, n_again, n_wrong, n_more;
    struct bad_cells bad;
};
