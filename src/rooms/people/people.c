/* people.c — 人员: persons and their accounts. */
#include "rooms/people/people_inner.h"

#include "base/secret.h"
#include "base/utf8.h"
#include "gen/sql_people.h"
#include "rooms/notice/notice.h"
#include "store/log.h"

/* --- asking --- */

Err people_find(Cx *cx, int64_t id, struct person *p)
{
    struct sql_people_find_row r;

    TRY(sql_people_find(cx, &(struct sql_people_find){.id = id}, &r));
    *p = (struct person){.id = r.id,
        .version = r.version,
        .name = r.name,
        .login = r.login,
        .lang = r.lang,
        .disabled = r.disabled_at.set};
    return OK;
}

Str people_name(Cx *cx, int64_t id)
{
    struct sql_people_find_row r;
    return sql_people_find(cx, &(struct sql_people_find){.id = id}, &r) == OK ? r.name : (Str){0};
}

size_t people_named(Cx *cx, Str name, int64_t *id)
{
    struct sql_people_by_name_rows r;

    if (sql_people_by_name(cx, &(struct sql_people_by_name){.name = name, .limit = 50}, &r) != OK
        || r.n == 0)
        return 0;
    *id = r.at[0].id;
    return r.n;
}

Err people_all(Cx *cx, struct persons *out)
{
    struct sql_people_list in = {.limit = MANY_PEOPLE, .sort = SQL_PEOPLE_LIST_BY_NAME};
    struct sql_people_list_rows rows;

    TRY(sql_people_list(cx, &in, &rows));
    struct person_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct person_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct person_row){
            rows.at[i].id, rows.at[i].name, rows.at[i].login, rows.at[i].disabled_at.set};
    *out = (struct persons){at, rows.n};
    return OK;
}

Err people_of_login(Cx *cx, Str login, int64_t *id)
{
    struct sql_people_by_login_rows rows;
    Str clean;

    if (people_login_clean(cx, login, &clean) != OK)
        return ERR_NOT_FOUND;
    TRY(sql_people_by_login(cx, &(struct sql_people_by_login){.login = clean, .limit = 1}, &rows));
    if (rows.n == 0)
        return ERR_NOT_FOUND;
    *id = rows.at[0].id;
    return OK;
}

Err people_phone(Cx *cx, int64_t id, Str *phone)
{
    struct sql_people_find_row r;

    TRY(sql_people_find(cx, &(struct sql_people_find){.id = id}, &r));
    return secret_unseal(cx, r.secret.v, "person.phone", id, r.phone.v, phone);
}

Err people_any(Cx *cx, bool *any)
{
    struct sql_people_any_credential_rows rows;

    TRY(sql_people_any_credential(cx, &(struct sql_people_any_credential){.limit = 1}, &rows));
    *any = rows.n > 0;
    return OK;
}

/* --- what may be typed --- */

Str people_login_hash(Cx *cx, Str login)
{
    return secret_blind(cx, "account.login", login);
}

