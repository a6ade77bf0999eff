/* problem_test.h — what the tests of this room share: a report, a verb as somebody, a photo. */
#pragma once
#include "town.h"

#include "base/day.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"

#include <unistd.h>

/* One small photo, taken once a test. */
static inline Str a_photo(Cx *cx)
{
    Str hash;
    int fd = picture_jpeg(&(struct picture){.width = 64, .height = 48});
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    return hash;
}

static inline struct problem_new a_problem(void)
{
    return (struct problem_new){
        .place = S("南王村口"), .category = S("6103"), .body = S("路灯不亮"), .unit = NANWANG};
}

/* Anonymous, as from a phone. */
static inline struct problem_receipt reported(Cx *cx, struct problem_new in)
{
    struct problem_receipt r = {0};
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_report(cx, &in, &r), OK);
    return r;
}

static inline Err does(
    Cx *cx, int64_t person, int64_t id, const char *verb, struct problem_fields in)
{
    sign_in(cx, person);
    memset(&cx->why, 0, sizeof cx->why);
    return problem_act(cx, id, str(verb), &in);
}

static inline Err says(Cx *cx, Str code, const char *verb, struct problem_fields in)
{
    sign_in(cx, NOBODY_THERE);
    memset(&cx->why, 0, sizeof cx->why);
    return problem_act_by_code(cx, code, str(verb), &in);
}

#define DOES(cx, person, id, verb, ...)                                                            \
    assert_int_equal(does(cx, person, id, verb, (struct problem_fields){__VA_ARGS__}), OK)
#define SAYS(cx, code, verb, ...)                                                                  \
    assert_int_equal(says(cx, code, verb, (struct problem_fields){__VA_ARGS__}), OK)
#define TEXT(s) some_str(S(s))
#define NOTHING .text = {.set = false}

static inline Case the_case(Cx *cx, int64_t id)
{
    Case p;
    assert_int_equal(case_any(cx, id, &p), OK);
    return p;
}

static inline void assert_state(Cx *cx, int64_t id, const char *state)
{
    Case p = the_case(cx, id);
    assert_string_equal(arena_printf(&cx->mem, "%.*s", (int)p.state.len, p.state.at), state);
}

/* Reported, filed and given to 孙八 by the secretary. */
static inline struct problem_receipt dispatched(Cx *cx, struct problem_new in)
{
    struct problem_receipt r = reported(cx, in);
    DOES(cx, SECRETARY_QIAN, r.id, "file", NOTHING);
    DOES(cx, SECRETARY_QIAN, r.id, "dispatch", .handler = some_i64(CADRE_SUN));
    return r;
}

static inline struct problem_receipt handled(Cx *cx, struct problem_new in)
{
    struct problem_receipt r = dispatched(cx, in);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("已修好"), .photo = some_str(a_photo(cx)));
    return r;
}
