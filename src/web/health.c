/* health.c — /healthz: the process is there; /readyz: database, disk and queues are well (OBS-1).
 */
#include "photo/photo.h"
#include "store/lane.h"
#include "store/towns.h"
#include "web/look.h"
#include "web/web.h"

#include <sys/statvfs.h>

enum { QUEUE_LONG = 400 };

static Err say_line(Cx *cx, Resp *resp, int status, const char *line)
{
    Out *out = resp_data(cx, resp, "text/plain; charset=utf-8", (Str){0});
    resp->status = status;
    out_raw(out, line, strlen(line));
    return OK;
}

static Err health_get(Cx *cx, const Req *req, Resp *resp)
{
    (void)req;
    return say_line(cx, resp, 200, "ok\n");
}

static bool disk_well(void)
{
    struct statvfs v;
    return statvfs(web->opt.data, &v) == 0 && v.f_bavail * v.f_frsize > UINT64_C(50) << 20;
}

static Err ready_get(Cx *cx, const Req *req, Resp *resp)
{
    const int64_t *towns;
    size_t n;
    (void)req;

    if (lanes_dead())
        return say_line(cx, resp, 503, "store: dead\n");
    if (!cx->db || store_towns(cx, &towns, &n) != OK)
        return say_line(cx, resp, 503, "database: away\n");
    if (cx->now < INT64_C(1700000000000))
        return say_line(cx, resp, 503, "clock: wrong\n");
    if (!disk_well())
        return say_line(cx, resp, 503, "disk: full\n");
    if (work_waiting() > QUEUE_LONG)
        return say_line(cx, resp, 503, "queue: long\n");
    if (!photo_alive()) /* all else goes on; the keeper brings them back */
        return say_line(cx, resp, 200, "ready\nphotos: away\n");
    return say_line(cx, resp, 200, "ready\n");
}

const struct route health_routes[] = {
    {GET,            "/healthz", .who = ANYONE, .run = health_get, .on = ON_LOOP},
    {GET, "/readyz", .who = ANYONE, .run = ready_get, .on = ON_READ},
    {GET, "/static/{name}", .who = ANYONE, .run = static_get, .on = ON_LOOP},
    {GET,            "/look", .who = ANYONE, .run = look_get, .on = ON_LOOP},
    {GET, "/favicon.ico", .who = ANYONE, .run = favicon_get, .on = ON_LOOP},
    {0},
};
