/* text_fuzz.c — the writers of text, attribute, address and path (tests/tools/tmpl/escape.c). */
#define FUZZER
#include "tests/tools/tmpl/escape.c"
