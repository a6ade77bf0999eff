/* publicity.c — 宣传台账: the rules. */
#include "rooms/publicity/publicity.h"

#include "rooms/town/town.h"

Err publicity_check(Cx *cx, const Publicity *in)
{
    if (!town_village_of(in->unit))
        return fail(cx, ERR_INVALID, "unit", T("请选到村（社区）"));
    if (in->removed_on.set && memcmp(in->removed_on.v.at, in->done_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "removed_on", T("撤除日早于日期"));
    return OK;
}

/* What is entered of a work, for the row that is new and the row that changes. */
#define PUBLICITY_ENTERED(in)                                                                      \
    .unit = (in)->unit, .village = town_village_of((in)->unit), .kind = (in)->kind,                \
    .title = (in)->title, .place = (in)->place, .n_pieces = (in)->n_pieces,                        \
    .done_on = (in)->done_on, .photo = (in)->photo, .removed_on = (in)->removed_on

Err publicity_add(Cx *cx, const Publicity *in)
{
    TRY(publicity_check(cx, in));
    return sql_publicity_insert(cx,
        &(struct sql_publicity_insert){.id = in->id, PUBLICITY_ENTERED(in), .batch = in->batch});
}

Err publicity_change(Cx *cx, const Publicity *in)
{
    TRY(publicity_check(cx, in));
    return sql_publicity_update(
        cx, &(struct sql_publicity_update){
                .id = in->id, .version = in->version, PUBLICITY_ENTERED(in)});
}
