#!/usr/bin/env bash
# What one im-server bears on this machine, over TLS, on PostgreSQL with NATS: the highest rate, how long deliveries take at parts of it,
# what idle connections cost, messages to a large group, and all connections lost at once. Client and server share the processors.
#
#   load.sh
#
#   SERVER   the im-server to measure      default: target/release/im-server, which is built
#   STORE    `postgres` or `sqlite`        default: postgres
#   PLACE    where the data lie            default: a new directory in TMPDIR; it decides which disk is measured
#   MANY     connections of `idle` and `storm`  default: 10000; `ulimit -n` must allow more
#   GROUP    members of the large group    default: 1000
#   SECONDS_EACH  seconds of a step        default: 10
#   NICE     niceness of all               default: 0
#   ONLY     an extended regular expression of the steps to run, such as 'idle|storm'
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# != 0 ]; then
    sed -n '2,15s/^# \{0,1\}//p' "$0"
    exit 2
fi
many=${MANY:-10000} group=${GROUP:-1000} only=${ONLY:-.} seconds=${SECONDS_EACH:-10}
ulimit -n "$(ulimit -H -n)"
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt $((many + 200)) ]; then
    echo "ulimit -n is $(ulimit -n): too few for $many connections; MANY=… takes fewer" >&2
    exit 1
fi
# shellcheck source=servers.bash
. "$here/servers.bash"

port=$(free_port)
stored=()
case ${STORE:-postgres} in
postgres)
    storages
    stored=(--database "$database" --bus "nats://127.0.0.1:$nats")
    ;;
sqlite) ;;
*)
    echo "STORE is postgres or sqlite" >&2
    exit 2
    ;;
esac
serve first "$port" "${stored[@]}"
server=${running[-1]}
./im-server --data first key list >key 2>/dev/null

# bench NAME MODE MORE...: prints its summary; its report stays in report.json.
bench() {
    local name=$1 mode=$2
    shift 2
    [[ "$name" =~ $only ]] || return 0
    echo "== $name: im-bench $mode $*"
    "${pin[@]}" ./im-bench "$mode" --quiet --server "wss://127.0.0.1:$port" --ca-file first/tls/ca.pem --app-id 1400000000 --key-file key \
        --prefix "$name" --report report.json --duration "$seconds" --pid "$server" "$@" || echo "$name FAILED: $?"
}

bench highest load --connections 50 --group-share 0 --window 32
highest=$(awk '/"accepted_per_second"|"sent_per_second"/ { print int($2); exit }' report.json 2>/dev/null || true)
for percent in 1 50 90; do
    [ -n "$highest" ] && bench "at$percent" load --connections 50 --group-share 0 --rate $((highest * percent / 100 + 1))
done
bench fanout load --connections "$group" --group-size "$group" --group-share 1 --senders 1 --window 8
bench idle idle --connections "$many" --at-once 200
bench storm storm --connections "$many" --at-once 500
