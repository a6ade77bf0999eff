/* problem_web.c — the doors for staff: one matter /problems/ID and its verbs, 我的今天 /me; the
 * room's routes and menu. */
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/meeting/meeting.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

#include <inttypes.h>

#define FIXERS (HAS(POST_CADRE) | HAS(POST_GRID_KEEPER) | HAS(POST_TEAM_LEADER))
#define MERGERS (HAS(POST_SECRETARY) | HAS(POST_DEPT) | OFFICE_POSTS)
#define LOOKERS (STAFF_POSTS)

static const struct look_of_verb {
    const char *verb, *icon;
    Text hint;
} verb_looks[] = {
    {"file",           "check",  T("给编号")                        },
    {"reject",         "x",      T("原因会告诉上报人")         },
    {"merge",          "merge",  T("和另一件是同一处")         },
    {"unmerge",        "swap",   T("30 天内")                        },
    {"transfer",       "share",  T("不归本镇管")                  },
    {"take_back",      "redo",   T("收回来自己办")               },
    {"recategorise",   "tag",    T("保留开始时间")               },
    {"dispatch",       "send",   T("从现在起计时")               },
    {"accept",         "check",  T("开始办")                        },
    {"return",         "back",   T("时限前一半内")               },
    {"reassign",       "swap",   T("期限不变")                     },
    {"redispatch",     "send",   T("派错了，期限重算")         },
    {"guarded",        "shield", T("先围挡，期限照走")         },
    {"extend_ask",     "clock",  T("最多两次")                     },
    {"extend_grant",   "check",  T("批准")                           },
    {"extend_refuse",  "x",      T("不批，要写原因")            },
    {"suspend_ask",    "pause",  T("要立项、等决定、等资金")},
    {"suspend_grant",  "check",  T("批准")                           },
    {"suspend_refuse", "x",      T("不批，要写原因")            },
    {"resume",         "arrow",  T("接着计时")                     },
    {"void_ask",       "trash",  T("要另一人批")                  },
    {"void_grant",     "check",  T("批准")                           },
    {"void_refuse",    "x",      T("不批，要写原因")            },
    {"feed_back",      "camera", T("拍整改后的照片")            },
    {"pass",           "check",  T("结案")                           },
    {"fail",           "redo",   T("退回重办，期限顺延")      },
    {"reopen",         "redo",   T("重新办理")                     },
    {"urge",           "bell",   T("一天一次")                     },
    {"comment",        "chat",   T("承办人和上级能看到")      },
};

static const struct look_of_verb *look_of_verb(const char *verb)
{
    static const struct look_of_verb plain = {"", "arrow", {0}};
    for (size_t i = 0; i < sizeof verb_looks / sizeof *verb_looks; i++)
        if (!strcmp(verb_looks[i].verb, verb))
            return &verb_looks[i];
    return &plain;
}

/* Whether a list of names with blanks between has that one. */
static bool names(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = list; p && (p = strstr(p, name)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == 0 || p[n] == ' '))
            return true;
    return false;
}

/* ---- one matter */
static bool decides(const struct problem_asked *a, const char *verb)
{
    size_t n = a->about ? strlen(a->about) : 0;
    return n && a->mine && !strncmp(verb, a->about, n)
           && (!strcmp(verb + n, "_grant") || !strcmp(verb + n, "_refuse"));
}

/* The form as it came: its words, choices, days; what it carried has been taken in already. */
static void came_back(Cx *cx, const Req *req, struct verb_row *row)
{
    struct problem_input *at = NEW_ARRAY(&cx->mem, row->inputs.n + 1, struct problem_input);
    struct photo_hashes photos;
    for (size_t i = 0; i < row->inputs.n; i++) {
        at[i] = row->inputs.at[i];
        at[i].typed = form_text(req, at[i].name);
    }
    row->inputs.at = at;
    row->phrase = form_text(req, "phrase");
    if (photos_typed(cx, req, "photo", "photo_hash", &photos) == OK)
        row->kept = kept_of(cx, photos);
}

static void verb_rows(
    Cx *cx, const Req *req, const struct problem_detail *d, Str open, struct detail_view *v)
{
    struct verb_row *mine = NEW_ARRAY(&cx->mem, d->verbs.n + 1, struct verb_row);
    struct verb_row *asked = NEW_ARRAY(&cx->mem, d->verbs.n + 1, struct verb_row);

    for (size_t i = 0; i < d->verbs.n; i++) {
        const struct problem_verb *verb = &d->verbs.at[i];
        const struct look_of_verb *look = look_of_verb(verb->button.verb);
        bool deciding = decides(&d->asked, verb->button.verb);
        bool chosen = str_eq(open, str(verb->button.verb));
        struct verb_row row = {
            .verb = verb,
            .key = new_key(cx),
            .icon = str(look->icon),
            .hint = look->hint.zh ? say(cx, look->hint) : (Str){0},
            .open = open.len ? chosen : verb->button.big,
            .inputs = verb->inputs,
        };
        if (chosen && v->say.len) {
            came_back(cx, req, &row);
            row.bad = v->bad;
            row.say = v->say;
        }
        if (!strcmp(verb->button.verb, "merge"))
            v->may_merge = true;
        if (deciding)
            asked[v->deciding.n++] = row;
        else
            mine[v->verbs.n++] = row;
    }
    v->verbs.at = mine;
    v->deciding.at = asked;
}

