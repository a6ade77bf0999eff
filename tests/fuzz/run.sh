#!/bin/bash
# run.sh [SECONDS] — every fuzzer for its share of SECONDS (30), with ASan and UBSan, from the kept
# corpora.  What is new and good goes to build-fuzz/corpus; a crash is kept as build-fuzz/crash-….
# Closes with "N passed, N failed", one a fuzzer.
set -u
cd "$(dirname "$0")/../.."
seconds=${1:-30}
out=build-fuzz
mkdir -p "$out"
[ -e build/src/gen/text.c ] || tools/build.sh build || exit 1

cc=(clang -std=gnu17 -g -O1 -D_GNU_SOURCE -Wno-unknown-warning-option -I. -Isrc -Itests -Itests/fuzz -Ibuild/src
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
house=$(ls src/base/*.c | grep -v _test.c)
objects=()
pids=()
for f in $house src/web/{multipart,query,cookie}.c build/src/gen/text.c; do
    o="$out/$(echo "$f" | tr / _).o"
    objects+=("$o")
    [ "$o" -nt "$f" ] && [ -s "$o" ] && continue
    "${cc[@]}" -c "$f" -o "$o" &
    pids+=($!)
    [ ${#pids[@]} -lt "$(nproc)" ] || { wait "${pids[0]}" || exit 1; pids=("${pids[@]:1}"); }
done
for p in "${pids[@]}"; do wait "$p" || exit 1; done
rm -f "$out/house.a"
ar rcs "$out/house.a" "${objects[@]}"

targets=$(cd tests/fuzz && ls ./*_fuzz.c | sed 's#^\./##; s/_fuzz\.c$//')
each=$((seconds / $(echo "$targets" | wc -w)))
[ "$each" -gt 0 ] || each=1
one() {
    local t=$1
    "${cc[@]}" -fsanitize=fuzzer "tests/fuzz/${t}_fuzz.c" "$out/house.a" -lsodium -lcrypto -lm -o "$out/$t" || return 1
    mkdir -p "$out/corpus/$t"
    ASAN_OPTIONS=detect_leaks=0 "$out/$t" -max_total_time="$each" -max_len=8192 -timeout=5 -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="$out/crash-$t-" "$out/corpus/$t" "tests/fuzz/corpus/$t" >"$out/$t.log" 2>&1
}
passed=0 failed=0
for t in $targets; do
    if one "$t"; then
        passed=$((passed + 1))
        echo "ok: $t: $(sed -nE 's/^stat::number_of_executed_units: *([0-9]+)/\1 inputs/p' "$out/$t.log")"
    else
        failed=$((failed + 1))
        echo "not ok: $t"
        tail -n 30 "$out/$t.log" 2>/dev/null
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
