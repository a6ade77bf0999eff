/* demo_plate.h — 码牌 in the demonstration. */
#pragma once
#include "base/cx.h"

/* Plates of three villages, some scanned today. */
Err demo_plate(Cx *) MUST_CHECK;
