/* demo_files.h — the files of demo/, carried in the program (tools/carry). */
#pragma once
#include "base/str.h"

struct carried {
    const char *path; /* "guxing/units.csv" */
    Str bytes;
};
extern const struct carried demo_files[]; /* ends with {0} */
