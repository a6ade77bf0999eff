/* duty_test.h — what the tests of posts share: a person, a term, a seat, what one sees. */
#pragma once
#include "town.h"

#include "gen/sql_duty.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/people/people.h"

static inline int64_t person(Cx *cx, const char *name)
{
    int64_t id;
    assert_int_equal(people_add(cx, &(struct person_new){.name = str(name)}, &id), OK);
    return id;
}

static inline struct appointment_new term(
    int64_t who, enum post post, int64_t unit, const char *from_on)
{
    return (struct appointment_new){
        .person = who, .post = post, .unit = unit, .kind = S("formal"), .from_on = str(from_on)};
}

static inline int64_t appoint(Cx *cx, struct appointment_new in)
{
    int64_t id;
    assert_int_equal(duty_appoint(cx, &in, &id), OK);
    return id;
}

static inline int64_t seat_of(Cx *cx, int64_t who, enum post post)
{
    struct appointments all;
    assert_int_equal(duty_of_person(cx, who, &all), OK);
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].post == post)
            return all.at[i].id;
    return 0;
}

/* What the scope table lets a person see: the truth behind every list. */
static inline bool sees(Cx *cx, int64_t who, int64_t unit)
{
    struct sql_duty_scope_of_rows rows;
    bool in = false;
    assert_int_equal(
        sql_duty_scope_of(cx, &(struct sql_duty_scope_of){.person = who, .limit = 100}, &rows), OK);
    for (size_t i = 0; i < rows.n; i++)
        in |= rows.at[i].lo <= unit && unit <= rows.at[i].hi;
    return in;
}
