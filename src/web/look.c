/* look.c — language and type size 长辈版: 125, 150, 170 %. */
#include "web/look.h"

static Str cookie(Cx *cx, const Req *req, const char *name, const char *value)
{
    return str(arena_printf(&cx->mem, "%s=%s; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly%s",
        name, value, req->https ? "; Secure" : ""));
}

Str look_forget(Cx *cx, const Req *req, const char *name)
{
    return str(arena_printf(&cx->mem, "%s=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly%s", name,
        req->https ? "; Secure" : ""));
}

Err look_get(Cx *cx, const Req *req, Resp *resp)
{
    Str lang = query_text(req, "lang"), size = query_text(req, "size");
    Str back = query_text(req, "back");

    if (lang.len)
        resp->cookie = cookie(cx, req, "lang", str_eq(lang, S("en")) ? "en" : "zh");
    else if (size.len)
        resp->cookie = cookie(cx, req, "elder",
            str_eq(size, S("elder"))   ? "1"
            : str_eq(size, S("large")) ? "2"
            : str_eq(size, S("huge"))  ? "3"
                                       : "0");
    return redirect(cx, resp, "%.*s", (int)back.len, back.len ? back.at : "/");
}
