#!/bin/sh
# build.sh DIR [MESON OPTION …] — configures DIR where that is needed (none yet, or the list of
# source files has changed) and builds it, or of it what TARGET names.  Quiet unless something is wrong.
set -eu
cd "$(dirname "$0")/.."
dir=$1
shift

mkdir -p "$dir"
for kind in c test schema sql html po text web photo; do
    echo "[$kind]"
    tools/sources.sh "$kind" 2>/dev/null || true
done >"$dir/.sources.new"
if [ ! -e "$dir/build.ninja" ]; then
    meson setup "$dir" "$@" >"$dir/.setup.log" 2>&1 || { cat "$dir/.setup.log" >&2; exit 1; }
elif ! cmp -s "$dir/.sources.new" "$dir/.sources"; then
    meson setup --reconfigure "$dir" >"$dir/.setup.log" 2>&1 || { cat "$dir/.setup.log" >&2; exit 1; }
fi
mv "$dir/.sources.new" "$dir/.sources"

if [ -t 1 ]; then
    exec ninja -C "$dir" ${TARGET:-all}
fi
ninja -C "$dir" ${TARGET:-all} >"$dir/.build.log" 2>&1 || { tail -n 60 "$dir/.build.log" >&2; exit 1; }
