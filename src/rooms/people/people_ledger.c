/* people_ledger.c — 人员名单: persons and accounts from a table; passwords come by invitation. */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/people/people_room.h"

struct person_line {
    Str login, name;
    OptStr phone;
};

static const struct field fields[] = {
    FIELD_OF(struct person_line, login, TEXT, T("登录名"), .max = 40, .flags = IN_LIST),
    FIELD_OF(struct person_line, name, TEXT, T("姓名"), .max = 40, .flags = IN_LIST),
    FIELD_OF(struct person_line, phone, PHONE, T("电话"), .flags = SEALED | MASKED),
    {0},
};

/* A login that is there already: name and phone are brought up to date. */
static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct person_line *in = row;
    struct person was;
    Str phone;
    int64_t id;

    Err e = people_of_login(cx, in->login, &id);
    if (e == ERR_NOT_FOUND) {
        TRY(people_add(cx,
            &(struct person_new){.login = in->login, .name = in->name, .phone = in->phone.v}, &id));
        *to = (struct taken){.object = id};
        return OK;
    }
    TRY(e);
    TRY(people_find(cx, id, &was));
    TRY(people_phone(cx, id, &phone));
    to->object = id;
    to->same = str_eq(was.name, in->name) && (!in->phone.set || str_eq(phone, in->phone.v));
    if (to->same)
        return OK;
    to->changed = true;
    return people_change(cx, id,
        &(struct person_change){
            .name = in->name, .phone = in->phone, .lang = was.lang, .version = was.version});
}

const struct ledger person_ledger = {LEDGER_LINES(struct person_line), .name = "person",
    .label = T("人员名单"), .about = T("登录名、姓名、电话；密码由本人按邀请设置"),
    .load = HAS(POST_SYSADMIN), .fields = fields, .take = take};
