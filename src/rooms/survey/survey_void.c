/* survey_void.c — 作废: a round imported or opened by mistake counts no more (rooms/duty/void.h).
 */
#include "gen/sql_survey.h"
#include "rooms/duty/void.h"
#include "rooms/survey/survey.h"

static Err standing(Cx *cx, int64_t id, struct void_standing *to)
{
    struct survey_round r;
    TRY(survey_round_get(cx, id, &r));
    *to = (struct void_standing){r.name, r.void_reason, r.void_by, r.voided_by};
    return OK;
}

static Err name_taken(Cx *cx, Str name)
{
    struct sql_survey_round_named_row same;
    return sql_survey_round_named(cx, &(struct sql_survey_round_named){.name = name}, &same);
}

static Err asked(Cx *cx, int64_t id, Str reason)
{
    return sql_survey_void_ask(
        cx, &(struct sql_survey_void_ask){.id = id, .reason = some_str(reason)});
}

static Err granted(Cx *cx, int64_t id, Str name)
{
    return sql_survey_void_grant(cx, &(struct sql_survey_void_grant){.id = id, .name = name});
}

static Err refused(Cx *cx, int64_t id)
{
    return sql_survey_void_refuse(cx, &(struct sql_survey_void_refuse){id});
}

static const struct void_rule rule = {"survey_void_ask", "survey_void_grant", "survey_void_refuse",
    standing, NULL, name_taken, asked, granted, refused};

Err survey_void_ask(Cx *cx, int64_t round, Str reason)
{
    return void_ask(cx, &rule, round, reason);
}

Err survey_void_decide(Cx *cx, int64_t round, bool grant)
{
    return void_decide(cx, &rule, round, grant);
}
