#!/usr/bin/env bash
# The main job as a short play: alice and bob are two `chat` processes, each with its own terminal (the left column
# says whose). Nothing else runs. Each step waits for what the step before brought about.
#   demo.sh CHAT
set -euo pipefail

chat=$1
place=$(mktemp -d)
export IMSDK_DATA_DIR=$place/data
declare -A pid in out

end() {
    for who in "${!pid[@]}"; do kill "${pid[$who]}" 2>/dev/null || true; done
    rm -rf "$place"
}
trap end EXIT

# enter WHO PEER: WHO opens a terminal and starts `chat WHO PEER` in it.
enter() {
    local who=$1 read_end write_end
    rm -f "$place/$who."*
    mkfifo "$place/$who.in" "$place/$who.out"
    "$chat" "$who" "$2" <"$place/$who.in" >"$place/$who.out" 2>&1 &
    pid[$who]=$!
    exec {write_end}>"$place/$who.in" {read_end}<"$place/$who.out"
    in[$who]=$write_end out[$who]=$read_end
    hears "$who" "is logged in"
}

# says WHO TEXT: WHO types TEXT.
says() { printf '%s\n' "$2" >&"${in[$1]}"; }

# hears WHO TEXT: shows WHO's terminal up to a line with TEXT in it.
hears() {
    local line
    while IFS= read -r -t 60 -u "${out[$1]}" line; do
        printf '%-5s │ %s\n' "$1" "$line"
        [[ $line != *"$2"* ]] || return 0
    done
    echo "demo: \"$2\" never came to $1" >&2
    exit 1
}

leaves() {
    local line
    says "$1" /quit
    while IFS= read -r -t 60 -u "${out[$1]}" line; do printf '%-5s │ %s\n' "$1" "$line"; done
    wait "${pid[$1]}"
    unset "pid[$1]"
    printf '%-5s │ (has left)\n' "$1"
}

echo "Two processes, one data directory, no server."
echo
enter bob alice
leaves bob
enter alice bob
says alice "Hi bob!"
hears alice "alice: Hi bob!"
says alice "You are away, so this waits for you."
hears alice "waits for you."
enter bob alice
hears bob "2 unread"
hears bob "waits for you."
hears alice "bob has read it"
says bob "Here I am. Nothing was lost."
hears bob "Nothing was lost."
hears alice "Nothing was lost."
hears bob "alice has read it"
says alice "And 中文 and ☃ get through, too."
hears alice "get through"
hears bob "get through"
hears alice "bob has read it"
says bob "/list"
hears bob "* alice: And"
says alice "/history 3"
hears alice "get through"
leaves alice
leaves bob
echo
echo "Now you. In one terminal:    $chat alice bob"
echo "         in another one:     $chat bob alice"
