/* town_form_web.c — a page with a form of declared fields (town_form_web.h). */
#include "rooms/town/town_form_web.h"
#include "gen/tmpl.h"
#include "rooms/people/people.h"

Str edit_by(Cx *cx, int64_t person)
{
    return person == OPERATOR ? say(cx, T("运维（命令行）")) : people_name(cx, person);
}

Err edit_read(Cx *cx, const Req *req, struct editing *e)
{
    e->told = NEW_ARRAY(&cx->mem, fields_n(e->fields) + 1, struct told);
    return form_read(cx, e->fields, req->form, "csrf key version", 0, e->row, e->told);
}

/* What the rule said of one field stands at that field. */
static bool told_field(Cx *cx, struct editing *e)
{
    bool any = false;
    const struct field *f = cx->why.field ? field_named(e->fields, str(cx->why.field)) : NULL;
    if (f && e->told && !e->told[f - e->fields].why.len)
        e->told[f - e->fields].why = cx->why.say;
    for (size_t i = 0; e->told && i < fields_n(e->fields); i++) {
        any |= e->told[i].why.len > 0;
        e->view.n_wrong += e->told[i].why.len > 0;
    }
    return any;
}

Err edit_show(Cx *cx, const Req *req, Resp *resp, struct editing *e, Err err)
{
    if (err != OK && err != ERR_INVALID && err != ERR_CONFLICT)
        return err;
    if (err != OK) {
        resp->status = err == ERR_INVALID ? 422 : 409;
        if (!told_field(cx, e) || err == ERR_CONFLICT)
            e->view.why = cx->why.say;
    }
    e->view.shell = shell_of(cx, req, e->nav);
    e->view.key = new_key(cx);
    e->view.cells = form_cells(cx, e->fields, e->row, e->told, e->theirs);
    page_edit(resp_page(cx, req, resp), &e->view);
    return OK;
}

Err verb_answer(Cx *cx, const Req *req, Resp *resp, Err e, verb_again *again, const char *page,
    const char *part)
{
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return again(cx, req, resp, cx->why.say, e == ERR_INVALID ? 422 : 409);
    TRY(e);
    return redirect(cx, resp, "%s%lld%s", page, (long long)path_i64(req, "id"), part);
}

struct history_line edit_version(Cx *cx, struct history_line line, int64_t by)
{
    line.by = edit_by(cx, by);
    line.later = memcmp(line.from_on.at, town_today(cx).at, 10) > 0;
    return line;
}
