/* meeting_view.h — what the pages of 领导小组 and 交办 show. */
#pragma once
#include "rooms/meeting/meeting.h"
#include "web/respond.h"
#include "web/route.h"

struct member_row {
    int64_t person;
    Str name;
    Text post;
    bool present, chosen;
};
struct member_rows {
    const struct member_row *at;
    size_t n;
};
struct meeting_row {
    int64_t id, n_items, n_tasks, n_open;
    Str held_on, begins, place;
    bool draft;
};
struct task_row {
    int64_t id, item;
    Str text, owner, due_on, held_on, key;
    Text label;
    int64_t n_late; /* days past its day */
    bool closed;
};
struct task_rows_shown {
    const struct task_row *at;
    size_t n;
};
struct post_pick {
    const char *code;
    Text label;
    bool chosen;
};
struct meetings_view {
    const struct shell *shell;
    struct {
        const struct meeting_row *at;
        size_t n;
    } rows;
    struct member_rows group;
    struct task_rows_shown tasks;
    struct {
        const struct post_pick *at;
        size_t n;
    } posts;
    Str say, key, held_on, begins, place;
    struct member_rows presiders, recorders;
    bool may;
};
struct item_row {
    int64_t no;
    Str kind, body, path, decision, key;
    Text label;
    bool first; /* of its kind: a heading stands before it */
    bool open;  /* the form that came back */
    struct task_rows_shown tasks;
};
struct meeting_view {
    const struct shell *shell;
    int64_t id, version, presider, recorder;
    Str held_on, begins, place, presider_name, recorder_name, minutes, say, key;
    Str typed, typed_due, typed_minutes;
    struct {
        const struct item_row *at;
        size_t n;
    } items;
    struct member_rows group, owners;
    struct task_rows_shown others; /* decisions beside the agenda */
    bool draft, may, may_hold;
};
struct tasks_view {
    const struct shell *shell;
    struct task_rows_shown mine, to_close;
};
struct task_view {
    const struct shell *shell;
    const Task *t;
    Str owner, closed_by, report, say, typed;
    int64_t reported_at, closed_at;
    Text label;
    int64_t n_late;
    bool may_report, may_close, reported, closed, meeter;
};
Text task_label(Str state);
struct task_row task_shown(
    Cx *, int64_t id, Str text, int64_t owner, Str held_on, Str due_on, Str state);

Err tasks_get(Cx *, const Req *, Resp *);
Err task_page_get(Cx *, const Req *, Resp *);
Err task_verb_post(Cx *, const Req *, Resp *);
extern const struct route meeting_routes[];
extern const struct menu_item meeting_menu[];
