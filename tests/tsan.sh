#!/bin/sh
# tsan.sh — ThreadSanitizer over what has threads: the writing lanes, what is kept, the HTTP loops.
# The photos' helper has one thread, and its children may not map what ThreadSanitizer maps.
set -eu
cd "$(dirname "$0")/.."
TARGET='tests/lane_test tests/store_test tests/kept_test tests/server_test' \
    tools/build.sh build-tsan -Doptimization=0 -Dc_args=-g1 -Db_sanitize=thread -Db_lundef=false \
    -Dc_link_args=-fuse-ld=gold
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 UNIT_SECONDS=300
exec tests/units.sh build-tsan
