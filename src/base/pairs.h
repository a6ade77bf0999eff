/* pairs.h — names and values of a form or a query, in the order they came. */
#pragma once
#include "base/str.h"

struct pair {
    Str name, value;
};
struct pairs {
    const struct pair *at;
    size_t n;
};
