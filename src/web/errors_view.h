/* errors_view.h — 出错页: what a page shows when there is no other. */
#pragma once
#include "web/respond.h"

struct typed_field {
    Str name, value;
    bool readable; /* words of the person: shown, not only kept */
};
struct typed {
    const struct typed_field *at;
    size_t n;
};
struct error_view {
    const struct shell *shell;
    int status;
    Str title, say, id; /* id: under which the log has it; empty: nothing to tell the office */
    Str wait;           /* "请在 30 秒后再试"; empty: none */
    struct typed typed;
    bool has_readable;
    bool again; /* the typed fields stand in a form that sends them again */
    const char
        *first; /* … after signing in or proving who one is: that page's path; NULL: at once */
    const char *back; /* a way onward, and its name */
    Text back_label;
};
