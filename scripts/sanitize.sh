#!/bin/sh
# Runs what calls the library under a tool that sees what tests do not.
#
#   scripts/sanitize.sh asan        stress and boundary programs with AddressSanitizer
#   scripts/sanitize.sh tsan        stress program with ThreadSanitizer
#   scripts/sanitize.sh valgrind    the smallest C program with memcheck
#   scripts/sanitize.sh miri        unit tests of the boundary code; needs a nightly toolchain with the component miri
#
# asan and tsan work with the stable compiler. IMSDK_STRESS_SECONDS (5) is how long the stress program runs.
set -eu
cd "$(dirname "$0")/.."
target=$(rustc -vV | sed -n 's/^host: //p')
runtimes=$(rustc --print sysroot)/lib/rustlib/$target/lib
out=${CARGO_TARGET_DIR:-target}

# sanitize TOOL SHORT_NAME CARGO_ARGUMENTS…: the library and the tests with the sanitizer; the C++ programs link its runtime.
sanitize() {
    tool=$1 name=$2
    shift 2
    runtime=$(ls "$runtimes"/librustc-*_rt."$name".a)
    # -Zsanitizer is not stable; nothing of the code depends on it.
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=$tool -Cforce-frame-pointers=yes" \
    IMSDK_TEST_LDFLAGS="-rdynamic -Wl,--whole-archive $runtime -Wl,--no-whole-archive -lrt -ldl -lm" \
        cargo test --target "$target" --target-dir "$out/$name" "$@"
}

case ${1-} in
asan)
    # The library keeps its callback thread and its caches until the process ends.
    ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1:abort_on_error=1" IMSDK_STRESS_PATIENCE=180 IMSDK_BIG=20000 \
        sanitize address asan --test stress --test boundary -- ten_threads bad_values
    ;;
tsan)
    # The standard library is built with it too: its locks, channels and reference counts would otherwise not be seen.
    TSAN_OPTIONS="halt_on_error=0:second_deadlock_stack=1:history_size=4:suppressions=$PWD/scripts/tsan.supp" \
    IMSDK_STRESS_PATIENCE=300 \
        sanitize thread tsan -Zbuild-std --test stress -- ten_threads
    ;;
valgrind)
    cargo build
    program=$out/hello-for-valgrind
    "${CC:-cc}" -std=c99 -g -pthread -Iinclude c_examples/hello.c -o "$program" -L"$out/debug" -Wl,-rpath,"$out/debug" -lImSDK
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    HOME=$place IMSDK_DATA_DIR=$place/data valgrind --error-exitcode=1 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        "$program" alice alice
    ;;
miri)
    # Files, sockets and SQLite are beyond Miri: the boundary's own tests use none of them.
    cargo +nightly miri test --lib ffi::
    ;;
*)
    sed -n '2,9s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