static void photo_rows(Cx *cx, const struct problem_detail *d, struct detail_view *v)
{
    struct photo_row *at = NEW_ARRAY(&cx->mem, d->photos.n + 1, struct photo_row);
    for (size_t i = 0; i < d->photos.n; i++)
        at[i] = (struct photo_row){
            .id = d->photos.at[i].id, .at = d->photos.at[i].at, .kind = d->photos.at[i].kind};
    v->photos.at = at;
    v->photos.n = d->photos.n;
}

static Err show(Cx *cx, const Req *req, Resp *resp, int64_t id, Str open, Str wrong)
{
    static const Text severity[] = {T("一般"), T("一般"), T("较重"), T("紧急")};
    static const Text difficulty[] = {T("易办"), T("易办"), T("中等难度"), T("难办")};
    struct problem_detail d;
    struct detail_view v = {.d = &d, .say = wrong, .bad = cx->why.field};

    TRY(problem_detail(cx, id, &d));
    TRY(problem_reporters(cx, id, &v.reporters));
    TRY(campaign_of(cx, id, &v.campaigns));
    verb_rows(cx, req, &d, open, &v);
    photo_rows(cx, &d, &v);
    v.events = newest_first(cx, &d.events);
    v.severity = severity[d.card.severity & 3];
    v.difficulty = difficulty[d.card.difficulty & 3];
    v.like_key = new_key(cx);
    v.shell = shell_of(cx, req, "problems");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_problem(out, &v);
    return OK;
}

Err problem_detail_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, path_i64(req, "id"), query_text(req, "do"), (Str){0});
}

Err problem_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    Str verb = path_text(req, "verb");
    struct problem_fields in;

    Err e = form_fields(cx, req, &in);
    bool pairs = str_eq(form_text(req, "back"), S("duplicates"));
    if (pairs && str_eq(verb, S("unmerge")) && !in.text.set)
        in.text = some_str(S("不是同一件")); /* what the button says */
    if (e == OK)
        e = problem_act(cx, id, verb, &in);
    if (e == ERR_INVALID) {
        Str wrong = cx->why.say.len ? cx->why.say : say(cx, T("有一项没有填对"));
        return show(cx, req, resp, id, verb, wrong);
    }
    TRY(e);
    if (str_eq(form_text(req, "back"), S("me")))
        return redirect(cx, resp, "/me");
    if (pairs)
        return redirect(cx, resp, "/duplicates");
    return redirect(cx, resp, "/problems/%" PRId64, id);
}

/* ---- my day */
static struct picks phrase_picks(Cx *cx, Str category, const char *verb)
{
    struct phrases p;
    if (category_phrases(cx, category, str(verb), &p) != OK)
        return (struct picks){0};
    struct pick *at = NEW_ARRAY(&cx->mem, p.n + 1, struct pick);
    for (size_t i = 0; i < p.n; i++)
        at[i] = (struct pick){.value = p.at[i], .label = p.at[i], .chosen = i == 0};
    return (struct picks){at, p.n};
}

static struct me_row me_row(Cx *cx, const struct problem_card *c, bool first)
{
    struct me_row r = {.card = c, .key = new_key(cx), .icon = S("arrow")};
    if (!c->buttons.n)
        return r;
    const struct problem_button *b = &c->buttons.at[0];
    r.verb = b->verb;
    r.label = b->label;
    r.icon = str(look_of_verb(b->verb)->icon);
    /* What is serious is not passed by a look alone (domain: §2 pass). */
    r.photo = names(b->needs, "photo") || (!strcmp(b->verb, "pass") && c->severity >= 2);
    r.direct = !b->needs || !*b->needs;
    r.open = first && r.photo;
    if (r.photo)
        r.phrases = phrase_picks(cx, c->category, b->verb);
    return r;
}

static struct me_rows me_rows(Cx *cx, const struct problem_cards *cards, bool open_first)
{
    struct me_row *at = NEW_ARRAY(&cx->mem, cards->n + 1, struct me_row);
    for (size_t i = 0; i < cards->n; i++)
        at[i] = me_row(cx, &cards->at[i], open_first && i == 0);
    return (struct me_rows){at, cards->n};
}

static Err given_to_me(Cx *cx, struct me_view *v)
{
    struct task_rows rows;
    TRY(task_mine(cx, &rows));
    struct me_given *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct me_given);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct me_given){.id = rows.at[i].id,
            .n_late = task_days_late(cx, rows.at[i].state, rows.at[i].due_on),
            .text = rows.at[i].text,
            .due_on = rows.at[i].due_on,
            .reported = str_eq(rows.at[i].state, S("reported"))};
    v->given.at = at;
    v->given.n = rows.n;
    return OK;
}

