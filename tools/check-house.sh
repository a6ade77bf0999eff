#!/bin/bash
# check-house.sh — the house's own rules, one test each; closes with "N passed, N failed".
# An exception stands in tools/house-allow.txt with its reason, or there is none.
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
score=$(mktemp)
trap 'rm -f "$score"' EXIT

# Lines "path:line: what" on stdin are faults, unless the allow-list has "rule path".
rule() {
    local name=$1 text=$2 faults
    faults=$(awk -v rule="$name" '
        FNR == NR { if ($1 == rule) ok[$2] = 1; next }
        { path = $0; sub(/:.*/, "", path); if (!(path in ok)) print }' tools/house-allow.txt -)
    if [ -z "$faults" ]; then
        echo ok >>"$score"
    else
        echo bad >>"$score"
        printf '%s\n' "$faults" | head -n 25 | sed "s/^/    /"
        echo "not ok: $text"
    fi
}

# Code without comments and strings, as path:line:code, so that a word in a sentence is no fault.
code() {
    awk '
        FNR == 1 { within = 0 }
        {
            s = $0; out = ""
            while (length(s)) {
                if (within) { k = index(s, "*/"); if (!k) { s = ""; break } s = substr(s, k + 2); within = 0 }
                else if (substr(s, 1, 2) == "/*") { s = substr(s, 3); within = 1 }
                else if (substr(s, 1, 2) == "//") { s = "" }
                else if (match(s, /^"([^"\\]|\\.)*"/)) { out = out "\"\""; s = substr(s, RLENGTH + 1) }
                else if (match(s, /^'"'"'([^'"'"'\\]|\\.)+'"'"'/)) { out = out "0"; s = substr(s, RLENGTH + 1) }
                else { out = out substr(s, 1, 1); s = substr(s, 2) }
            }
            if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
        }' "$@"
}

mapfile -t files < <(find src -name '*.c' -o -name '*.h' | sort)
mapfile -t rules < <(printf '%s\n' "${files[@]}" | grep -v '_test\.[ch]$')
all=$(code "${rules[@]}")

