/* make_deeds_ways.c — the rarer ways that a problem takes: refused, merged, returned, prolonged,
 * suspended, voided, opened again, left lying. */
#include "make_deeds.h"

#include <stdio.h>
#include <string.h>

/* Nothing that the rule would file. */
static void by_hand(struct matter *m)
{
    m->automatic = false;
    m->place = NULL;
}

static void rejected(struct matter *m)
{
    bool private_one = one_in(2);
    by_hand(m);
    report(m);
    deed(step(m, 20, 110), one_of(&m->v->dept, &town.head, &town.head), "reject", m->no,
        "reason=%s;text=%s", private_one ? "private_matter" : "unclear",
        private_one ? "两家宅基地边界的事，已请村调解委员会处理"
                    : "到场没有找到，电话也没有打通，请补充地点后再报");
    if (!m->resident || !one_in(3))
        return;
    deed(step(m, 100, 800), "", "ask_again", m->no, "text=就在%s，昨天又看到了",
        word_of(words_where));
    file_and_dispatch(m);
    accept(m);
    finish(m);
}

static void withdrawn(struct matter *m)
{
    by_hand(m);
    report(m);
    if (m->resident)
        deed(step(m, 10, 90), "", "withdraw", m->no, "%s", "");
}

static void transferred(struct matter *m)
{
    by_hand(m);
    report(m);
    deed(step(m, 20, 110), any(town.office, town.n_offices)->login, "transfer", m->no,
        "body=区城市管理局;paper_no=荥环办函〔2026〕%d号;text=属区级管辖路段，已移交",
        chance(1, 60));
}

static void merged(struct matter *m)
{
    struct matter second;
    report(m);
    if (!m->automatic)
        file_and_dispatch(m);
    second = *m;
    second.no = ++n_matters;
    second.at = later(m->at, chance(5, 30));
    by_hand(&second);
    report(&second);
    deed(step(&second, 5, 40), one_of(&m->v->secretary, &m->v->dept, &m->v->dept), "merge",
        second.no, "master=p%03d;text=同一处", m->no);
    m->at = second.at;
    accept(m);
    finish(m);
}

static void returned(struct matter *m)
{
    by_hand(m);
    report(m);
    file_and_dispatch(m);
    deed(step(m, 5, m->k->limit / 5 + 6), m->handler, "return", m->no,
        "reason=not_ours;text=要有车有人才拉得走，请派处置单位");
    snprintf(m->handler, sizeof m->handler, "%s",
        m->v->n_contractors && strcmp(m->handler, m->v->contractor[0].login) != 0
            ? m->v->contractor[0].login
            : one_of(&m->v->secretary, &m->v->dept, &m->v->lead));
    deed(step(m, 10, 90), one_of(&m->v->secretary, &m->v->dept, &m->v->dept), "dispatch", m->no,
        "handler=%s", m->handler);
    accept(m);
    finish(m);
}

/* Asked for before it is due: half the limit more. */
static void extended(struct matter *m, bool granted)
{
    bool in_days = m->k->limit >= 420;
    by_hand(m);
    report(m);
    file_and_dispatch(m);
    struct moment due = in_days ? (struct moment){m->at.day - m->k->limit / 420, 17 * 60 + 30}
                                : later(m->at, m->k->limit),
                  until = in_days
                              ? (struct moment){due.day - (m->k->limit / 420 + 1) / 2, 17 * 60 + 30}
                              : later(due, m->k->limit / 2);
    accept(m);
    deed(step(m, 10, m->k->limit / 4), m->handler, "extend_ask", m->no,
        "text=配件需外地调货，预计晚两天到;until=%d %02d:%02d", until.day, until.minute / 60,
        until.minute % 60);
    deed(step(m, 20, 100), any(town.office, town.n_offices)->login,
        granted ? "extend_grant" : "extend_refuse", m->no, "text=%s",
        granted ? "同意" : "请协调本村力量按期完成");
    finish(m);
}

