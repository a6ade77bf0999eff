/* town_setting.c — 设置: the town's own numbers.  Each value begins on a day and is never
 * overwritten, so that a past record is judged by what was in force then. */
#include "gen/sql_town.h"
#include "rooms/duty/post.h"
#include "rooms/town/town_impl.h"
#include "store/db.h"
#include "store/log.h"

enum { VERSIONS_MAX = 200, TEXT_CHARS = 120 };

/* All that can be set; domain: §2 where nothing else is said. */
const struct setting_kind setting_kinds[] = {
    {"office_phone",           T("领导小组办公室电话"), {0}, .text = true},
    {"office_hours",                     T("对外办公时间"), {0}, .text = true},
    {"host_name",                        T("主办单位"), {0}, .text = true},
    {"icp_number",T("备案号"), {0}, .text = true},
    {"file_hours",            T("收到上报后立案"), T("工作时"), false, 2, 1, 70},
    {"dispatch_hours",              T("立案后派遣"), T("工作时"), false, 2, 1, 70},
    {"accept_hours",                     T("派遣后接单"), T("工作时"), false, 2, 1, 70},
    {"verify_days",                        T("反馈后核查"), T("工作日"), false, 1, 1, 30},
    {"tell_days",                              T("结案后告知上报人"), T("工作日"), false, 3, 1, 30},
    {"unread_hours",            T("提醒多久没人看就报上一级"), T("工作时"), false, 7, 1, 70},
    {"patrol_days",             T("道路、沟渠、河段多久走一遍"), T("天"), false, 7, 1, 90},
    {"draw_percent",          T("抽查比例（百分比）"), {0}, false, 10, 0, 100},
    {"return_max",                       T("最多退回次数"), T("次"), false, 2, 0, 10},
    {"extend_max",                      T("最多延期次数"), T("次"), false, 2, 0, 10},
    {"suspend_max_days",         T("每次挂账最长"), T("天"), false, 90, 1, 365},
    {"suspend_max",          T("最多挂账次数"), T("次"), false, 2, 0, 10},
    {"fail_hours",                       T("核查不通过后至少留给整改"), T("工作时"), false, 4, 1, 70},
    {"ask_again_days",                      T("不予立案后可再申请"), T("天"), false, 7, 1, 90},
    {"reopen_days",           T("告知后可要求重办"), T("天"), false, 15, 1, 90},
    {"reopen_close_days",          T("结案后可要求重办"), T("天"), false, 45, 1, 180},
    {"reopen_max",                       T("上报人最多重办次数"), T("次"), false, 2, 0, 10},
    {"unmerge_days",                      T("并案后可拆开"), T("天"), false, 30, 1, 180},
    {"screen_source",            T("同一来源一天几件起先给办公室看"), T("件"), false, 20, 1, 1000},
    {"screen_phone",          T("同一电话一天几件起先给办公室看"), T("件"), false, 10, 1, 1000},
    {"screen_plate",                       T("同一块码牌一天几件起先给办公室看"), T("件"), false, 30, 1, 1000},
    {"screen_words",                      T("同样的话一天几遍起先给办公室看"), T("遍"), false, 3, 1, 100},
    {"vacant_days",              T("空岗超过多少天报办公室"), T("工作日"), false, 5, 1, 60},
    {"handover_days",          T("换人后原任可登录确认交接"), T("天"), false, 10, 1, 60},
    {"session_admin_min",                       T("登录后管理员无操作退出"), T("分钟"), false, 15, 5, 60},
    {"session_office_hours",                      T("办公室登录保持"), T("小时"), false, 12, 1, 24},
    {"session_field_days",           T("村级登录保持"), T("天"), false, 30, 1, 90},
    {"login_tries",          T("连错几次密码后锁定"), T("次"), false, 10, 3, 20},
    {"position_days",                       T("上报位置保留多少天"), T("天"), false, 30, 1, 365},
    {"border_m",                      T("离村界多近时两边都列出"), T("米"), false, 200, 0, 2000},
    {"far_m",            T("离本镇地点多远算在镇外"), T("米"), false, 5000, 500, 50000},
    {"small_house",                T("独立的村（1 是，0 否）"), {0}, false, 0, 0, 1},
    {0                      },
};

const struct setting_kind *town_setting_kind(Str name)
{
    for (const struct setting_kind *k = setting_kinds; k->name; k++)
        if (str_eq(str(k->name), name))
            return k;
    return NULL;
}

static bool number(Str s, int64_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9' || i > 8)
            return false;
        *n = *n * 10 + (s.at[i] - '0');
    }
    return s.len > 0;
}

