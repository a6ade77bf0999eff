/* make_deeds_words.c — what goes wrong in a town, how often, and what people write about it. */
#include "make_deeds.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
enum { H = 60, D = 420 }; /* a working hour, a working day */

/* clang-format off */
const struct kind kinds[] = {
    {"0102", 170, 4 * H, 1, 1, true, false, "0102", "road household_stop zone river_section ditch",
     WORDS("路口堆了好几袋生活垃圾，没人收", "垃圾堆在路边，招苍蝇", "河堤边有人倒垃圾",
     "村口垃圾堆了两天了"),
     WORDS("已清运，约0.5立方米，地面已冲洗", "垃圾已清走，并放置提示牌", "组织保洁员清理完毕")},
    {"0103", 60, 3 * D, 2, 2, false, false, "0103", "road zone river_section",
     WORDS("拆房剩下的渣土堆在路旁，下雨就流一路", "建筑垃圾堆了半个月", "砖渣占了半边路"),
     WORDS("已联系清运队拉走两车，路面已清扫", "渣土已清运到指定消纳点")},
    {"0104", 110, 4 * H, 1, 1, true, false, "0104", "road market zone",
     WORDS("路面落叶、纸屑多，没人扫", "集后路面很脏", "路上撒了一路土"),
     WORDS("已清扫并洒水", "保洁员已全段清扫")},
    {"0105", 25, 5 * D, 2, 2, false, false, "6303", "ditch river_section",
     WORDS("坑塘水面漂着垃圾，有异味", "沟里有很多塑料袋"),
     WORDS("水面漂浮物已打捞，岸边已清理")},
    {"0107", 20, 3 * D, 1, 1, true, false, NULL, "road compound public",
     WORDS("旧沙发扔在路边好几天", "一辆废三轮车停在绿化带"),
     WORDS("已联系物主移走", "废旧家具已拉走")},
    {"0201", 60, 1 * D, 1, 1, true, false, "0201", "road public compound",
     WORDS("墙上贴满小广告", "电线杆、墙面乱贴乱画", "公示栏旁边小广告很多"),
     WORDS("小广告已铲除，墙面已粉刷", "已清理并对张贴人进行教育")},
    {"0301", 20, 4 * H, 2, 2, false, false, "6202", "site road",
     WORDS("工地没有覆盖，风一吹全是土", "工地门口没有冲洗，带泥上路"),
     WORDS("工地已全部覆盖，启用雾炮和冲洗")},
    {"0401", 15, 3 * D, 3, 2, false, false, "6101", "road",
     WORDS("井盖没了，晚上很危险", "路面塌了一个坑"),
     WORDS("井盖已更换，周边已修补", "塌陷处已回填夯实并恢复路面")},
    {"0501", 50, 1 * D, 1, 1, true, false, "0501", "market road",
     WORDS("摊子摆到机动车道上，过不去", "店外经营占了人行道"),
     WORDS("已劝导入店经营", "摊点已引导到疏导点")},
    {"0502", 40, 4 * H, 1, 1, true, false, NULL, "road public",
     WORDS("车停在消防通道上", "学校门口乱停车"), WORDS("已联系车主挪车", "现场劝离，已划线")},
    {"6101", 60, 10 * D, 1, 3, false, false, "6101", "road",
     WORDS("路面坑洼，下雨积水，骑车摔过人", "水泥路断裂了一大块", "生产路全是坑"),
     WORDS("破损路面已修补12平方米", "坑洼处已铣刨重铺")},
    {"6102", 45, 3 * D, 1, 2, false, false, "6102", "ditch road",
     WORDS("排水沟堵了，水漫到路上", "边沟里全是淤泥和垃圾"),
     WORDS("已清淤60米，排水通畅", "沟内垃圾淤泥已清除")},
    {"6103", 60, 3 * D, 1, 2, false, false, "6103", "road compound public",
     WORDS("路灯不亮三天了，老人晚上出门不方便", "巷口两盏灯都坏了", "整条街路灯一闪一闪"),
     WORDS("已更换光源和控制器，恢复照明", "线路已修复，两盏灯均已点亮")},
    {"6111", 70, 2 * D, 1, 1, true, false, "6111", "road zone",
     WORDS("门前柴堆、粪堆占了半条巷", "房前屋后堆放杂物", "门口土堆没清"),
     WORDS("与住户一起清理，三堆已入院", "已清理并栽了月季")},
    {"6112", 15, 10 * D, 2, 3, false, false, NULL, "road compound",
     WORDS("几家的网线拉得很低，挂到车", "电线乱拉，垂在屋檐下"),
     WORDS("已协调三家运营商整理入槽")},
    {"6113", 25, 4 * H, 1, 1, true, false, NULL, "facility",
     WORDS("公厕没水，味道大", "公厕地面脏、没人打扫"), WORDS("已冲洗消毒，恢复供水")},
    {"6114", 80, 4 * H, 1, 1, true, false, "6114", "household_stop compound",
     WORDS("垃圾桶满了，袋子堆在外面", "分类点四个桶都满，地上有水"),
     WORDS("已清运并冲洗桶身，增加一次收运", "桶已换新，地面已清洗")},
    {"6115", 30, 5 * D, 2, 3, false, false, "6115", "ditch road",
     WORDS("污水从井里冒出来，流到路上", "有人把污水直接排到沟里"),
     WORDS("管道已疏通，路面已冲洗", "已封堵私接口，接入管网")},
    {"6201", 10, 60, 3, 1, false, true, "6201", "river_section zone road",
     WORDS("地里有人烧秸秆，烟很大"), WORDS("明火已扑灭，对当事人进行了教育")},
    {"6202", 30, 2 * D, 2, 1, true, false, "6202", "site road zone",
     WORDS("空地黄土裸露，没盖网", "平整过的地没有覆盖"),
     WORDS("裸土已用绿网覆盖约800平方米", "已覆盖并播撒草籽")},
    {"6303", 20, 3 * D, 2, 2, false, false, "6303", "river_section ditch",
     WORDS("滩区有人倒了一堆建筑垃圾", "河堤下堆着废料"), WORDS("已清运并恢复岸线原貌")},
    {"9999", 25, 3 * D, 1, 2, false, false, NULL, "public road",
     WORDS("有流浪狗经常在学校附近", "健身器材松动，怕摔着人", "公交站牌倒了"),
     WORDS("已联系主管单位处理完毕", "已修复加固")},
    {0                                    }
};

