/* web_cli.c — heqing serve, heqing routes. */
#include "base/config.h"
#include "base/json.h"
#include "base/sink.h"
#include "cli/cli.h"
#include "jobs/jobs.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *asked(const Args *a, const char *name)
{
    const char *said = arg_option(a, name);
    return said ? said : config_text(name);
}

static Err serve(Cx *cx, const Args *a)
{
    const char *url = cli_db_url(cx, a), *listen = asked(a, "listen"), *town = config_text("town");
    struct web_opt opt = {
        .data = a->data,
        .listen = listen ? listen : "127.0.0.1:8080",
        .public_url = asked(a, "public-url"),
        .assets = asked(a, "assets-dir"),
        .proxies = asked(a, "proxies"),
        .db = url,
        .town = a->town ? a->town
                : town  ? strtoll(town, NULL, 10)
                        : 0,
        .insecure_http = arg_option(a, "insecure-http") || config_is_on("insecure-http"),
        .no_rate = config_is_on("no-rate"),
        .rooms = rooms,
    };

    Err e = web_open(&opt);
    if (e != OK)
        return fail(cx, e, "serve", T("没有启动"));
    TRY(jobs_start(&(struct jobs_opt){.url = url, .node = "web"}));
    int code = web_serve();
    jobs_stop();
    web_close();
    return code == 0 ? OK : fail(cx, ERR_INTERNAL, "serve", T("没有启动"));
}

/* ---- heqing routes --json ---- */
static const char *const lanes[] = {[ON_LOOP] = "loop", [ON_READ] = "read", [ON_WAIT] = "wait"};
static const char *const limits[] = {[FORM_1M] = "1M", [SIX_PHOTOS] = "73M", [TABLE_20M] = "21M"};
static const char *const rate_names[] = {[RATE_PAGE] = "page",
    [RATE_LOGIN] = "login",
    [RATE_REPORT] = "report",
    [RATE_UPLOAD] = "upload",
    [RATE_EXPORT] = "export",
    [RATE_PIECE] = "piece",
    [RATE_RECEIPT] = "receipt"};

static void policy(struct json *j, uint32_t who)
{
    json_list(j, "policy");
    if (who & ANYONE)
        json_z(j, NULL, "anyone");
    if (who & 1)
        json_z(j, NULL, "signed_in");
    else
        for (int p = POST_NONE + 1; p < N_POSTS; p++)
            if (who & HAS(p))
                json_z(j, NULL, posts[p].code);
    json_close(j, ']');
}

static const char *csrf_of(const struct route *r)
{
    return r->method == GET ? "none" : r->public_form ? "session or form" : "session";
}

static Err routes_json(Cx *cx)
{
    const struct route *const *all;
    size_t n = routes_all(&all);
    int to = STDOUT_FILENO;
    struct sink out = sink_to_fd(&cx->mem, &to);
    struct json j = {.to = &out};

    json_open(&j, '[');
    for (size_t i = 0; i < n; i++) {
        const struct route *r = all[i];
        json_open(&j, '{');
        json_z(&j, "method", r->method == POST ? "POST" : "GET");
        json_z(&j, "path", r->path);
        policy(&j, r->who);
        json_z(&j, "lane", lanes[r->on]);
        json_z(&j, "csrf", csrf_of(r));
        json_z(&j, "limit", limits[r->limit]);
        json_z(&j, "rate", rate_names[r->rate]);
        json_bool(&j, "fresh", r->fresh);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    sink_z(&out, "\n");
    return sink_end(&out);
}

static Err list_routes(Cx *cx, const Args *a)
{
    const struct route *const *all;
    Err e = routes_open(rooms);
    if (e != OK)
        return fail(cx, e, "routes", T("路由表有错"));
    if (arg_option(a, "json"))
        return routes_json(cx);
    size_t n = routes_all(&all);
    for (size_t i = 0; i < n; i++)
        printf("%-4s %-40s %s %s\n", all[i]->method == POST ? "POST" : "GET", all[i]->path,
            lanes[all[i]->on],
            all[i]->who & ANYONE ? "anyone"
            : all[i]->who & 1    ? "signed_in"
                                 : "posts");
    return OK;
}

static const struct cli_verb verbs[] = {
    {"serve",
     "[--listen HOST:PORT] [--public-url URL] [--insecure-http] [--proxies A,B] [--assets-dir "
        "DIR]", T("启动网站，前台运行；这些选项也可写在 数据目录/heqing.conf 里或用 HEQING_* 环境变量给出"),
     "listen= public-url= insecure-http proxies= assets-dir=", .needs_db = true, .serves = true,
     .needs_photos = true, .run = serve},
    {"routes", "[--json]", T("列出所有地址：方法、谁可以用、在哪里运行、大小限制"), "json",
     .run = list_routes},
    {0                                                                                                          },
};

const struct room web_room = {"web", .routes = health_routes, .verbs = verbs};
