#!/bin/bash
# pg.sh COMMAND … — runs COMMAND with a PostgreSQL 15 of its own: a cluster in a temporary folder, on
# a unix socket only; stopped and gone afterwards.  COMMAND finds
#   HEQING_TEST_DB   a URL of its server (database postgres)
#   HEQING_TEST_PG   the same as a conninfo string
# HEQING_PG_PRELOAD is preloaded into the server (tests/bench/slowsync.c).
set -u
. "$(dirname "$0")/pg_server.sh"
pg_here
trap 'pg_stop data; rm -rf "$dir"' EXIT # nothing in it is kept
trap 'exit 130' INT TERM
pg_make data && pg_start data || exit 1

export HEQING_TEST_DB="postgresql:///postgres?host=$dir&user=postgres"
export HEQING_TEST_PG="host=$dir user=postgres dbname=postgres"
"$@"