const char *const words_where[] = {"村委会东边", "小学门口", "十字路口", "卫生室旁", "老槐树下",
    "小卖部门口", "生产路北头", "文化广场", "村南头桥边", "纪念馆路口", "二组巷口", "停车场旁",
    NULL};
const char *const words_comment[] = {"已到现场看过，今天下午处理", "已和住户沟通，明早一起清",
    "等配件，预计明天到", "雨停后施工", "谢谢反映，正在安排", NULL};
const char *const words_fail[] = {"现场还有剩余，请再清一遍",
    "照片角度看不出结果，请重拍并清理角落", "只清了一半", "路面还有油污", NULL};
const char *const words_reopen[] = {"又出现了，和上次一样", "只好了两天", "没有清干净", NULL};
const char *const words_plan[] = {"列入今年农村公路养护计划，十月底前完成",
    "等待专项资金批复，先设围挡和警示", "与供电部门会商线路入地，分两段实施",
    "汛期后施工，期间每周巡查一次", NULL};
const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐",
    "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗", NULL};

const struct kind *kind_drawn(void)
{
    int sum = 0;
    for (const struct kind *k = kinds; k->code; k++)
        sum += k->weight;
    int at = chance(1, sum);
    const struct kind *k = kinds;
    while ((at -= k->weight) > 0)
        k++;
    return k;
}

const char *word_of(const char *const *list)
{
    int n = 0;
    while (list[n])
        n++;
    return list[chance(0, n - 1)];
}
