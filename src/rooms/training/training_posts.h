/* training_posts.h — inside the room: the words of 类型 and 应到岗位. */
#pragma once
#include "base/fields.h"

extern const struct option training_kinds[], training_posts[];
