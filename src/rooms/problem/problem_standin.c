/* problem_standin.c — the views that are still being written; each goes as its real one lands. */
#include "rooms/problem/problem_view.h"

#define WEAK __attribute__((weak))

WEAK Err problem_filter_read(Cx *cx, struct pairs query, struct problem_filter *f)
{
    (void)cx, (void)query;
    *f = (struct problem_filter){0};
    return OK;
}
WEAK Str problem_filter_query(Cx *cx, const struct problem_filter *f)
{
    (void)cx, (void)f;
    return (Str){0};
}
WEAK Err problem_cards(Cx *cx, const struct problem_filter *f, struct problem_cards *out)
{
    (void)cx, (void)f;
    *out = (struct problem_cards){0};
    return OK;
}
WEAK Err problem_n(Cx *cx, const struct problem_filter *f, int64_t *n)
{
    (void)cx, (void)f;
    *n = 0;
    return OK;
}
WEAK Err problem_saved_views(Cx *cx, struct problem_saveds *out)
{
    (void)cx;
    *out = (struct problem_saveds){0};
    return OK;
}
WEAK Err problem_states_n(Cx *cx, int64_t village, const struct problem_state_n **at, size_t *n)
{
    (void)cx, (void)village;
    *at = NULL;
    *n = 0;
    return OK;
}
WEAK Err problem_detail(Cx *cx, int64_t id, struct problem_detail *d)
{
    (void)cx, (void)id, (void)d;
    return ERR_NOT_FOUND;
}
WEAK Err problem_follow(Cx *cx, Str code, struct problem_follow *f)
{
    (void)cx, (void)code, (void)f;
    return ERR_NOT_FOUND;
}
WEAK Err problem_forget_reporter(Cx *cx, Str code)
{
    (void)cx, (void)code;
    return ERR_NOT_FOUND;
}
WEAK Err problem_me(Cx *cx, struct problem_me *me)
{
    (void)cx;
    *me = (struct problem_me){0};
    return OK;
}
WEAK Err problem_board(Cx *cx, struct problem_board *b)
{
    (void)cx, (void)b;
    return ERR_NOT_FOUND;
}
