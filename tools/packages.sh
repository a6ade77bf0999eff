#!/bin/sh
# packages.sh SECTION … — installs what is missing of those sections of packages.txt: apt-get as
# root, sudo as a user who may; without that right it names the packages and stops with 1.
set -eu
cd "$(dirname "$0")/.."

missing=
for section; do
    for word in $(sed -n "/^\[$section\]/,/^\[/{/^[a-z0-9]/p}" packages.txt); do
        package=${word%%|*} command=${word#*|}
        [ "$command" != "$word" ] && command -v "$command" >/dev/null 2>&1 && continue
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root='sudo'
else
    echo "heqing needs these packages; ask somebody who may install them:" >&2
    echo "    apt-get install$missing" >&2
    exit 1
fi
echo "installing:$missing"

# The tests start their own PostgreSQL in a temporary folder; a main cluster would only be in the way.
case $missing in
*postgresql*)
    $as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    ;;
esac
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 update
# shellcheck disable=SC2086  # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 \
    install --no-install-recommends $missing >/dev/null
