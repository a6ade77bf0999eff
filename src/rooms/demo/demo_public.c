/* demo_public.c — 示范镇的照片公开: of the newest pictures every second one was looked at, most of
 * these were cleared, every fifth of them only after a part was made unrecognisable. */
#include "rooms/demo/demo_public.h"

#include "rooms/attachment/attachment.h"

enum { PAGES = 3, LOOKED_AT = 2, VEILED = 11, WITHHELD = 7 };

static Err decide(Cx *cx, const struct attachment *a, size_t i)
{
    if (i % LOOKED_AT)
        return OK; /* waits on /photos */
    if (i % WITHHELD == 0)
        return attachment_clear(cx, a->id, PHOTO_UNDECIDED, PHOTO_WITHHELD);
    if (i % VEILED == 0)
        TRY(attachment_veil(cx, a->id, 0, S("560,420,120,110")));
    return attachment_clear(cx, a->id, PHOTO_UNDECIDED, PHOTO_CLEARED);
}

Err demo_public(Cx *cx)
{
    int64_t below = 0;
    for (int page = 0; page < PAGES; page++) {
        struct attachments some;
        TRY(attachment_page(cx, PHOTO_UNDECIDED, below, &some));
        for (size_t i = 0; i < some.n; i++)
            TRY(decide(cx, &some.at[i], i));
        if (some.n <= PHOTOS_A_PAGE)
            break;
        below = some.at[some.n - 1].id;
    }
    return OK;
}
