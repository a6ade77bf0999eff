/* demo_property.c — the demonstration's compounds: the first two have company, owners' committee
 * and contact and have met; the others are blind spots. */
#include "rooms/demo/demo_property.h"

#include "base/day.h"
#include "rooms/duty/duty.h"
#include "rooms/property/property.h"

enum { LOOKED_AFTER = 2, MET_DAYS_AGO = 20 };

static Err meet(Cx *cx, int64_t place)
{
    int64_t today = day_of(cx->now), id;
    return property_meet(cx,
        &(struct property_meeting_new){
            .place = place,
            .held_on = day_text(cx, today - MET_DAYS_AGO),
            .sides = S("company,committee,community"),
            .said = S("商量楼道堆物、单元门灯和充电桩的事"),
            .promise = {{S("company"), S("楼道每周清一次，清完拍照"), day_text(cx, today - 6)},
                        {S("committee"), S("把楼道公约发到每一户"), day_text(cx, today + 9)},
                        {S("community"), S("协调电力公司看充电桩位置"), day_text(cx, today + 20)}}
    },
        &id);
}

Err demo_property(Cx *cx)
{
    struct property_compounds c;
    struct holders h;
    int64_t company;
    TRY(duty_operator(cx));
    TRY(property_compounds(cx, &c));
    if (!c.n)
        return OK;
    TRY(duty_holders(cx, c.at[0].unit, HAS(POST_CONTRACTOR), &h));
    TRY(property_company_add(cx,
        &(struct property_company_new){.name = S("安居物业（演示）"),
            .phone = S("0371-6000 0001"),
            .brand = S("红邻管家"),
            .holder = h.n ? h.at[0].person : 0},
        &company));
    for (size_t i = 0; i < c.n; i++) {
        TRY(duty_holders(cx, c.at[i].unit, HAS(POST_CADRE) | HAS(POST_SECRETARY), &h));
        TRY(property_care_put(
            cx, &(struct property_care){.place = c.at[i].place,
                    .company = company,
                    .committee = i < LOOKED_AFTER ? S("第二届，主任李师傅") : (Str){0},
                    .contact = h.n && i < LOOKED_AFTER ? h.at[0].person : 0}));
        if (i < LOOKED_AFTER)
            TRY(meet(cx, c.at[i].place));
    }
    return OK;
}
