/* demo_plate.c — 码牌 in the demonstration: three villages have hung theirs, and some are scanned.
 */
#include "rooms/demo/demo_plate.h"

#include "rooms/duty/duty.h"
#include "rooms/plate/plate.h"
#include "rooms/town/town.h"

enum { VILLAGES = 3, SCANNED = 6 };

static Err scans(Cx *cx, int64_t village)
{
    struct plates hang;
    TRY(plate_hanging(cx, village, &hang));
    for (size_t i = 0; i < hang.n && i < SCANNED; i++)
        for (size_t k = 0; k <= i % 3; k++)
            TRY(plate_scanned(cx, &hang.at[i]));
    return OK;
}

Err demo_plate(Cx *cx)
{
    struct units all;
    size_t n;
    TRY(duty_operator(cx));
    TRY(town_villages(cx, &all));
    for (size_t i = 0; i < VILLAGES && i < all.n; i++) {
        int64_t village = all.at[all.n > 8 ? i + 6 : i].code;
        TRY(plate_make_all(cx, village, &n));
        TRY(scans(cx, village));
    }
    return OK;
}
