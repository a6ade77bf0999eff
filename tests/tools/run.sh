#!/bin/bash
# run.sh BUILD — the build tools' own tests, and every statement of the house on PostgreSQL with the
# rules of Citus (tests/pg.sh gives the server).
set -u
cd "$(dirname "$0")/../.."
build=$1

# shellcheck disable=SC2046  # lists of names
said=$("$build/tests/mksql_pg" "$HEQING_TEST_PG" $(tools/sources.sh schema) -- $(tools/sources.sh sql) 2>&1)
code=$?
echo "$said" | tail -n 60
n=$(echo "$said" | sed -nE 's/^mksql_pg: ([0-9]+) statements.*/\1/p')
python3 tests/tools/run.py "$build" "$HEQING_TEST_PG" | tee "$build/.tools.log"
line=$(tail -n 1 "$build/.tools.log")
passed=${line%% *} failed=${line#*, }
passed=$((${passed:-0} + ${n:-0})) wrong=$(echo "$said" | grep -cE '\.sql:[0-9]+: ')
failed=$((${failed%% *} + (code == 0 ? 0 : wrong ? wrong : 1)))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
