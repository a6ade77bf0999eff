/* demo_property.c — the demonstration's compounds: two companies, each with an account for one
 * compound alone; there and in one more there is an owners' committee and a contact, and the three
 * sides have met; the others are blind spots. */
#include "rooms/demo/demo_property.h"

#include "base/day.h"
#include "rooms/duty/duty.h"
#include "rooms/property/property.h"
#include "rooms/town/town.h"

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

/* Who handles matters of that compound alone; 0: nobody. */
static Err keeper_of(Cx *cx, const struct property_compound *c, int64_t *person)
{
    struct holders h;
    TRY(duty_holders_at(cx, c->unit, c->place, HAS(POST_CONTRACTOR), &h));
    *person = h.n && h.at[0].place == c->place ? h.at[0].person : 0;
    return OK;
}

/* The company of a community, held by whoever has an account for one of its compounds. */
static Err company_of(Cx *cx, const struct property_compounds *c, int64_t village,
    const struct property_company_new *as, int64_t *id)
{
    struct property_company_new in = *as;
    for (size_t i = 0; i < c->n && !in.holder; i++)
        if (town_village_of(c->at[i].unit) == village)
            TRY(keeper_of(cx, &c->at[i], &in.holder));
    return property_company_add(cx, &in, id);
}

static Err care(Cx *cx, const struct property_compound *c, int64_t company, bool looked_after)
{
    struct holders h;
    TRY(duty_holders(cx, c->unit, HAS(POST_CADRE) | HAS(POST_SECRETARY), &h));
    TRY(property_care_put(cx, &(struct property_care){.place = c->place,
                                  .company = company,
                                  .committee = looked_after ? S("第二届，主任李师傅") : (Str){0},
                                  .contact = h.n && looked_after ? h.at[0].person : 0}));
    return looked_after ? meet(cx, c->place) : OK;
}

Err demo_property(Cx *cx)
{
    const struct property_company_new companies[] = {
        {.name = S("安居物业（演示）"), .phone = S("0371-6000 0001"), .brand = S("红邻管家")},
        {.name = S("绿邻物业（演示）"), .phone = S("0371-6000 0002"), .brand = S("绿邻有约")},
    };
    struct property_compounds c;
    int64_t company = 0, village = 0, keeper;
    size_t n = 0;
    TRY(duty_operator(cx));
    TRY(property_compounds(cx, &c));
    for (size_t i = 0; i < c.n; i++) {
        int64_t here = town_village_of(c.at[i].unit);
        if (here != village && n < sizeof companies / sizeof *companies)
            TRY(company_of(cx, &c, here, &companies[n++], &company));
        village = here;
        TRY(keeper_of(cx, &c.at[i], &keeper));
        TRY(care(cx, &c.at[i], company, i < LOOKED_AFTER || keeper));
    }
    return OK;
}
