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

# shellcheck source=servers.bash
. "$here/servers.bash"
gcc -O2 -std=gnu11 -Wall -Wextra -I/usr/include/postgresql "$here/server_floor.c" -o server_floor -lpq -pthread
gcc -O2 -std=gnu11 -Wall -Wextra "$here/floor.c" -o floor -lsqlite3 -pthread

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

# bench MODE NAME SERVERS MORE...: with users of its own, who have nothing old to look at.
bench() {
    local mode=$1 name=$2 servers=$3 what=$4
    shift 4
    step "$mode" "$name" ./im-bench "$what" --quiet --server "$servers" --app-id 1400000000 --key-file key --report report.json \
        --prefix "$name" --group-share 0 --size 200 --duration "$seconds" --settle 10 "$@"
}

: >figures
for round in $(seq "$rounds"); do
    for mode in free 1cpu; do
        pin=(nice -n "${NICE:-0}")
        [ $mode = free ] || pin+=(taskset -c "$cpu")
        rm -rf pg first second sqlite floor.data key log
        mkdir floor.data
        storages
        ports=()
        for name in first second; do
            port=$(free_port)
            serve $name "$port" --plain --database "$database" --bus "nats://127.0.0.1:$nats"
            ports+=("$port")
        done
        port=$(free_port)
        serve sqlite "$port" --plain
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
