#!/bin/bash
# citus_db.sh new|still NAME — a database whose tables lie on Citus, on the server of HEQING_CITUS
# (a socket's folder and a port): made by the plan that operators run; then still, so that it can be a
# template: nobody may connect to it, the extension's own watcher neither.
set -eu
cd "$(dirname "$0")/.."
dir=${HEQING_CITUS%:*} port=${HEQING_CITUS#*:} name=$2
say() { psql -X -q -v ON_ERROR_STOP=1 -h "$dir" -p "$port" -U postgres "$@" >/dev/null; }
case $1 in
new)
    say -d "$name" <<SQL
CREATE EXTENSION citus;
SELECT citus_set_coordinator_host('127.0.0.1', $port), citus_set_node_property('127.0.0.1', $port, 'shouldhaveshards', true);
SQL
    data=$(mktemp -d)
    {
        echo "SET citus.shard_count = ${HEQING_CITUS_SHARDS:-2};"
        "${HEQING:-build/heqing}" migrate --plan --citus --data "$data" --db "postgresql:///$name?host=$dir&port=$port&user=postgres"
    } | say -d "$name"
    rm -rf "$data"
    ;;
still)
    say -d postgres -c "ALTER DATABASE $name ALLOW_CONNECTIONS false"
    say -d postgres -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$name'"
    ;;
esac
