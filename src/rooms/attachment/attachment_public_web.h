/* attachment_public_web.h — the handlers of 照片公开, for the room's table of routes. */
#pragma once
#include "rooms/duty/post.h"
#include "web/respond.h"

#define PHOTO_CLEARERS (OFFICE_POSTS | HAS(POST_COMMANDER))
#define PHOTO_KEEPERS                                                                              \
    (HAS(POST_OFFICE_HEAD) | HAS(POST_COMMANDER)) /* of the pictures as they were */

Err photo_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err photo_page_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err photo_veil_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err photo_clear_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err photo_original_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err photos_file_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err open_photo_get(Cx *, const Req *, Resp *) MUST_CHECK;

/* The name of the file behind /photo/ID/SIZE; NULL: no such size. */
const char *attachment_file(Str size);
/* A kept picture as the answer. */
Err attachment_send(Cx *, Resp *, Str hash, const char *name) MUST_CHECK;
