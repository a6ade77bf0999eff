/* demo_rounds.c — 示范镇的考核: what inspectors found is thought up from each village's habits. */
#include "rooms/demo/demo_rounds.h"

#include "base/day.h"
#include "base/fd.h"
#include "base/sum.h"
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/attachment/attachment.h"
#include "rooms/demo/demo_pictures.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/db.h"

#include <sys/mman.h>
#include <unistd.h>

enum { HOUR = 3600000, MINUTE = 60000, MONTHS = 3, LOOKED = 12 };

/* What can be found of an item, with the picture that shows it. */
static const struct {
    const char *item, *picture, *said;
} kinds[LOOKED] = {
    {"A1", "0104-0-before", "路面有尘土杂物"   },
    {"A2", "0103-0-before", "有积存垃圾"         },
    {"A3", "6102-0-before", "排水沟堵了"         },
    {"A4", "6103-0-before", "路灯不亮"            },
    {"B1", "6111-0-before", "房前屋后堆着柴草"},
    {"B2", "0501-0-before", "车辆乱停"            },
    {"B3", "0201-0-before", "墙上有小广告"      },
    {"B4", "0101-0-before", "有临时棚子"         },
    {"B5", "6114-0-before", "分类点脏乱"         },
    {"C1", "6201-0-before", "有焚烧痕迹"         },
    {"C2", "6202-0-before", "裸土没有盖"         },
    {"C3", "6201-1-before", "烧散煤"               }
};
static const char *const places[] = {"村口", "主街东段", "主街西段", "文化广场", "北地头",
    "小学门口", "卫生室旁", "老井边", "南头路口", "后沟沿", "停车场", "村委会对面"};
enum { N_PLACES = sizeof places / sizeof *places };

struct judging {
    int64_t now, n; /* the real time; sheets walked */
    int64_t office, office_head, commander;
    Str photo[LOOKED];
    const struct calendar *cal;
};

/* The same number for the same words: the demonstration is the same each time. */
static uint32_t lot(int64_t unit, Str week, int64_t no)
{
    unsigned char sum[SUM_BYTES];
    Sum s;
    sum_begin(&s);
    sum_i64(&s, unit);
    sum_str(&s, week);
    sum_i64(&s, no);
    sum_end(&s, sum);
    return (uint32_t)sum[0] << 24 | (uint32_t)sum[1] << 16 | (uint32_t)sum[2] << 8 | sum[3];
}

static Err as(Cx *cx, int64_t person)
{
    uint32_t held;
    TRY(duty_posts(cx, person, &held));
    memset(&cx->me, 0, sizeof cx->me);
    cx->me.person = person;
    cx->me.posts = held;
    for (int p = 1; p < N_POSTS && !cx->me.post; p++)
        cx->me.post = held & HAS(p) ? p : 0;
    return OK;
}

static Err holder_of(Cx *cx, uint32_t who, int64_t *person)
{
    struct holders h;
    TRY(duty_all_holders(cx, who, &h));
    if (!h.n)
        return fail_log(cx, ERR_INTERNAL, "demo: nobody holds %x", (unsigned)who);
    *person = h.at[0].person;
    return OK;
}

static Err take_picture(Cx *cx, const char *name, Str *hash)
{
    for (const struct demo_picture *p = demo_pictures; p->name; p++) {
        if (strcmp(p->name, name) != 0)
            continue;
        size_t n = (size_t)(p->to - p->from);
        CLOSES int fd = memfd_create("picture", MFD_CLOEXEC);
        if (fd < 0 || write(fd, p->from, n) != (ssize_t)n)
            return fail_log(cx, ERR_INTERNAL, "picture %s: %m", name);
        return photo_take(cx, fd, (int64_t)n, hash);
    }
    return fail_log(cx, ERR_INTERNAL, "no picture %s", name);
}

static Err cast(Cx *cx, struct judging *j)
{
    TRY(town_calendar(cx, &j->cal));
    TRY(holder_of(cx, HAS(POST_OFFICE), &j->office));
    TRY(holder_of(cx, HAS(POST_OFFICE_HEAD), &j->office_head));
    TRY(holder_of(cx, HAS(POST_COMMANDER), &j->commander));
    for (int i = 0; i < LOOKED; i++)
        TRY(take_picture(cx, kinds[i].picture, &j->photo[i]));
    return OK;
}

