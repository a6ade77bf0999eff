#!/bin/sh
# run.sh [PATTERN] — installs the two npm packages exactly as the lockfile has them and runs the
# browser tests; all of them in two houses at once, about half in each.
# Without the packages nothing is tested, and that is a failure.
set -eu
cd "$(dirname "$0")"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || { cat npm.log; echo "0 passed, 1 failed"; exit 1; }
    touch node_modules/.package-lock.json
fi
rm -f npm.log
[ $# = 0 ] || exec node run.mjs "$@"
said=../../build/e2e
mkdir -p $said
half=pages,goals,counter,exits,names,limits
node run.mjs --only $half >$said/half.log 2>&1 &
node run.mjs --but $half >$said/others.log 2>&1 || :
wait $! || :
cat $said/others.log $said/half.log
# A run that was cut off says no such line: that is a failure.
grep -hE '^[0-9]+ passed, [0-9]+ failed$' $said/others.log $said/half.log | awk '
    { ok += $1; bad += $3; n++ } END { bad += 2 - n; print ok + 0 " passed, " bad " failed"; exit bad > 0 }'
