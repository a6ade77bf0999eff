#!/bin/bash
# new_room.sh BUILD — tools/new-room in a copy of the tree: the room it makes compiles without a
# warning, passes its first test, keeps the layout and shows in the menu and among the ledgers.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$(realpath "${1:-build}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # what, command …
    local what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not ok: $what"
        tail -n 15 "$work/log" | sed 's/^/    /'
    fi
}

cp -r src tools tests web "$work"/
cd "$work" || exit 1
refused() { ! "$@"; }
check "a name of capitals is refused" refused tools/new-room Venue 阵地台账 Venues
check "a room that is there is refused" refused tools/new-room publicity 宣传台账 Publicity
check "the room is made" tools/new-room venue 阵地台账 Venues
check "a second time is refused" refused tools/new-room venue 阵地台账 Venues

mkdir -p gen/src/gen obj
flags="-std=gnu17 -O0 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wvla -Wconversion -Werror -Wno-format-truncation
    -I. -Isrc -Itests -Igen/src -Igen"
mapfile -t schema < <(tools/sources.sh schema)
mapfile -t sql < <(tools/sources.sh sql)
mapfile -t texts < <(tools/sources.sh po; tools/sources.sh html; tools/sources.sh text)
check "its statements are prepared" "$build/mksql" gen/src/gen "${schema[@]}" -- "${sql[@]}"
check "its texts have their English" "$build/mktmpl" gen/src/gen "${texts[@]}"
compile() {
    local f
    for f in src/rooms/venue/*.c src/rooms.c gen/src/gen/sql.c gen/src/gen/schema.c gen/src/gen/text.c; do
        # shellcheck disable=SC2046,SC2086  # flags are words
        gcc $flags $(pkg-config --cflags libpq) -c "$f" -o "obj/$(basename "$f" .c).o" || return 1
    done
}
check "it compiles without a warning" compile
link() { # what comes first wins over the same in the library
    # shellcheck disable=SC2046
    gcc -pie -o "$1" "${@:2}" "$build/tests/libtown.a" "$build/libhouse.a" \
        $(pkg-config --libs libmicrohttpd sqlite3 libsodium libcrypto jansson inih libqrencode libseccomp \
            libjpeg libpng libwebp lcms2 cmocka) -ldl -lm -lpthread
}
check "its test is linked" link venue_test obj/*.o
check "its first test passes" ./venue_test
check "it keeps the layout" clang-format --dry-run -Werror src/rooms/venue/*.[ch] src/rooms.c
menu() { grep -q '"/ledgers/venue"' src/rooms/venue/venue_room.c && grep -q '&venue_room' src/rooms.c; }
check "it stands in the menu and in the list of rooms" menu

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
