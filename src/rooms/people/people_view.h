/* people_view.h — what the pages of the room people show. */
#pragma once
#include "rooms/people/people.h"
#include "web/respond.h"

/* A form that comes back: what is wrong, and at which field. */
struct wrong {
    const char *field; /* "": nothing */
    Str say;
};

struct login_view {
    const struct shell *shell;
    Str key, login, next;
    struct wrong wrong;
    bool asks_code, nobody_yet;
};

struct prove_view {
    const struct shell *shell;
    Str next;
    struct wrong wrong;
    bool has_totp;
};

struct held_post {
    Text label;
};
struct account_view {
    const struct shell *shell;
    Str name, login, lang; /* lang: "" "zh" "en" */
    int64_t version;
    struct sessions sessions;
    struct totp_state second;
    struct wrong wrong;
    bool done;
    struct {
        const struct held_post *at;
        size_t n;
    } posts;
};

struct totp_view {
    const struct shell *shell;
    struct totp_state second;
    bool begun;
    Str secret, path; /* path: the QR code's dark squares */
    int64_t size;     /* modules with the quiet zone */
    struct wrong wrong;
    struct recovery_codes codes; /* shown once */
};

struct person_line_view {
    int64_t id;
    Str name, login, posts;
    bool disabled, has_account;
};
struct people_view {
    const struct shell *shell;
    struct {
        const struct person_line_view *at;
        size_t n;
    } people;
    Str q;
    int64_t n_all;
    bool may_add;
};

struct term_view {
    int64_t id, unit;
    Text post, kind;
    Str where, from_on, to_on, paper_no;
    bool now, acting;
};
struct person_view {
    const struct shell *shell;
    int64_t id, version;
    Str name, login, phone; /* phone: masked */
    bool disabled, has_account, may_edit, second;
    struct {
        const struct term_view *at;
        size_t n;
    } terms;
    struct {
        const struct event_line *at;
        size_t n;
    } events;
    Str link; /* an invitation, shown once */
    struct wrong wrong;
};
struct event_line {
    int64_t at;
    Text what;
    Str who;
};

struct person_form_view {
    const struct shell *shell;
    Str key, login, name, phone;
    struct wrong wrong;
};

struct invite_view {
    const struct shell *shell;
    Str key, token, name, login;
    struct wrong wrong;
    bool gone;
};

struct setup_view {
    const struct shell *shell;
    Str key, code;

    Str name1, login1, name2, login2, name3, login3;
    struct wrong wrong;
    bool gone, done;
    Str link2, link3;
};
