/* town_setting_web.c — /settings: the town's numbers and texts, each with its versions. */
#include "gen/tmpl.h"
#include "rooms/town/town_pages.h"
#include "rooms/town/town_web.h"

#include <inttypes.h>

struct value_line {
    OptStr value, from_on;
};

static const struct field value_fields[] = {
    FIELD_OF(struct value_line, value, TEXT, T("值"), .max = 120),
    FIELD_OF(struct value_line, from_on, DAY, T("生效日"), .hint = T("留空：从今天起。")),
    {0},
};

static Err line_of(Cx *cx, const struct setting_kind *k, struct setting_line *to)
{
    const struct setting_version *all;
    struct setting_version now;
    size_t n;
    *to = (struct setting_line){.name = str(k->name), .label = k->label, .unit = k->unit};
    TRY(town_setting_history(cx, str(k->name), &all, &n));
    Err e = town_setting_now(cx, str(k->name), &now);
    if (e == OK) {
        to->value = now.value;
        to->from_on = now.from_on;
    } else if (e == ERR_NOT_FOUND) {
        to->usual = !k->text;
        to->value = k->text ? (Str){0} : number_text(cx, k->dflt);
    } else {
        return e;
    }
    if (n && (e == ERR_NOT_FOUND || all[0].version != now.version)) {
        to->later = all[0].value;
        to->later_on = all[0].from_on;
    }
    return OK;
}

static Err lines_of(Cx *cx, bool text, struct setting_lines *to)
{
    size_t all = 0, n = 0;
    while (setting_kinds[all].name)
        all++;
    struct setting_line *at = NEW_ARRAY(&cx->mem, all + 1, struct setting_line);
    for (const struct setting_kind *k = setting_kinds; k->name; k++)
        if (k->text == text)
            TRY(line_of(cx, k, &at[n++]));
    *to = (struct setting_lines){at, n};
    return OK;
}

static Err years_of(Cx *cx, struct settings_view *v)
{
    const struct calendar_year *years;
    size_t n;
    int64_t y, m, d;
    bool now = false, next = false;
    day_civil(day_of(cx->now), &y, &m, &d);
    TRY(town_calendar_list(cx, &years, &n));
    struct year_line *at = NEW_ARRAY(&cx->mem, n + 1, struct year_line);
    for (size_t i = 0; i < n; i++) {
        const struct day_named *days;
        size_t n_days;
        TRY(town_calendar_marks(cx, years[i].year, years[i].version, &days, &n_days));
        at[i] = (struct year_line){.year = years[i].year,
            .version = years[i].version,
            .n_days = (int64_t)n_days,
            .source = years[i].source,
            .from_on = years[i].from_on};
        now |= years[i].year == y;
        next |= years[i].year == y + 1;
    }
    v->years = (struct year_lines){at, n};
    /* The next year's notice comes out in November. */
    v->missing_year = !now ? y : !next && m >= 11 ? y + 1 : 0;
    v->missing = v->missing_year ? number_text(cx, v->missing_year) : (Str){0};
    return OK;
}

Err settings_get(Cx *cx, const Req *req, Resp *resp)
{
    struct settings_view v = {
        .shell = shell_of(cx, req, "settings"), .saved = query_text(req, "saved").len > 0};
    TRY(lines_of(cx, false, &v.numbers));
    TRY(lines_of(cx, true, &v.texts));
    TRY(years_of(cx, &v));
    page_settings(resp_page(cx, req, resp), &v);
    return OK;
}

static Err history_of(Cx *cx, Str name, struct edit_view *v)
{
    const struct setting_version *all;
    size_t n;
    TRY(town_setting_history(cx, name, &all, &n));
    struct history_line *at = NEW_ARRAY(&cx->mem, n + 1, struct history_line);
    for (size_t i = 0; i < n; i++)
        at[i] = edit_version(cx,
            (struct history_line){.version = all[i].version,
                .at = all[i].at,
                .from_on = all[i].from_on,
                .value = all[i].value},
            all[i].by);
    v->history = (struct history_lines){at, n};
    v->has_history = true;
    v->version = n ? all[0].version : 0;
    return OK;
}

static Err form_of(Cx *cx, Str name, struct editing *e)
{
    const struct setting_kind *k = town_setting_kind(name);
    if (!k)
        return ERR_NOT_FOUND;
    *e = (struct editing){.fields = value_fields, .nav = "settings"};
    e->view.title = say(cx, k->label);
    e->view.back = S("/settings");
    if (!k->text) {
        Str range = str(arena_printf(&cx->mem, "%" PRId64 "–%" PRId64, k->min, k->max));
        e->view.lead = say_sn(cx, T("{s} 之间的整数；通用默认是 {n}。"), range, k->dflt);
        if (k->unit.zh)
            e->view.lead = say_ab(cx, T("单位：{a}。{b}"), say(cx, k->unit), e->view.lead);
    }
    return history_of(cx, name, &e->view);
}

/* What the newest version says, or the house's own number. */
static void newest(Cx *cx, Str name, const struct editing *e, struct value_line *row)
{
    const struct setting_kind *k = town_setting_kind(name);
    if (e->view.history.n)
        row->value = some_str(e->view.history.at[0].value);
    else if (!k->text)
        row->value = some_str(number_text(cx, k->dflt));
}

Err setting_get(Cx *cx, const Req *req, Resp *resp)
{
    struct value_line row = {0};
    struct editing e;
    Str name = path_text(req, "name");
    TRY(form_of(cx, name, &e));
    newest(cx, name, &e, &row);
    e.row = &row;
    return edit_show(cx, req, resp, &e, OK);
}

Err setting_post(Cx *cx, const Req *req, Resp *resp)
{
    struct value_line row = {0}, now = {0};
    struct editing e;
    Str name = path_text(req, "name"), value, from_on;
    int64_t version = form_i64(req, "version");
    enum put put;
    TRY(form_of(cx, name, &e));
    e.row = &row;
    Err err = edit_read(cx, req, &e);
    value = row.value.set ? row.value.v : (Str){0};
    from_on = row.from_on.set ? row.from_on.v : (Str){0};
    if (err == OK)
        err = town_setting_put(cx, name, value, from_on, version, &put);
    if (err == OK)
        return redirect(cx, resp, "/settings?saved=1");
    if (err == ERR_CONFLICT) {
        TRY(history_of(cx, name, &e.view));
        newest(cx, name, &e, &now);
        e.theirs = &now;
    }
    return edit_show(cx, req, resp, &e, err);
}
