#!/bin/bash
# cli.sh BUILD — the command line's promises: exit 0 well, 1 refused or something wrong found, 2 usage;
# every verb's help; where settings come from; one town chosen of several.
set -u
cd "$(dirname "$0")/.." || exit 1
heqing=$PWD/${1:-build}/heqing
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
cd "$work" || exit 1

# gives CODE PATTERN ARGUMENT… — ends so, and says so on one of its two outputs
gives() {
    local want=$1 says=$2
    shift 2
    "$heqing" "$@" >out 2>&1 </dev/null
    local code=$?
    if [ "$code" = "$want" ] && { [ -z "$says" ] || grep -qE -e "$says" out; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '   heqing %s: %s, not %s with "%s":\n' "$*" "$code" "$want" "$says"
        head -n 3 out
    fi
}

gives 2 "heqing serve"
gives 2 'heqing serve'
gives 2 'heqing help' nosuch
gives 0 'heqing user add' help
for verb in serve init demo user import export migrate verify checkpoint routes ledgers; do
    gives 0 "^heqing $verb" $verb --help
done
gives 2 '用法' init town
gives 2 '用法' init town --town 41010 --name 古荥镇 --abbr GX
gives 0 '[0-9A-Za-z]{4}' init town --town 410108101 --name 古荥镇 --abbr GX
gives 1 'DIR' init town --town 410108101 --name 古荥镇 --abbr GX
gives 1 'data' verify --data nowhere
gives 2 '--nosuch' verify --data town --nosuch
gives 2 'word too many' verify --data town more --lang en
gives 2 'zh' verify --data town --lang fr
gives 0 'chain and counters hold' verify --data town
gives 0 '"town":410108101' checkpoint --data town
"$heqing" checkpoint --data town >kept
gives 0 'hold' verify --data town --checkpoint kept
gives 1 'FILE|checkpoint' verify --data town --checkpoint nowhere
gives 0 'applied' migrate --status --data town
gives 0 'CREATE TABLE' migrate --plan --data town
gives 1 'Citus' migrate --plan --citus --data town
gives 0 '/invite/' user add wangwu 王五 --data town
gives 1 'login' user add wangwu 王五 --data town
gives 0 'wangwu,王五' user list --data town
gives 0 '/invite/' user reset wangwu --data town
gives 0 '' user disable wangwu --data town
gives 0 'disabled' user list --data town
gives 1 'login' user disable nobody --data town
gives 2 '用法' user frob --data town
gives 2 'LOGIN' user add --data town
gives 1 '410108199' user list --data town --town 410108199
gives 2 '9' user list --data town --town town
gives 2 '用法' import person --data town
gives 1 'nosuch' import nosuch file --data town
gives 1 'file' import person file --data town
gives 2 'csv' export problem --format xml --data town
gives 0 '^\[' export problem --format json --data town
gives 1 'HOST:PORT' serve --listen here --data town
gives 1 'loopback' serve --listen 0.0.0.0:9 --data town

# The file, the environment over it, the option over both; a secret in a file of its own.
echo 'listen = file-says' >>town/heqing.conf
gives 1 'file-says' serve --data town
HEQING_LISTEN=environment-says gives 1 'environment-says' serve --data town
HEQING_LISTEN=environment-says gives 1 'option-says' serve --data town --listen option-says
echo 'secret-says' >secret
HEQING_LISTEN_FILE=secret gives 1 'secret-says' serve --data town
HEQING_DB_FILE=nowhere gives 1 'HEQING_DB_FILE' verify --data town
HEQING_DATA=town gives 0 'hold' verify
HEQING_TOWN=410108199 gives 1 '410108199' user list --data town
echo 'nonsense' >>town/heqing.conf
gives 1 'heqing.conf' verify --data town

if "$heqing" routes --json | grep -qE '"method":"POST","path":"/report","policy":\["anyone"\],"lane":"wait","csrf":"[a-z ]+","limit":"[0-9]+M"'; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo '   routes --json: no POST /report as others read it'
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
