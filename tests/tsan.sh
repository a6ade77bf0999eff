#!/bin/sh
# tsan.sh — ThreadSanitizer over what has threads: the writing lanes and the HTTP loops.
set -eu
cd "$(dirname "$0")/.."
tools/build.sh build-tsan -Db_sanitize=thread -Db_lundef=false -Doptimization=1 -Dwerror=false -Ddebug=true
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
exec tests/units.sh build-tsan 'lane|store|loop|server|web|photo'
