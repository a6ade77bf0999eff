/* demo_public.h — 示范镇的照片公开: some pictures were cleared for everybody, one was veiled
 * before. */
#pragma once
#include "base/cx.h"

/* After everything that brings pictures. */
Err demo_public(Cx *) MUST_CHECK;
