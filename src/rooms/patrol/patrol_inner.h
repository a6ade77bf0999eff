/* patrol_inner.h — what the files of 巡查 share. */
#pragma once
#include "base/sum.h"
#include "rooms/patrol/patrol.h"

/* The place, for who may tell about it; ERR_FORBIDDEN. */
Err patrol_asked(Cx *, int64_t place, struct patrol_place *) MUST_CHECK;
Err patrol_words(Cx *, Str note, size_t n_photos) MUST_CHECK;
/* Of what a form says, for its submission key. */
void patrol_sum(unsigned char to[SUM_BYTES], int64_t object, int64_t what, Str note,
    const Str *photo, size_t n);
