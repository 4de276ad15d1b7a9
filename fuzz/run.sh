#!/bin/sh
# Fuzzes a target with coverage, with the stable compiler and a C++ compiler alone.
#
#   fuzz/run.sh TARGET [SECONDS]      a name of README.md's table; 60 seconds if not told
set -eu
cd "$(dirname "$0")"
[ $# -ge 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 2; }
host=$(rustc -vV | sed -n 's/^host: //p')
out=${CARGO_TARGET_DIR:-target}/fuzz
# What libFuzzer needs to see of the code; sanitizers, which would need a nightly compiler, are left out.
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Copt-level=2 -Cdebug-assertions" \
    cargo build --target "$host" --target-dir "$out" --bin "$1"
mkdir -p work/"$1" artifacts/"$1"
exec "$out/$host/debug/$1" -max_total_time="${2-60}" -artifact_prefix=artifacts/"$1"/ -timeout=10 work/"$1" corpus/"$1"
