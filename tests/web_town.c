/* web_town.c — the router with a room of the tests' own, over the little town. */
#include "web_town.h"

#include "pictures.h"
#include "rooms.h"
#include "rooms/attachment/attachment.h"

#include <unistd.h>

static Err page_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    Str id = path_text(req, "id");
    out_raw(out, "page ", 5);
    html_str(out, id.len ? id : query_text(req, "q"));
    return OK;
}

static Err letter_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    html_str(out, path_text(req, "code"));
    return OK;
}

static Err json_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_data(cx, resp, "application/json; charset=utf-8", (Str){0});
    (void)req;
    out_raw(out, "{}", 2);
    return OK;
}

static Err form_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct upload *u = form_upload(req, "photo", 0);
    char first[4] = "";
    if (str_eq(form_text(req, "body"), S("bad")))
        return fail(cx, ERR_INVALID, "body", T("填写有误"));
    if (str_eq(form_text(req, "body"), S("busy")))
        return ERR_BUSY;
    if (str_eq(form_text(req, "body"), S("lost")))
        return fail_log(cx, ERR_INTERNAL, "a secret of the house");
    if (str_eq(form_text(req, "body"), S("used")))
        return resp->status = 410, ERR_NOT_FOUND;
    if (u && read(u->fd, first, 3) == 3)
        return redirect(cx, resp, "/p/%s-%lld", first, (long long)u->size);
    return redirect(cx, resp, "/p/1");
}

static Err outside_post(Cx *cx, const Req *req, Resp *resp)
{
    (void)req;
    return redirect(cx, resp, "//evil.example/");
}

static const struct route own_routes[] = {
    {GET,                 "/", .who = ANYONE, .run = page_get, .on = ON_READ},
    {GET,      "/t/{id}", .who = STAFF_POSTS, .run = page_get, .on = ON_READ},
    {GET,      "/t/{id}.json", .who = STAFF_POSTS, .run = json_get, .on = ON_READ},
    {GET,                 "/t/new", .who = STAFF_POSTS, .run = letter_get, .on = ON_READ},
    {GET, "/t/{code}.csv", .who = ANYONE, .run = letter_get, .on = ON_READ},
    {GET,      "/p/{code}", .who = ANYONE, .run = letter_get, .on = ON_READ},
    {POST,                 "/report", .who = ANYONE, .run = form_post, .on = ON_WAIT, .limit = SIX_PHOTOS,
     .public_form = true},
    {POST, "/t/{id}/{verb}", .who = HAS(POST_SECRETARY), .run = form_post, .on = ON_WAIT},
    {POST,      "/outside", .who = SIGNED_IN, .run = outside_post, .on = ON_WAIT},
    {POST,                 "/role", .who = SIGNED_IN, .run = form_post, .on = ON_WAIT, .fresh = true},
    {0},
};
static const struct room own_room = {"own", .routes = own_routes};
const struct room *const web_town_rooms[] = {&own_room, &web_room, NULL};

void web_town_open(void)
{
    struct web_opt opt = {
        .data = town_dir(), .listen = "127.0.0.1:0", .no_rate = true, .rooms = web_town_rooms};
    assert_int_equal(web_open(&opt), OK);
}

int web_town_setup(void **state)
{
    int e = town_setup(state);
    web_town_open();
    return e;
}

int web_town_teardown(void **state)
{
    web_close();
    return town_teardown(state);
}

int rooms_web_setup(void **state)
{
    int e = town_setup(state);
    for (const struct room *const *r = rooms; !e && *r; r++)
        e = (*r)->open && (*r)->open(*state) != OK;
    if (!e)
        web_call_open(*state, town_dir());
    return e;
}

int rooms_web_teardown(void **state)
{
    web_call_close();
    return town_teardown(state);
}

const char *as_z(Cx *cx, Str s)
{
    return arena_printf(&cx->mem, "%.*s", (int)s.len, s.len ? s.at : "");
}

struct web_answer web_send(Cx *cx, const char *path, const char *cookie, struct pairs form)
{
    return web_call(
        cx, &(struct web_call){.method = "POST", .path = path, .form = form, .cookie = cookie});
}

static const char *cookie_of(Cx *cx, int64_t who)
{
    if (!who)
        return NULL;
    sign_in(cx, who);
    return as_z(cx, town_cookie(cx, who));
}

struct web_answer web_page(Cx *cx, int64_t who, const char *path)
{
    return web_get(cx, path, cookie_of(cx, who));
}

struct web_answer web_form(Cx *cx, int64_t who, const char *path, struct pairs form)
{
    return web_send(cx, path, cookie_of(cx, who), form);
}

Str picture_taken(Cx *cx, uint32_t width)
{
    int fd = picture_jpeg(&(struct picture){.width = width, .height = 48});
    Str hash = {0};
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    return hash;
}

struct web_answer web_get(Cx *cx, const char *path, const char *cookie)
{
    return web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
}

const char *town_cookie_text(Cx *cx, int64_t person)
{
    Str s = town_cookie(cx, person);
    memset(&cx->me, 0, sizeof cx->me);
    return as_z(cx, s);
}

const char *path_filled(Cx *cx, const char *path, const struct path_value *at, size_t n)
{
    const char *out = "";
    while (*path) {
        size_t used = 0;
        for (size_t i = 0; i < n && !used; i++)
            if (!strncmp(path, at[i].name, strlen(at[i].name))) {
                out = arena_printf(&cx->mem, "%s%s", out, at[i].value);
                used = strlen(at[i].name);
            }
        if (!used)
            out = arena_printf(&cx->mem, "%s%c", out, *path);
        path += used ? used : 1;
    }
    return out;
}

bool has_words(Str text, const char *words)
{
    return text.len && memmem(text.at, text.len, words, strlen(words)) != NULL;
}

bool web_body_has(const struct web_answer *a, const char *text)
{
    return has_words(a->body, text);
}

struct web_answer web_post(Cx *cx, const char *path, const char *cookie, const char *body)
{
    struct pair f = {S("body"), str(body)};
    return web_send(cx, path, cookie, (struct pairs){&f, 1});
}
