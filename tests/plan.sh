#!/bin/bash
# plan.sh BUILD — heqing migrate --plan on PostgreSQL (tests/pg.sh gives the server): the script alone
# makes a database that the house finds whole.  Citus is not in Debian: functions of its names stand
# in, which note what they are asked and refuse what Citus would refuse twice.
set -u
cd "$(dirname "$0")/.." || exit 1
heqing=$PWD/${1:-build}/heqing
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
dir=${HEQING_TEST_PG#host=}
dir=${dir%% *}
in_db() { psql -X -q -v ON_ERROR_STOP=1 -h "$dir" -U postgres "$@"; }
url() { echo "postgresql:///$1?host=$dir&user=postgres"; }
same() { # what, is, should be
    [ "$2" = "$3" ] && return
    failed=$((failed + 1))
    echo "   $1: $2, not $3"
}
tables="SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'pg_dist_partition'"
mkdir "$work/data"

for db in plain spread; do in_db -c "CREATE DATABASE $db"; done
"$heqing" migrate --plan --db "$(url plain)" --data "$work/data" >"$work/plain.sql" || failed=1
in_db -d plain -f "$work/plain.sql" >/dev/null || failed=1
same 'pending after the script' \
    "$("$heqing" migrate --status --db "$(url plain)" --data "$work/data" | grep -c pending)" 0
same 'left to run after the script' \
    "$("$heqing" migrate --plan --db "$(url plain)" --data "$work/data" | grep -c BEGIN)" 0

in_db -d spread <<'SQL'
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, key text, beside text);
CREATE FUNCTION create_distributed_table(t regclass, key text, colocate_with text) RETURNS void AS $$
BEGIN
    IF colocate_with <> 'none' AND NOT EXISTS (SELECT 1 FROM pg_dist_partition
        WHERE logicalrelid = colocate_with::regclass) THEN
        RAISE '% is not distributed yet', colocate_with;
    END IF;
    IF EXISTS (SELECT 1 FROM pg_constraint c LEFT JOIN pg_dist_partition p ON p.logicalrelid = c.confrelid
        WHERE c.conrelid = t AND c.contype = 'f' AND p.logicalrelid IS NULL AND c.confrelid <> t) THEN
        RAISE '% points at a table that is not distributed yet', t;
    END IF;
    INSERT INTO pg_dist_partition VALUES (t, key, colocate_with);
END $$ LANGUAGE plpgsql;
CREATE FUNCTION create_reference_table(t regclass) RETURNS void AS $$
BEGIN
    INSERT INTO pg_dist_partition VALUES (t, NULL, NULL);
END $$ LANGUAGE plpgsql;
SQL
for turn in first second; do
    "$heqing" migrate --citus --db "$(url spread)" --data "$work/data" >"$work/spread.sql" || failed=1
    in_db -d spread -f "$work/spread.sql" >/dev/null || failed=1
    same "tables placed by the $turn run" "$(in_db -d spread -Atc 'SELECT count(*) FROM pg_dist_partition')" \
        "$(in_db -d spread -Atc "$tables")"
done
same 'tables of both' "$(in_db -d spread -Atc "$tables")" "$(in_db -d plain -Atc "$tables")"
same 'by town_id, not beside the first' "$(in_db -d spread -Atc "SELECT string_agg(logicalrelid::text, ' ')
    FROM pg_dist_partition WHERE key = 'town_id' AND beside <> 'town'")" town
rmdir "$work/data"
"$heqing" init "$work/data" --town 410108101 --name 古荥镇 --abbr GX --db "$(url spread)" >/dev/null || failed=1
"$heqing" verify --data "$work/data" --db "$(url spread)" >"$work/out" || failed=1
same 'verify' "$(grep -c 'chain and counters hold' "$work/out")" 2
echo "$((1 - failed > 0)) passed, $((failed > 0)) failed"
[ "$failed" = 0 ]
