/* assess_result.c — 结果: a round's result as canonical text, its hash, and the words for it. */
#include "rooms/assess/assess_text.h"

#include "base/html.h"
#include "base/sum.h"

#include <inttypes.h>
#include <sodium/utils.h>
#include <stdio.h>

static const struct {
    const char *code;
    Text say;
} decisions[] = {
    [BY_RANK] = {"rank",        T("按名次")                                       },
    [BY_PENALTY] = {"tie_penalty", T("同分，按扣罚分少者在前")               },
    [BY_ON_TIME] = {"tie_on_time", T("同分，按期结案率高者在前")            },
    [BY_PLEASED] = {"tie_pleased", T("同分，满意率高者在前")                  },
    [BY_TIE_FOR_ALL] = {"tie_all",     T("各项都相同：红旗都给，黑旗都不给")},
    [BY_FLOOR] = {"floor",       T("低于最低分线")                              },
    [BY_IN_A_ROW] = {"in_a_row",    T("连续两个月低于分线")                     },
    [BY_FALSIFIED] = {"falsified",   T("佐证作假")                                    },
    [BY_NOTHING] = {"none",        T("不在名额内")                                 },
    [BY_BARRED] = {"barred",      T("被取消红旗资格")                           },
    [BY_OPEN_LATE] = {"open_late",   T("有超期五个工作日未办结的事项")      },
    [BY_MARK] = {"mark",        T("没有达到分线")                              },
};

Text assess_decided_text(enum decided by)
{
    return decisions[by].say;
}

const char *assess_decided_code(enum decided by)
{
    return decisions[by].code;
}

const char *assess_flag_code(enum flag f)
{
    return f == FLAG_RED ? "red" : f == FLAG_BLACK ? "black" : "none";
}

Str assess_points(Cx *cx, int64_t n)
{
    int64_t abs = n < 0 ? -n : n;
    return str(
        arena_printf(&cx->mem, "%s%" PRId64 ".%02" PRId64, n < 0 ? "-" : "", abs / 100, abs % 100));
}

Str assess_hash(Cx *cx, Str text)
{
    unsigned char sum[SUM_BYTES];
    Sum s;
    sum_begin(&s);
    sum_raw(&s, text.at, text.len);
    sum_end(&s, sum);
    char *hex = arena_raw(&cx->mem, 2 * SUM_BYTES + 1);
    sodium_bin2hex(hex, 2 * SUM_BYTES + 1, sum, sizeof sum);
    return (Str){hex, 2 * SUM_BYTES};
}

static void put_scored(Out *o, const struct assess_input *in, int64_t code, Str week,
    const struct scored *s, bool seen)
{
    out_printf(o,
        "week\t%" PRId64 "\t%.*s\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64
        "\n",
        code, (int)week.len, week.at, seen ? "seen" : "-", s->score, s->sum, s->out, s->bonus,
        s->penalty);
    for (size_t i = 0; i < in->n_items; i++)
        if (in->item[i].kind <= ITEM_AUTO)
            out_printf(o, "item\t%" PRId64 "\t%.*s\t%.*s\t%" PRId64 "\n", code, (int)week.len,
                week.at, (int)in->item[i].code.len, in->item[i].code.at, s->points[i]);
}

Str assess_result_text(
    Cx *cx, const struct assess_input *in, Str input_hash, const struct reckoned *r)
{
    Out o = {.mem = &cx->mem};
    const size_t *at = assess_by_code(cx, in);
    out_printf(&o, "heqing-result\t1\ninput\t%.*s\n", (int)input_hash.len, input_hash.at);
    for (size_t k = 0; k < in->n_units; k++) {
        const struct reckon_unit *u = &in->unit[at[k]];
        const struct reckoned *x = &r[at[k]];
        out_printf(&o,
            "unit\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "/%" PRId64 "\t%d\t%" PRId64 "\t%" PRId64
            "\t%d\t%d\t%s\t%s\t%d\n",
            u->code, x->score, x->num, x->den, x->n, x->bonus, x->penalty, x->rank, x->town_rank,
            assess_flag_code(x->flag), assess_decided_code(x->by), x->in_public);
        for (int w = 0; w < in->n_weeks; w++)
            put_scored(&o, in, u->code, in->week[w].code, &x->week[w], u->week[w].inspected);
        put_scored(&o, in, u->code, S("K"), &x->month, u->month.inspected);
    }
    return (Str){o.at, o.len};
}
