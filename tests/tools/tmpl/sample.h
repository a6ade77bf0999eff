/* sample.h — rows for the tests and the bench of pages. */
#pragma once
#include "tests/tools/tmpl/views.h"

static inline struct problem_list_view sample(Arena *a, size_t n)
{
    static const struct verb_view verbs[] = {
        {"dispatch", T("派遣")},
        {"return",   T("退回")}
    };
    static const Str bodies[] = {S("南王村口大槐树下的路面破损，下雨积水，老人孩子走路不便，请尽快"
                                   "修补。现场已经放了两块砖提醒过往车辆。"),
        S("垃圾桶满了两天没人收，\"味道\"很大 & 招苍蝇 "
          "<请处理>，已拍照。希望增加清运次数，特别是逢集的日子。"),
        S("Drain blocked near the school's gate; it's been reported twice already.")};
    struct problem_card *r = NEW_ARRAY(a, n ? n : 1, struct problem_card);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct problem_card){
            .id = (int64_t)(1000 + i),
            .due_at = 1781760000000 + (int64_t)i * 3600000,
            .cost = i % 5 ? 0 : (int64_t)(i + 1) * 12345,
            .place = i % 7 ? S("南王村三组 12 号门前") : S("<hqX'\">村口"),
            .body = bodies[i % 3],
            .phone = i % 5 ? S("") : S("13800001234"),
            .state = i % 2 ? "handling" : "filed",
            .state_name = i % 2 ? T("处理中") : T("待派遣"),
            .photo = i % 4 == 0   ? "/photo/0a1b2c3d.jpg"
                     : i % 4 == 1 ? "javascript:alert(1)"
                                  : NULL,
            .number = i % 2 ? some_str(S("GX-2026-000123")) : (OptStr){.set = false             },
            .late = i % 10 == 0,
            .chosen = i == 1,
            .verbs = { .at = verbs, .n = i % 10 == 0 ? 2 : 0}
        };
    return (struct problem_list_view){
        .frame = {n ? S("李四") : S(""), S("古荥镇"), (int64_t)n},
        .problems = {r,                       n                                    },
        .n_open = (int64_t)n,
        .n_late = (int64_t)(n + 9) / 10,
        .now = 1781760000001,
        .q = n ? S("\n</textarea>\"><script>alert(1)</script>") : S(""),
        .next = n ? S("a&b=/") : S(""),
        .order = "new"
    };
}
