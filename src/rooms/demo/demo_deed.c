/* demo_deed.c — one line of deeds.csv, done through the rules as who did it. */
#include "rooms/demo/demo_deed.h"

#include "base/ledger.h"
#include "rooms/duty/duty.h"
#include "rooms/hotline/hotline.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

enum { OBJECTS_MAX = 4000, PEOPLE_MAX = 400 };

Str demo_field(Str fields, const char *key)
{
    size_t k = strlen(key);
    for (Str rest = fields; rest.len;) {
        const char *end = memchr(rest.at, ';', rest.len);
        Str one = {rest.at, end ? (size_t)(end - rest.at) : rest.len};
        if (one.len > k && !memcmp(one.at, key, k) && one.at[k] == '=')
            return (Str){one.at + k + 1, one.len - k - 1};
        size_t gone = end ? one.len + 1 : one.len;
        rest = (Str){rest.at + gone, rest.len - gone};
    }
    return (Str){0};
}

static int64_t number(Str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        n = n * 10 + (s.at[i] - '0');
    return n;
}

static OptI64 opt_number(Str fields, const char *key)
{
    Str s = demo_field(fields, key);
    return s.len ? some_i64(number(s)) : (OptI64){0};
}

static OptStr opt_text(Str fields, const char *key)
{
    Str s = demo_field(fields, key);
    return s.len ? some_str(s) : (OptStr){0};
}

/* ---- the cast ---- */

static struct demo_person *person_of(struct demo_cast *cast, Str login)
{
    for (size_t i = 0; i < cast->n_people; i++)
        if (str_eq(cast->people[i].login, login))
            return &cast->people[i];
    return NULL;
}

static Err cast_person(Cx *cx, struct demo_cast *cast, Str login)
{
    if (!login.len || person_of(cast, login))
        return OK;
    if (cast->n_people == PEOPLE_MAX)
        return fail_log(cx, ERR_INVALID, "too many people");
    struct demo_person *p = &cast->people[cast->n_people];
    if (people_of_login(cx, login, &p->id) != OK)
        return fail_log(cx, ERR_INVALID, "nobody is %.*s", (int)login.len, login.at);
    TRY(duty_posts(cx, p->id, &p->posts));
    p->login = login;
    cast->n_people++;
    return OK;
}

Err demo_cast_read(Cx *cx, const struct deed *deeds, size_t n, struct demo_cast *ret)
{
    ret->objects = NEW_ARRAY(&cx->mem, OBJECTS_MAX, struct demo_object);
    ret->people = NEW_ARRAY(&cx->mem, PEOPLE_MAX, struct demo_person);
    ret->photos = NEW_ARRAY(&cx->mem, DEMO_PHOTOS_MAX, struct demo_photo);
    for (size_t i = 0; i < n; i++) {
        TRY(cast_person(cx, ret, deeds[i].login));
        TRY(cast_person(cx, ret, demo_field(deeds[i].fields, "handler")));
        TRY(demo_photos_named(cx, ret, demo_field(deeds[i].fields, "photo")));
        TRY(demo_photos_named(cx, ret, demo_field(deeds[i].fields, "after")));
    }
    return demo_photos_take(cx, ret);
}

/* ---- doing ---- */

static struct demo_object *object_named(struct demo_cast *cast, Str name)
{
    for (size_t i = cast->n_objects; i-- > 0;)
        if (str_eq(cast->objects[i].name, name))
            return &cast->objects[i];
    return NULL;
}

/* A name on the list becomes the hash of what was taken. */
static struct photo_hashes photos_of(Cx *cx, const struct demo_cast *cast, Str list)
{
    Str *at = NEW_ARRAY(&cx->mem, PHOTOS_MAX, Str);
    size_t n = 0;
    while (list.len && n < PHOTOS_MAX) {
        const char *comma = memchr(list.at, ',', list.len);
        Str one = {list.at, comma ? (size_t)(comma - list.at) : list.len};
        for (size_t i = 0; i < cast->n_photos; i++)
            if (str_eq(cast->photos[i].name, one))
                at[n++] = cast->photos[i].hash;
        size_t gone = comma ? one.len + 1 : one.len;
        list = (Str){list.at + gone, list.len - gone};
    }
    return (struct photo_hashes){at, n};
}

OptStr demo_hashes(Cx *cx, const struct demo_cast *cast, Str list)
{
    struct photo_hashes p = photos_of(cx, cast, list);
    const char *all = "";
    for (size_t i = 0; i < p.n; i++)
        all = arena_printf(&cx->mem, "%s%s%.*s", all, i ? "," : "", (int)p.at[i].len, p.at[i].at);
    return p.n ? some_str(str(all)) : (OptStr){0};
}

static void became(struct demo_cast *cast, Str name, int64_t id, Str code)
{
    struct demo_object *o = object_named(cast, name);
    if (!o)
        o = &cast->objects[cast->n_objects++];
    *o = (struct demo_object){.name = name, .code = code, .id = id};
}

