#!/usr/bin/env bash
# Builds the bench programs and runs them, each next to the floor that it is measured against, round after round; then
# prints the median of every figure and how the figures stand to their goals.
#
#   run.sh [ROUNDS] [LABEL COMMAND]...
#
# Absolute times mean little on a shared machine; ratios taken side by side do. So a goal is judged by the median of the
# ratios of the single rounds. `1cpu` is everything on one CPU (latencies), `free` is all CPUs (rates).
# A LABEL and its COMMAND run in every round too, on one CPU: any program that prints "name: value unit".
#
#   LIBRARY  the library to measure      default: target/release/libImSDK.so, which is built
#   PLACE    where the stores lie        default: a new directory in TMPDIR; it decides which disk is measured
#   CPU      the CPU of `1cpu`           default: the last one
#   IDLE     seconds of silence measured default: 10
#   NICE     niceness of the steps       default: 0; -20 keeps other work of the machine out of the figures
#   ONLY     an extended regular expression of the steps to run, such as 'queue|call'
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-5}
if [[ ! $rounds =~ ^[1-9][0-9]*$ ]]; then
    sed -n '2,17s/^# \{0,1\}//p' "$0"
    exit 2
fi
shift || true
cpu=${CPU:-$(($(nproc) - 1))}
only=${ONLY:-.}

if ! command -v gcc >/dev/null || ! [ -e /usr/include/sqlite3.h ]; then
    echo "Please install: gcc libsqlite3-dev" >&2
    exit 1
fi
if [ -z "${LIBRARY:-}" ]; then
    # As `make library` does: the same file, so that nothing is linked twice.
    (cd "$here/.." && cargo rustc --release --lib --crate-type cdylib,staticlib)
    LIBRARY=${CARGO_TARGET_DIR:-$here/../target}/release/libImSDK.so
fi

place=$(mktemp -d "${PLACE:-${TMPDIR:-/tmp}}/bench.XXXXXX")
trap 'rm -rf "$place"' EXIT
# A copy, so that a build that goes on meanwhile changes nothing.
cp "$LIBRARY" "$place/libImSDK.so"
for program in call send deliver start floor; do
    gcc -O2 -std=gnu11 -Wall -Wextra -I "$here/../include" "$here/$program.c" -o "$place/$program" -pthread -ldl \
        $([ $program = floor ] && echo -lsqlite3 || echo "-L$place -lImSDK -Wl,-rpath,$place")
done
mkdir "$place/prepared"
cd "$place"
IMSDK_DATA_DIR=$place/prepared ./start ./libImSDK.so prepare

# step MODE PROGRAM ARGUMENTS...: its figures go to the file `figures`, as "round mode/name value unit".
step() {
    local mode=$1 pin=()
    shift
    [[ "$*" =~ $only ]] || return 0
    [ "$mode" = free ] || pin=(taskset -c "$cpu")
    pin=(nice -n "${NICE:-0}" "${pin[@]}")
    rm -rf "$place/data"
    mkdir "$place/data"
    export IMSDK_DATA_DIR=$place/data
    [ "$1" != ./start ] || IMSDK_DATA_DIR=$place/prepared
    if ! "${pin[@]}" "$@" >out 2>err; then
        echo "round $round: $mode $*: $(tail -n 2 err)" >&2
    fi
    sed -n "s|^\([A-Za-z0-9_]*\): \(.*\)|$round $mode/\1 \2|p" out >>figures
}

: >figures
for round in $(seq "$rounds"); do
    for mode in 1cpu free; do
        step $mode ./floor queue
        step $mode ./call
        step $mode ./floor socket
        step $mode ./deliver online
        step $mode ./floor commit data
        step $mode ./send one
        step $mode ./floor two data
        step $mode ./deliver durable
        step $mode ./floor group data
        step $mode ./send stream
        step $mode ./floor page data
        step $mode ./start ./libImSDK.so run "$([ "$mode" = free ] && [ "$round" = 1 ] && echo "${IDLE:-10}" || echo 0)"
    done
    peers=("$@")
    for ((i = 0; i + 1 < ${#peers[@]}; i += 2)); do
        step "${peers[i]}" bash -c "${peers[i + 1]}"
    done
done

echo "load: $(cut -d ' ' -f 1-3 /proc/loadavg), rounds: $rounds"
awk -f "$here/medians.awk" figures
