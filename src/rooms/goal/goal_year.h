/* goal_year.h — 目标 in a village's report on its year (assess_fair.h). */
#pragma once
extern const struct year_part goal_year;
