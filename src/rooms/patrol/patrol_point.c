/* patrol_point.c — 巡查的点位: found with a photo, looked at again, gone, and sometimes back. */
#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_patrol.h"
#include "rooms/attachment/attachment.h"
#include "rooms/category/category.h"
#include "rooms/patrol/patrol_inner.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/submit.h"

#define POINT_OF(r)                                                                                \
    ((struct patrol_point){.id = (r)->id,                                                          \
        .unit = (r)->unit,                                                                         \
        .place = (r)->place,                                                                       \
        .problem = (r)->problem,                                                                   \
        .n_returns = (r)->n_returns,                                                               \
        .created_at = (r)->created_at,                                                             \
        .version = (r)->version,                                                                   \
        .name = (r)->name,                                                                         \
        .category = (r)->category,                                                                 \
        .ended_on = (r)->ended_on.set ? (r)->ended_on.v : (Str){0}})

Err patrol_points(Cx *cx, int64_t place, struct patrol_points *to)
{
    struct sql_patrol_points_at_rows r;
    TRY(sql_patrol_points_at(
        cx, &(struct sql_patrol_points_at){.place = place, .limit = PATROL_POINTS_MAX}, &r));
    struct patrol_point *at = NEW_ARRAY(&cx->mem, r.n + 1, struct patrol_point);
    for (size_t i = 0; i < r.n; i++)
        at[i] = POINT_OF(&r.at[i]);
    *to = (struct patrol_points){at, r.n};
    return OK;
}

Err patrol_point_get(Cx *cx, int64_t id, struct patrol_point *to)
{
    struct sql_patrol_point_find_row r;
    TRY(sql_patrol_point_find(cx, &(struct sql_patrol_point_find){.id = id}, &r));
    *to = POINT_OF(&r);
    return OK;
}

/* ---- found on the way */
struct finding {
    const struct patrol_find *in;
    int64_t problem;
};

static Err point_of(
    Cx *cx, const struct patrol_find *in, const struct patrol_place *p, int64_t problem)
{
    struct category c;
    int64_t id = new_id(cx), photo;
    if (text_wrong(in->point, false).zh || str_n_chars(in->point) > PATROL_NAME_MAX)
        return fail(cx, ERR_INVALID, "point", T("点位的名字最多 40 个字"));
    TRY(category_of_tile(cx, in->category.len ? in->category : S("9999"), &c));
    Err e = sql_patrol_point_add(cx, &(struct sql_patrol_point_add){.id = id,
                                         .unit = p->unit,
                                         .place = p->id,
                                         .name = in->point,
                                         .category = c.code,
                                         .problem = problem});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_INVALID, "point",
            T("这里已经有一个同名的点位，请换个名字，或者到那个点位补照片"));
    TRY(e);
    for (size_t i = 0; i < in->n_photos; i++)
        TRY(attachment_add(cx, id, p->unit, "before", in->photo[i], &photo));
    return event_add(cx,
        &(struct event){.verb = "patrol_point", .unit = p->unit, .object = id, .said = in->point});
}

static Err find_step(Cx *cx, void *arg)
{
    struct finding *f = arg;
    const struct patrol_find *in = f->in;
    struct patrol_place p;
    struct problem_receipt receipt;
    TRY(patrol_asked(cx, in->place, &p));
    if (!in->n_photos)
        return fail(cx, ERR_INVALID, "photo", T("请拍一张照片"));
    TRY(problem_report(cx,
        &(struct problem_new){
            .key = in->key,
            .unit = p.unit,
            .known_place = p.id,
            .category = in->category,
            .body = in->said,
            .source = S("patrol"),
            .before = {in->photo, in->n_photos}
    },
        &receipt));
    f->problem = receipt.id;
    if (receipt.again)
        return OK;
    TRY(sql_patrol_finding_add(
        cx, &(struct sql_patrol_finding_add){.place = p.id, .problem = receipt.id}));
    return in->point.len ? point_of(cx, in, &p, receipt.id) : OK;
}

Err patrol_found(Cx *cx, const struct patrol_find *in, int64_t *problem)
{
    struct finding f = {.in = in};
    TRY(db_transaction(cx, find_step, &f));
    *problem = f.problem;
    return OK;
}

/* ---- the same spot again */
static Err move(Cx *cx, const struct patrol_look *in, const struct patrol_point *p)
{
    Err e = OK;
    if (in->says == POINT_GONE)
        e = sql_patrol_point_end(
            cx, &(struct sql_patrol_point_end){
                    .id = p->id, .version = in->version, .ended_on = some_str(town_today(cx))});
    if (in->says == POINT_BACK)
        e = sql_patrol_point_return(
            cx, &(struct sql_patrol_point_return){.id = p->id, .version = in->version});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("别人刚记过这个点位，请看一看再交"));
    return e;
}

static Err look_step(Cx *cx, void *arg)
{
    static const char *const verbs[] = {"patrol_look", "patrol_gone", "patrol_back"};
    const struct patrol_look *in = arg;
    struct patrol_point p;
    struct patrol_place place;
    unsigned char sum[SUM_BYTES];
    int64_t object, photo;
    patrol_sum(sum, in->point, in->says, in->note, in->photo, in->n_photos);
    Err e = submit_seen(cx, in->key, sum, &object);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(patrol_point_get(cx, in->point, &p));
    TRY(patrol_asked(cx, p.place, &place));
    TRY(patrol_words(cx, in->note, in->n_photos));
    if (!in->n_photos)
        return fail(cx, ERR_INVALID, "photo", T("请在同一个地方再拍一张"));
    TRY(move(cx, in, &p));
    for (size_t i = 0; i < in->n_photos; i++)
        TRY(attachment_add(cx, p.id, p.unit, "check", in->photo[i], &photo));
    TRY(event_add(
        cx, &(struct event){
                .verb = verbs[in->says], .unit = p.unit, .object = p.id, .said = in->note}));
    return in->key.len ? submit_keep(cx, in->key, sum, p.id) : OK;
}

Err patrol_looked(Cx *cx, const struct patrol_look *in)
{
    struct patrol_look copy = *in;
    return db_transaction(cx, look_step, &copy);
}
