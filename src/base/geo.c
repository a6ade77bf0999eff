/* geo.c — 坐标: WGS-84 and GCJ-02, distances. */
#include "base/geo.h"

#include <math.h>

enum { MILLION = 1000000, BACK_ROUNDS = 8 };

static int64_t root(int64_t n)
{
    int64_t r = n > 0 ? n : 0, next = (r + 1) / 2;
    while (next < r) {
        r = next;
        next = (r + n / r) / 2;
    }
    return r;
}

/* cos(latitude) · 1000 for 0…60 degrees in steps of 5. */
static int64_t cos_1000(int64_t lat)
{
    static const int64_t table[] = {
        1000, 996, 985, 966, 940, 906, 866, 819, 766, 707, 643, 574, 500};
    int64_t deg = lat < 0 ? -lat : lat, at = deg / 5000000;
    if (at >= 12)
        return table[12];
    return table[at] + (table[at + 1] - table[at]) * (deg - at * 5000000) / 5000000;
}

static const int64_t FAR_CM = 3000000; /* 30 km: no overflow, and near nothing */

/* b as seen from a, in centimetres to the east and north; a degree of latitude is 111.2 km. */
static bool offset(struct point a, struct point b, int64_t *east, int64_t *north)
{
    *north = (b.lat - a.lat) * 1112 / 100;
    *east = (b.lng - a.lng) * 1112 / 100 * cos_1000((a.lat + b.lat) / 2) / 1000;
    return *north <= FAR_CM && *north >= -FAR_CM && *east <= FAR_CM && *east >= -FAR_CM;
}

int64_t metres_between(int64_t lat1, int64_t lng1, int64_t lat2, int64_t lng2)
{
    int64_t east, north;
    if (!offset((struct point){lat1, lng1}, (struct point){lat2, lng2}, &east, &north))
        return FAR_CM / 100;
    return root(east * east + north * north) / 100;
}

/* From the origin to the piece between two points, in centimetres. */
static int64_t cm_to_piece(int64_t ax, int64_t ay, int64_t bx, int64_t by)
{
    int64_t dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
    int64_t along = -(ax * dx + ay * dy);
    if (length == 0 || along <= 0)
        return root(ax * ax + ay * ay);
    if (along >= length)
        return root(bx * bx + by * by);
    int64_t cross = ax * dy - ay * dx;
    return (cross < 0 ? -cross : cross) / (root(length) ? root(length) : 1);
}

bool degrees_read(Str s, int64_t *to)
{
    int64_t n = 0, scale = 0;
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.' && !scale && digits)
            scale = 1;
        else if (s.at[i] < '0' || s.at[i] > '9' || ++digits > 10)
            return false;
        else if (scale < MILLION) {
            n = n * 10 + (s.at[i] - '0');
            scale *= 10;
        }
    }
    if (!digits || (scale == 1))
        return false;
    for (scale = scale ? scale : 1; scale < MILLION; scale *= 10)
        n *= 10;
    *to = n;
    return n <= 360 * (int64_t)MILLION;
}

static bool next_point(Str *s, struct point *to)
{
    size_t comma = 0, end;
    while (comma < s->len && s->at[comma] != ',')
        comma++;
    for (end = comma; end < s->len && s->at[end] != ' ';)
        end++;
    if (comma >= s->len || !degrees_read((Str){s->at, comma}, &to->lat)
        || !degrees_read((Str){s->at + comma + 1, end - comma - 1}, &to->lng))
        return false;
    while (end < s->len && s->at[end] == ' ')
        end++;
    *s = (Str){s->at + end, s->len - end};
    return true;
}

int64_t metres_to_shape(struct point from, Str shape)
{
    struct point p;
    int64_t best = -1, x = 0, y = 0, was_x, was_y;
    bool have = false;
    while (shape.len) {
        if (!next_point(&shape, &p))
            return -1;
        was_x = x;
        was_y = y;
        bool near = offset(from, p, &x, &y);
        int64_t cm = !near ? FAR_CM : have ? cm_to_piece(was_x, was_y, x, y) : root(x * x + y * y);
        have = near;
        if (best < 0 || cm < best)
            best = cm;
    }
    return best < 0 ? -1 : best / 100;
}

/* ---- GCJ-02 ---- */

/* Krassowski's ellipsoid, which the shift is scaled by. */
static const double AXIS = 6378245.0, FLAT = 0.00669342162296594323;

static bool in_china(struct point p)
{
    return p.lng > 72004000 && p.lng < 137847100 && p.lat > 829300 && p.lat < 55827100;
}

static double wave(double high, double x)
{
    return high * sin(M_PI * x) * 2 / 3;
}

static double shift_lat(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + wave(20, 6 * x)
           + wave(20, 2 * x) + wave(20, y) + wave(40, y / 3) + wave(160, y / 12)
           + wave(320, y / 30);
}

static double shift_lng(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + wave(20, 6 * x)
           + wave(20, 2 * x) + wave(20, x) + wave(40, x / 3) + wave(150, x / 12)
           + wave(300, x / 30);
}

static void shift(double lat, double lng, double *by_lat, double *by_lng)
{
    double x = lng - 105, y = lat - 35, rad = lat / 180 * M_PI;
    double magic = 1 - FLAT * sin(rad) * sin(rad), sq = sqrt(magic);
    *by_lat = shift_lat(x, y) * 180 / (AXIS * (1 - FLAT) / (magic * sq) * M_PI);
    *by_lng = shift_lng(x, y) * 180 / (AXIS / sq * cos(rad) * M_PI);
}

static struct point rounded(double lat, double lng)
{
    return (struct point){llround(lat * MILLION), llround(lng * MILLION)};
}

struct point gcj_of_wgs(struct point p)
{
    double lat = (double)p.lat / MILLION, lng = (double)p.lng / MILLION, by_lat, by_lng;
    if (!in_china(p))
        return p;
    shift(lat, lng, &by_lat, &by_lng);
    return rounded(lat + by_lat, lng + by_lng);
}

/* There is no formula back: what is shifted onto the point is found by taking the shift away again
 * and again; it converges by a factor of a thousand each time. */
struct point wgs_of_gcj(struct point p)
{
    double lat = (double)p.lat / MILLION, lng = (double)p.lng / MILLION, by_lat, by_lng;
    double at_lat = lat, at_lng = lng;
    if (!in_china(p))
        return p;
    for (int i = 0; i < BACK_ROUNDS; i++) {
        shift(at_lat, at_lng, &by_lat, &by_lng);
        at_lat = lat - by_lat;
        at_lng = lng - by_lng;
    }
    return rounded(at_lat, at_lng);
}
