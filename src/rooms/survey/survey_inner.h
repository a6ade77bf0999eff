/* survey_inner.h — what the files of 大会诊 share. */
#pragma once
#include "rooms/survey/survey.h"

Err survey_office_only(Cx *) MUST_CHECK;
/* Closed or void: its plan stays as it is. */
bool survey_over(const struct survey_round *);
Err survey_wrong_state(Cx *) MUST_CHECK;
/* Inside a transaction: the event of a round. */
Err survey_moved(Cx *, int64_t round, const char *verb, Str from, Str to, Str said) MUST_CHECK;
