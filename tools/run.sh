#!/bin/sh
# run.sh HEQING DATA LISTEN — makes the demonstration town if DATA has none, says how to get in,
# and serves until it is stopped.
set -eu
cd "$(dirname "$0")/.."
heqing=$1 data=$2 listen=$3

if [ ! -e "$data" ]; then
    # A town half made by an interrupted run is thrown away, never served.
    rm -rf "$data.making"
    echo "making the demonstration town in $data/ …"
    "$heqing" demo "$data.making"
    mv -T "$data.making" "$data"
fi

echo
echo "河清 heqing: http://$listen"
if [ -r "$data/accounts.csv" ]; then
    echo "accounts to try (all of them: $data/accounts.csv):"
    # The first of each post, so that a newcomer sees one of every kind.
    awk -F, 'NR > 1 && !seen[$3]++ { printf "  %-18s %-14s %-14s %s\n", $1, $2, $3, $5 }' \
        "$data/accounts.csv"
fi
echo "Ctrl-C stops it; make run starts it again with the same data."
echo
exec "$heqing" serve --data "$data" --listen "$listen"
