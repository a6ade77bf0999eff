/* resize.c — Lanczos-3 in two passes: each arriving row is narrowed at once into a ring of rows; a
 * row of the result is the weighted sum of the ring when its last source row is there.  Weights are
 * 14-bit fixed point and sum to exactly one. */
#include "photo/resize.h"

#include "photo/child.h"

#include <math.h>
#include <string.h>

enum { ONE = 1 << 14, MOST_TAPS = 1 << 17 };

struct weights {
    uint32_t taps;   /* places for weights of one result pixel */
    uint32_t *first; /* [result] first source pixel */
    uint32_t *count; /* [result] how many */
    int16_t *weight; /* [result][taps] */
};

struct resize {
    struct weights across, down;
    struct pixels *to;
    uint32_t height, taken, given;
    uint8_t *ring; /* [down.taps] narrowed rows */
    int32_t *sum;
};

static double lanczos(double x)
{
    if (x < 0)
        x = -x;
    if (x < 1e-8)
        return 1;
    return x < 3 ? 3 * sin(M_PI * x) * sin(M_PI * x / 3) / (M_PI * M_PI * x * x) : 0;
}

static struct weights weigh(uint32_t from, uint32_t to)
{
    double scale = (double)from / to, reach = 3 * scale;
    struct weights w = {.taps = (uint32_t)(2 * reach) + 3};
    if (w.taps > MOST_TAPS)
        refuse(PHOTO_HUGE);
    w.first = child_room(to, sizeof *w.first);
    w.count = child_room(to, sizeof *w.count);
    w.weight = child_room((size_t)to * w.taps, sizeof *w.weight);
    double *exact = child_room(w.taps, sizeof *exact);
    for (uint32_t i = 0; i < to; i++) {
        double middle = (i + 0.5) * scale, total = 0;
        double low = ceil(middle - reach - 0.5), high = floor(middle + reach - 0.5);
        w.first[i] = low < 0 ? 0 : (uint32_t)low;
        uint32_t last = high > from - 1 ? from - 1 : (uint32_t)high;
        w.count[i] = last - w.first[i] + 1;
        for (uint32_t k = 0; k < w.count[i]; k++)
            total += exact[k] = lanczos((w.first[i] + k + 0.5 - middle) / scale);
        int32_t left = ONE;
        int16_t *weight = w.weight + (size_t)i * w.taps;
        for (uint32_t k = 0; k < w.count[i]; k++)
            left -= weight[k] = (int16_t)lround(exact[k] / total * ONE);
        weight[w.count[i] / 2] = (int16_t)(weight[w.count[i] / 2] + left);
    }
    return w;
}

static uint8_t clip(int32_t sum)
{
    sum = (sum + ONE / 2) >> 14;
    return (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

void resize_fit(uint32_t width, uint32_t height, uint32_t longest, struct pixels *ret)
{
    uint32_t most = width > height ? width : height;
    uint64_t n = most > longest ? longest : most;
    ret->width = (uint32_t)((width * n + most / 2) / most);
    ret->height = (uint32_t)((height * n + most / 2) / most);
    if (ret->width == 0)
        ret->width = 1;
    if (ret->height == 0)
        ret->height = 1;
}

struct resize *resize_start(uint32_t width, uint32_t height, struct pixels *to)
{
    struct resize *r = child_room(1, sizeof *r);
    size_t line = (size_t)to->width * to->depth;
    *r = (struct resize){.to = to, .height = height};
    to->at = child_room(to->height, line);
    if (width == to->width && height == to->height)
        return r;
    r->across = weigh(width, to->width);
    r->down = weigh(height, to->height);
    r->ring = child_room(r->down.taps, line);
    r->sum = child_room(line, sizeof *r->sum);
    return r;
}

/* `depth` is a constant at each call, so the compiler unrolls the inner loop. */
static inline void narrow(
    const struct weights *w, const uint8_t *row, uint8_t *to, uint32_t n, uint32_t depth)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t *from = row + (size_t)w->first[i] * depth;
        const int16_t *weight = w->weight + (size_t)i * w->taps;
        int32_t sum[4] = {0};
        for (uint32_t k = 0; k < w->count[i]; k++, from += depth)
            for (uint32_t c = 0; c < depth; c++)
                sum[c] += weight[k] * from[c];
        for (uint32_t c = 0; c < depth; c++)
            *to++ = clip(sum[c]);
    }
}

static void give(struct resize *r, uint32_t i)
{
    const struct weights *w = &r->down;
    size_t line = (size_t)r->to->width * r->to->depth;
    uint8_t *to = r->to->at + i * line;
    int32_t *restrict sum = r->sum;
    memset(sum, 0, line * sizeof *sum);
    for (uint32_t k = 0; k < w->count[i]; k++) {
        const uint8_t *restrict from = r->ring + (w->first[i] + k) % w->taps * line;
        int32_t weight = w->weight[(size_t)i * w->taps + k];
        for (size_t x = 0; x < line; x++)
            sum[x] += weight * from[x];
    }
    for (size_t x = 0; x < line; x++)
        to[x] = clip(sum[x]);
}

void resize_row(struct resize *r, const uint8_t *row)
{
    if (r->taken == r->height)
        return;
    if (r->sum == NULL) { /* not made smaller: as it came */
        size_t line = (size_t)r->to->width * r->to->depth;
        memcpy(r->to->at + r->taken++ * line, row, line);
        return;
    }
    uint8_t *to = r->ring + (size_t)(r->taken % r->down.taps) * r->to->width * r->to->depth;
    if (r->to->depth == 3)
        narrow(&r->across, row, to, r->to->width, 3);
    else
        narrow(&r->across, row, to, r->to->width, 4);
    r->taken++;
    while (
        r->given < r->to->height && r->down.first[r->given] + r->down.count[r->given] <= r->taken)
        give(r, r->given++);
}
