/* static.c — the files of web/, and the answers that need no database: /static/NAME, /favicon.ico.
 *
 * With --assets-dir the files are read from that folder at each request: for who draws them. */
#include "web/static.h"
#include "web/web.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct asset *find(Str name)
{
    for (const struct asset *a = assets; a->name; a++)
        if (str_eq(str(a->name), name))
            return a;
    return NULL;
}

Str static_version(Str name)
{
    const struct asset *a = find(name);
    return a && !web->opt.assets ? str(a->hash) : (Str){0};
}

static Err from_folder(Cx *cx, const struct asset *a, Resp *resp)
{
    struct stat st;
    const char *path = arena_printf(&cx->mem, "%s/%s", web->opt.assets, a->name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return fail_log(cx, ERR_NOT_FOUND, "%s: %m", path);
    if (fstat(fd, &st) < 0) {
        close(fd);
        return fail_log(cx, ERR_INTERNAL, "%s: %m", path);
    }
    resp->type = a->type;
    resp->fd = fd;
    resp->size = st.st_size;
    resp->ours = true;
    return OK;
}

static bool takes_brotli(const Req *req)
{
    Str s = req->accept_encoding;
    for (size_t i = 0; i + 2 <= s.len; i++)
        if (s.at[i] == 'b' && s.at[i + 1] == 'r'
            && (i + 2 == s.len || s.at[i + 2] == ',' || s.at[i + 2] == ' '))
            return true;
    return false;
}

static Err send_asset(Cx *cx, const struct asset *a, const Req *req, Resp *resp)
{
    if (!a)
        return ERR_NOT_FOUND;
    if (web->opt.assets)
        return from_folder(cx, a, resp);
    bool packed = a->packed.len && takes_brotli(req);
    resp->status = 200;
    resp->type = a->type;
    resp->fixed = packed ? a->packed : a->raw;
    resp->encoding = packed ? "br" : a->packed.len ? "" : NULL;
    resp->etag = packed ? str(arena_printf(&cx->mem, "%s-br", a->hash)) : str(a->hash);
    resp->may_cache = str_eq(query_text(req, "v"), str(a->hash));
    return OK;
}

Err static_get(Cx *cx, const Req *req, Resp *resp)
{
    return send_asset(cx, find(path_text(req, "name")), req, resp);
}

Err favicon_get(Cx *cx, const Req *req, Resp *resp)
{
    return send_asset(cx, find(S("favicon.svg")), req, resp);
}