/* A line of the hotline's list, as the office takes it in.  called: at what time of that day. */
static Err hotline(Cx *cx, const struct deed *d, struct demo_cast *cast)
{
    Str f = d->fields, due = demo_field(f, "due"), called = demo_field(f, "called");
    struct taken to;
    struct hotline_line in = {.ext_no = demo_field(f, "ext_no"),
        .category = demo_field(f, "category"),
        .place = demo_field(f, "words"),
        .body = demo_field(f, "body"),
        .name = demo_field(f, "name"),
        .phone = demo_field(f, "phone"),
        .unit = number(demo_field(f, "unit"))};
    if (called.len == 5)
        in.reported_at =
            some_i64(day_start(day_of(d->at))
                     + (number(called) * 60 + number((Str){called.at + 3, 2})) * 60000);
    if (due.len)
        TRY(demo_moment(cx, cast, due, &in.ext_due.v));
    in.ext_due.set = due.len > 0;
    TRY(hotline_take(cx, &in, &to));
    became(cast, d->object, to.object, (Str){0});
    return OK;
}

/* A report, or one that was mended on the spot. */
static Err report(Cx *cx, const struct deed *d, struct demo_cast *cast)
{
    Str f = d->fields, known = demo_field(f, "place");
    struct problem_receipt receipt;
    struct place place = {0};
    struct problem_new in = {.unit = number(demo_field(f, "unit")),
        .place = demo_field(f, "words"),
        .category = demo_field(f, "category"),
        .body = demo_field(f, "body"),
        .name = demo_field(f, "name"),
        .phone = demo_field(f, "phone"),
        .source = demo_field(f, "source"),
        .before = photos_of(cx, cast, demo_field(f, "photo")),
        .not_to_village = demo_field(f, "office_only").len > 0,
        .entered_for = demo_field(f, "entered_for").len > 0};
    if (known.len) {
        TRY(town_place_named(cx, in.unit, known, &place));
        in.known_place = place.id;
    }
    if (str_eq(d->verb, S("fix")))
        TRY(problem_fix(
            cx, &in, demo_field(f, "text"), photos_of(cx, cast, demo_field(f, "after")), &receipt));
    else
        TRY(problem_report(cx, &in, &receipt));
    became(cast, d->object, receipt.id, receipt.code);
    return OK;
}

/* "pass?": where the rule has done it already, or does not need it, nothing is done. */
static Err act_if(Cx *cx, const struct demo_object *o, Str verb, const struct problem_fields *in)
{
    bool only_if = verb.len > 1 && verb.at[verb.len - 1] == '?';
    verb.len -= only_if;
    Err e = cx->me.person ? problem_act(cx, o->id, verb, in)
                          : problem_act_by_code(cx, o->code, verb, in);
    return only_if && e == ERR_CONFLICT ? OK : e;
}

static Err act(Cx *cx, const struct deed *d, struct demo_cast *cast)
{
    Str f = d->fields, handler = demo_field(f, "handler"), master = demo_field(f, "master"),
        until = demo_field(f, "until"), review = demo_field(f, "review_days");
    const struct demo_object *o = object_named(cast, d->object);
    if (!o)
        return fail_log(cx, ERR_INVALID, "no problem %.*s yet", (int)d->object.len, d->object.at);
    if (str_eq(d->verb, S("told")))
        return problem_told(cx, o->id, "page");
    struct problem_fields in = {.text = opt_text(f, "text"),
        .reason = opt_text(f, "reason"),
        .unit = opt_number(f, "unit"),
        .category = opt_text(f, "category"),
        .severity = opt_number(f, "severity"),
        .body = opt_text(f, "body"),
        .paper_no = opt_text(f, "paper_no"),
        .plan = opt_text(f, "plan"),
        .photo = demo_hashes(cx, cast, demo_field(f, "photo")),
        .answer = opt_text(f, "answer"),
        .evaluation = opt_text(f, "evaluation")};
    if (handler.len)
        in.handler = some_i64(person_of(cast, handler)->id);
    if (master.len && object_named(cast, master))
        in.master = some_i64(object_named(cast, master)->id);
    if (until.len)
        TRY(demo_moment(cx, cast, until, &in.until.v));
    in.until.set = until.len > 0;
    if (review.len)
        in.review_on = some_str(day_text(cx, day_of(cx->now) + number(review)));
    return act_if(cx, o, d->verb, &in);
}

Err demo_deed_do(Cx *cx, const struct deed *d, struct demo_cast *cast)
{
    const struct demo_person *me = d->login.len ? person_of(cast, d->login) : NULL;
    memset(&cx->me, 0, sizeof cx->me);
    memset(&cx->why, 0, sizeof cx->why);
    if (me) {
        cx->me.person = me->id;
        cx->me.posts = me->posts;
    }
    if (demo_goal_is(d))
        return demo_goal_do(cx, d, cast);
    bool fresh = str_eq(d->verb, S("report")) || str_eq(d->verb, S("fix")),
         from_hotline = str_eq(d->verb, S("hotline"));
    if ((fresh || from_hotline) && cast->n_objects == OBJECTS_MAX)
        return fail_log(cx, ERR_INVALID, "too many problems");
    return from_hotline ? hotline(cx, d, cast) : fresh ? report(cx, d, cast) : act(cx, d, cast);
}
