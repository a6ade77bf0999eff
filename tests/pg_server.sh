# pg_server.sh — sourced: PostgreSQL 15 servers of a test's own, as user postgres when root calls, on
# tmpfs where there is one (what is measured and waited for is not this machine's disk).
#   pg_here              a folder for them, in $dir
#   pg_make NAME [LINE]  a cluster in $dir/NAME with these lines of settings
#   pg_start NAME        its server, answering; its process in ${pg_pid[NAME]}
#   pg_stop NAME [SIG]   stopped at once (INT), or killed as SIG says
declare -A pg_pid
pg_bin=$(ls -d /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1)
[ -x "$pg_bin/initdb" ] || { echo "no PostgreSQL 15 (apt-get install postgresql-15)" >&2; exit 1; }

as_pg() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    as_pg() { (cd / && HOME=/nonexistent setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
fi

pg_here() {
    local base=/dev/shm
    [ -w $base ] || base=${TMPDIR:-/tmp}
    dir=$(mktemp -d "$base/heqing-pg.XXXXXX")
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
}

pg_make() {
    as_pg "$pg_bin/initdb" -D "$dir/$1" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; return 1; }
    cat >>"$dir/$1/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = 300
shared_buffers = 64MB
fsync = ${HEQING_PG_FSYNC:-off}
full_page_writes = ${HEQING_PG_FSYNC:-off}
jit = off
autovacuum = off
log_min_messages = warning
${2:-}
CONF
}

pg_start() {
    as_pg env LD_PRELOAD="${HEQING_PG_PRELOAD:-}" "$pg_bin/postgres" -D "$dir/$1" >>"$dir/$1.log" 2>&1 &
    pg_pid[$1]=$!
    for _ in $(seq 300); do
        # its own word in the file: what listens on the port may be another
        [ "$(sed -n 8p "$dir/$1/postmaster.pid" 2>/dev/null | tr -d ' ')" = ready ] && return 0
        kill -0 "${pg_pid[$1]}" 2>/dev/null || break
        sleep 0.05
    done
    cat "$dir/$1.log" >&2
    return 1
}

# By the id the server wrote itself; not by that of the shell around it.
pg_stop() {
    [ -n "${pg_pid[$1]:-}" ] || return 0
    kill "-${2:-INT}" "$(head -n 1 "$dir/$1/postmaster.pid")" 2>/dev/null
    wait "${pg_pid[$1]}" 2>/dev/null
    pg_pid[$1]=
}
