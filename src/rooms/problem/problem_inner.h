/* problem_inner.h — between the files of this room.
 *
 * A verb runs so: the case is opened (problem_find.c), the table says who may (problem_steps.c),
 * the row's rule checks and sets what changes (problem_rule*.c), the case is settled: whose turn,
 * until when, what is watched (problem_settle.c), and moved by one guarded statement (problem.c).
 */
#pragma once
#include "base/secret.h"
#include "base/steps.h"
#include "gen/sql_problem.h"
#include "rooms/category/category.h"
#include "rooms/climb/climb.h"
#include "rooms/problem/problem.h"
#include "rooms/problem/problem_clock.h"
#include "store/db.h"
#include "store/log.h"
#include "store/submit.h"

typedef struct sql_problem_case_row Case;

struct acting {
    int64_t id;
    Str verb;
    const struct problem_fields *in;
    bool by_code;  /* the receipt code opened it */
    bool follower; /* by the code of one that was merged into it */
    int64_t own;   /* the problem the code was given for */
    const struct step *step;
    uint32_t posts;             /* what cx->me is to it */
    Case p;                     /* as found */
    struct sql_problem_move to; /* what it becomes */
    const struct calendar *cal;
    struct category category; /* of to.category */
    Str said;                 /* for the log; the rule may write it */
    bool new_clock;           /* due_at or start changed: its watches too */
    bool fresh;               /* its row is being made: nothing hangs on it yet */
    int64_t step_at;          /* when its next step is due */
};

/* A step's flags. */
enum {
    IS_BIG = 1,      /* the one expected in its state */
    SAYS_PUBLIC = 2, /* what was said stands on the reporter's page */
    BY_RULE = 4,     /* never a button */
};

extern const struct option problem_states[];
extern const struct step problem_steps[];
extern const struct field problem_form[];
extern const struct option problem_sources[];
Str state_code(enum problem_state);
bool state_live(enum problem_state);
const struct step *problem_step_named(Str verb); /* the first row; NULL */
/* "follower_comment": who says it holds the receipt of a report merged into this one. */
#define FOLLOWER "follower_"
bool said_by_follower(Str verb);
Text problem_verb_label(Str verb);               /* also report, auto_file, fix_on_spot … */

/* ---- problem_find.c */
/* cx->me sees it: ERR_NOT_FOUND. */
Err case_open(Cx *, int64_t id, Case *) MUST_CHECK;
Err case_any(Cx *, int64_t id, Case *) MUST_CHECK; /* nobody is asked: a job, a receipt code */
/* The one that a merged case is dealt with under, itself where it is none. */
Err case_root(Cx *, int64_t id, Case *) MUST_CHECK;
/* It and all that was merged into it and below, at most BRANCH_MAX; the case itself first. */
enum { BRANCH_MAX = 400 };
struct case_ids {
    const int64_t *at;
    size_t n;
};
Err case_branch(Cx *, int64_t id, struct case_ids *) MUST_CHECK;
/* What cx->me is to it: posts over its place, IS_HANDLER, and nothing of a village's where it is
 * with the office alone. */
Err case_posts(Cx *, const Case *, uint32_t *) MUST_CHECK;
/* Whether cx->me is on duty for it: urgent, not taken up yet. */
Err case_on_duty(Cx *, const Case *, bool *) MUST_CHECK;
struct standing case_standing(const Cx *, const Case *, uint32_t posts);
struct time_limit case_limit(const Case *); /* n 0: no clock */
bool case_overdue(const Case *, int64_t now);
Str case_title(Cx *, const Case *, const struct category *); /* 南王村口 暴露垃圾 */
Str case_where(Cx *, int64_t unit, OptI64 place, Str place_text);

/* ---- problem_settle.c */
struct sql_problem_move case_move(const Case *);
/* Whose turn, when, live, rank, watches; after the rule, before the move. */
Err case_settle(Cx *, struct acting *) MUST_CHECK;
/* The same in two: what the row says, and what hangs on the row: watches, notices. */
Err case_plan(Cx *, struct acting *) MUST_CHECK;
Err case_hang(Cx *, struct acting *) MUST_CHECK;
/* New watches for the limit of a case that was just inserted or moved. */
Err watch_limit(Cx *, const struct calendar *, int64_t id, int64_t start, int64_t due,
    struct time_limit) MUST_CHECK;
enum clock_step { STEP_FILE, STEP_DISPATCH, STEP_ACCEPT, STEP_VERIFY, STEP_TELL };
int64_t step_due(Cx *, const struct calendar *, enum clock_step, bool urgent);
/* The post that has a matter at that level of the unit, or of the first filled level above. */
Err turn_post(Cx *, int64_t unit, int level, Str *post) MUST_CHECK;

/* Ranked anew, nothing else; a level above has the matter in its list too. */
Err case_rank(Cx *, const Case *, const struct calendar *) MUST_CHECK;
Err case_turn(Cx *, const Case *, int level) MUST_CHECK;

