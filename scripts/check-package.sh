#!/usr/bin/env bash
# Builds the examples as a user of the installed library does: with CMake, with pkg-config, and with the very
# `g++` line that the README shows; then runs them.
#   check-package.sh STAGE BUILD        after `make examples`
set -euo pipefail

stage=$1 build=$2
ctest --test-dir "$build" --output-on-failure

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export IMSDK_DATA_DIR=$place/data

echo "The README's line:"
line=$(grep -m 1 '^g++ .*chat.cpp' README.md)
(set -x; eval "${line/-o chat/-o $place/chat}")
"$place/chat" --help >/dev/null

hello() {
    # shellcheck disable=SC2046
    (set -x; gcc -std=c99 c_examples/hello.c -o "$place/hello" $(pkg-config --cflags --libs imsdk) -pthread "-Wl,-rpath,$1/lib")
    "$place/hello" alice alice | grep 'Hello!'
}

echo "With pkg-config:"
export PKG_CONFIG_PATH=$stage/lib/pkgconfig
hello "$stage"

echo "With pkg-config, installed under a relative prefix and used from elsewhere:"
install=$PWD/scripts/install.sh
(cd "$place" && "$install" relative/prefix)
export PKG_CONFIG_PATH=$place/relative/prefix/lib/pkgconfig
hello "$place/relative/prefix"
if (cd "$place" && DESTDIR=$place/destination "$install" relative/prefix); then
    echo "A relative prefix below DESTDIR was not refused" >&2
    exit 1
fi
