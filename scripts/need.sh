#!/bin/sh
# Installs what a job needs and this machine lacks, by name, and says so. Rust itself is left to its user.
#   need.sh             the library and the examples
#   need.sh checks      `make test` as well
#   need.sh bench       `make bench` as well
#   need.sh windows     `make windows`
#   need.sh windows-test    the tests of it as well; goes on without Wine where that cannot be installed
set -eu

# An old cargo fails at words it does not know in Cargo.toml, and does not say that it is old. What Windows is built with is installed below.
wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$(dirname "$0")/../Cargo.toml")
found=$(cargo --version 2>/dev/null | cut -d ' ' -f 2) || true
if [ "${1-}" != windows ] && [ "$(printf '%s\n' "$wanted" "${found:-0}" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "Please install Rust $wanted or newer (https://rustup.rs); found: ${found:-none}" >&2
    exit 1
fi

# An S3 server for tests, from PyPI.
moto=$(dirname "$0")/../build/moto/bin/moto_server

missing=
add() { missing="$missing $*"; }

# apt_install PACKAGE…: with apt-get, by name.
apt_install() {
    if ! command -v apt-get >/dev/null; then
        echo "Please install what these Debian packages hold: $*" >&2
        return 1
    fi
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing with apt-get: $*"
    $sudo apt-get update -q
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

package() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed || add "$1"; }

command -v g++ >/dev/null || add g++
if [ "${1-}" != windows ]; then
    command -v cmake >/dev/null || add cmake
    command -v pkg-config >/dev/null || add pkg-config
    pkg-config --exists jsoncpp 2>/dev/null || add libjsoncpp-dev
    pkg-config --exists libedit 2>/dev/null || add libedit-dev
fi
case ${1-} in
bench)
    [ -e /usr/include/sqlite3.h ] || add libsqlite3-dev
    [ -e /usr/include/postgresql/libpq-fe.h ] || add libpq-dev
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || add postgresql
    command -v nats-server >/dev/null || add nats-server
    ;;
checks)
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || add postgresql
    command -v nats-server >/dev/null || add nats-server
    ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || add libfaketime
    [ -e "$moto" ] || python3 -c 'import ensurepip' 2>/dev/null || add python3-venv
    ;;
windows*)
    # A Rust with the sources of its standard library, which is compiled for Windows; all three of one version.
    for name in rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-posix gcc-mingw-w64-i686-posix; do package "$name"; done
    command -v llvm-dlltool >/dev/null || add llvm
    command -v zip >/dev/null || add zip
    # Without them cargo believes no registry.
    [ -e /etc/ssl/certs/ca-certificates.crt ] || add ca-certificates
    ;;
esac
if [ "${1-}" = windows-test ]; then
    package g++-mingw-w64-x86-64-posix
    command -v clang >/dev/null || add clang
    command -v lld-link >/dev/null || add lld
fi

# shellcheck disable=SC2086
[ -z "$missing" ] || apt_install $missing

if [ "${1-}" = windows-test ]; then
    missing=
    package wine64
    # shellcheck disable=SC2086
    [ -z "$missing" ] || apt_install $missing || echo "Going on without Wine" >&2
fi

[ "${1-}" = checks ] || exit 0

for component in rustfmt clippy; do
    cargo "${component#rust}" --version >/dev/null 2>&1 || {
        echo "Installing with rustup: $component"
        rustup component add "$component"
    }
done
[ -e "$moto" ] || {
    echo "Installing with pip, into build/moto: moto[server]"
    python3 -m venv "${moto%/bin/*}"
    "${moto%/*}/pip" install -q 'moto[server]'
}
cargo deny --version >/dev/null 2>&1 || {
    echo "Installing with cargo (some minutes): cargo-deny"
    env -u CARGO_TARGET_DIR cargo install cargo-deny --locked
}