Err people_login_clean(Cx *cx, Str typed, Str *login)
{
    Str t = str_trim(typed);
    char *at = arena_copy(&cx->mem, t.at ? t.at : "", t.len);
    bool fine = t.len >= 2 && t.len <= LOGIN_MAX;

    for (size_t i = 0; i < t.len; i++) {
        char c = at[i];
        if (c >= 'A' && c <= 'Z')
            at[i] = (char)(c - 'A' + 'a');
        fine &= (at[i] >= 'a' && at[i] <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
                || c == '-';
    }
    if (!fine)
        return fail(
            cx, ERR_INVALID, "login", T("登录名为 2–40 位小写字母、数字、点、横线或下划线"));
    *login = (Str){at, t.len};
    return OK;
}

static Err clean_name(Cx *cx, Str typed, Str *name)
{
    *name = str_trim(typed);
    if (name->len == 0 || str_n_chars(*name) > NAME_MAX)
        return fail(cx, ERR_INVALID, "name", T("请填写姓名，最多 40 字"));
    Text wrong = text_wrong(*name, false);
    return wrong.zh ? fail(cx, ERR_INVALID, "name", wrong) : OK;
}

static Err clean_phone(Cx *cx, Str typed, Str *phone)
{
    Str t = str_trim(typed);
    char *at = arena_raw(&cx->mem, t.len + 1);
    size_t n = 0;
    bool fine = true;

    for (size_t i = 0; i < t.len; i++) {
        bool digit = t.at[i] >= '0' && t.at[i] <= '9';
        fine &= digit || t.at[i] == ' ' || t.at[i] == '-';
        if (digit)
            at[n++] = t.at[i];
    }
    if (!fine || (t.len && (n < 5 || n > 15)))
        return fail(cx, ERR_INVALID, "phone", T("电话只填数字，5–15 位"));
    *phone = (Str){at, n};
    return OK;
}

/* --- a new person --- */

struct adding {
    struct person_new in;
    Str hash; /* of the password; empty: none */
    int64_t id;
};

static Err add_step(Cx *cx, void *arg)
{
    struct adding *a = arg;
    struct sql_people_account_find_row taken;
    Str login_hash = people_login_hash(cx, a->in.login), phone = {0}, key = secret_key_new(cx);

    if (a->in.login.len) {
        Err e = sql_people_account_find(
            cx, &(struct sql_people_account_find){.login_hash = login_hash}, &taken);
        if (e == OK)
            return fail(cx, ERR_INVALID, "login", T("这个登录名已被使用，请换一个"));
        if (e != ERR_NOT_FOUND)
            return e;
    }
    a->id = new_id(cx);
    if (a->in.phone.len)
        TRY(secret_seal(cx, key, "person.phone", a->id, a->in.phone, &phone));
    struct sql_people_insert row = {
        .id = a->id,
        .name = a->in.name,
        .login = a->in.login,
        .lang = S(""),
        .secret = key,
        .phone = {phone, phone.len > 0}
    };
    TRY(sql_people_insert(cx, &row));
    if (a->in.login.len)
        TRY(sql_people_account_new(
            cx, &(struct sql_people_account_new){.login_hash = login_hash, .person = a->id}));
    if (a->hash.len)
        TRY(sql_people_credential_set(
            cx, &(struct sql_people_credential_set){
                    .person = a->id, .hash = a->hash, .cheap = a->in.cheap}));
    return event_add(cx,
        &(struct event){.verb = a->in.login.len ? "account_new" : "person_new", .object = a->id});
}

Err people_add(Cx *cx, const struct person_new *in, int64_t *id)
{
    struct adding a = {.in = *in};

    TRY(clean_name(cx, in->name, &a.in.name));
    TRY(clean_phone(cx, in->phone, &a.in.phone));
    if (in->login.len)
        TRY(people_login_clean(cx, in->login, &a.in.login));
    if (in->password.len) {
        if (in->login.len == 0)
            return fail(cx, ERR_INVALID, "login", T("有密码就要有登录名"));
        TRY(people_password_sound(cx, in->password, "password", a.in.name, a.in.login));
        TRY(people_hash(cx, in->password, in->cheap, &a.hash));
    }
    TRY(db_transaction(cx, add_step, &a));
    *id = a.id;
    return OK;
}

/* --- changes --- */

struct changing {
    int64_t id;
    const struct person_change *in;
    Str name, phone;
};

static Err change_step(Cx *cx, void *arg)
{
    struct changing *c = arg;
    struct sql_people_find_row r;
    Str sealed;

    TRY(sql_people_find(cx, &(struct sql_people_find){.id = c->id}, &r));
    struct sql_people_save save = {.id = c->id,
        .name = c->name,
        .lang = c->in->lang,
        .phone = r.phone,
        .version = c->in->version};
    if (c->in->phone.set && c->phone.len == 0)
        save.phone = (OptStr){0};
    if (c->phone.len && r.secret.set) {
        TRY(secret_seal(cx, r.secret.v, "person.phone", c->id, c->phone, &sealed));
        save.phone = some_str(sealed);
    }
    TRY(sql_people_save(cx, &save));
    return event_add(cx, &(struct event){.verb = "person_change", .object = c->id});
}

Err people_change(Cx *cx, int64_t id, const struct person_change *in)
{
    struct changing c = {.id = id, .in = in};

    TRY(clean_name(cx, in->name, &c.name));
    if (in->phone.set)
        TRY(clean_phone(cx, in->phone.v, &c.phone));
    if (in->lang.len && !str_eq(in->lang, S("zh")) && !str_eq(in->lang, S("en")))
        return fail(cx, ERR_INVALID, "lang", T("语言请选中文或英文"));
    return db_transaction(cx, change_step, &c);
}

Err people_language(Cx *cx, Str lang, int64_t version)
{
    struct person me;

    TRY(people_find(cx, cx->me.person, &me));
    return people_change(
        cx, me.id, &(struct person_change){.name = me.name, .lang = lang, .version = version});
}

static Err disable_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;

    TRY(sql_people_disable(cx, &(struct sql_people_disable){.id = id}));
    TRY(sql_people_sessions_end(cx, &(struct sql_people_sessions_end){.person = id}));
    TRY(sql_people_tokens_drop(cx, &(struct sql_people_tokens_drop){.person = id}));
    return event_add(cx, &(struct event){.verb = "account_disable", .object = id});
}

Err people_disable(Cx *cx, int64_t id)
{
    struct person p;

    TRY(people_find(cx, id, &p));
    if (id == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("不能停用自己的账号"));
    return db_transaction(cx, disable_step, &id);
}

static Err enable_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;

    TRY(sql_people_enable(cx, &(struct sql_people_enable){.id = id}));
    return event_add(cx, &(struct event){.verb = "account_enable", .object = id});
}

Err people_enable(Cx *cx, int64_t id)
{
    return db_transaction(cx, enable_step, &id);
}
