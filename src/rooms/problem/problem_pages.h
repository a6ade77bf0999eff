/* problem_pages.h — what the pages of 问题台账 are given: the room's views (problem_view.h) with
 * what a page needs beside them, addresses, choices and keys.  Made by the *_web.c, shown by the
 * *.html. */
#pragma once
#include "rooms/assess/assess_me.h"
#include "rooms/campaign/campaign.h"
#include "rooms/climb/climb.h"
#include "rooms/problem/problem_receipt.h"
#include "rooms/problem/problem_same.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town_near.h"
#include "web/qr.h"
#include "web/respond.h"
#include "web/route.h"

/* One choice of a select or a row of chips. */
struct pick {
    Str value, label, icon;
    bool chosen;
};
struct picks {
    const struct pick *at;
    size_t n;
};

/* A picture that has been taken in already, sent again by a form that came back. */
struct kept_photo {
    Str value; /* its hash */
};
struct kept_photos {
    const struct kept_photo *at;
    size_t n;
};

/* One of a person's own receipts, kept by this browser. */
struct mine_row {
    Str code, shown, title;
    Text state;
    const char *state_code;
    int64_t at;
};
struct mine_rows {
    const struct mine_row *at;
    size_t n;
};
/* A village with its places, for the list. */
struct place_group {
    Str village;
    struct picks places;
};
struct place_groups {
    const struct place_group *at;
    size_t n;
};

/* ---- /report */
struct report_view {
    const struct shell *shell;
    Str key, say;    /* say: what is wrong; empty: nothing yet */
    const char *bad; /* the field it is about: "unit" "category" "place" "body" "phone" "photo" */
    bool staff, fix; /* fix: 即查即改 */
    struct picks tiles, finer, units, sources, phrases;
    struct place_groups places;
    struct mine_rows mine;
    struct kept_photos kept, kept_after;
    Str body, place, phone, name, lat, lon, datum, accuracy, source, said;
    Str known_place, known_place_name, known_village; /* from a plate's code; empty: none */
    Str plate;
    int64_t town;
    bool not_to_village, entered_for;
    Str tel; /* the office's telephone; empty */
};

/* ---- /report/near */
struct near_row {
    const struct near_place *p;
    const char *datum; /* in which reading it lies there: "wgs84" "gcj02" */
};
struct near_rows {
    const struct near_row *at;
    size_t n;
    bool first; /* of the reading that a browser should mean: its nearest is chosen */
};
struct near_view {
    const struct shell *shell;
    const struct nearest *n;     /* in the first reading */
    const struct nearest *other; /* in the second one, where it says something else; NULL */
    struct near_rows rows, others;
    Str tel;
};

/* ---- beside and after /report: is it this one? */
struct step_like {
    int64_t id, metres, at;        /* metres -1: not known */
    Str title, where, body, photo; /* photo: its path; empty: none that may be shown */
    Text state;
    const char *state_code;
    int64_t n_others, n_days; /* n_days: since it was reported */
    bool same_place, same_words;
};
struct step_view {
    const struct shell *shell;
    Str key;
    struct {
        const struct step_like *at;
        size_t n;
    } likes;
    struct pairs fields; /* all that was typed, as it came */
    struct kept_photos photos;
};

/* ---- / and /p */
struct home_view {
    const struct shell *shell;
    Str code, say, tel, key;
    struct mine_rows mine;
};

/* ---- /duplicates */
struct same_row {
    const struct same_pair *pair;
    Str key;
};
struct merged_row {
    const struct same_merged *m;
    Str key;
};
struct same_view {
    const struct shell *shell;
    struct {
        const struct same_row *at;
        size_t n;
    } pairs;
    struct {
        const struct merged_row *at;
        size_t n;
    } merged;
};

/* ---- /receipts */
struct receipts_view {
    const struct shell *shell;
    Str say, tail, reason;
    const char *bad;
    struct {
        const struct receipt *at;
        size_t n;
    } rows;
    bool asked;
};

