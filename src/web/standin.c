/* standin.c — nobody is signed in, until the rooms people and duty are here; goes with their
 * coming. */
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"

__attribute__((weak)) Err people_session(Cx *cx, Str cookie, struct signed_in *to)
{
    (void)cx, (void)cookie, (void)to;
    return ERR_NOT_FOUND;
}

__attribute__((weak)) Err duty_posts(Cx *cx, int64_t person, uint32_t *to)
{
    (void)cx, (void)person;
    *to = 0;
    return OK;
}
