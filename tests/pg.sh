#!/bin/bash
# pg.sh COMMAND … — runs COMMAND with a PostgreSQL 15 of its own: a cluster in a temporary folder, on
# a unix socket only, as user postgres when root calls; stopped and gone afterwards.  COMMAND finds
#   HEQING_TEST_DB   a URL of its server (database postgres)
#   HEQING_TEST_PG   the same as a conninfo string
# HEQING_PG_PRELOAD is preloaded into the server (tests/bench/slowsync.c).
set -u
bin=$(ls -d /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1)
[ -x "$bin/initdb" ] || { echo "pg.sh: no PostgreSQL 15 (apt-get install postgresql-15)" >&2; exit 1; }

# On tmpfs, so that what is measured and waited for is not this machine's disk.
base=/dev/shm
[ -w $base ] || base=${TMPDIR:-/tmp}
dir=$(mktemp -d "$base/heqing-pg.XXXXXX")
as_pg() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as_pg() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
fi

# Stopped at once (nothing in it is kept), by the id it wrote itself; not by that of the
# shell around it.
server=
stop() {
    if [ -n "$server" ]; then
        kill -INT "$(head -n 1 "$dir/data/postmaster.pid")" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_pg "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = 300
shared_buffers = 64MB
fsync = ${HEQING_PG_FSYNC:-off}
full_page_writes = ${HEQING_PG_FSYNC:-off}
jit = off
autovacuum = off
log_min_messages = warning
CONF
as_pg env LD_PRELOAD="${HEQING_PG_PRELOAD:-}" "$bin/postgres" -D "$dir/data" >"$dir/log" 2>&1 &
server=$!
for _ in $(seq 300); do
    "$bin/pg_isready" -q -h "$dir" -U postgres && break
    kill -0 "$server" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
    sleep 0.05
done

export HEQING_TEST_DB="postgresql:///postgres?host=$dir&user=postgres"
export HEQING_TEST_PG="host=$dir user=postgres dbname=postgres"
"$@"
