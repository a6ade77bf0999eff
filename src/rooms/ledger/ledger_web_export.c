/* ledger_web_export.c — 导出 to a browser: through a file without a name, so that memory does not
 * grow with the ledger and the whole answer is there before its first byte leaves. */
#include "rooms/ledger/ledger_web.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct spool {
    struct sink sink; /* points into this struct: it stays where it is */
    int fd;
};

static Err spool_open(Cx *cx, struct spool *s)
{
    s->fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd < 0)
        return fail_log(cx, errno == ENOSPC ? ERR_BUSY : ERR_INTERNAL, "spool of an export: %m");
    s->sink = sink_to_fd(&cx->mem, &s->fd);
    return OK;
}

static Err spool_drop(struct spool *s, Err e)
{
    close(s->fd);
    s->fd = -1;
    return e;
}

static Err spool_send(Cx *cx, struct spool *s, Resp *resp)
{
    if (lseek(s->fd, 0, SEEK_SET) < 0)
        return spool_drop(s, fail_log(cx, ERR_INTERNAL, "spool of an export: %m"));
    resp->fd = s->fd;
    resp->size = (int64_t)s->sink.total;
    return OK;
}

static Err export(Cx *cx, const Req *req, Resp *resp, enum format format)
{
    const struct ledger *l;
    struct spool spool;
    size_t n;
    TRY(ledger_listed(cx, req, &l));
    TRY(spool_open(cx, &spool));
    Err e = ledger_export(cx, l, req->query, SIGHT_STAFF, format, &spool.sink, &n);
    if (e == OK)
        e = ledger_exported(cx, l, format, n, (Str){0});
    if (e != OK)
        return spool_drop(&spool, e);
    resp->type =
        format == FORMAT_CSV ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
    resp->filename =
        str(arena_printf(&cx->mem, "%s.%s", l->name, format == FORMAT_CSV ? "csv" : "json"));
    return spool_send(cx, &spool, resp);
}

Err ledger_csv_get(Cx *cx, const Req *req, Resp *resp)
{
    return export(cx, req, resp, FORMAT_CSV);
}

Err ledger_json_get(Cx *cx, const Req *req, Resp *resp)
{
    return export(cx, req, resp, FORMAT_JSON);
}

Err ledger_blank_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    TRY(ledger_of(cx, req, &l));
    if (!ledger_loads(cx, l))
        return ERR_FORBIDDEN;
    const char *name = arena_printf(&cx->mem, "%s.csv", l->name);
    struct sink o = sink_to_out(resp_data(cx, resp, "text/csv; charset=utf-8", str(name)));
    return ledger_blank(cx, l, &o);
}
