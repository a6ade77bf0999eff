#!/bin/bash
# units.sh BUILD [PATTERN] — runs every unit test program of BUILD (those whose name matches) and
# closes with "N passed, N failed".  A program that crashes, or says less than it announced, has failed.
set -u
cd "$(dirname "$0")/.."
build=$1 pattern=${2:-.}

# Each program's answer is TAP; what it says between goes to its own log.
run_one() {
    local exe=$1 log ran=0 bad=0 plan code
    log=$(mktemp "${TMPDIR:-/tmp}/heqing-unit.XXXXXX")
    CMOCKA_MESSAGE_OUTPUT=TAP timeout "${UNIT_SECONDS:-120}" "$exe" >"$log" 2>&1
    code=$?
    ran=$(grep -cE '^ok [0-9]+' "$log")
    bad=$(grep -cE '^not ok [0-9]+' "$log")
    plan=$(sed -nE 's/^1\.\.([0-9]+)$/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
    # cmocka's return code is the number of failures; anything beyond is a crash or a leak report.
    if [ "$plan" = 0 ] || [ $((ran + bad)) -lt "$plan" ] || { [ "$code" != 0 ] && [ "$bad" = 0 ]; }; then
        bad=$((bad + 1))
        echo "== $(basename "$exe"): ended with $code after $((ran + bad - 1)) of $plan tests"
        tail -n 40 "$log"
    elif [ "$bad" != 0 ]; then
        echo "== $(basename "$exe")"
        grep -vE '^ok |^1\.\.' "$log" | head -n 60
    fi
    rm -f "$log"
    echo "@ $ran $bad"
}
export -f run_one

find "$build/tests" -maxdepth 1 -type f -perm -u+x -name '*_test' | grep -E "$pattern" | LC_ALL=C sort |
    xargs -r -P "${UNIT_JOBS:-$(nproc)}" -I{} bash -c 'run_one {}' |
    awk '/^@ / { ok += $2; bad += $3; next } { print } END { print ok + 0 " passed, " bad + 0 " failed"; exit bad || !ok }'
