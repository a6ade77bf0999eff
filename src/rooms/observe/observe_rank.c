/* observe_rank.c — 观摩得分: the mean and the ranks, in integers. */
#include "rooms/observe/observe.h"

enum { TRIMMED_FROM = 5 };

int64_t observe_mean(const int64_t *sum, size_t n)
{
    if (!n)
        return -1;
    int64_t all = 0, low = sum[0], high = sum[0], m = (int64_t)n;
    for (size_t i = 0; i < n; i++) {
        all += sum[i];
        low = sum[i] < low ? sum[i] : low;
        high = sum[i] > high ? sum[i] : high;
    }
    if (n >= TRIMMED_FROM)
        all -= low + high, m -= 2;
    return (200 * all + m) / (2 * m); /* half up */
}

void observe_ranks(const int64_t *score, size_t n, int64_t *rank)
{
    for (size_t i = 0; i < n; i++) {
        rank[i] = score[i] < 0 ? 0 : 1;
        for (size_t k = 0; k < n && rank[i]; k++)
            rank[i] += score[k] > score[i];
    }
}
