/* training_attend.c — 签到: who came, by QR or by the host's hand; guests; making up. */
#include "base/day.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "rooms/training/training.h"
#include "store/log.h"

enum { WHY_MAX = 200, KEPT_DAYS = 3 * 365 + 1, A_NIGHT = 50 };

static Err logged(Cx *cx, const char *verb, const Training *t, Str to)
{
    return event_add(cx, &(struct event){.verb = verb, .unit = t->unit, .object = t->id, .to = to});
}

/* One line a person: the state becomes this one. */
Err training_put(Cx *cx, int64_t id, int64_t person, Str state, OptStr said)
{
    struct sql_training_attend_of_row row;
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = id, .person = person}, &row);
    if (e == ERR_NOT_FOUND)
        return sql_training_attend_add(cx,
            &(struct sql_training_attend_add){
                .id = new_id(cx), .training = id, .person = person, .state = state, .said = said});
    TRY(e);
    return sql_training_attend_mark(
        cx, &(struct sql_training_attend_mark){
                .id = row.id, .was = row.state, .state = state, .said = said});
}

/* ---- by QR */
struct signing {
    int64_t id;
    Str code;
};

static Err sign_step(Cx *cx, void *arg)
{
    const struct signing *s = arg;
    struct sql_training_attend_of_row row;
    Training t;
    int64_t from, to;
    TRY(training_get(cx, s->id, &t));
    if (s->code.len != t.code.len || !secret_same(s->code, t.code))
        return fail(cx, ERR_FORBIDDEN, "code", T("请扫主持人屏幕上的二维码签到"));
    training_window(&t, &from, &to);
    if (cx->now < from)
        return fail(cx, ERR_CONFLICT, "code", T("还没到签到时间：开始前 30 分钟起可以签到"));
    if (cx->now > to)
        return fail(cx, ERR_CONFLICT, "code", T("已经结束，不能再签到；确实到场的，请主持人补记"));
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = t.id, .person = cx->me.person}, &row);
    if (e == OK && str_eq(row.state, S("present")))
        return OK; /* a second tap */
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    TRY(training_put(cx, t.id, cx->me.person, S("present"), (OptStr){0}));
    return logged(cx, "sign_in", &t, S("present"));
}

Err training_sign_in(Cx *cx, int64_t id, Str code)
{
    struct signing s = {id, code};
    return db_transaction(cx, sign_step, &s);
}

/* ---- by the host */
static Err hosted(Cx *cx, int64_t id, Training *t)
{
    bool may;
    TRY(training_get(cx, id, t));
    TRY(training_may_host(cx, t, &may));
    return may ? OK : fail(cx, ERR_FORBIDDEN, NULL, T("签到表由办公室或主办村的书记管"));
}

struct guest {
    int64_t id;
    Str name;
};

static Err guest_step(Cx *cx, void *arg)
{
    const struct guest *g = arg;
    Training t;
    Str key = secret_key_new(cx), sealed;
    TRY(hosted(cx, g->id, &t));
    if (!g->name.len || text_wrong(g->name, false).zh || str_n_chars(g->name) > GUEST_MAX)
        return fail(cx, ERR_INVALID, "guest", T("请写来宾的姓名，最多 20 个字"));
    int64_t id = new_id(cx);
    TRY(secret_seal(cx, key, "training.guest", id, g->name, &sealed));
    TRY(sql_training_attend_add(cx, &(struct sql_training_attend_add){.id = id,
                                        .training = t.id,
                                        .person = 0,
                                        .state = S("present"),
                                        .guest = some_str(sealed),
                                        .key = some_str(key)}));
    return logged(cx, "sign_guest", &t, S("present"));
}

Err training_guest(Cx *cx, int64_t id, Str name)
{
    struct guest g = {id, str_trim(name)};
    return db_transaction(cx, guest_step, &g);
}

Err training_guest_name(Cx *cx, int64_t attend, OptStr key, OptStr guest, Str *name)
{
    *name = (Str){0};
    if (!key.set || !guest.set)
        return OK;
    return secret_unseal(cx, key.v, "training.guest", attend, guest.v, name);
}

