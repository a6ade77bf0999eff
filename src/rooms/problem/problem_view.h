/* problem_view.h — 问题台账 as its pages see it: cards, one matter, whose turn it is, the board.
 *
 * All of it is read in cx->me's scope; what needs no account says so.  Times are ms UTC, labels are
 * Text or already in cx->lang. */
#pragma once
#include "base/pairs.h"
#include "rooms/attachment/attachment.h"
#include "rooms/category/category.h"
#include "rooms/problem/problem.h"
#include "store/log.h"

/* ---- lists */
struct problem_button {
    const char *verb;
    Text label;
    const char *needs, *may; /* names of problem_fields, with blanks between */
    bool big;                /* the one expected now */
};
struct problem_buttons {
    const struct problem_button *at;
    size_t n;
};

struct problem_card {
    int64_t id, version, unit, village, place;
    Str number;              /* empty before filing */
    Str village_name, where; /* 南王村 · 北砖厂路口 */
    Str title;               /* the category's name at the place: what a list is read by */
    Str body;
    Str category, category_name; /* the name in cx->lang */
    Str category_word;           /* the town's own word, whatever the language */
    Str focus;                   /* "road" "look" "air"; empty */
    enum problem_state state;
    const char *state_code; /* "handling" */
    Text state_label;
    int64_t severity, difficulty;
    int64_t handler;            /* 0: nobody has it */
    Str handler_name;           /* "两委干部 孙八"; empty: nobody */
    int64_t photo, photo_after; /* attachment ids of the first before and the last after; 0: none */
    int64_t reported_at;
    int64_t next_at; /* when its next move is due (filing, dispatch, the limit, verification …) */
    int64_t due_at;  /* the limit's end; 0: no clock yet */
    bool overdue;
    int64_t work_order; /* 先易后难: higher first */
    Str why; /* the sum in words: 易办，已超期，另有 2 件并入，群众上报，立案 12 个工作日 */
    const char *ask; /* "extend" "suspend" "void"; NULL: nothing asked */
    int64_t rework, n_merged;
    Str campaign;                   /* 专项行动 it carries, all of them; empty: none */
    bool hidden;                    /* with the office alone */
    struct problem_buttons buttons; /* cx->me's, the big one first; only problem_me() fills it */
};
struct problem_cards {
    const struct problem_card *at;
    size_t n;
    int64_t after; /* give it back in .after for the next page; 0: that was all */
};

enum problem_order {
    FIRST_BY_WORK, /* 先易后难 */
    FIRST_BY_DUE,  /* 期限近的先 */
    FIRST_LATEST,  /* 最近上报先 */
};
/* Filters of /problems.  {0}: all that is open. */
struct problem_filter {
    int64_t village; /* 0: all */
    Str state;       /* a code; empty: those that are open; "all" */
    Str focus, category, source;
    int64_t handler;  /* a person; 0: any */
    int64_t campaign; /* 专项行动 it carries; 0: any */
    bool nobody;      /* 没人承办 */
    bool overdue;     /* 超期 */
    bool due_today;   /* 今天到期 */
    bool my_asks;     /* 等我批: something is asked that cx->me may decide */
    bool reworked;    /* 返工过 */
    bool today;       /* reported today */
    Str q;            /* number, code, words of place and text */
    /* rows behind a figure of the board or of the rates: problem_rates() writes these */
    Str figure;            /* "filing" "closing" "on_time" …; empty: none */
    Str part;              /* "num" "den" */
    Str from_on, until_on; /* days, inclusive: the figure's period */
    int64_t since;         /* ms: from that instant until now instead (晨报); 0: those days */
    enum problem_order order;
    int64_t after; /* id of the last row seen */
    int64_t limit; /* 0: 50 */
};
/* Whether any of cx->me's posts has that verb somewhere; the step itself looks at each matter. */
bool problem_has_step(const Cx *, const char *verb);
Err problem_filter_read(Cx *, struct pairs query, struct problem_filter *) MUST_CHECK;
Str problem_filter_query(Cx *, const struct problem_filter *); /* "village=…&overdue=1" */
Err problem_cards(Cx *, const struct problem_filter *, struct problem_cards *) MUST_CHECK;
/* How many rows that filter has in cx->me's scope (order, after and limit do not count). */
Err problem_n(Cx *, const struct problem_filter *, int64_t *n) MUST_CHECK;

