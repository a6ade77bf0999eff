/* static.c — the files of web/. */
#include "web/static.h"

Str static_version(Str name)
{
    (void)name;
    return (Str){0};
}
