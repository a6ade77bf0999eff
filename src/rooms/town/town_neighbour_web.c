/* town_neighbour_web.c — 相邻乡镇 on /town: which towns lie around and whom one calls there;
 * /neighbours/edit (one of them, or a new one), /neighbours/drop, /neighbours.csv in the columns
 * that its import takes. */
#include "base/sink.h"
#include "rooms/town/town_import.h"
#include "rooms/town/town_pages.h"
#include "rooms/town/town_web.h"

static struct editing form_of(Cx *cx, bool is_new)
{
    return (struct editing){
        .fields = neighbour_fields,
        .nav = "units",
        .view = {.title = say(cx, is_new ? T("登记相邻乡镇") : T("修改相邻乡镇")),
                 .lead = say(cx,
                 T("上报的位置更靠近那边时，页面告诉人是哪个乡镇、打哪个电话。坐标写靠近本镇一侧的"
                  "几个点。")),
                 .back = S("/town#neighbours")}
    };
}

Err neighbour_edit_get(Cx *cx, const Req *req, Resp *resp)
{
    struct neighbour row = {0};
    Str name = query_text(req, "name");
    struct editing e = form_of(cx, !name.len);
    if (name.len)
        TRY(town_neighbour_find(cx, name, &row));
    e.row = &row;
    e.view.version = row.version;
    return edit_show(cx, req, resp, &e, OK);
}

Err neighbour_edit_post(Cx *cx, const Req *req, Resp *resp)
{
    struct neighbour row = {0}, now;
    Str name = query_text(req, "name");
    struct editing e = form_of(cx, !name.len);
    bool was, changed;
    e.row = &row;
    e.view.version = form_i64(req, "version");
    Err err = edit_read(cx, req, &e);
    row.version = name.len ? e.view.version : NEIGHBOUR_NEW;
    if (err == OK && name.len && !str_eq(name, row.name))
        err = fail(cx, ERR_INVALID, "name", T("名称不能改：请另登记一个，再去掉这一个"));
    if (err == OK)
        err = town_neighbour_put(cx, &row, &was, &changed);
    if (err == OK)
        return redirect(cx, resp, "/town#neighbours");
    if (err == ERR_CONFLICT && town_neighbour_find(cx, name, &now) == OK) {
        e.view.version = now.version;
        e.theirs = &now;
    }
    return edit_show(cx, req, resp, &e, err);
}

Err neighbour_drop_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(town_neighbour_drop(cx, form_text(req, "name"), form_i64(req, "version")));
    return redirect(cx, resp, "/town#neighbours");
}

Err neighbours_csv_get(Cx *cx, const Req *req, Resp *resp)
{
    struct neighbours all;
    (void)req;
    TRY(town_neighbours(cx, &all));
    struct sink to =
        sink_to_out(resp_data(cx, resp, "text/csv; charset=utf-8", S("neighbours.csv")));
    sink_z(&to, "\xEF\xBB\xBF"); /* or table programs take it for GBK */
    for (const struct field *f = neighbour_fields; f->name; f++) {
        sink_csv(&to, say(cx, f->label), false);
        sink_z(&to, f[1].name ? "," : "\r\n");
    }
    for (size_t i = 0; i < all.n; i++) {
        const Str cells[] = {all.at[i].name, all.at[i].tel, all.at[i].shape};
        for (size_t k = 0; k < 3; k++) {
            sink_csv(&to, cells[k], false);
            sink_z(&to, k < 2 ? "," : "\r\n");
        }
    }
    return sink_end(&to);
}
