#!/usr/bin/env bash
# Measures im-server over its real protocol, on PostgreSQL with NATS and on SQLite, each figure next to the floor that it is measured
# against, round after round; then prints the median of every figure and how the figures stand to their goals, as run.sh does.
#
#   server.sh [ROUNDS]
#
# All run on this machine: PostgreSQL with its usual durability (over a Unix socket), a NATS server, the servers, and im-bench.
# `ping` is one message at a time, from its writing to the page with it; `ping2` the same between users of two servers.
#
#   SERVER   the im-server to measure      default: target/release/im-server, which is built
#   PLACE    where the data lie            default: a new directory in TMPDIR; it decides which disk is measured
#   CPU      the CPU of `1cpu`             default: the last one
#   SECONDS_EACH  seconds of a step   default: 5
#   NICE     niceness of all               default: 0; -20 keeps other work of the machine out of the figures
#   ONLY     an extended regular expression of the steps to run, such as 'ping|deliver'
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-3}
if [[ ! $rounds =~ ^[1-9][0-9]*$ ]]; then
    sed -n '2,17s/^# \{0,1\}//p' "$0"
    exit 2
fi
cpu=${CPU:-$(($(nproc) - 1))}
only=${ONLY:-.}
seconds=${SECONDS_EACH:-5}

postgres=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [ -z "$postgres" ] || ! command -v gcc nats-server >/dev/null || ! [ -e /usr/include/postgresql/libpq-fe.h ]; then
    echo "Please install: gcc libpq-dev libsqlite3-dev nats-server postgresql" >&2
    exit 1
fi
target=${CARGO_TARGET_DIR:-$here/../target}/release
[ -n "${SERVER:-}" ] && [ -e "$target/im-bench" ] || (cd "$here/.." && cargo build --release -p imsdk-server -p imsdk-bench --bins)

place=$(mktemp -d "${PLACE:-${TMPDIR:-/tmp}}/bench.XXXXXX")
chmod 755 "$place"
running=()
stop() {
    for ((i = ${#running[@]} - 1; i >= 0; i--)); do
        kill -INT "${running[i]}" 2>/dev/null && wait "${running[i]}" 2>/dev/null || true
    done
    running=()
}
trap 'stop; rm -rf "$place"' EXIT
# Copies, so that a build that goes on meanwhile changes nothing.
cp "${SERVER:-$target/im-server}" "$place/im-server"
cp "$target/im-bench" "$place/im-bench"
gcc -O2 -std=gnu11 -Wall -Wextra -I/usr/include/postgresql "$here/server_floor.c" -o "$place/server_floor" -lpq -pthread
gcc -O2 -std=gnu11 -Wall -Wextra "$here/floor.c" -o "$place/floor" -lsqlite3 -pthread
cd "$place"

# PostgreSQL does not run as root.
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo $port
}

# until_there COMMAND...: waits until it succeeds, for ten seconds.
until_there() {
    for _ in $(seq 200); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.05
    done
    echo "$* does not come up: $(tail -n 3 log)" >&2
    exit 1
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }

start() {
    "${pin[@]}" "$@" >>log 2>&1 &
    running+=($!)
}

# serve NAME PORT MORE...: a server; all share the application that the first one has made.
serve() {
    local name=$1 port=$2
    shift 2
    if [ -d first ] && [ "$name" != first ]; then
        mkdir -p "$name"
        cp -r first/1400000000 "$name/"
    fi
    start ./im-server --data "$name" --plain --listen "127.0.0.1:$port" --metrics off --rate 0 "$@"
    until_there listens "$port"
}

# figures NAME FIELD...: of im-bench's report.
figures() {
    awk -v name="$1" -v fields="${*:2}" '
        BEGIN { n = split(fields, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
        /": \{/ { split($1, part, "\""); within = part[2] "." }
        /\}/ { within = "" }
        /": [0-9.]+,?$/ {
            split($1, part, "\""); field = within part[2]
            if (field ~ /messages\./) sub(/messages\./, "", field)
            if (field in wanted) {
                short = field; sub(/.*\./, "", short)
                if (short == "delivered_per_second") printf "%s: %s msg/s\n", name, $2 + 0
                else printf "%s_%s: %s us\n", name, short, $2 + 0
            }
        }' report.json
}

# step MODE NAME COMMAND...: its figures go to the file `figures`, as "round mode/name value unit".
step() {
    local mode=$1 name=$2
    shift 2
    [[ "$name" =~ $only ]] || return 0
    if ! "${pin[@]}" "$@" >out 2>err; then
        echo "round $round: $mode $name: $(tail -n 4 out err)" >&2
    fi
    case $1 in
    ./im-bench) figures "$name" delivered_per_second delivery.p50 delivery.p99 send.p50 >out ;;
    esac
    sed -n "s|^\([A-Za-z0-9_]*\): \(.*\)|$round $mode/\1 \2|p" out >>figures
}

# bench MODE NAME SERVERS MORE...
bench() {
    local mode=$1 name=$2 servers=$3 what=$4
    shift 4
    step "$mode" "$name" ./im-bench "$what" --quiet --server "$servers" --app-id 1400000000 --key-file key --report report.json \
        --group-share 0 --size 200 --duration "$seconds" --settle 10 "$@"
}

: >figures
for round in $(seq "$rounds"); do
    for mode in free 1cpu; do
        pin=(nice -n "${NICE:-0}")
        [ $mode = free ] || pin+=(taskset -c "$cpu")
        rm -rf pg first second sqlite floor.data key log
        mkdir floor.data
        install -d -m 700 pg
        [ ${#as_postgres[@]} = 0 ] || chown postgres pg
        (cd pg && "${as_postgres[@]}" "$postgres/initdb" -D data -U imsdk -A trust -E UTF8 --no-locale >/dev/null)
        start "${as_postgres[@]}" "$postgres/postgres" -D "$place/pg/data" -k "$place/pg" -c listen_addresses= -c max_connections=200
        until_there "$postgres/pg_isready" -q -h "$place/pg" -U imsdk
        database="host=$place/pg user=imsdk dbname=postgres"
        nats=$(free_port)
        start nats-server -a 127.0.0.1 -p "$nats"
        until_there listens "$nats"
        ports=()
        for name in first second; do
            port=$(free_port)
            serve $name "$port" --database "$database" --bus "nats://127.0.0.1:$nats"
            ports+=("$port")
        done
        port=$(free_port)
        serve sqlite "$port"
        ./im-server --data first key list >key 2>/dev/null
        one=ws://127.0.0.1:${ports[0]} two=ws://127.0.0.1:${ports[0]},ws://127.0.0.1:${ports[1]} sqlite=ws://127.0.0.1:$port

        step $mode floor_insert ./server_floor insert "$database" "$nats"
        step $mode floor_deliver ./server_floor deliver "$database" "$nats"
        bench $mode ping "$one" ping --connections 2
        bench $mode ping2 "$two" ping --connections 2
        if [ $mode = free ]; then
            bench $mode server_stream "$one" load --connections 2 --senders 1 --peers 1 --window 64
            step $mode floor_inserts ./server_floor inserts "$database" "$nats"
            bench $mode sends16 "$one" load --connections 17 --senders 16 --peers 1 --window 1
            bench $mode stream16 "$one" load --connections 17 --senders 16 --peers 1 --window 64
            step $mode floor_group ./floor group floor.data
            bench $mode sqlite_stream "$sqlite" load --connections 17 --senders 16 --peers 1 --window 64
        fi
        stop
    done
done

echo "load: $(cut -d ' ' -f 1-3 /proc/loadavg), rounds: $rounds"
awk -f "$here/medians.awk" figures
