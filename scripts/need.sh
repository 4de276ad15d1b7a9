#!/bin/sh
# Installs what a job needs and this machine lacks, by name, and says so. Rust itself is left to its user.
#   need.sh             the library and the examples
#   need.sh checks      `make test` as well
#   need.sh bench       `make bench` as well
set -eu

# An old cargo fails at words it does not know in Cargo.toml, and does not say that it is old.
wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$(dirname "$0")/../Cargo.toml")
found=$(cargo --version 2>/dev/null | cut -d ' ' -f 2) || true
if [ "$(printf '%s\n' "$wanted" "${found:-0}" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "Please install Rust $wanted or newer (https://rustup.rs); found: ${found:-none}" >&2
    exit 1
fi

missing=
command -v g++ >/dev/null || missing="$missing g++"
command -v cmake >/dev/null || missing="$missing cmake"
command -v pkg-config >/dev/null || missing="$missing pkg-config"
pkg-config --exists jsoncpp 2>/dev/null || missing="$missing libjsoncpp-dev"
pkg-config --exists libedit 2>/dev/null || missing="$missing libedit-dev"
if [ "${1-}" = bench ] && ! [ -e /usr/include/sqlite3.h ]; then missing="$missing libsqlite3-dev"; fi
if [ "${1-}" = checks ]; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
    command -v nats-server >/dev/null || missing="$missing nats-server"
fi

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null; then
        echo "Please install what these Debian packages hold:$missing" >&2
        exit 1
    fi
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing with apt-get:$missing"
    $sudo apt-get update -q
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
fi

[ "${1-}" = checks ] || exit 0

for component in rustfmt clippy; do
    cargo "${component#rust}" --version >/dev/null 2>&1 || {
        echo "Installing with rustup: $component"
        rustup component add "$component"
    }
done
cargo deny --version >/dev/null 2>&1 || {
    echo "Installing with cargo (some minutes): cargo-deny"
    env -u CARGO_TARGET_DIR cargo install cargo-deny --locked
}
