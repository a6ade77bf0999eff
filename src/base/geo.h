/* geo.h — 坐标: points on the ground in 10^-6 degrees, and the two datums a phone in China may
 * speak.
 *
 * WGS-84 is what satellites and browsers say; GCJ-02 is what maps published in China draw, shifted
 * by 300 to 700 m.  We keep WGS-84 and beside it what the phone gave and called it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct point {
    int64_t lat, lng; /* 10^-6 degrees */
};

/* The shift is a series of sines whose coefficients everybody knows and nobody published; computed
 * in double precision and rounded to 10^-6 degrees (0.1 m), the same on every machine with IEEE
 * doubles.  There and back is within 10^-6 degrees.  Outside China nothing is shifted. */
struct point gcj_of_wgs(struct point);
struct point wgs_of_gcj(struct point);

/* Metres between two points, by whole numbers; good to 1 % within a county, 30,000 and more: far.
 */
int64_t metres_between(int64_t lat1, int64_t lng1, int64_t lat2, int64_t lng2);

/* "34.8921,113.5133 34.8925,113.5140": how far the point is from that line (or single point), in
 * metres; -1: no sound shape. */
int64_t metres_to_shape(struct point, Str shape);
/* "34.8921" as 10^-6 degrees: digits and one point, at most 7 places; false: it is none. */
bool degrees_read(Str, int64_t *);
