/* campaign_job.c — 专项行动: one that is new or was changed gets the records that were there. */
#include "base/day.h"
#include "rooms/campaign/campaign_inner.h"
#include "rooms/problem/problem_office.h"
#include "store/db.h"

enum { FRESH = 5 };

struct refreshing {
    struct campaign_scope s;
    const struct problem_reporteds *page;
    bool first;
};

static Err page_step(Cx *cx, void *arg)
{
    const struct refreshing *r = arg;
    if (r->first)
        TRY(sql_campaign_record_clear(
            cx, &(struct sql_campaign_record_clear){.campaign = r->s.id}));
    for (size_t i = 0; i < r->page->n; i++) {
        const struct problem_reported *p = &r->page->at[i];
        struct campaign_record record = {p->id, p->unit, p->place, p->reported_at, p->category};
        bool covered;
        TRY(campaign_covers(cx, &r->s, &record, &covered));
        if (covered)
            TRY(sql_campaign_record_add(
                cx, &(struct sql_campaign_record_add){.campaign = r->s.id, .problem = p->id}));
    }
    return r->page->n ? OK
                      : sql_campaign_refreshed(cx, &(struct sql_campaign_refreshed){.id = r->s.id});
}

static Err refresh(Cx *cx, const struct campaign_scope *s)
{
    struct problem_reporteds page;
    int64_t from = 0, to = 0, after_at = -1, after_id = 0;
    if (!day_parse(s->from_on, &from) || !day_parse(s->to_on, &to))
        return OK;
    for (bool first = true;; first = false) {
        TRY(problem_reported(cx, day_start(from), day_start(to + 1), after_at, after_id, &page));
        struct refreshing r = {*s, &page, first};
        TRY(db_transaction(cx, page_step, &r));
        if (!page.n)
            return OK;
        after_at = page.at[page.n - 1].reported_at, after_id = page.at[page.n - 1].id;
    }
}

Err campaign_job(Cx *cx)
{
    struct sql_campaign_fresh_rows fresh;
    TRY(sql_campaign_fresh(cx, &(struct sql_campaign_fresh){.limit = FRESH}, &fresh));
    for (size_t i = 0; i < fresh.n; i++) {
        struct campaign_scope s = {
            fresh.at[i].id, fresh.at[i].from_on, fresh.at[i].to_on, fresh.at[i].categories.v};
        TRY(refresh(cx, &s));
    }
    return OK;
}
