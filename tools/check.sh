#!/bin/bash
# check.sh BUILD [FILE …] — linters over the house (or the files named): its own rules, layout,
# clang-tidy, cppcheck, shell scripts.  Closes with "N passed, N failed", one a linter and file.
set -u
cd "$(dirname "$0")/.."
build=$1
shift
jobs=$(nproc)
score=$(mktemp)
trap 'rm -f "$score"' EXIT

if [ $# -gt 0 ]; then
    files=("$@")
else
    mapfile -t files < <(git ls-files 'src/*.c' 'src/*.h' 'tools/*.c' 'tools/*.h' 'tests/*.c' 'tests/*.h')
    tools/check-house.sh | tee "$score.house"
    tail -n 1 "$score.house" | awk '{ for (i = 0; i < $1; i++) print "ok"; for (i = 0; i < $3; i++) print "bad" }' >>"$score"
    rm -f "$score.house"
fi

for f in "${files[@]}"; do
    if clang-format --dry-run -Werror "$f" >/dev/null 2>&1; then
        echo ok
    else
        echo "not ok: $f is not as clang-format -i leaves it" >&2
        echo bad
    fi
done >>"$score"

# gcc's own flags mean nothing to clang 14, nor does a compiler cache before the compiler's name.
mkdir -p "$build/.tidy"
sed -E 's/ -(Wno-format-truncation|ftrivial-auto-var-init=zero|fcf-protection|fstack-clash-protection)//g; s/"ccache /"/' \
    "$build/compile_commands.json" >"$build/.tidy/compile_commands.json"
tidy() {
    if said=$(timeout 120 clang-tidy --quiet -p "$1" "$2" 2>/dev/null); then
        echo ok
    else
        printf '%s\nnot ok: clang-tidy %s\n' "$(echo "$said" | head -n 20)" "$2" >&2
        echo bad
    fi
}
export -f tidy
printf '%s\n' "${files[@]}" | grep '\.c$' | grep -E '^(src|tools)/' |
    xargs -r -P "$jobs" -I{} bash -c "tidy $build/.tidy {}" >>"$score"

cpp=$(cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability -j "$jobs" \
    --error-exitcode=1 --inline-suppr --suppressions-list=tools/cppcheck.txt -D_GNU_SOURCE -DMUST_CHECK= -I src -I "$build/src" \
    $(printf '%s\n' "${files[@]}" | grep '\.c$' | grep '^src/' | grep -v '_test\.c$') 2>&1)
if [ $? = 0 ]; then
    echo ok >>"$score"
else
    printf '%s\nnot ok: cppcheck\n' "$(echo "$cpp" | head -n 30)"
    echo bad >>"$score"
fi

for f in $(git ls-files '*.sh') .ci/run; do
    if bash -n "$f"; then echo ok; else echo bad; fi
done >>"$score"

failed=$(grep -c bad "$score")
echo "$(grep -c ok "$score") passed, $failed failed"
[ "$failed" = 0 ]