/* 挂账: some stay so, some go on. */
static void suspended(struct matter *m, bool goes_on)
{
    static const char *const why[] = {"project", "money", "decision", "season_weather"};
    by_hand(m);
    report(m);
    file_and_dispatch(m);
    accept(m);
    deed(step(m, 30, 200), m->handler, "suspend_ask", m->no,
        "reason=%s;text=需列项目实施;plan=%s;review_days=%d", why[chance(0, 3)],
        word_of(words_plan), chance(60, 88));
    deed(step(m, 30, 200), town.head.login, "suspend_grant", m->no, "text=同意挂账，公示计划");
    if (!goes_on)
        return;
    deed(step(m, 2 * 420, 8 * 420), any(town.office, town.n_offices)->login, "resume", m->no,
        "text=项目已进场，恢复计时");
    finish(m);
}

static void voided(struct matter *m)
{
    by_hand(m);
    report(m);
    file_and_dispatch(m);
    deed(step(m, 30, 200), one_of(&m->v->dept, &town.head, &town.head), "void_ask", m->no,
        "text=两次到场均未发现所述情况");
    deed(step(m, 30, 300), any(town.office, town.n_offices)->login, "void_grant", m->no,
        "text=同意作废，已告知反映人");
}

static void reopened(struct matter *m)
{
    m->resident = true;
    usual(m);
    if (!m->resident)
        return;
    deed(step(m, 30, 400), "", "reopen", m->no, "text=%s", word_of(words_reopen));
    accept(m);
    step(m, 30, 200);
    feed_back(m);
    check(m, true);
}

static void on_the_spot(struct matter *m)
{
    char picture[48], place[160];
    const struct someone *who = m->v->n_keepers && one_in(2) ? any(m->v->keeper, m->v->n_keepers)
                                                             : any(m->v->cadre, m->v->n_cadres);
    if (who == &town.head) /* nobody there who could */
        return usual(m);
    while (m->k->difficulty != 1 || !m->k->scene || m->k->severity != 1)
        m->k = kind_drawn();
    m->place = NULL;
    m->unit = who->unit;
    where(m, place);
    m->at = later(m->at, 0);
    deed(m->at, who->login, "fix", m->no,
        "unit=%lld%s;category=%s;body=%s%s;after=%s-%d-after;text=%s", (long long)m->unit, place,
        m->k->code, word_of(m->k->bodies), photo(m, "before", picture), m->k->scene, m->variant,
        word_of(m->k->results));
    snprintf(m->handler, sizeof m->handler, "%s", who->login);
    deed(step(m, 60, 420), verifier_for(m), "pass?", m->no, "text=抽查属实");
}

/* Left lying: nobody filed it, or took it, or finished it in time. */
static void left(struct matter *m, int how)
{
    report(m);
    if (how == 0 || m->automatic)
        return;
    file_and_dispatch(m);
    if (how > 1)
        accept(m);
    if (how > 2)
        deed(step(m, 400, 900), one_of(&m->v->lead, &town.head, &town.head), "urge", m->no,
            "text=请今天办结");
}

void happen(struct moment at)
{
    struct matter m;
    think_of(&m, at);
    int way = chance(1, 1000);
    if (way <= 95)
        on_the_spot(&m);
    else if (way <= 123)
        rejected(&m);
    else if (way <= 150)
        withdrawn(&m);
    else if (way <= 163)
        transferred(&m);
    else if (way <= 190)
        merged(&m);
    else if (way <= 225)
        returned(&m);
    else if (way <= 260 && !m.k->urgent)
        extended(&m, way <= 250);
    else if (way <= 295)
        suspended(&m, way <= 275);
    else if (way <= 308)
        voided(&m);
    else if (way <= 335)
        reopened(&m);
    else if (way <= 350)
        left(&m, way % 4);
    else
        usual(&m);
}