/* ---- scoring tables */
static Err publish(Cx *cx, const struct judging *j, Str edition, Str from_on)
{
    struct assess_table t;
    int64_t id;
    TRY(assess_table_named(cx, S("GX-RH"), edition, &id));
    TRY(assess_table_get(cx, id, &t));
    TRY(as(cx, j->office));
    t.t.from_on = from_on;
    TRY(assess_table_save(cx, id, t.version, &t.t));
    TRY(as(cx, j->office_head));
    return assess_table_publish(cx, id, t.version + 1);
}

/* ---- a sheet */
struct walking {
    struct judging *j;
    const struct assess_sheet *sheet;
    bool problems;
};

/* A village's habits: some lose nothing, some a dozen places a week; the month-end is looked at
 * harder. */
static int64_t n_lost(const struct assess_sheet *s)
{
    uint32_t habit = lot(s->unit, S("habit"), 0) % 6, luck = lot(s->unit, s->week, 0) % 3;
    bool month_end = str_eq(s->week, S("K"));
    if (habit == 0)
        return luck / 2;
    return (int64_t)habit * 2 - 1 + luck + month_end + (habit == 5 ? 3 : 0);
}

static Err lose(Cx *cx, const struct walking *w, int64_t no)
{
    const struct assess_sheet *s = w->sheet;
    uint32_t r = lot(s->unit, s->week, no + 1);
    size_t kind = r % 7 < 4 ? r / 7 % 9 : r / 7 % LOOKED; /* the air loses least often */
    const struct assess_deduct_new d = {.sheet = s->id,
        .item = str(kinds[kind].item),
        .n = 1 + (r >> 20) % 2,
        .place = str(places[(size_t)(r >> (8 + no * 5 % 20)) % N_PLACES]),
        .said = str(kinds[kind].said),
        .photo = w->j->photo[kind],
        .no_problem = !w->problems || no > 0};
    int64_t id;
    Err e = assess_deduct_add(cx, &d, &id);
    return e == ERR_CONFLICT ? OK : e; /* the same place twice counts once */
}

static Err walk_step(Cx *cx, void *arg)
{
    const struct walking *w = arg;
    int64_t n = n_lost(w->sheet);
    TRY(assess_sheet_start(cx, w->sheet->id));
    for (int64_t i = 0; i < n; i++) {
        cx->now += MINUTE;
        TRY(lose(cx, w, i));
    }
    return assess_sheet_done(cx, w->sheet->id);
}

