#!/bin/sh
# run.sh [PATTERN] — installs the two npm packages exactly as the lockfile has them and runs the
# browser tests.  Without them nothing is tested, and that is a failure.
set -eu
cd "$(dirname "$0")"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || { cat npm.log; echo "0 passed, 1 failed"; exit 1; }
    touch node_modules/.package-lock.json
fi
rm -f npm.log
exec node run.mjs "$@"