/* ---- /p/CODE */
struct follow_photo {
    Str small, large; /* empty: none */
    int64_t at;
    bool after;
};
struct follow_view {
    const struct shell *shell;
    const struct problem_follow *f;
    Str key, say, tel;
    const char *bad;
    struct follow_photo before, after; /* the first and the last, side by side */
    struct {
        const struct follow_photo *at;
        size_t n;
    } photos; /* all, oldest first */
    struct {
        const struct problem_step_shown *at;
        size_t n;
    } steps;
    struct problem_events events; /* newest first */
    bool closed, open, fresh;     /* fresh: just sent */
    bool can_add, can_withdraw, can_ask_again;
    Str qr, url; /* the d of the code's path, 0 0 n n */
    int64_t qr_size;
    Str aloud, thanked; /* the code as one says it; what was said in thanks */
    bool can_thank, mine;
    struct picks thanks;
};

/* ---- /problems */
struct pairs_shown {
    const struct pair *at;
    size_t n;
};
struct list_view {
    const struct shell *shell;
    struct problem_cards cards;
    struct {
        const struct saved_view *at;
        size_t n;
    } saved;
    struct {
        const struct problem_state_n *at;
        size_t n;
    } states;
    int64_t n, n_open;
    struct picks villages, focuses, state_picks, sources, holders, orders, campaigns;
    Str q, figure, part, from_on, until_on;
    int64_t since;
    Str next, first, csv, json; /* addresses; empty: none */
    Text order;
    bool filtered;
    bool may_dispatch, may_pass, may_accept, may_urge; /* of what is chosen, by one's posts */
    bool may_batch;                                    /* any of them */
    struct {
        const struct own_view *at;
        size_t n;
    } own;
    struct pairs_shown kept; /* the filter as it stands, for the form that keeps it */
};
struct own_view {
    int64_t id;
    Str name, path;
};
struct saved_view {
    Str path;
    Text label;
    int64_t n;
    bool amber, chosen;
};

/* ---- /problems/batch */
struct batch_row {
    int64_t id;
    Str title, why, key; /* why: it cannot be done; empty */
    Str nearest;         /* who gets it when each goes to its own; empty: not asked */
    bool may;
};
struct batch_view {
    const struct shell *shell;
    const char *verb;
    Text label;
    struct {
        const struct batch_row *at;
        size_t n;
    } rows;
    struct problem_options handlers;
    int64_t n_may, n_not;
    bool done;
};

/* ---- /problems/ID */
struct verb_row {
    const struct problem_verb *verb;
    Str key, icon, hint;
    bool open;
    struct problem_inputs inputs;
    struct kept_photos kept; /* with what was typed, when it came back */
    const char *bad;         /* the input that was wrong, NULL: none; say: what would be right */
    Str say, phrase;
};
struct photo_row {
    int64_t id, at;
    Str kind;
    Str by;
};
struct detail_view {
    const struct shell *shell;
    const struct problem_detail *d;
    struct {
        const struct verb_row *at;
        size_t n;
    } deciding, verbs; /* deciding: grant and refuse of what is asked */
    struct {
        const struct photo_row *at;
        size_t n;
    } photos;
    struct problem_events events; /* newest first */
    Str say, like_key;            /* say: why it came back */
    const char *bad;
    bool may_merge;
    struct problem_reporters reporters;
    struct campaign_names campaigns; /* 专项行动 it carries */
    Text severity, difficulty;
};

/* ---- /me */
struct me_row {
    const struct problem_card *card;
    Str key;
    const char *verb; /* the big one; NULL: none */
    Text label;
    Str icon;
    struct picks phrases;
    bool open, photo, direct; /* photo: a picture is asked for; direct: one tap does it */
};
struct me_rows {
    const struct me_row *at;
    size_t n;
};
struct me_given {
    int64_t id, n_late; /* days past its day */
    Str text, due_on;
    bool reported;
};
struct me_view {
    const struct shell *shell;
    const struct problem_me *me;
    struct me_rows todo, asks, unfiled, unverified;
    struct problem_thanks thanks;   /* 收到的感谢 */
    const struct assess_me *judged; /* 本村红黑旗 and what follows from a flag */
    struct climb_lines climbs;      /* what was late with others and has climbed to me */
    struct {
        const struct me_given *at;
        size_t n;
    } given;         /* 交办: what a meeting gave me and is not closed */
    int64_t n_wait;  /* rows of asks, unfiled, unverified */
    int64_t n_given; /* of given, what I have not reported yet */
    Str today;
    bool may_fix;
};

