# served.sh — sourced by tests/crash, tests/bench/soak.sh and tests/citus.sh: a server over $dir/data
# (and the database $db, where it is a server's) on $port, and what it acknowledged ($dir/acks,
# written by build/tests/report) against what is stored.
# Counts in $passed and $failed.
heqing=build/heqing
server=
passed=0 failed=0

ok() { passed=$((passed + 1)); echo "ok: $1"; }
bad() { failed=$((failed + 1)); echo "not ok: $1"; }

# start [ENV=VALUE …]: a server on the data folder, ready.
start() {
    : >"$dir/said"
    env "$@" "$heqing" serve --data "$dir/data" ${db:+--db "$db"} --listen "127.0.0.1:$port" --proxies 127.0.0.1 >"$dir/out" 2>"$dir/said" &
    server=$!
    for _ in $(seq 200); do
        grep -q 'heqing: ready on' "$dir/said" && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    cat "$dir/said"
    return 1
}
end() {
    [ -n "$server" ] || return 0
    kill "$1" "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}
# The tables that are asked below, as one file of SQLite; out of a server they are copied.
stored() {
    local t
    [ -n "${db:-}" ] || { echo "$dir/data/heqing.db"; return; }
    rm -f "$dir/stored.db"
    for t in submission:town_id,key,object code:town_id,id,kind,code problem:town_id,id,body event:town_id,object; do
        psql -X -q "$db" -c "COPY (SELECT ${t#*:} FROM ${t%:*}) TO STDOUT CSV HEADER" |
            sqlite3 "$dir/stored.db" -cmd '.mode csv' ".import /dev/stdin ${t%:*}"
    done
    sqlite3 "$dir/stored.db" 'CREATE INDEX a ON submission (key); CREATE INDEX b ON code (id); CREATE INDEX c ON problem (id);
        CREATE INDEX d ON event (object)'
    echo "$dir/stored.db"
}
sql() { sqlite3 -cmd '.timeout 5000' "$dir/data/heqing.db" "$1"; }

# Everything that was acknowledged, against what is stored.
nothing_lost() {
    local what=$1 wrong n said
    sort -u "$dir/acks" >"$dir/told"
    n=$(wc -l <"$dir/told")
    [ "$n" -gt 0 ] || { bad "$what: nothing was acknowledged"; return; }
    # key, code → the problem of the key has that code.
    wrong=$({
        echo "CREATE TEMP TABLE told (key TEXT, code TEXT);"
        echo ".mode list"
        echo ".separator ' '"
        echo ".import $dir/told told"
        echo "SELECT count(*) FROM told t WHERE (SELECT count(*) FROM submission s JOIN code c
                ON c.town_id = s.town_id AND c.id = s.object AND c.kind = 'problem'
                JOIN problem p ON p.town_id = s.town_id AND p.id = s.object
                WHERE s.key = t.key AND c.code = t.code) <> 1;"
        echo "SELECT count(*) FROM (SELECT body FROM problem WHERE length(body) = 22 GROUP BY body HAVING count(*) > 1);"
        echo "SELECT count(*) FROM problem p WHERE NOT EXISTS
                (SELECT 1 FROM event e WHERE e.town_id = p.town_id AND e.object = p.id);"
    } | sqlite3 "$(stored)" | tr '\n' ' ')
    [ "$wrong" = "0 0 0 " ] && ok "$what: $n acknowledged reports are there, each once" ||
        bad "$what: of $n acknowledged: lost, doubled, without event: $wrong"
    said=$("$heqing" verify --data "$dir/data" ${db:+--db "$db"} 2>&1) && ok "$what: the log's chain holds" || bad "$what: verify: $said"
}
