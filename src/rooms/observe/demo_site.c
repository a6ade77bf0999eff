/* demo_site.c — 示范点台账: its rules, columns, filters and orders. */
#include "rooms/observe/demo_site.h"

#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/town/town.h"

Text demo_site_word(OptStr basis)
{
    return basis.set && basis.v.len ? T("示范点") : T("学习点");
}

Err demo_site_check(Cx *cx, const DemoSite *in)
{
    if (!town_village_of(in->unit))
        return fail(cx, ERR_INVALID, "unit", T("请选到村（社区）"));
    if (in->to_on.set && memcmp(in->to_on.v.at, in->from_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "to_on", T("止日早于起日"));
    return OK;
}

Err demo_site_add(Cx *cx, const DemoSite *in)
{
    TRY(demo_site_check(cx, in));
    return sql_demo_site_insert(cx, &(struct sql_demo_site_insert){.id = in->id,
                                        .unit = in->unit,
                                        .standard = in->standard,
                                        .named_by = in->named_by,
                                        .basis = in->basis,
                                        .from_on = in->from_on,
                                        .to_on = in->to_on,
                                        .batch = in->batch});
}

Err demo_site_change(Cx *cx, const DemoSite *in)
{
    TRY(demo_site_check(cx, in));
    return sql_demo_site_update(cx, &(struct sql_demo_site_update){.id = in->id,
                                        .version = in->version,
                                        .unit = in->unit,
                                        .standard = in->standard,
                                        .named_by = in->named_by,
                                        .basis = in->basis,
                                        .from_on = in->from_on,
                                        .to_on = in->to_on});
}

/* clang-format off */
static const struct field fields[] = {
    FIELD(demo_site, standard, TEXT, T("示范什么标准"), .max = 120, .flags = PUBLIC | IN_LIST),
    FIELD(demo_site, unit, UNIT, T("单位"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST,
        EQUALS(demo_site, unit)),
    FIELD(demo_site, named_by, TEXT, T("由谁命名"), .max = 40, .flags = PUBLIC | IN_LIST),
    FIELD(demo_site, basis, TEXT, T("依据文号"), .max = 60, .flags = PUBLIC | IN_LIST,
        .hint = T("没有文号的，叫学习点")),
    FIELD(demo_site, from_on, DAY, T("起日"), .flags = PUBLIC | IN_LIST,
        FROM(demo_site, from_on, from_from), UNTIL(demo_site, from_on, from_to)),
    FIELD(demo_site, to_on, DAY, T("止日"), .flags = PUBLIC),
    {0}};

static const struct sort sorts[] = {
    SORT(demo_site, "latest", SQL_DEMO_SITE_LIST_BY_LATEST, from_on, T("日期，新的在前")),
    SORT(demo_site, "oldest", SQL_DEMO_SITE_LIST_BY_OLDEST, from_on, T("日期，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(demo_site);

const struct ledger demo_site_ledger = {LEDGER_OF(demo_site), .label = T("示范点台账"),
    .about = T("哪个村示范什么，谁命名，依据哪份文件；没有文件的叫学习点"), .see = STAFF_POSTS,
    .write = OFFICE_POSTS, .fields = fields, .sorts = sorts};
