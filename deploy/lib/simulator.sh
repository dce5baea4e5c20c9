# The bank simulator beside a demo: its setup, its life. Sourced after common.sh, process.sh and gateway.sh.
# shellcheck shell=bash
#
#   DATA/bank/         its book              DATA/bank.json  its setup, 0600     DATA/payout.token  what a payout is let in by, 0600
#   DATA/bank.pid      its process           DATA/bank.port  its port, kept for ever     DATA/log/bank.log  its log

# simulator_of  — sets the names that the other functions use; after gateway_of.
simulator_of() {
    bank_pid=$home/bank.pid
    bank_port=$home/bank.port
    bank_setup=$home/bank.json
    bank_log=$home/log/bank.log
    payout_token=$home/payout.token
    bank_program=$top/build/choso-bank
}

# The port it had; else 8090, else any free one.
choose_bank_port() {
    local port
    if [ ! -s "$bank_port" ]; then
        port=8090
        port_is_free $port || port=$(free_port)
        echo "$port" | write_file "$bank_port" 0644
    fi
    if is_dead "$bank_pid" && ! port_is_free "$(<"$bank_port")"; then
        die "the bank simulator's port $(<"$bank_port") is taken by another program; remove $bank_port to choose another"
    fi
    [ -s "$payout_token" ] || make_secret | write_file "$payout_token" 0600
}

simulator_url() { echo "http://127.0.0.1:$(<"$bank_port")"; }
bank_is_ready() { curl -g --noproxy '*' -fsS -m 2 -o /dev/null "$(simulator_url)/livez" 2>/dev/null; }
bank_is_ready_or_dead() { is_dead "$bank_pid" || bank_is_ready; }

# Every account of the demo, told to the gateway by notice and by file; true when the setup differs from what was there.
write_bank_setup() {
    local text
    text=$(jq --rawfile token "$payout_token" --arg gateway "$(gateway_url)" '{
        accounts: ([.. | objects | select(.bin? and .account? and .holder?) | {bin, account, holder, opening: 0}] | unique),
        subscriptions: [
            {name: "sepay", kind: "sepay", url: ($gateway + "/feeds/sepay"), auth: "apikey", key: .sepay.api_key},
            (if .camt then {name: "camt", kind: "camt", url: ($gateway + "/feeds/camt"), auth: "apikey", key: .camt.api_key} else empty end)],
        payouts: {token: $token},
        requests: {url: ($gateway + "/api/v1/payment-requests?limit=50"), key: .api_key},
        camt_every: 60}' "$demo_file") || die "cannot make the bank simulator's setup from $demo_file"
    [ "$text" != "$(cat "$bank_setup" 2>/dev/null)" ] || return 1
    printf '%s\n' "$text" | write_file "$bank_setup" 0600
}

# demo.json says where it is.
tell_simulator_url() {
    [ "$(jq -r '.simulator_url // empty' "$demo_file")" != "$(simulator_url)" ] || return 0
    jq -c --arg url "$(simulator_url)" '.simulator_url = $url' "$demo_file" | write_file "$demo_file" 0600
}

bring_up_simulator() {
    local changed=
    if write_bank_setup; then changed=yes; fi
    tell_simulator_url
    if [ -z "$changed" ] && is_of_build "$bank_pid" "$bank_program" && wait_until 5 bank_is_ready; then return; fi
    stop_simulator
    launch "$bank_log" "$bank_program" serve --data "$home/bank" --port "$(<"$bank_port")" --setup "$bank_setup"
    write_pid_file "$bank_pid" "$launched" || die "the bank simulator did not start; its log: $bank_log"
    if ! wait_until 60 bank_is_ready_or_dead || is_dead "$bank_pid"; then
        tail -n 20 "$bank_log" >&2
        end_process "$bank_pid" 15 || true
        die "the bank simulator did not become ready; its log: $bank_log"
    fi
    started_simulator=$(alive "$bank_pid")
}

stop_simulator() { end_process "$bank_pid" 15; }
