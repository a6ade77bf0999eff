/* fuzz.h — what the fuzzers share.  Each is one LLVMFuzzerTestOneInput; without libFuzzer
 * (tests/fuzz/replay.c) the same function runs over the kept corpus. */
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

/* A broken promise stops the fuzzer, also where asserts are off. */
#define MUST(holds)                                                                                \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #holds);              \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);
