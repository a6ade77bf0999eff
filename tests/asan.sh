#!/bin/sh
# asan.sh — every unit test program with AddressSanitizer and UBSan.
set -eu
cd "$(dirname "$0")/.."
# Without optimisation the compiler is the quicker half by five, and what is watched is more.
TARGET=units tools/build.sh build-asan -Doptimization=0 -Dc_args=-g1 \
    -Db_sanitize=address,undefined -Db_lundef=false -Dc_link_args=-fuse-ld=gold
# Not detect_stack_use_after_return: it makes people_test take twenty times as long.
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1
export UNIT_SECONDS=300
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
exec tests/units.sh build-asan
