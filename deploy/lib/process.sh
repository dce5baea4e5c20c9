# Processes by identity, not by number alone: a pid that the kernel gave to somebody else is never touched.
# A pid file holds one line `PID START BOOT`: field 22 of /proc/PID/stat, and the boot that it counts from.
# shellcheck shell=bash

# start_of PID  — when the process started, in ticks since boot; fails when there is none. A zombie is none.
start_of() {
    local stat
    # `read`, not `$(<…)`: where the process is gone, the latter ends a script that runs under `set -e`.
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    stat=${stat##*) }
    # shellcheck disable=SC2086
    set -- $stat
    [ "$1" != Z ] && [ "$1" != X ] || return 1
    echo "${20}"
}

# write_pid_file FILE PID
write_pid_file() {
    local start
    start=$(start_of "$2") || return 1
    printf '%s %s %s\n' "$2" "$start" "$(</proc/sys/kernel/random/boot_id)" | write_file "$1" 0644
}

# alive FILE  — prints the pid when the very process that the file was written for still runs.
alive() {
    local pid start boot
    [ -f "$1" ] && read -r pid start boot <"$1" || return 1
    [ "$boot" = "$(</proc/sys/kernel/random/boot_id)" ] || return 1
    [ "$(start_of "$pid")" = "$start" ] || return 1
    echo "$pid"
}
is_dead() { ! alive "$1" >/dev/null; }

# end_process FILE SECONDS  — SIGTERM, a bounded wait, then SIGKILL; the file goes. Nothing to do is success.
end_process() {
    local pid
    if pid=$(alive "$1"); then
        kill -TERM "$pid" 2>/dev/null || true
        if ! wait_until "$2" is_dead "$1"; then
            say "process $pid did not end within $2 s: killed"
            kill -KILL "$pid" 2>/dev/null || true
            wait_until 10 is_dead "$1" || return 1
        fi
    fi
    rm -f "$1"
}

# launch LOG COMMAND…  — starts a process in a session of its own that holds nothing of ours; its pid is in `launched`.
launch() {
    local log=$1
    shift
    (
        close_inherited
        cd /
        exec setsid "$@"
    ) </dev/null >>"$log" 2>&1 &
    launched=$!
    # Not a job any more: the shell need not tell how it ended.
    disown "$launched"
}
