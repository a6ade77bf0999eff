/* town_form_web.h — a page with a form of declared fields: read, shown again with what is wrong,
 * and its history below.  Used by the settings of town and category. */
#pragma once
#include "base/view.h"
#include "rooms/town/town_edit.h"
#include "web/request.h"
#include "web/respond.h"

struct history_line {
    int64_t version, at;
    Str from_on, value, by;
    bool later; /* begins after today */
};
struct history_lines {
    const struct history_line *at;
    size_t n;
};
struct edit_view {
    const struct shell *shell;
    Str title, lead; /* lead: one sentence under the title; may be empty */
    Str back;        /* the form posts to where it was got */
    Str why;         /* what is wrong with the whole; empty: nothing */
    int64_t version, n_wrong;
    Str key;
    struct cells cells;
    bool has_history;
    struct history_lines history;
};

struct editing {
    const struct field *fields;
    void *row;             /* the fields' struct: what stands there, or what was typed */
    const void *theirs;    /* after a conflict: what stands there now */
    struct told *told;     /* set by edit_read */
    struct edit_view view; /* title, lead, back, version, history */
    const char *nav;
};

/* The posted form into row.  ERR_INVALID: edit_show() says where. */
Err edit_read(Cx *, const Req *, struct editing *) MUST_CHECK;
/* The page: e is OK for a first look; after ERR_INVALID or ERR_CONFLICT (422, 409) with what was
 * typed; any other error is given back. */
Err edit_show(Cx *, const Req *, Resp *, struct editing *, Err e) MUST_CHECK;
/* What a verb of one thing comes to: its page again with what is wrong (422, 409), or a redirect to
 * page, the {id} of the address, part ("#route"; ""). */
typedef Err verb_again(Cx *, const Req *, Resp *, Str wrong, int status);
Err verb_answer(
    Cx *, const Req *, Resp *, Err, verb_again *, const char *page, const char *part) MUST_CHECK;
/* Who wrote a version: a name, or the operator. */
Str edit_by(Cx *, int64_t person);
/* A version's line, with who wrote it and whether it begins after today. */
struct history_line edit_version(Cx *, struct history_line, int64_t by);