Err problem_me_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_me me;
    struct assess_me judged;
    struct me_view v = {.me = &me, .judged = &judged};

    TRY(problem_me(cx, &me));
    TRY(assess_me(cx, &judged));
    TRY(problem_thanks(cx, &v.thanks));
    TRY(climb_mine(cx, &v.climbs));
    TRY(given_to_me(cx, &v));
    v.todo = me_rows(cx, &me.todo, true);
    v.asks = me_rows(cx, &me.asks, false);
    v.unfiled = me_rows(cx, &me.unfiled, false);
    v.unverified = me_rows(cx, &me.unverified, false);
    for (size_t i = 0; i < v.given.n; i++)
        v.n_given += !v.given.at[i].reported;
    v.n_wait = (int64_t)(v.asks.n + v.unfiled.n + v.unverified.n);
    v.today = day_text(cx, day_of(cx->now));
    v.may_fix = cx->me.posts & FIXERS;
    v.shell = shell_of(cx, req, "me");
    page_me(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- the room's doors */

const struct route problem_routes[] = {
    {GET,                  "/", .who = ANYONE, .run = home_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET,       "/report", .who = ANYONE, .run = problem_report_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST,       "/report", .who = ANYONE, .run = problem_report_post, .on = ON_WAIT, .limit = SIX_PHOTOS,
     .rate = RATE_REPORT, .public_form = true},
    {GET,   "/report/near", .who = ANYONE, .run = near_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {GET,                  "/report/photos", .who = ANYONE, .run = photos_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PIECE},
    {POST,       "/report/photos", .who = ANYONE, .run = photos_post, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_PIECE, .public_form = true},
    {GET,       "/duplicates", .who = MERGERS, .run = same_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {GET,    "/receipts", .who = OFFICE_POSTS, .run = receipts_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST,                 "/receipts", .who = OFFICE_POSTS, .run = receipts_post, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST,       "/mine/forget", .who = ANYONE, .run = mine_forget_post, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE, .public_form = true},
    {POST,       "/report/like", .who = ANYONE, .run = like_post, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE, .public_form = true},
    {GET,  "/p", .who = ANYONE, .run = find_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET,                    "/p/{code}", .who = ANYONE, .run = follow_get, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_RECEIPT},
    {GET,    "/p/{code}/picture.png", .who = ANYONE, .run = receipt_png_get, .on = ON_WAIT,
     .limit = FORM_1M, .rate = RATE_EXPORT},
    {GET,     "/p/{code}.json", .who = ANYONE, .run = follow_json_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_RECEIPT},
    {POST,    "/p/{code}/{verb}", .who = ANYONE, .run = follow_verb_post, .on = ON_WAIT,
     .limit = SIX_PHOTOS, .rate = RATE_REPORT, .public_form = true},
    {GET,                    "/fix", .who = FIXERS, .run = problem_fix_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST,"/fix", .who = FIXERS, .run = problem_fix_post, .on = ON_WAIT, .limit = SIX_PHOTOS,
     .rate = RATE_UPLOAD},
    {GET,   "/problems", .who = LOOKERS, .run = problem_list_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {GET,    "/problems.csv", .who = LOOKERS, .run = problem_csv_get, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_EXPORT},
    {GET,                    "/problems.json", .who = LOOKERS, .run = problem_json_get, .on = ON_READ,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {POST,"/problems/views", .who = LOOKERS, .run = problem_view_post, .on = ON_WAIT,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {POST,  "/problems/views/{id}/drop", .who = LOOKERS, .run = problem_view_drop_post,
     .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET,    "/problems/batch", .who = LOOKERS, .run = problem_batch_get, .on = ON_READ,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/problems/batch", .who = LOOKERS, .run = problem_batch_post, .on = ON_WAIT,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {GET,                  "/problems/{id}", .who = LOOKERS, .run = problem_detail_get, .on = ON_READ,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {POST,      "/problems/{id}/{verb}", .who = LOOKERS, .run = problem_verb_post, .on = ON_WAIT,
     .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {GET,       "/me", .who = LOOKERS, .run = problem_me_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {GET,    "/board", .who = LOOKERS, .run = problem_board_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {0                 }
};

const struct menu_item problem_menu[] = {
    {"/me",           "me", T("待办"), LOOKERS, true, "i-list"},
    {"/problems",    "problems", T("问题台账"), LOOKERS, true, "i-book"},
    {"/board",           "board", T("作战图"), LOOKERS, true, "i-map"},
    {"/",               "home", T("首页"), ANYONE, true, "i-home"},
    {"/report",  "report", T("报问题"), ANYONE, true, "i-camera"},
    {"/p",        "find", T("查进度"), ANYONE, true, "i-search"},
    {"/duplicates",       "duplicates", T("疑似重复"), MERGERS, false, "i-merge"},
    {"/receipts",        "receipts", T("回执查找"), OFFICE_POSTS, false, "i-search"},
    {"/fix", "fix", T("即查即改"), FIXERS, false, "i-broom"},
    {0          }
};
