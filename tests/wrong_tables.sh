#!/bin/sh
# wrong_tables.sh BUILD — edits of the publicity room's table that must not compile, each for its own
# reason: a column's type, a filter, an order that the statements do not have.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wconversion -Wvla -Werror -I. -Isrc -I$build/src"

compiles() {
    # shellcheck disable=SC2086  # flags are words
    gcc $flags -fsyntax-only "$1" 2>"$work/why"
}

wrong() {
    printf '   %s: %s\n' "$1" "$2"
    failed=$((failed + 1))
}

# refuse FILE EDIT REASON
refuse() {
    sed "$2" "src/rooms/publicity/$1" >"$work/bad.c"
    if cmp -s "src/rooms/publicity/$1" "$work/bad.c"; then
        wrong "$2" "there is no such text any more"
    elif compiles "$work/bad.c"; then
        wrong "$2" "it compiled"
    elif ! grep -q "$3" "$work/why"; then
        wrong "$2" "refused for another reason"
        cat "$work/why"
    else
        passed=$((passed + 1))
    fi
}

for f in publicity.c publicity_ledger.c; do
    if compiles "src/rooms/publicity/$f"; then passed=$((passed + 1)); else wrong "$f" "does not compile as it is"; fi
done
refuse publicity_ledger.c 's/n_pieces, INT/n_pieces, TEXT/' 'cannot keep a TEXT'
refuse publicity_ledger.c 's/title, TEXT/title, MONEY/' 'cannot keep a MONEY'
refuse publicity_ledger.c 's/FIELD(publicity, title/FIELD(publicity, titel/' 'titel'
refuse publicity_ledger.c 's/EQUALS(publicity, kind)/EQUALS(publicity, title)/' 'title'
refuse publicity_ledger.c 's/FROM(publicity, done_on, done_from)/FROM(publicity, done_on, village)/' 'no such filter'
refuse publicity_ledger.c 's/EQUALS(publicity, kind)/.equals = ARG(publicity, kind, limit)/' 'no such filter'
refuse publicity_ledger.c 's/_BY_OLDEST, done_on/_BY_OLDEST, title/' 'title'
refuse publicity_ledger.c 's/title, TEXT/title, COLOUR/' 'COLOUR'
refuse publicity.c 's/const Publicity \*in/const struct sql_publicity_insert *in/' 'conflicting'
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
