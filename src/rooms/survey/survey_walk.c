/* survey_walk.c — 大会诊的走访: what came of a stop, what was found there, what was covered. */
#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_survey.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "rooms/survey/survey_inner.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/submit.h"

enum { NOTE_MAX = 200 };

/* The stop of a round that is being walked, by one of those who walk it. */
static Err walked(Cx *cx, int64_t stop, struct survey_stop *to)
{
    struct survey_round r;
    bool walks;
    TRY(survey_stop_get(cx, stop, to));
    TRY(survey_round_get(cx, to->round, &r));
    TRY(survey_walks(cx, &r, &walks));
    if (!walks)
        return fail(cx, ERR_FORBIDDEN, NULL, T("您不在这一轮的名单里，请找领导小组办公室添加"));
    if (!str_eq(r.state, S("walking")))
        return fail(cx, ERR_CONFLICT, "state", T("这一轮还没开始，或者已经结束"));
    return OK;
}

struct telling {
    const struct survey_result *in;
    bool visited;
};

static void sum_of(const struct telling *t, unsigned char to[SUM_BYTES])
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, t->in->stop);
    sum_i64(&s, t->visited);
    sum_str(&s, t->in->note);
    for (size_t i = 0; i < t->in->n_photos; i++)
        sum_str(&s, t->in->photo[i]);
    sum_end(&s, to);
}

static Err check(Cx *cx, const struct telling *t, const struct survey_stop *s)
{
    if (text_wrong(t->in->note, true).zh || str_n_chars(t->in->note) > NOTE_MAX)
        return fail(cx, ERR_INVALID, "note", T("记录最多 200 个字"));
    if (!t->visited && !t->in->note.len)
        return fail(cx, ERR_INVALID, "note", T("请写明没有走的原因"));
    if (t->in->n_photos > PHOTOS_MAX)
        return fail(cx, ERR_INVALID, "photo", T("照片最多 6 张"));
    /* Who adds to a visit need not show the place again. */
    if (t->visited && !t->in->n_photos && !str_eq(s->result, S("visited")))
        return fail(cx, ERR_INVALID, "photo", T("走到的点位，至少拍一张照片"));
    return OK;
}

static Err write(Cx *cx, const struct telling *t, const struct survey_stop *s)
{
    const struct survey_result *in = t->in;
    Str became = t->visited ? S("visited") : S("not_visited");
    int64_t at = in->at > 0 && in->at < cx->now ? in->at : cx->now, photo;
    OptStr note = in->note.len ? some_str(in->note) : (OptStr){0};
    OptI64 when = t->visited ? some_i64(at) : (OptI64){0};
    Err e = sql_survey_stop_result(cx, &(struct sql_survey_stop_result){.id = s->id,
                                           .version = in->version,
                                           .result = some_str(became),
                                           .visited_at = when,
                                           .note = note});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("别人刚记过这个点位，请看一看再交"));
    TRY(e);
    for (size_t i = 0; i < in->n_photos; i++)
        TRY(attachment_add(cx, s->id, s->unit, "check", in->photo[i], &photo));
    return event_add(cx, &(struct event){.verb = t->visited ? "survey_visit" : "survey_skip",
                             .unit = s->unit,
                             .object = s->id,
                             .from = s->result,
                             .to = became,
                             .said = in->note});
}

static Err tell_step(Cx *cx, void *arg)
{
    const struct telling *t = arg;
    struct survey_stop s;
    unsigned char sum[SUM_BYTES];
    int64_t object;
    sum_of(t, sum);
    Err e = submit_seen(cx, t->in->key, sum, &object);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(walked(cx, t->in->stop, &s));
    TRY(check(cx, t, &s));
    TRY(write(cx, t, &s));
    return t->in->key.len ? submit_keep(cx, t->in->key, sum, s.id) : OK;
}

Err survey_visit(Cx *cx, const struct survey_result *in)
{
    struct telling t = {in, true};
    return db_transaction(cx, tell_step, &t);
}

Err survey_skip(Cx *cx, const struct survey_result *in)
{
    struct telling t = {in, false};
    return db_transaction(cx, tell_step, &t);
}

/* ---- found on the way */
struct finding {
    const struct survey_find *in;
    int64_t problem;
};

static Err find_step(Cx *cx, void *arg)
{
    struct finding *f = arg;
    const struct survey_find *in = f->in;
    struct survey_stop s;
    struct problem_receipt receipt;
    TRY(walked(cx, in->stop, &s));
    if (!in->n_photos)
        return fail(cx, ERR_INVALID, "photo", T("请拍一张照片"));
    TRY(problem_report(cx,
        &(struct problem_new){
            .key = in->key,
            .unit = s.unit,
            .known_place = s.place,
            .place = s.place ? (Str){0            }
                : s.name,
            .category = in->category,
            .body = in->said,
            .source = S("survey"),
            .before = { in->photo, in->n_photos}
    },
        &receipt));
    f->problem = receipt.id;
    if (receipt.again)
        return OK;
    TRY(sql_survey_finding_add(cx,
        &(struct sql_survey_finding_add){.round = s.round, .stop = s.id, .problem = receipt.id}));
    return event_add(cx,
        &(struct event){.verb = "survey_find", .unit = s.unit, .object = s.id, .said = in->said});
}

Err survey_find(Cx *cx, const struct survey_find *in, int64_t *problem)
{
    struct finding f = {.in = in};
    TRY(db_transaction(cx, find_step, &f));
    *problem = f.problem;
    return OK;
}

Err survey_findings(Cx *cx, int64_t round, struct survey_findings *to)
{
    struct sql_survey_findings_rows r;
    TRY(sql_survey_findings(
        cx, &(struct sql_survey_findings){.round = round, .limit = SURVEY_FINDINGS_MAX}, &r));
    struct survey_finding *at = NEW_ARRAY(&cx->mem, r.n + 1, struct survey_finding);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct survey_finding){.stop = r.at[i].stop,
            .problem = r.at[i].problem,
            .by = r.at[i].by,
            .at = r.at[i].at,
            .unit = r.at[i].unit,
            .number = r.at[i].number.set ? r.at[i].number.v : (Str){0},
            .category = r.at[i].category,
            .place = r.at[i].place_text,
            .state = r.at[i].state};
    *to = (struct survey_findings){at, r.n};
    return OK;
}

/* ---- what was covered */
Err survey_cover(Cx *cx, const struct survey_stops *s, struct survey_coverage *to)
{
    struct units villages;
    TRY(town_villages(cx, &villages));
    struct survey_village *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct survey_village);
    *to = (struct survey_coverage){.at = at, .n = villages.n};
    for (size_t i = 0; i < villages.n; i++) {
        struct survey_village *v = &at[i];
        v->unit = villages.at[i].code;
        for (size_t k = 0; k < s->n; k++) {
            if (s->at[k].village != v->unit)
                continue;
            v->n_stops++;
            v->n_visited += str_eq(s->at[k].result, S("visited"));
            v->n_not += str_eq(s->at[k].result, S("not_visited"));
            v->n_problems += s->at[k].n_problems;
        }
        to->n_stops += v->n_stops, to->n_visited += v->n_visited, to->n_not += v->n_not;
        to->n_problems += v->n_problems, to->n_villages_visited += v->n_visited > 0;
    }
    return OK;
}

/* Staff see the pictures of a walk; the guard has asked who they are. */
Err survey_seen(Cx *cx, int64_t stop)
{
    struct survey_stop s;
    return cx->me.posts & STAFF_POSTS ? survey_stop_get(cx, stop, &s) : ERR_NOT_FOUND;
}
