#!/bin/sh
# sources.sh KIND — the house's files of one kind, one a line, sorted, so that a new room needs no
# line in meson.build.  Kinds: c (the program), test (unit tests), sql, schema, html, po, text
# (all C files that may hold texts), web (files served as they are), demo (tables the program carries), photo.
cd "$(dirname "$0")/.." || exit 1
case $1 in
c) find src -name '*.c' ! -name '*_test.c' ! -name 'main.c' ;;
test) find src tests -name '*_test.c' ;;
schema) find src/store/schema -name '*.sql' ;;
sql) find src -name '*.sql' ! -path 'src/store/schema/*' ;;
html) find src -name '*.html' ;;
po) find src -name '*.po' ;;
text) find src \( -name '*.c' -o -name '*.h' \) ! -name '*_test.c' ;;
web) find web -type f ;;
demo) find demo -name '*.csv' ;;
*) echo "usage: sources.sh c|test|schema|sql|html|po|text|web|demo" >&2; exit 2 ;;
esac | LC_ALL=C sort
