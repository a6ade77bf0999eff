/* judged_ledgers_test.c — what a village is held to, as tables: requirements, targets, promises,
 * walks and trainings are tried, come in once, go out as CSV and JSON, and are taken back. */
#include "town.h"

#include "rooms/duty/duty.h"
#include "rooms/ledger/ledger.h"

#define BOM "\xEF\xBB\xBF"

static bool has(Str all, const char *part)
{
    return memmem(all.at, all.len, part, strlen(part)) != NULL;
}

static Str out(Cx *cx, const struct ledger *l, enum format format, size_t *n)
{
    struct sink o = {.mem = &cx->mem};
    assert_int_equal(ledger_export(cx, l, (struct pairs){0}, SIGHT_STAFF, format, &o, n), OK);
    return (Str){o.at, o.len};
}

static size_t n_rows(Cx *cx, const struct ledger *l)
{
    size_t n;
    out(cx, l, FORMAT_CSV, &n);
    return n;
}

static struct import in(Cx *cx, const struct ledger *l, Str bytes, bool dry)
{
    struct import im = {.dry = dry, .file = S("表.csv")};
    assert_int_equal(ledger_import(cx, l, bytes, &im), OK);
    for (size_t i = 0; i < im.n_bad; i++)
        print_message("line %d %.*s: %.*s\n", (int)im.bad[i].line, (int)im.bad[i].column.len,
            im.bad[i].column.at, (int)im.bad[i].why.len, im.bad[i].why.at);
    return im;
}

/* Two good lines and a wrong one: tried, stored, out, in again, taken back. */
static void round_of(Cx *cx, const char *name, const char *good, const char *wrong,
    const char *column, const char *holds)
{
    const struct ledger *l = ledger_named(str(name));
    size_t removed, n;
    assert_non_null(l);
    assert_int_equal(duty_operator(cx), OK);
    size_t before = n_rows(cx, l);

    struct import im = in(cx, l, str(arena_printf(&cx->mem, BOM "%s%s", good, wrong)), true);
    assert_int_equal(im.added, 2);
    assert_int_equal(im.wrong, 1);
    assert_int_equal(im.bad[0].line, 4);
    assert_true(str_eq(im.bad[0].column, str(column)));
    assert_int_equal(n_rows(cx, l), before); /* a dry run stores nothing */

    im = in(cx, l, str(arena_printf(&cx->mem, BOM "%s", good)), false);
    assert_int_equal(im.added, 2);
    assert_int_equal(im.wrong, 0);
    assert_int_equal(n_rows(cx, l), before + 2);

    Str csv = out(cx, l, FORMAT_CSV, &n), json = out(cx, l, FORMAT_JSON, &n);
    assert_true(has(csv, BOM) && has(csv, holds));
    assert_true(has(json, holds) && json.at[0] == '[');

    struct import again = in(cx, l, str(arena_printf(&cx->mem, BOM "%s", good)), false);
    assert_int_equal(again.added, 0); /* the same table twice is stored once */
    assert_int_equal(n_rows(cx, l), before + 2);

    Err e = ledger_undo(cx, l, im.batch, &removed);
    if (l->take) { /* by a rule of the room's own: its deeds are not unmade */
        assert_int_equal(e, ERR_INVALID);
        return;
    }
    assert_int_equal(e, OK);
    assert_int_equal(removed, 2);
    assert_int_equal(n_rows(cx, l), before);
}

static void requirements_come_in_once_and_are_taken_back(void **state)
{
    round_of(*state, "requirement",
        "文号,来源,要求,对象,期限\n"
        "惠人居〔2026〕1号,区级,清理飞线。,古荥镇,2026-12-31\n"
        "惠人居〔2026〕2号,区级,硬化里巷。,南王村,\n",
        "惠人居〔2026〕3号,省里,修路。,南王村,\n", "来源", "清理飞线。");
}

static void targets_come_in_once_and_are_taken_back(void **state)
{
    round_of(*state, "target",
        "指标,七化类别,村（社区）,计量单位,方向,基数,基数日期,目标值,期限\n"
        "里巷硬化率,优化,南王村,%,越高越好,82,2026-06-01,95,2026-12-31\n"
        "每周乱停车,序化,南王村,辆,越低越好,14,2026-06-01,5,2026-12-31\n",
        "路灯亮灯率,亮化,南王村,%,越高越好,90,2026-06-01,80,2026-12-31\n", "目标值", "里巷硬化率");
}

static void promises_come_in_as_drafts_and_are_taken_back(void **state)
{
    round_of(*state, "promise",
        "承诺内容,村（社区）,衡量方式,目标值,什么数,期限\n"
        "修两座公厕,南王村,看数字,2,座,2026-12-31\n"
        "装路灯,南王村,看办没办成,,,2026-12-31\n",
        "没写多少,南王村,看数字,,座,2026-12-31\n", "目标值", "修两座公厕");
}

static void walks_on_paper_come_in_once_and_stay(void **state)
{
    round_of(*state, "observe",
        "轮次,观摩日,被观摩村,观摩人,评议项,得分\n"
        "六月观摩,2026-06-12,南王村,郑一,村口,8\n"
        "六月观摩,2026-06-12,孙庄村,郑一,村口,9\n",
        "六月观摩,2026-06-12,南王村,郑一,背街,11\n", "得分", "六月观摩");
}

static void trainings_come_in_once_and_are_taken_back(void **state)
{
    round_of(*state, "training",
        "主题,类型,日期,地点,主办单位,主持或接待,应到岗位\n"
        "垃圾分类,业务培训,2026-06-12,三楼会议室,古荥镇,郑一,书记\n"
        "到邻镇看里巷,观摩学习,2026-06-13,邻镇,南王村,钱七,\n",
        "开会,座谈,2026-06-14,三楼会议室,古荥镇,郑一,\n", "类型", "到邻镇看里巷");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(requirements_come_in_once_and_are_taken_back),
        IN_TOWN(targets_come_in_once_and_are_taken_back),
        IN_TOWN(promises_come_in_as_drafts_and_are_taken_back),
        IN_TOWN(walks_on_paper_come_in_once_and_stay),
        IN_TOWN(trainings_come_in_once_and_are_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
