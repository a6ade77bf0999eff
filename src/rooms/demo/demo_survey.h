/* demo_survey.h — 示范镇的大会诊: a survey of two months ago, closed, and one that is on. */
#pragma once
#include "base/cx.h"

Err demo_survey(Cx *) MUST_CHECK;
