# Words that every script of the house uses; sourced, never run. The caller has `set -euo pipefail`.
# shellcheck shell=bash

# The checkout, whatever folder the caller stands in.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}
# Wrong usage is told apart from failure, as everywhere in the product: exit 2.
misused() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}
# The text between the first line of a script and its first line of code is its help.
show_help() { sed -n '2,/^[^#]/{/^#/!d; s/^# \{0,1\}//; p}' "$0"; }

# need_value OPTION REMAINING  — an option that takes a value was the last word.
need_value() { [ "$2" -ge 2 ] || misused "$1 needs a value"; }
need_number() { [[ $2 =~ ^[0-9]{1,9}$ ]] || misused "$1 needs a whole number, not '$2'"; }
need_port() {
    need_number "$1" "$2"
    [ "$2" -ge 1 ] && [ "$2" -le 65535 ] || misused "$1 needs a port from 1 to 65535, not '$2'"
}

# The absolute path of something that need not exist yet.
absolute() { realpath -m -- "$1"; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo --preserve-env=DEBIAN_FRONTEND,UCF_FORCE_CONFFOLD,http_proxy,https_proxy -- "$@"
    else
        die "needs root or sudo for: $*"
    fi
}

# True when nothing listens on the TCP port on any address of this machine; read from the kernel, no tool needed.
port_is_free() {
    local hex
    printf -v hex '%04X' "$1"
    ! awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }' \
        /proc/net/tcp $(ls /proc/net/tcp6 2>/dev/null)
}

# A free port below the range that outgoing connections are given from.
free_port() {
    local port tries
    for ((tries = 0; tries < 200; tries++)); do
        port=$((20000 + (RANDOM << 15 | RANDOM) % 12000))
        if port_is_free "$port"; then
            echo "$port"
            return
        fi
    done
    die "found no free port"
}

# Closes every descriptor above 2, so that what is started next holds nothing of the caller's: pipes, locks, files.
close_inherited() {
    local fd number
    for fd in /proc/self/fd/*; do
        number=${fd##*/}
        if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
    done
}

# wait_until SECONDS COMMAND…  — polls the condition; 1 when the time is over.
wait_until() {
    local until=$((EPOCHSECONDS + $1))
    shift
    while ! "$@"; do
        [ "$EPOCHSECONDS" -lt "$until" ] || return 1
        sleep 0.1
    done
}

# forget_settings [SECTION…]  — drops settings of the product that the caller's environment happens to hold: they would win
# over what a script writes. Without a section, all of them.
forget_settings() {
    local name section
    for name in ${!CHOSO_@}; do
        [[ $name == *__* ]] || continue
        section=${name#CHOSO_}
        if [ $# = 0 ] || [[ " $* " == *" ${section%%__*} "* ]]; then unset "$name"; fi
    done
}

make_secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# write_file FILE MODE  — stdin becomes the file at once or not at all; readable by nobody else meanwhile.
write_file() {
    local temporary="$1.new"
    (umask 077 && cat >"$temporary")
    chmod "$2" "$temporary"
    mv -f "$temporary" "$1"
}
