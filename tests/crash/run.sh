#!/bin/bash
# run.sh [ROUNDS] — what was acknowledged is there, once, whatever happens.  Closes with
# "N passed, N failed".
#   kill      the server is killed with SIGKILL under load, ROUNDS (10) times
#   full      the disk is full: reports are refused with 503, pages still answer, nothing is lost
#   eio       a sync fails: no acknowledgement any more, the process goes, nothing is lost
# After each: every acknowledged key has its one row and its code, no key has two, no problem is
# without its event, `heqing verify` finds nothing wrong.
set -u
cd "$(dirname "$0")/../.."
rounds=${1:-10}
dir=$(mktemp -d "${TMPDIR:-/tmp}/heqing-crash.XXXXXX")
port=$((20000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$dir"' EXIT
. tests/load/served.sh

"$heqing" demo "$dir/data" >"$dir/out" 2>&1 || { cat "$dir/out"; echo "0 passed, 1 failed"; exit 1; }
before=$(sql 'SELECT count(*) FROM problem')

# ---- kill -9
for round in $(seq "$rounds"); do
    start || { bad "start after kill $round"; break; }
    build/tests/report "$port" 16 5 "$dir/acks" >"$dir/load" &
    load=$!
    sleep "0.$((RANDOM % 6 + 2))$((RANDOM % 10))"
    end -KILL
    wait "$load"
done
nothing_lost "killed $rounds times"
rows=$(($(sql 'SELECT count(*) FROM problem') - before))
told=$(sort -u "$dir/acks" | wc -l)
# One that was written and not yet acknowledged may be there: at most one a connection and round.
if [ "$rows" -ge "$told" ] && [ "$rows" -le $((told + 16 * rounds)) ]; then
    ok "killed: $rows rows, $told acknowledged"
else
    bad "killed: $rows rows for $told acknowledged"
fi

# ---- a full disk
start DISK_FULL_AFTER=6000000 LD_PRELOAD="$PWD/build/tests/slowsync.so" || bad "start on a small disk"
build/tests/report "$port" 16 4 "$dir/acks" >"$dir/load"
cat "$dir/load"
grep -qE 'refused [1-9]' "$dir/load" && ok "full disk: reports are refused" || bad "full disk: nothing was refused: $(cat "$dir/load")"
page=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/report")
alive=$(kill -0 "$server" 2>/dev/null && echo yes)
[ "$page" = 200 ] || [ -z "$alive" ] && ok "full disk: pages answer $page, or the process is gone" || bad "full disk: a page answers $page"
end -TERM
nothing_lost "full disk"

# ---- a sync that fails once and then says it works
start SYNC_FAILS_AFTER=40 LD_PRELOAD="$PWD/build/tests/slowsync.so" || bad "start on a failing disk"
build/tests/report "$port" 16 4 "$dir/acks" >"$dir/load"
cat "$dir/load"
for _ in $(seq 60); do kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
if kill -0 "$server" 2>/dev/null; then
    bad "failing sync: the process still runs"
else
    ok "failing sync: the process is gone"
fi
end -KILL
nothing_lost "failing sync"

# ---- and all is well again
start && page=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/readyz")
[ "${page:-}" = 200 ] && ok "afterwards it serves as before" || bad "afterwards /readyz answers ${page:-nothing}"
end -TERM
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