/* ---- /board */
struct kpi {
    Text label;
    Str path, shown, note;
    bool warn;
};
struct focus_row {
    Str focus, path;
    Text label;
    int64_t n, of, width;
};
struct rank_row {
    int64_t rank, n_open, n_overdue;
    Str name, path, open_path, late_path, num_path, den_path, closing, on_time, shade;
    int64_t num, den;
};
struct rank_rows {
    const struct rank_row *at;
    size_t n;
};
struct week_bar {
    int64_t x, x2, mid, y, h, y2, h2, reported, closed;
    Str label;
};
struct board_view {
    const struct shell *shell;
    const struct problem_board *b;
    struct {
        const struct kpi *at;
        size_t n;
    } five;
    struct {
        const struct focus_row *at;
        size_t n;
    } focus;
    struct rank_rows villages, upper, lower; /* the ranking in two halves */
    struct {
        const struct week_bar *at;
        size_t n;
    } weeks;
    struct {
        const struct problem_figure *at;
        size_t n;
    } rates;
    struct problem_events news; /* the first few */
    int64_t n_late;             /* overdue ones among those to press for */
    int64_t max;
};

/* ---- handlers, by file */
/* problem_form.c: what forms carry. */
/* The town of a form is that of its unit; of an empty one that of ?unit= or ?town=, as a plate or a
 * link has it.  Signed in, one's own town stands. */
void town_of_form(Cx *, int64_t unit, int64_t town);
Err form_fields(Cx *, const Req *, struct problem_fields *) MUST_CHECK;
struct kept_photos kept_of(Cx *, struct photo_hashes);
/* A fixed number of choices, the one with that value chosen. */
struct choice_row {
    const char *value;
    Text label;
};
struct picks picks_of(Cx *, const struct choice_row *, size_t n, Str chosen);
struct picks village_picks(Cx *, Str chosen, Text all); /* all {0}: no such row */
struct problem_events newest_first(Cx *, const struct problem_events *);

Err home_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err find_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err follow_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err follow_json_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err follow_verb_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_report_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_report_post(Cx *, const Req *, Resp *) MUST_CHECK;
/* What was typed, without pictures and position; the position: ERR_INVALID "lat" "lon". */
void report_typed(Cx *, const Req *, struct problem_new *);
Err report_position(Cx *, const Req *, struct problem_new *) MUST_CHECK;
Err near_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err photos_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err photos_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err mine_forget_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err same_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err receipts_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err receipts_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err receipt_png_get(Cx *, const Req *, Resp *) MUST_CHECK;
/* problem_like_web.c: what is like the report that has come; n 0: nothing, or they were asked. */
Err like_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err likes_asked(Cx *, const Req *, const struct problem_new *, struct step_view *) MUST_CHECK;
Err step_show(Cx *, const Req *, Resp *, const struct problem_new *, struct step_view *) MUST_CHECK;
/* problem_mine_web.c: the receipts that this browser keeps, sealed, in the cookie "mine". */
struct mine_rows mine_of(Cx *, const Req *);
bool mine_has(Cx *, const Req *, Str code);
void mine_add(Cx *, const Req *, Resp *, Str code);
Err problem_fix_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_fix_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_csv_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_json_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_view_post(Cx *, const Req *, Resp *);
Err problem_view_drop_post(Cx *, const Req *, Resp *);
Err problem_batch_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_batch_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_detail_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_verb_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_me_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err problem_board_get(Cx *, const Req *, Resp *) MUST_CHECK;

extern const struct route problem_routes[];
extern const struct menu_item problem_menu[];