struct marking {
    int64_t attend;
    Str state, said;
};

static Err mark_step(Cx *cx, void *arg)
{
    const struct marking *m = arg;
    struct sql_training_attend_find_row row;
    Training t;
    TRY(sql_training_attend_find(cx, &(struct sql_training_attend_find){.id = m->attend}, &row));
    TRY(hosted(cx, row.training, &t));
    if (!str_eq(m->state, S("present")) && !str_eq(m->state, S("leave"))
        && !str_eq(m->state, S("absent")))
        return fail(cx, ERR_INVALID, "state", T("请选到、请假或者缺席"));
    if (str_eq(m->state, S("leave")) && !m->said.len)
        return fail(cx, ERR_INVALID, "said", T("请假要写明原因"));
    if (text_wrong(m->said, false).zh || str_n_chars(m->said) > WHY_MAX)
        return fail(cx, ERR_INVALID, "said", T("原因最多 200 个字"));
    OptStr said = m->said.len ? some_str(m->said) : (OptStr){.set = false};
    TRY(sql_training_attend_mark(
        cx, &(struct sql_training_attend_mark){
                .id = m->attend, .was = row.state, .state = m->state, .said = said}));
    return logged(cx, "sign_mark", &t, m->state);
}

Err training_mark(Cx *cx, int64_t attend, Str state, Str said)
{
    struct marking m = {attend, state, str_trim(said)};
    return db_transaction(cx, mark_step, &m);
}

/* ---- making up */
struct making {
    int64_t id;
    Str note;
};

static Err make_step(Cx *cx, void *arg)
{
    const struct making *m = arg;
    struct sql_training_attend_of_row row;
    Training t;
    int64_t from, to;
    TRY(training_get(cx, m->id, &t));
    training_window(&t, &from, &to);
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = t.id, .person = cx->me.person}, &row);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_CONFLICT, "note", T("这一场没有要您补的课"));
    TRY(e);
    if (!row.due || str_eq(row.state, S("present")) || str_eq(row.state, S("made_up"))
        || cx->now <= to)
        return fail(cx, ERR_CONFLICT, "note", T("这一场没有要您补的课"));
    if (text_wrong(m->note, true).zh || str_n_chars(m->note) > NOTE_MAX)
        return fail(cx, ERR_INVALID, "note", T("补学笔记最多 2000 个字"));
    if (str_n_chars(m->note) < NOTE_MIN)
        return fail_say(cx, ERR_INVALID, "note",
            say_n(cx, T("补学笔记至少 50 个字，现在有 {n} 个"), (int64_t)str_n_chars(m->note)));
    TRY(sql_training_attend_mark(
        cx, &(struct sql_training_attend_mark){
                .id = row.id, .was = row.state, .state = S("made_up"), .said = some_str(m->note)}));
    return logged(cx, "make_up", &t, S("made_up"));
}

Err training_make_up(Cx *cx, int64_t id, Str note)
{
    struct making m = {id, str_trim(note)};
    return db_transaction(cx, make_step, &m);
}

/* ---- three years later */
static Err erase_step(Cx *cx, void *arg)
{
    const struct sql_training_over_rows *old = arg;
    for (size_t i = 0; i < old->n; i++) {
        int64_t id = old->at[i].id;
        Training t;
        TRY(training_get(cx, id, &t));
        TRY(sql_training_keep(
            cx, &(struct sql_training_keep){
                    .id = id, .version = t.version, .due_n = t.due_n, .present_n = t.present_n}));
        TRY(sql_training_attend_erase(cx, &(struct sql_training_attend_erase){.training = id}));
        TRY(logged(cx, "sign_erase", &t, (Str){0}));
    }
    return OK;
}

Err training_erase_job(Cx *cx)
{
    struct sql_training_over in = {
        .before = day_text(cx, day_of(cx->now) - KEPT_DAYS), .limit = A_NIGHT};
    struct sql_training_over_rows old;
    do {
        TRY(sql_training_over(cx, &in, &old));
        TRY(db_transaction(cx, erase_step, &old));
    } while (old.n == A_NIGHT);
    return OK;
}
