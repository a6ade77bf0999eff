#!/bin/bash
# run.sh [NAME …] — all tests, or those runners named.  Each runner closes with a line
# "N passed, N failed"; this adds them up and closes with the same line.  A runner that crashes,
# says no such line or ran nothing counts as one failure.
set -u
cd "$(dirname "$0")/.."
logs=build/test-logs
mkdir -p "$logs"

# name | seconds it may take | command
runners() {
    cat <<'LIST'
units      | 300 | tests/units.sh build
units-pg   | 400 | tests/pg.sh tests/units.sh build
plan       |  60 | tests/pg.sh tests/plan.sh build
cli        |  60 | tests/cli.sh build
house      |  60 | tools/check-house.sh
e2e        | 900 | tests/e2e/run.sh
hostile    | 120 | node tests/web/hostile.mjs build/heqing
doors      |  60 | node tests/web/doors.mjs build/heqing
crawl      | 240 | node tests/web/crawl.mjs build/heqing
new-room   |  60 | tests/new_room.sh build
wrong-tables | 60 | tests/wrong_tables.sh build
crash      | 120 | tests/crash/run.sh 10
fuzz       | 120 | tests/fuzz/run.sh 30
asan       | 400 | tests/asan.sh
tsan       | 300 | tests/tsan.sh
tools      | 200 | tests/pg.sh tests/tools/run.sh build
LIST
}

started=$(date +%s)
passed=0 failed=0
if ! tools/build.sh build; then
    echo "the build failed"
    echo "0 passed, 1 failed"
    exit 1
fi

while IFS='|' read -r name seconds command; do
    name=${name// /} seconds=${seconds// /}
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    at=$(date +%s)
    # shellcheck disable=SC2086  # a command line
    timeout --kill-after=10 "$seconds" $command >"$logs/$name.log" 2>&1 </dev/null
    code=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name.log" | tail -n 1)
    ok=${line%% *} bad=${line#*, }
    bad=${bad%% *}
    ok=${ok:-0} bad=${bad:-0}
    if [ "$bad" = 0 ] && { [ "$code" != 0 ] || [ "$ok" = 0 ]; }; then
        bad=1
        echo "   $name: ended with $code${line:+ after \"$line\"}" >>"$logs/$name.log"
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
    printf '%-12s %5d passed %4d failed  %4d s\n' "$name" "$ok" "$bad" $(($(date +%s) - at))
    [ "$bad" = 0 ] || sed 's/^/    /' "$logs/$name.log" | tail -n 80
done < <(runners)

echo "in $(($(date +%s) - started)) s; each runner's own words are in $logs/"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
