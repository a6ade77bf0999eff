/* meeting_inner.h — between the files of the room meeting only. */
#pragma once
#include "base/cx.h"

struct task_new {
    int64_t meeting, item, owner;
    Str held_on, text, due_on;
};
/* Its row, the owner's notice and its clock; inside a transaction. */
Err task_new(Cx *, const struct task_new *, int64_t *id) MUST_CHECK;
