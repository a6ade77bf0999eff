#!/bin/bash
# citus.sh BUILD — the house on a real Citus, where PostgreSQL 15 has the extension (Debian has none;
# it is built from source).  Closes with "N passed, N failed".
#   one node     every unit test, on databases made by `heqing migrate --plan --citus`
#   two workers  the demonstration town; a worker dies under load: its towns get 503, the others are
#                served, what was acknowledged is there when it is back
#   a third      is added and takes its shards under load
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/pg_server.sh
[ -e "$("$pg_bin/pg_config" --sharedir)/extension/citus.control" ] ||
    { echo "SKIPPED: this PostgreSQL has no Citus, so nothing was tested" >&2; exit 77; }
pg_here
port=$((20000 + RANDOM % 20000))
. tests/load/served.sh
heqing=$1/heqing
trap 'end -KILL; for s in "${!pg_pid[@]}"; do pg_stop "$s"; done; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

declare -A at # where each server listens
node() {
    at[$1]=$((40000 + RANDOM % 20000))
    pg_make "$1" "listen_addresses = '127.0.0.1'
port = ${at[$1]}
shared_preload_libraries = 'citus'
max_prepared_transactions = 200
max_worker_processes = 32
wal_level = logical
log_min_messages = log
citus.multi_task_query_log_level = 'log'" && pg_start "$1"
}
says() { psql -X -q -v ON_ERROR_STOP=1 -h "$dir" -p "${at[head]}" -U postgres "$@"; }
node head || exit 1

# ---- one node
export HEQING_CITUS="$dir:${at[head]}" HEQING_TEST_PREPARE=tests/citus_db.sh HEQING=$heqing
said=$(HEQING_TEST_DB="postgresql:///postgres?host=$dir&port=${at[head]}&user=postgres" UNIT_SECONDS=600 tests/units.sh "$1")
echo "$said"
[[ $said == *"0 failed" ]] && ok "the unit tests on one node: ${said##*$'\n'}" || bad "the unit tests on one node: ${said##*$'\n'}"

# What the house asks with values and met more than one shard is marked @alltowns.  (Migrations have no
# values, nor have tests that tamper.)
mapfile -t marked < <(tools/sources.sh sql | xargs awk '/^-- @alltowns/ { on = 1; next } /^--/ { next } on { printf "%s ", $0 } /;$/ && on { on = 0; print "" }' |
    tr -s ' ' | sed -E 's/ :.*//')
stray=$(awk '/^[0-9]{4}-/ { if (line) print line; line = ""; if (/LOG:  multi-task/) told = 1
        else if (told && /STATEMENT:/) { line = $0; sub(/.*STATEMENT: */, "", line); told = 0 } next }
        line { line = line " " $0 } END { if (line) print line }' "$dir/head.log" |
    tr -s ' \t' ' ' | grep '\$[0-9]' | sort -u | while read -r line; do
    for m in "${marked[@]}"; do [[ $line == "$m"* ]] && continue 2; done
    echo "$line"
done)
[ -z "$stray" ] && ok "only what is marked @alltowns (${#marked[@]}) met several shards" || bad "met several shards: $stray"

# ---- two workers
node east && node west || exit 1
says -c "CREATE DATABASE house"
for n in head east west; do psql -X -q -h "$dir" -p "${at[$n]}" -U postgres -c "CREATE DATABASE house" 2>/dev/null; done
on() { psql -X -q -At -v ON_ERROR_STOP=1 -h "$dir" -p "${at[$1]}" -U postgres -d house -c "$2"; }
join() { on "$1" 'CREATE EXTENSION citus' >/dev/null; [ "$1" = head ] || on head "SELECT citus_add_node('127.0.0.1', ${at[$1]})" >/dev/null; }
on head 'CREATE EXTENSION citus'
on head "SELECT citus_set_coordinator_host('127.0.0.1', ${at[head]})" >/dev/null
for n in east west; do join $n; done
db="postgresql:///house?host=$dir&port=${at[head]}&user=postgres"
mkdir "$dir/data"
{ echo 'SET citus.shard_count = 8;'; "$heqing" migrate --plan --citus --data "$dir/data" --db "$db"; } | says -d house >/dev/null
rm -rf "$dir/data"
"$heqing" demo "$dir/data" --db "$db" >"$dir/out" 2>&1 && ok "the demonstration town is made" || bad "the demonstration: $(tail -n 3 "$dir/out")"
"$heqing" verify --data "$dir/data" --db "$db" >"$dir/out" && ok "its chains and counters hold" || bad "verify: $(tail -n 3 "$dir/out")"

