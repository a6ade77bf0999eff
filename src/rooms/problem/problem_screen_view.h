/* problem_screen_view.h — 防滥用与保护 as its pages see it. */
#pragma once
#include "rooms/problem/problem_screen.h"
#include "rooms/problem/problem_view.h"
#include "web/respond.h"
#include "web/route.h"

struct screen_list_view {
    const struct shell *shell;
    struct screen_rows rows;
    Str key;
};
struct screen_one_view {
    const struct shell *shell;
    int64_t id;
    struct screen_state state;
    Str title, body, key, say, typed;
};
struct screen_stub_view {
    const struct shell *shell;
    struct screen_stubs stubs;
    Str tel;
};
struct screen_unit {
    int64_t code;
    Str name;
    bool chosen;
};
struct retaliation_view {
    const struct shell *shell;
    struct {
        const struct screen_unit *at;
        size_t n;
    } units;
    Str key, say, body, phone, tel;
    const char *bad;
};

Err screen_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err screen_one_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err screen_verb_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err screen_hidden_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err retaliation_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err retaliation_post(Cx *, const Req *, Resp *) MUST_CHECK;