static Err in_force(Cx *cx, Str name, struct sql_town_setting_now_row *row)
{
    return sql_town_setting_now(
        cx, &(struct sql_town_setting_now){.name = name, .today = town_today(cx)}, row);
}

int64_t town_setting(Cx *cx, const char *name, int64_t dflt)
{
    struct sql_town_setting_now_row row;
    int64_t n;
    return in_force(cx, str(name), &row) == OK && number(row.value, &n) ? n : dflt;
}

Str town_setting_text(Cx *cx, const char *name, Str dflt)
{
    struct sql_town_setting_now_row row;
    return in_force(cx, str(name), &row) == OK ? row.value : dflt;
}

Err town_setting_now(Cx *cx, Str name, struct setting_version *to)
{
    struct sql_town_setting_now_row row;
    TRY(in_force(cx, name, &row));
    *to = (struct setting_version){
        .version = row.version, .from_on = row.from_on, .value = row.value};
    return OK;
}

Err town_setting_history(Cx *cx, Str name, const struct setting_version **to, size_t *n)
{
    struct sql_town_setting_versions in = {.name = name, .limit = VERSIONS_MAX};
    struct sql_town_setting_versions_rows rows;
    TRY(sql_town_setting_versions(cx, &in, &rows));
    struct setting_version *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct setting_version);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct setting_version){.version = rows.at[i].version,
            .by = rows.at[i].by,
            .at = rows.at[i].at,
            .from_on = rows.at[i].from_on,
            .value = rows.at[i].value};
    *to = at;
    *n = rows.n;
    return OK;
}

Err town_from_on(Cx *cx, Str typed, Str *from_on)
{
    int64_t day;
    if (!typed.len) {
        *from_on = town_today(cx);
        return OK;
    }
    if (!day_parse(typed, &day))
        return fail(cx, ERR_INVALID, "from_on", T("日期应写成 2026-06-12"));
    if (cx->me.person > 0 && day < day_of(cx->now))
        return fail(cx, ERR_INVALID, "from_on", T("生效日不能早于今天：过去的事按当时的规定算"));
    *from_on = typed;
    return OK;
}

Err town_setting_check(Cx *cx, Str name, Str value)
{
    const struct setting_kind *k = town_setting_kind(name);
    int64_t n;
    if (!k)
        return fail(cx, ERR_INVALID, "name", T("没有这个设置项"));
    if (k->text)
        return str_n_chars(value) <= TEXT_CHARS
                   ? OK
                   : fail(cx, ERR_INVALID, "value", T("文字太长，最多 120 字"));
    if (!number(value, &n) || n < k->min || n > k->max) {
        Str range = str(arena_printf(&cx->mem, "%lld–%lld", (long long)k->min, (long long)k->max));
        return fail_say(cx, ERR_INVALID, "value", say_s(cx, T("应为 {s} 之间的整数"), range));
    }
    return OK;
}

static Err setting_put_in(Cx *cx, Str name, Str value, Str from_on, int64_t version, enum put *put)
{
    const struct setting_version *was;
    size_t n;
    Str day;
    TRY(town_may_edit(cx));
    TRY(town_setting_check(cx, name, value));
    TRY(town_from_on(cx, from_on, &day));
    TRY(town_setting_history(cx, name, &was, &n));
    int64_t newest = n ? was[0].version : 0;
    if (n && str_eq(was[0].value, value)) {
        *put = PUT_SAME;
        return OK;
    }
    if (version != FOR_IMPORTS && version != newest)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    *put = n ? PUT_CHANGED : PUT_ADDED;
    TRY(sql_town_setting_add(
        cx, &(struct sql_town_setting_add){
                .name = name, .version = newest + 1, .from_on = day, .value = value}));
    return event_add(cx, &(struct event){.verb = "setting_set",
                             .unit = cx->town_id * 1000000,
                             .from = n ? str(arena_printf(&cx->mem, "%.*s = %.*s", (int)name.len,
                                         name.at, (int)was[0].value.len, was[0].value.at))
                                       : (Str){0},
                             .to = str(arena_printf(&cx->mem, "%.*s = %.*s", (int)name.len, name.at,
                                 (int)value.len, value.at)),
                             .said = str(arena_printf(&cx->mem, "%.*s", (int)day.len, day.at))});
}

struct setting_put_step {
    Str name, value, from_on;
    int64_t version;
    enum put *put;
};

static Err setting_put_step(Cx *cx, void *arg)
{
    const struct setting_put_step *s = arg;
    return setting_put_in(cx, s->name, s->value, s->from_on, s->version, s->put);
}

Err town_setting_put(Cx *cx, Str name, Str value, Str from_on, int64_t version, enum put *put)
{
    struct setting_put_step s = {name, value, from_on, version, put};
    return db_transaction(cx, setting_put_step, &s);
}