/* The saved views above the list, with counts: all open, nobody, overdue, due today, my asks, to
 * verify, suspended, reworked. */
struct problem_saved {
    const char *name;
    Text label;
    int64_t n;
    struct problem_filter filter;
    Str query;
    bool amber; /* shown amber when n > 0 */
};
struct problem_state_n;
struct problem_saveds {
    const struct problem_saved *at;
    size_t n;
    const struct problem_state_n *states; /* of the whole town, as problem_states_n(0) */
    size_t n_states;
};
/* All counts from one pass over what is open. */
Err problem_saved_views(Cx *, struct problem_saveds *) MUST_CHECK;
/* 我的视图: cx->me's own filters, named and kept; the same name again replaces. */
struct problem_own {
    int64_t id;
    Str name, query;
};
struct problem_owns {
    const struct problem_own *at;
    size_t n;
};
Err problem_own_views(Cx *, struct problem_owns *) MUST_CHECK;
Err problem_own_keep(Cx *, Str name, const struct problem_filter *) MUST_CHECK;
Err problem_own_drop(Cx *, int64_t id) MUST_CHECK; /* ERR_NOT_FOUND */
/* 未结 38 件 = 待立案 3 + 待派遣 2 + …: one count an open state, in order. */
struct problem_state_n {
    const char *code;
    Text label;
    int64_t n;
};
Err problem_states_n(Cx *, int64_t village, const struct problem_state_n **, size_t *n) MUST_CHECK;

/* ---- one matter */
struct problem_option {
    Str value, label;
};
struct problem_options {
    const struct problem_option *at;
    size_t n;
};
/* A verb's form: its fields in order, each with choices where there are some. */
struct problem_input {
    const char *name; /* "text" "reason" "handler" "photo" "until" "review_on" … */
    Text label;
    const char *type; /* "text" "lines" "choice" "photos" "time" "day" "unit" "number" */
    bool required;
    struct problem_options options; /* of a choice; of lines: 常用语 */
    Str typed;                      /* what the form brought when it came back */
};
struct problem_inputs {
    const struct problem_input *at;
    size_t n;
};
struct problem_verb {
    struct problem_button button;
    struct problem_inputs inputs;
};
struct problem_verbs {
    const struct problem_verb *at;
    size_t n;
};

/* The deadline as a sum: each line is one addend, in order. */
struct clock_line {
    Text label;       /* 开始 时限 暂停 补回 延期 放假 到期 */
    int64_t from, to; /* ms; to 0: an instant */
    Str note;         /* 3 个工作日 / 挂账：等供电所停电 / 端午 */
};
struct clock_lines {
    const struct clock_line *at;
    size_t n;
};
struct clock_rung {
    int64_t at;
    int level;
    Str who; /* "孙八、书记 钱七" */
    bool passed;
};
struct clock_rungs {
    const struct clock_rung *at;
    size_t n;
};
struct problem_clock_view {
    bool running, paused, overdue;
    int64_t start_at, due_at, first_due_at; /* first_due_at: before a redispatch; 0 */
    int64_t left_ms;                        /* working time that is left; natural for u limits */
    int64_t late_days;                      /* working days over it */
    Str limit;                              /* "3 个工作日" */
    Str left;                               /* "6 小时 20 分工作时间" */
    int64_t rule_version;
    int64_t guessed_year; /* 0; else the calendar of that year has no data */
    struct clock_lines sum;
    struct clock_rungs rungs; /* 再不办，会告诉谁 */
};

