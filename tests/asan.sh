#!/bin/sh
# asan.sh — every unit test program with AddressSanitizer and UBSan.
set -eu
cd "$(dirname "$0")/.."
# The build tools give nothing back; they are gone in a moment.
ASAN_OPTIONS=detect_leaks=0 tools/build.sh build-asan -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 -Dwerror=false -Ddebug=true
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
exec tests/units.sh build-asan
