/* demo_property.h — 示范镇的小区: one company, two compounds with all three sides, blind spots. */
#pragma once
#include "base/cx.h"

Err demo_property(Cx *) MUST_CHECK;