struct problem_addend {
    Text label; /* 紧急程度 难易 立案 超期 重复 群众上报 */
    int64_t n;
    Str note; /* 3 个工作日 */
};
struct problem_addends {
    const struct problem_addend *at;
    size_t n;
    int64_t sum;
};

/* One line of the history. */
struct problem_event {
    int64_t seq, at;
    const char *verb; /* "dispatch" */
    Text label;       /* 派遣 */
    Str who; /* staff see post and name, the public post + 姓 + 同志; the reporter: 上报人 */
    Str said;
    Str from, to; /* states' codes */
};
struct problem_events {
    const struct problem_event *at;
    size_t n;
};

struct problem_asked {
    const char *about; /* "extend"; NULL: nothing is asked */
    Text label;
    int64_t by, at;
    Str by_name, reason, text, plan;
    int64_t until; /* extend */
    Str review_on; /* suspend */
    int64_t no;    /* the how-manyth */
    bool mine;     /* cx->me may decide it */
};

struct problem_like { /* a likely duplicate */
    struct problem_card card;
    int64_t metres; /* -1: not known */
    bool same_place;
};
struct problem_likes {
    const struct problem_like *at;
    size_t n;
};

/* One as people without an account may see it who are asked whether it is theirs: never what was
 * typed for the place, words once they were released, a picture once somebody has looked at the
 * matter, cleared one by one where it shows a home. */
struct problem_shown {
    Str title, where, body; /* body: empty until released */
    const char *state_code;
    Text state_label;
    int64_t reported_at, photo, n_others; /* photo 0: none */
};
Err problem_shown(Cx *, int64_t id, struct problem_shown *) MUST_CHECK;

struct problem_detail {
    struct problem_card card;
    int64_t filed_at, dispatched_at, accepted_at, handled_at, closed_at, told_at;
    Str source; /* code */
    Text source_label;
    Str reporter;       /* "匿名" / "上报人（已留电话）": never the name itself */
    Str reporter_phone; /* masked, staff of the office only; else empty */
    bool reporter_reachable, entered_for;
    Str chain;                         /* text frozen at dispatch; empty before */
    struct problem_options chain_rows; /* value: "包村科级干部", label: "王五" */
    Str result;                        /* of the last feed back */
    Str verifier;                      /* name */
    Str evaluation, answer;            /* codes; empty */
    Str outcome, outcome_text;         /* why rejected, voided, transferred, suspended */
    int64_t merged_into;
    OptI64 lat, lng;
    Text located; /* how the place was found; {0}: not known */
    Str given;    /* "34.912345,113.513307 GCJ-02", to the office alone, a month long; else empty */
    int64_t given_m; /* as exact as the phone says; 0: it does not */
    Str ext_no;
    struct attachments photos; /* all, oldest first; kind "before" "after" "check" "add" */
    struct problem_clock_view clock;
    struct problem_addends order;
    struct problem_asked asked;
    struct problem_likes likes;   /* only while it is not filed or dispatched */
    struct problem_cards merged;  /* those merged into it */
    struct problem_events events; /* oldest first */
    struct problem_verbs verbs;   /* cx->me's, the expected one first */
    Str expected;                 /* a sentence: why the expected verb is not there; empty */
    Str last_hash;                /* hex of the newest event */
};
Err problem_detail(Cx *, int64_t id, struct problem_detail *) MUST_CHECK;
/* Whom a problem can be dispatched to: value the person's id, label "两委干部 孙八", nearest first.
 */
Err problem_handlers(Cx *, int64_t id, struct problem_options *) MUST_CHECK;
/* Codes and words a verb's reason may have ("return": not_here …). */
struct problem_reason {
    const char *code;
    Text label;
};
const struct problem_reason *problem_reasons(const char *verb); /* ends with {0}; NULL: none */
Text problem_source_label(Str code);