# The two towns on two workers.
shard() { on head "SELECT get_shard_id_for_distribution_column('problem', $1)"; }
worker() { on head "SELECT nodeport FROM citus_shards WHERE shardid = $(shard "$1")"; }
move() { # town, from, to
    [ "$2" = "$3" ] || on head "SELECT citus_move_shard_placement($(shard "$1"), '127.0.0.1', $2, '127.0.0.1', $3, 'block_writes')" >/dev/null
}
move 410108101 "$(worker 410108101)" "${at[east]}"
move 410108100 "$(worker 410108100)" "${at[west]}"

ask() { curl -s -m 20 -o "$dir/page" -w '%{http_code}' -b "$dir/$1.jar" -c "$dir/$1.jar" "http://127.0.0.1:$port$2" "${@:3}"; }
let_in() { # name, the account's line
    local login password key csrf
    IFS=, read -r login password _ <<<"$2"
    ask "$1" /login >/dev/null
    csrf=$(sed -nE 's/.*name="csrf" value="([^"]*)".*/\1/p' "$dir/page" | head -n 1)
    key=$(sed -nE 's/.*name="key" value="([^"]*)".*/\1/p' "$dir/page" | head -n 1)
    ask "$1" /login --data-urlencode "csrf=$csrf" --data-urlencode "key=$key" \
        --data-urlencode "login=$login" --data-urlencode "password=$password"
}
start || bad "it does not serve"
[ "$(let_in here "$(grep -m 1 ',office,410108101' "$dir/data/accounts.csv")")" = 303 ] || bad "the office is not let in"
[ "$(let_in there "$(grep -m 1 ',office,410108100' "$dir/data/accounts.csv")")" = 303 ] || bad "the other town's office is not let in"

# ---- a worker dies under load
"$1/tests/report" "$port" 8 12 "$dir/acks" >"$dir/load" &
load=$!
sleep 3
pg_stop east KILL
sleep 1
here=$(ask here /problems) there=$(ask there /problems)
[ "$here" = 503 ] && ok "a town whose worker is dead gets 503" || bad "a town whose worker is dead gets $here"
[ "$there" = 200 ] && ok "the other town is served" || bad "the other town gets $there"
sleep 2
pg_start east
wait "$load"
cat "$dir/load"
nothing_lost "a worker died"
sleep 1
here=$(ask here /problems)
[ "$here" = 200 ] && ok "when it is back its town is served" || bad "when it is back its town gets $here"

# ---- a worker is added under load
node north || exit 1
psql -X -q -h "$dir" -p "${at[north]}" -U postgres -c "CREATE DATABASE house"
"$1/tests/report" "$port" 4 25 "$dir/acks" >"$dir/load" &
load=$!
join north
on head "SELECT rebalance_table_shards()" >"$dir/out" 2>&1 || bad "the shards are not moved: $(tail -n 2 "$dir/out")"
has=$(on head "SELECT count(*) FROM citus_shards WHERE nodeport = ${at[north]} AND table_name = 'problem'::regclass")
wait "$load"
cat "$dir/load"
[ "$has" -gt 0 ] && ok "a new worker has $has shards of each table" || bad "a new worker has no shards"
nothing_lost "shards moved"
end -TERM
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