# ---- floors: who may include whom, told by folder and file suffix
grep -Hn '^#include "' "${rules[@]}" | awk -F: '
    function room(p,  a) { split(p, a, "/"); return a[1] == "rooms" ? a[2] : "" }
    {
        path = $1; line = $2; file = substr(path, 5); inc = $3
        sub(/^#include "/, "", inc); sub(/".*/, "", inc)
        split(inc, d, "/"); floor = d[1]
        split(file, f, "/"); here = index(file, "/") ? f[1] : "top"
        ok = 0
        own_sql = inc == "gen/sql_" (here == "rooms" ? room(file) : here) ".h"
        if (floor == "base" || (inc == "gen/tmpl.h" && here != "store") || inc == "tmpl.h") ok = 1
        else if (here == "top") ok = 1
        else if (here == "base") ok = 0
        else if (here == "store") ok = floor == "store" || own_sql
        else if (here == "photo") ok = floor == "photo"
        else if (here == "paper") ok = floor == "paper"
        else if (here == "web" || here == "cli" || here == "jobs")
            ok = floor == here || floor == "photo" || inc == "rooms.h" || inc == "web/route.h" ||
                inc ~ /^rooms\/(people|duty|town|notice)\/(people|duty|post|town|notice)\.h$/ ||
                inc ~ /^store\/(db|lane|log|towns|files|lease)\.h$/ ||
                (here == "cli" && floor == "web") || (here == "web" && inc ~ /^(cli|jobs)\//)
        else if (here == "rooms") {
            mine = room(file); its = room(inc)
            private = inc ~ /_(impl|inner|view|pages|rule)\.h$/
            if (its == mine && its != "") ok = 1
            else if (its != "") ok = !private
            else if (file ~ /_web[a-z_]*\.c$/ || file ~ /_web\.h$/ || file ~ /_pages\.h$/ || file ~ /_view\.h$/)
                ok = floor == "web" || inc == "rooms.h" || inc == "store/log.h" || inc == "photo/photo.h" || inc == "paper/paper.h"
            else if (file ~ /_cli\.[ch]$/) ok = floor == "cli" || floor == "store"
            else if (file ~ /_job\.[ch]$/) ok = floor == "jobs" || floor == "store" || own_sql
            else if (file ~ /_room\.[ch]$/)
                ok = floor == "web" || inc == "rooms.h" || floor == "cli" || floor == "jobs" || floor == "store"
            else ok = floor == "store" || own_sql || floor == "photo"
        }
        if (!ok) print path ":" line ": " file " may not include " inc
    }' | rule floors "a file includes only what its floor may (docs/style.md)"

# ---- rooms ask each other without circles (rules only: pages may show several rooms)
grep -HnE '^#include "rooms/' "${rules[@]}" | grep '^src/rooms/' | grep -vE '_(web|cli|job|room|pages|view)[a-z_]*\.[ch]:' |
    sed -E 's#^src/rooms/([a-z_]+)/[^:]*:([0-9]+):.*"rooms/([a-z_]+)/([a-z_]+\.h)".*#\1 \3 \4#' |
    awk '$1 != $2 && $3 != "post.h" && /^[a-z_]+ [a-z_]+ / { print $1, $2 }' | sort -u | tsort 2>&1 >/dev/null |
    sed 's#^tsort: -: input contains a loop:#src/rooms: a circle:#; s#^tsort: #src/rooms: in the circle: #' |
    rule circles "rooms ask each other without circles"

# ---- statements somebody asks
find src -name '*.sql' -not -path '*/schema/*' -exec grep -HnoE '^-- [a-z][a-z0-9_]*\(' {} + |
    awk 'FNR == NR { called[$1] = 1; next }
        { split($0, f, ":"); name = f[3]; gsub(/^-- |\($/, "", name)
          if (!("sql_" name in called)) print f[1] ":" f[2] ": nobody asks " name }' \
        <(grep -rohE '\bsql_[a-z0-9_]+' --include='*.[ch]' src
            # what the glue of a ledger calls (base/ledger.h)
            grep -rhE '^LEDGER_GLUE' --include='*.c' src | sed -nE 's/.*LEDGER_GLUE[A-Z_]*\(([a-z_]+)\).*/\1/p' |
                sed -E 's/.*/sql_&_find\nsql_&_list\nsql_&_of_batch\nsql_&_remove/') - |
    rule asked "each statement of a .sql file is called"

# ---- words that have no place
word() { # rule pattern text [path filter]
    printf '%s\n' "$all" | grep -E "$2" | grep -vE "${4:-^$}" | rule "$1" "$3"
}
word memory '\b(malloc|calloc|realloc|strdup|strndup|asprintf|vasprintf|free)\(' \
    "memory is the arena's: no malloc and free outside base/arena.c, store/ and photo/" \
    '^src/(base/arena\.c|store/|photo/)'
word unbounded '\b(sprintf|vsprintf|strcpy|strcat|strncpy|gets|strtok|atoi|atol|atoll)\(' \
    "no sprintf, strcpy, strcat, strncpy, strtok, atoi"
word goto '\bgoto\b' "no goto"
word clock '\b(time|gettimeofday|clock_gettime|localtime|localtime_r|mktime)\(' \
    "time comes from the system at the doors only; inside it is cx->now" \
    '^src/(web|cli|jobs|store|photo|main\.c)'
word trust '\bhtml_trust\(' "html_trust() only where the allow-list says why" '^src/base/html\.h'
word system '\b(system|popen|alloca|setjmp|longjmp)\(' "no system, popen, alloca, longjmp"

# ---- SQL is written in .sql files
grep -HnE '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE (TABLE|INDEX)|ALTER TABLE|DROP TABLE)\b' \
    "${rules[@]}" | rule sql "no SQL in a C string"
grep -HnE '"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b' "${rules[@]}" | grep -v '^src/store/' |
    rule transactions "BEGIN, COMMIT, PRAGMA in store/ only"

# ---- a room calls only its own statements
grep -HnoE '\bsql_[a-z0-9_]+' "${rules[@]}" | grep '^src/rooms/' |
    awk -F: '
        FNR == NR { name[$1] = $2; next }
        { split($1, d, "/"); if (($3 in name) && name[$3] != d[3]) print $1 ":" $2 ": " $3 " belongs to " name[$3] }' \
        <(find src/rooms -name '*.sql' | while read -r f; do
            sed -nE "s#^-- ([a-z][a-z0-9_]*)\(.*#sql_\1:$(basename "$(dirname "$f")")#p" "$f"; done) - |
    rule statements "a room calls only the statements of its own .sql"

# ---- size, heads, what is left open
find src tools web tests docs -type f \( -name '*.c' -o -name '*.h' -o -name '*.sql' -o -name '*.html' -o -name '*.css' \
    -o -name '*.js' -o -name '*.mjs' -o -name '*.sh' -o -name '*.py' \) ! -path '*/node_modules/*' ! -path '*/golden/*' -print0 |
    xargs -0 wc -l | awk '$2 != "total" && $1 > 500 { print $2 ":" $1 ": over 500 lines" }' |
    rule long "no file over 500 lines"
for f in "${files[@]}"; do
    head -n 1 "$f" | grep -q "^/\* $(basename "$f" | sed 's/\./\\./g') — " || echo "$f:1: begins with \"/* $(basename "$f") — what it is for\""
done | rule heads "a file's head says what it is for"
grep -rnIE '\b(TODO|FIXME)\b|assert_true\((true|1)\)|\.skip\(' src tools web tests --include='*.[ch]' --include='*.sql' \
    --include='*.html' --include='*.js' --include='*.mjs' --include='*.css' --exclude-dir=node_modules --exclude-dir=golden |
    rule open "nothing is left open"

# ---- what the documents name exists
for doc in docs/*.md README.md README.zh-CN.md; do
    [ -e "$doc" ] || continue
    grep -noE '`[^`]+`' "$doc" | tr -d '`' | while IFS=: read -r line what; do
        case $what in
        *[\ \<\>\*…{]*) continue ;;
        src/* | tools/* | tests/* | docs/* | web/* | demo/* | packaging/*)
            [ -e "${what%%:*}" ] || echo "$doc:$line: no file $what" ;;
        *\(\))
            grep -qrE "\b${what%??}\(" src tools tests web --include='*.[ch]' --include='*.sql' --include='*.html' --include='*.js' ||
                echo "$doc:$line: no function $what" ;;
        esac
    done
done | rule names "files and functions that the documents name exist"

failed=$(grep -c bad "$score")
echo "$(grep -c ok "$score") passed, $failed failed"
[ "$failed" = 0 ]