/* ---- by receipt code, without an account: no personal data, public names only */
struct problem_step_shown {
    Text label; /* 已上报 已受理 已办理 待您确认 / 已结案 */
    int64_t at; /* 0: not yet */
    bool now;
};
struct problem_follow {
    int64_t id, own; /* own: what the code was given for; not id where it follows another */
    Str code;        /* 12 digits */
    Str code_shown;  /* 4820 1937 5602 */
    bool follows;    /* another's report has the answer; of that one's reporter nothing is told */
    Str title, where, body; /* body: their own words */
    Str waits; /* why the office looks at it first, in words; empty: it need not wait */
    enum problem_state state;
    const char *state_code;
    Text state_label;
    struct problem_step_shown steps[4];
    Str turn;           /* "镇包村部门 赵同志": who has it now, post + 姓; empty: nobody */
    int64_t promise_at; /* 答应您的时间; 0: no promise yet */
    Str promise;        /* "3 个工作日" */
    struct problem_clock_view clock;
    int64_t photo_before, photo_after; /* attachment ids; 0: none */
    Str result;
    struct attachments photos;
    struct problem_events events; /* without what is said among staff */
    struct problem_verbs verbs;   /* withdraw ask_again comment answer reopen evaluate */
    bool can_answer, can_reopen, can_evaluate;
    int64_t reopen_until; /* 0 */
    Str answer, evaluation;
    Str plan; /* of a suspension, with its day */
    Str review_on;
    Str outcome, outcome_text;
    Str phone_tail;       /* last four digits left with the report; empty */
    int64_t n_neighbours; /* others merged into it */
    Str last_hash;
};
/* Sets cx->town_id.  ERR_NOT_FOUND: no such code.  Opening the page of a closed one tells the
 * reporter: call problem_told_own(cx, own) when .state is CLOSED. */
Err problem_follow(Cx *, Str code, struct problem_follow *) MUST_CHECK;
/* The reporter's own data goes: the key is destroyed. */
Err problem_forget_reporter(Cx *, Str code) MUST_CHECK;

/* ---- /me */
struct problem_me {
    int64_t n_hand, n_overdue, n_today; /* 手上 5 件：超期 1，今天到期 2 */
    struct problem_cards todo;          /* 先易后难, each with its buttons */
    struct problem_cards asks;          /* waiting for cx->me's decision */
    struct problem_cards unfiled;       /* to file or to dispatch, with next_at */
    struct problem_cards unverified;
};
Err problem_me(Cx *, struct problem_me *) MUST_CHECK;

/* ---- the board and the rates */
struct problem_figure {
    const char *name;
    Text label;
    int64_t n, of;                  /* of: the denominator; -1: a plain count */
    Str shown;                      /* "87.80%" "—" "38" */
    struct problem_filter num, den; /* opens the rows counted */
    Str num_query, den_query;
};
struct problem_rates {
    int64_t village; /* 0: the town */
    Str village_name;
    struct problem_figure at[10]; /* filing closing on_time rework satisfied evaluated extended
                                     hours suspended public */
    int64_t n_voided, n_fixed;    /* their own counts */
};
struct problem_ranked {
    int64_t village, n_open, n_overdue, rank;
    Str name;
    struct problem_figure closing, on_time;
};
struct problem_board {
    Str from_on, until_on;         /* the period: this month */
    struct problem_figure five[5]; /* registered mended today overdue to_verify */
    struct problem_figure mended_rate;
    struct problem_figure focus[3];        /* road look air: mended of registered */
    const struct problem_ranked *villages; /* best first */
    size_t n_villages;
    struct problem_cards press; /* 今日督办: latest first */
    struct problem_events news;
    int64_t weeks[8][2]; /* reported, closed; oldest week first */
    struct problem_rates rates;
};
Err problem_board(Cx *, struct problem_board *) MUST_CHECK;
/* By village, and first the town's own line. */
Err problem_rates(
    Cx *, Str from_on, Str until_on, const struct problem_rates **, size_t *n) MUST_CHECK;
