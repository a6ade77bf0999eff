/* property_inner.h — what the files of 红色物业 share. */
#pragma once
#include "rooms/property/property.h"

/* The compound, for who keeps it; ERR_FORBIDDEN. */
Err property_asked(Cx *, int64_t place, struct property_compound *) MUST_CHECK;
