#!/bin/bash
# soak.sh [SECONDS] — a mixed load against one server: residents report, staff look at pages, an
# office files what came in.  Closes with "N passed, N failed".
#   reports   none that was acknowledged is lost or doubled, `heqing verify` finds nothing wrong
#   memory    what the server holds in the last third is what it held in the middle one
#   files     so are its open descriptors
#   pages     all answered; p50 and p99 are printed, not judged: the machine may be anybody's
set -u
cd "$(dirname "$0")/../.."
seconds=${1:-30}
dir=$(mktemp -d "${TMPDIR:-/tmp}/heqing-soak.XXXXXX")
port=$((20000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$dir"' EXIT
. tests/load/served.sh
at="http://127.0.0.1:$port"

field() { grep -o "name=\"$1\" value=\"[^\"]*\"" | head -n 1 | cut -d'"' -f4; }
# visit COOKIES PATH [FORM …]: the page; its status and seconds go to $dir/visits.
visit() {
    local jar=$1 path=$2
    shift 2
    curl -s --max-time 20 -b "$jar" -c "$jar" -o "$jar.page" -w "%{http_code} %{time_total} $path\n" "$@" "$at$path" >>"$jar.visits"
    cat "$jar.page"
}
sign_in() { # COOKIES LOGIN PASSWORD
    local page
    page=$(visit "$1" /login)
    visit "$1" /login --data-urlencode "csrf=$(echo "$page" | field csrf)" --data-urlencode "key=$(echo "$page" | field key)" \
        --data-urlencode "login=$2" --data-urlencode "password=$3" >/dev/null
    grep -q '^303 .* /login$' "$1.visits"
}

looks() { # COOKIES: pages, until the time is over
    while [ "$SECONDS" -lt "$until" ]; do
        for path in /me /problems /board /goals /flags /town /ledgers/problem /inbox /problems.json; do
            visit "$1" "$path" >/dev/null
        done
    done
}
files() { # COOKIES: what came in is looked at and filed
    local id form
    while [ "$SECONDS" -lt "$until" ]; do
        for id in $(visit "$1" '/problems?state=reported' | grep -oE '/problems/[0-9]+' | sort -u | head -n 10); do
            form=$(visit "$1" "$id" | grep -A9 -F "action=\"$id/file\"")
            [ -n "$form" ] || continue
            visit "$1" "$id/file" --data-urlencode "csrf=$(echo "$form" | field csrf)" \
                --data-urlencode "key=$(echo "$form" | field key)" --data-urlencode "version=$(echo "$form" | field version)" >/dev/null
        done
    done
}

middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] + 0 }'; }
# flat NAME COLUMN SLACK: the median of the last third is not above that of the middle one by more.
flat() {
    local n a b
    n=$(wc -l <"$dir/held")
    a=$(awk -v n="$n" -v c="$2" 'NR > n / 3 && NR <= 2 * n / 3 { print $c }' "$dir/held" | middle)
    b=$(awk -v n="$n" -v c="$2" 'NR > 2 * n / 3 { print $c }' "$dir/held" | middle)
    [ "$b" -le $((a + $3)) ] && ok "$1: $a, then $b" || bad "$1 grows: $a, then $b"
}

"$heqing" demo "$dir/data" >"$dir/out" 2>&1 || { cat "$dir/out"; echo "0 passed, 1 failed"; exit 1; }
mapfile -t staff < <(grep -E ',office,' "$dir/data/accounts.csv" | cut -d, -f1,2)
start HEQING_NO_RATE=1 || { echo "0 passed, 1 failed"; exit 1; }
for i in 0 1; do
    sign_in "$dir/staff$i" "${staff[$i]%,*}" "${staff[$i]#*,}" || bad "staff $i cannot sign in"
done

until=$((SECONDS + seconds))
build/tests/report "$port" 4 "$seconds" "$dir/acks" >"$dir/load" &
jobs_=("$!")
looks "$dir/staff0" &
jobs_+=("$!")
files "$dir/staff1" &
jobs_+=("$!")
while [ "$SECONDS" -lt "$until" ]; do
    echo "$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status") $(find "/proc/$server/fd" -mindepth 1 2>/dev/null | wc -l)" >>"$dir/held"
    sleep 0.5
done
wait "${jobs_[@]}"

cat "$dir/load"
cat "$dir"/staff*.visits >"$dir/visits"
awk '$1 == 200 || $1 == 303 { n++; next } { bad++; if (bad < 6) print "#", $0 } END { exit bad > 0 || !n }' "$dir/visits" &&
    ok "pages: $(wc -l <"$dir/visits") asked, all answered" || bad "pages: some were not answered"
n=$(grep -cE '^303 .*/file$' "$dir/visits")
[ "$n" -gt 0 ] && ok "verbs: $n matters filed" || bad "verbs: nothing was filed"
awk '$1 == 200 { print int($2 * 1000) }' "$dir/visits" | sort -n |
    awk '{ v[NR] = $1 } END { print "pages: p50 " v[int((NR + 1) / 2)] " ms, p99 " v[int((NR - 1) * 0.99) + 1] " ms" }'
flat "memory, kB" 1 16384
flat "open files" 2 8
kill -0 "$server" 2>/dev/null && ok "the server still runs" || bad "the server is gone"
end -TERM
nothing_lost "soak"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
