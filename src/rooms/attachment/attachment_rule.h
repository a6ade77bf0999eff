/* attachment_rule.h — inside the room: what its rules give to its doors and its job. */
#pragma once
#include "rooms/attachment/attachment.h"

#define LARGE_NAME "1600.jpg"
#define SMALL_NAME "320.jpg"

/* The picture's hash, for who may see it: staff by its record's room, or who holds the receipt of
 * `object`.  ERR_NOT_FOUND else. */
Err attachment_for_staff(Cx *, int64_t id, Str *hash) MUST_CHECK;
Err attachment_for_holder(Cx *, int64_t id, int64_t object, Str *hash) MUST_CHECK;

/* The same for who was given a pass; sets cx->town_id. */
Err attachment_for_pass(Cx *, int64_t town, int64_t id, Str token, Str *hash) MUST_CHECK;

/* Take away files that no record has two days after they came. */
Err attachment_sweep_job(Cx *) MUST_CHECK;
