/* campaign.h — 专项行动: a paper, days, categories and places; every record in scope carries it by
 * rule, and its closing report is reckoned from the records.  The records are those of 问题台账,
 * the one ledger with the column (domain §11): what a walk, a patrol or an inspection finds is one
 * of them at once. */
#pragma once
#include "base/fields.h"
#include "gen/sql_campaign.h"

typedef struct sql_campaign_find_row Campaign;

/* ERR_INVALID names the field: categories and places must be known. */
Err campaign_check(Cx *, const Campaign *) MUST_CHECK;
Err campaign_add(Cx *, const Campaign *) MUST_CHECK; /* inside a transaction */
Err campaign_change(Cx *, const Campaign *) MUST_CHECK;

/* A record is new or has changed: what it belongs to is written anew.  Inside a transaction. */
struct campaign_record {
    int64_t problem, unit, place, reported_at;
    Str category;
};
Err campaign_mark(Cx *, const struct campaign_record *) MUST_CHECK;
/* What a record belongs to. */
struct campaign_names {
    const struct sql_campaign_of_problem_row *at;
    size_t n;
};
Err campaign_of(Cx *, int64_t problem, struct campaign_names *) MUST_CHECK;

/* The names of all a record falls in, with 、 between; empty: none. */
Err campaign_said(Cx *, int64_t problem, Str *) MUST_CHECK;

/* Names by id, newest first: for filters. */
extern const struct names campaign_names_of;

/* Closed with a word on it; the figures stay what the rows say.  ERR_FORBIDDEN, ERR_CONFLICT. */
Err campaign_close(Cx *, int64_t id, Str summary) MUST_CHECK;
/* An ended one goes on, with a reason: its records are gathered anew by the rule, and its closing
 * report will be reckoned anew.  ERR_FORBIDDEN, ERR_INVALID "reason", ERR_CONFLICT: it is on. */
Err campaign_reopen(Cx *, int64_t id, Str reason) MUST_CHECK;

/* A campaign that is new or was changed gets the records that were there before; each minute. */
Err campaign_job(Cx *) MUST_CHECK;
extern const struct ledger campaign_ledger;
extern const struct room campaign_room;