Text ask_label(Str about); /* 申请延期 … */

/* ---- problem.c */
/* Run a verb inside a transaction on an opened case; the posts are set. */
Err act_on(Cx *, struct acting *) MUST_CHECK;
/* Add photos with commas to the record; the last one's id, 0: none. */
Err photos_add(
    Cx *, int64_t id, int64_t unit, const char *kind, Str hashes, int64_t *last) MUST_CHECK;
/* The house itself does a verb: file, dispatch, pass, resume. */
Err act_by_rule(Cx *, int64_t id, Str verb, const struct problem_fields *) MUST_CHECK;

/* ---- problem_report.c */
/* Where a report goes by itself once nothing holds it back: under the one that its reporter knows
 * it to be (same_as; 0: none), or filed and dispatched by rule, or nowhere yet. */
Err report_goes_on(Cx *, int64_t id, int64_t same_as) MUST_CHECK;

/* ---- problem_reporter.c */
/* The receipt's row; name and phone under a key of this report alone. */
Err reporter_keep(Cx *, int64_t id, const struct problem_new *, Str code) MUST_CHECK;
/* The last four digits of the phone that was left; empty: none, or erased. */
Err reporter_tail(Cx *, const struct sql_problem_trail_reporter_row *, Str *tail) MUST_CHECK;
/* Everybody below that case has been told. */
Err reporters_told(Cx *, int64_t root) MUST_CHECK;

/* ---- rules: what the table cannot say */
Err rule_file(Cx *, void *);
Err rule_reject(Cx *, void *);
Err rule_ask_again(Cx *, void *);
Err rule_merge(Cx *, void *);
Err rule_unmerge(Cx *, void *);
Err rule_transfer(Cx *, void *);
Err rule_take_back(Cx *, void *);
Err rule_recategorise(Cx *, void *);
Err rule_dispatch(Cx *, void *);
Err rule_accept(Cx *, void *);
Err rule_return(Cx *, void *);
Err rule_reassign(Cx *, void *);
Err rule_redispatch(Cx *, void *);
Err rule_guarded(Cx *, void *);
Err rule_extend_ask(Cx *, void *);
Err rule_extend_grant(Cx *, void *);
Err rule_suspend_ask(Cx *, void *);
Err rule_suspend_grant(Cx *, void *);
Err rule_void_ask(Cx *, void *);
Err rule_void_grant(Cx *, void *);
Err rule_refuse(Cx *, void *);
Err rule_resume(Cx *, void *);
Err rule_feed_back(Cx *, void *);
Err rule_pass(Cx *, void *);
Err rule_fail(Cx *, void *);
Err rule_answer(Cx *, void *);
Err rule_reopen(Cx *, void *);
Err rule_evaluate(Cx *, void *);
Err rule_told(Cx *, void *);
Err rule_thank(Cx *, void *);
Err rule_urge(Cx *, void *);
Err rule_comment(Cx *, void *);
/* What a rule refuses without looking at the form; the buttons ask it too. */
Err rule_may(Cx *, const struct acting *, const struct step *) MUST_CHECK;

/* ---- problem_hand.c: handlers, holders, chain */
enum {
    /* who a problem can be dispatched to */
    HANDLERS = HAS(POST_DEPT) | HAS(POST_SECRETARY) | HAS(POST_CADRE) | HAS(POST_GRID_KEEPER)
               | HAS(POST_CONTRACTOR),
    VILLAGE_POSTS = HAS(POST_SECRETARY) | HAS(POST_CADRE) | HAS(POST_GRID_KEEPER),
    DISPATCHERS = HAS(POST_SECRETARY) | HAS(POST_DEPT) | OFFICE_POSTS,
};
/* Who holds such a post over the unit, nearest first, then over any part of its village. */
Err village_holders(Cx *, int64_t unit, uint32_t posts, struct holders *) MUST_CHECK;
/* That person as a holder over the unit, of the posts that may handle; ERR_INVALID "handler". */
Err handler_find(Cx *, const Case *, int64_t person, struct holder *) MUST_CHECK;
Err handler_set(Cx *, struct acting *, const struct holder *) MUST_CHECK;
/* The stretch of who holds it ends: how late it was by then. */
Err holder_end(Cx *, const struct acting *, bool worked) MUST_CHECK;
/* Whether that person ever worked on it: they do not check it. */
Err holder_worked(Cx *, int64_t id, int64_t person, bool *) MUST_CHECK;

/* ---- notices */
Err tell(Cx *, int64_t person, const Case *, Text, const char *key) MUST_CHECK;
/* A rung of the ladder: notices, lines on /me, read or climbing on (climb.h). */
Err tell_level(Cx *, const Case *, int level, Text, const char *key) MUST_CHECK;
const char *ask_key(Cx *, int64_t no); /* of the notices of an ask */
