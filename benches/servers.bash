# What the benches of the server have in common: starting PostgreSQL, NATS and servers in a directory of their own, and stopping all of
# them at the end. To be sourced; `pin` is what each command is started under.
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

postgres=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [ -z "$postgres" ] || ! command -v gcc >/dev/null || ! command -v nats-server >/dev/null || ! [ -e /usr/include/postgresql/libpq-fe.h ]; then
    echo "Please install: gcc libpq-dev libsqlite3-dev nats-server postgresql" >&2
    exit 1
fi
target=${CARGO_TARGET_DIR:-$repository/target}/release
[ -n "${SERVER:-}" ] && [ -e "$target/im-bench" ] || (cd "$repository" && cargo build --release -p imsdk-server -p imsdk-bench --bins)

place=$(mktemp -d "${PLACE:-${TMPDIR:-/tmp}}/bench.XXXXXX")
chmod 755 "$place"
pin=(nice -n "${NICE:-0}")
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

# storages: PostgreSQL with its usual durability, over a Unix socket, and a NATS server; `database` and `nats` say where.
storages() {
    install -d -m 700 pg
    [ ${#as_postgres[@]} = 0 ] || chown postgres pg
    (cd pg && "${as_postgres[@]}" "$postgres/initdb" -D data -U imsdk -A trust -E UTF8 --no-locale >/dev/null)
    start "${as_postgres[@]}" "$postgres/postgres" -D "$place/pg/data" -k "$place/pg" -c listen_addresses= -c max_connections=200
    until_there "$postgres/pg_isready" -q -h "$place/pg" -U imsdk
    database="host=$place/pg user=imsdk dbname=postgres"
    nats=$(free_port)
    start nats-server -a 127.0.0.1 -p "$nats"
    until_there listens "$nats"
}

# serve NAME PORT MORE...: a server; all share the application that the first one has made.
serve() {
    local name=$1 port=$2
    shift 2
    if [ -d first ] && [ "$name" != first ]; then
        mkdir -p "$name"
        cp -r first/1400000000 "$name/"
    fi
    start ./im-server --data "$name" --listen "127.0.0.1:$port" --metrics off --rate 0 "$@"
    until_there listens "$port"
}