static Err walk_round(Cx *cx, struct judging *j, int64_t round)
{
    struct assess_sheets all;
    TRY(assess_sheets_of(cx, round, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct walking w = {.j = j, .sheet = &all.at[i]};
        int64_t day;
        if (!day_parse(all.at[i].planned_on, &day))
            return fail_log(cx, ERR_INTERNAL, "sheet without a day");
        cx->now = day_start(day) + 9 * HOUR + (int64_t)(i % 12) * 12 * MINUTE;
        if (cx->now > j->now - 24 * HOUR)
            continue; /* still to come */
        w.problems = cx->now > j->now - 7 * 24 * (int64_t)HOUR;
        TRY(as(cx, all.at[i].inspector));
        TRY(db_transaction(cx, walk_step, &w));
        j->n++;
    }
    return OK;
}

/* ---- appeals: the first that loses a place at C1 or B4 is right, the next is not */
static Err appeal(Cx *cx, const struct assess_deduct *d, const char *said, const char *choice)
{
    struct holders panel, secretary;
    int64_t id;
    TRY(duty_holders(cx, d->unit, HAS(POST_SECRETARY), &secretary));
    if (!secretary.n)
        return OK;
    TRY(as(cx, secretary.at[0].person));
    TRY(assess_appeal(cx, d->id, str(said), &id));
    TRY(duty_all_holders(cx, HAS(POST_APPEAL), &panel));
    for (size_t i = 0; i < panel.n && i < 3; i++) {
        cx->now += HOUR;
        TRY(as(cx, panel.at[i].person));
        TRY(assess_vote(
            cx, id, &(struct assess_vote){.choice = str(choice), .said = S("看过照片和现场")}));
    }
    return OK;
}

static Err appeals(Cx *cx, int64_t round)
{
    struct assess_deducts all;
    size_t done = 0;
    int64_t last = 0;
    TRY(assess_deducts_of_round(cx, round, &all));
    for (size_t i = 0; i < all.n && done < 2; i++) {
        if (all.at[i].unit == last || !str_eq(all.at[i].item, S("B4")))
            continue;
        last = all.at[i].unit;
        TRY(done == 0 ? appeal(cx, &all.at[i], "这个棚子在村界外，不归我村", "struck")
                      : appeal(cx, &all.at[i], "棚子说好下月拆，请不要扣", "upheld"));
        done++;
    }
    return OK;
}

static Err sign(Cx *cx, const struct judging *j, int64_t round)
{
    struct assess_round r;
    struct assess_kept k;
    TRY(assess_round_get(cx, round, &r));
    cx->now = r.appeal_until.v + 15 * HOUR;
    TRY(as(cx, j->office));
    TRY(assess_final(cx, round));
    TRY(assess_kept(cx, round, 0, &k));
    TRY(assess_sign(cx, round, k.input_hash));
    cx->now += HOUR;
    TRY(as(cx, j->commander));
    return assess_sign(cx, round, k.input_hash);
}

/* ---- a month */
static int64_t first_work(const struct judging *j, int64_t day)
{
    while (!day_works(j->cal, day))
        day++;
    return day_start(day) + 9 * HOUR;
}

static Err mark(
    Cx *cx, const struct judging *j, int64_t unit, const char *item, int64_t day, const char *said)
{
    int64_t id;
    TRY(as(cx, j->office));
    TRY(assess_mark_add(cx,
        &(struct assess_mark_new){
            .unit = unit, .item = str(item), .day = day_text(cx, day), .said = str(said)},
        &id));
    TRY(as(cx, j->office_head));
    return assess_mark_confirm(cx, id, 1);
}

/* Another village each month of a quarter: by v2 it counts once a quarter. */
static Err host(Cx *cx, const struct judging *j, const struct units *villages, int64_t first)
{
    static const size_t which[] = {2, 4, 5};
    int64_t y, m, d;
    day_civil(first, &y, &m, &d);
    size_t no = which[(m - 1) % 3];
    if (villages->n <= no)
        return OK;
    return mark(cx, j, villages->at[no].code, "E1", first + 9, "承办全镇观摩");
}

static Err month(Cx *cx, struct judging *j, Str name, bool past, bool with_appeals)
{
    struct units villages;
    int64_t first, last, round;
    if (!assess_month_days(name, &first, &last))
        return fail_log(cx, ERR_INTERNAL, "demo: month");
    cx->now = first_work(j, first);
    if (cx->now > j->now)
        return OK;
    TRY(as(cx, j->office));
    TRY(assess_open(cx, name, &round));
    TRY(walk_round(cx, j, round));
    if (!past)
        return OK;
    TRY(town_villages(cx, &villages));
    cx->now = day_start(last) + 16 * HOUR;
    TRY(host(cx, j, &villages, first));
    if (villages.n > 3 && with_appeals)
        TRY(mark(cx, j, villages.at[3].code, "V1", first + 15, "区里通报裸土未覆盖"));
    cx->now = first_work(j, last + 1);
    TRY(as(cx, j->office));
    TRY(assess_scored(cx, round));
    TRY(assess_freeze(cx, round));
    cx->now += 2 * HOUR;
    if (with_appeals)
        TRY(appeals(cx, round));
    struct assess_round r;
    TRY(assess_round_get(cx, round, &r));
    if (r.appeal_until.v + 16 * HOUR > j->now)
        return OK; /* the first days of a month: last month's window is still open */
    return sign(cx, j, round);
}

static Err all_months(Cx *cx, struct judging *j)
{
    Str name[MONTHS];
    int64_t first, last, day = day_of(j->now);
    for (int m = MONTHS - 1; m >= 0; m--) {
        name[m] = day_text(cx, day);
        name[m].len = 7;
        if (!assess_month_days(name[m], &first, &last))
            return fail_log(cx, ERR_INTERNAL, "demo: month");
        day = first - 1;
    }
    (void)assess_month_days(name[0], &first, &last);
    cx->now = first_work(j, first) - HOUR;
    TRY(publish(cx, j, S("v1"), day_text(cx, first)));
    TRY(publish(cx, j, S("v2"), day_text(cx, last + 1)));
    for (int m = 0; m < MONTHS; m++)
        TRY(month(cx, j, name[m], m < MONTHS - 1, m == 0));
    return OK;
}

Err demo_rounds(Cx *cx, int64_t *n)
{
    struct judging j = {.now = cx->now};
    struct holders inspectors;
    const char *door = cx->door;
    *n = 0;
    TRY(duty_all_holders(cx, HAS(POST_INSPECTOR), &inspectors));
    if (inspectors.n < 2)
        return OK; /* a town that judges nobody yet */
    cx->door = "web";
    Err e = cast(cx, &j);
    if (e == OK)
        e = all_months(cx, &j);
    cx->now = j.now;
    cx->door = door;
    memset(&cx->me, 0, sizeof cx->me);
    *n = j.n;
    return e;
}
