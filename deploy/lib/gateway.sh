# One gateway process of one data folder: its configuration, its life. Sourced after common.sh and process.sh.
# shellcheck shell=bash
#
#   DATA/choso.toml     what `choso serve` reads, 0600: it holds the server role's password, never the owner's
#   DATA/gateway.pid    its process        DATA/gateway.port  its port, kept for ever     DATA/gateway.listen  its address
#   DATA/demo.json      what scripts read, 0600       DATA/log/gateway.log  its log

# gateway_of DATA  — sets the names that the other functions use.
gateway_of() {
    home=$(absolute "$1")
    config=$home/choso.toml
    demo_file=$home/demo.json
    gateway_pid=$home/gateway.pid
    gateway_port=$home/gateway.port
    gateway_listen=$home/gateway.listen
    gateway_log=$home/log/gateway.log
    program=$top/build/choso
}

toml_text() { printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"; }

# The address that a program on this machine reaches the gateway by.
reachable_host() {
    case $1 in
        0.0.0.0) echo 127.0.0.1 ;;
        ::) echo '[::1]' ;;
        *:*) echo "[$1]" ;;
        *) echo "$1" ;;
    esac
}

# write_config LISTEN PORT BASE_URL DEMO  — with a demo, the simulator is the bank that pays out. True when the text differs from what was there.
write_config() {
    local text server_url
    server_url=$("$top/deploy/cluster" url "$home" --role server)
    text="# Written by deploy/up at each run.
[http]
listen = $(toml_text "$1")
port = $2
base_url = $(toml_text "$3")

[database]
url = $(toml_text "$server_url")
"
    if [ -n "$4" ]; then
        text+="
[demo]
file = $(toml_text "$demo_file")

[webhooks]
allow = [\"127.0.0.0/8\"]

[payouts]
url = $(toml_text "$(simulator_url)")
token = $(toml_text "$(<"$payout_token")")
"
    fi
    [ "${text}x" != "$(cat "$config" 2>/dev/null; echo x)" ] || return 1
    printf '%s' "$text" | write_file "$config" 0600
}

# With the owner's password, which only the two commands that need it are given.
as_owner() {
    CHOSO_DATABASE__OWNER_URL=$("$top/deploy/cluster" url "$home" --role owner) "$program" "$@" --config "$config"
}

gateway_url() { echo "http://$(reachable_host "$(<"$gateway_listen")"):$(<"$gateway_port")"; }
is_ready() { curl -g --noproxy '*' -fsS -m 2 -o /dev/null "$(gateway_url)/readyz" 2>/dev/null; }
is_ready_or_dead() { is_dead "$gateway_pid" || is_ready; }

# is_of_build PIDFILE PROGRAM  — true when the running process is the program as it is built now, not one that was replaced under it.
is_of_build() {
    local pid
    pid=$(alive "$1") || return 1
    [ "$(stat -L -c %d:%i "/proc/$pid/exe" 2>/dev/null)" = "$(stat -L -c %d:%i "$2")" ]
}
is_of_this_build() { is_of_build "$gateway_pid" "$program"; }

start_gateway() {
    port_is_free "$(<"$gateway_port")" || die "port $(<"$gateway_port") is taken by another program: choose one with --port"
    launch "$gateway_log" "$program" serve --config "$config"
    write_pid_file "$gateway_pid" "$launched" || fail_with_log
    wait_until 120 is_ready_or_dead || fail_with_log
    ! is_dead "$gateway_pid" || fail_with_log
}
fail_with_log() {
    tail -n 20 "$gateway_log" >&2
    end_process "$gateway_pid" 15 || true
    die "the gateway did not become ready; its log: $gateway_log"
}
stop_gateway() { end_process "$gateway_pid" 30; }

# What to open and what to type, from what `choso seed demo` wrote.
print_demo() {
    local base key merchant feed account vietnam
    jq -r '"gateway        \(.base_url)",
        (if .simulator_url then "bank simulator \(.simulator_url)" else empty end),
        (if .stall_url then "stall          \(.stall_url)" else empty end),
        (.logins[]? | "sign in        \(.page)   \(.user)   \(.password)"),
        "api key        \(.api_key)"' "$demo_file"
    base=$(jq -r .base_url "$demo_file")
    key=$(jq -r .api_key "$demo_file")
    merchant=$(jq -r .merchant "$demo_file")
    feed=$(jq -r '.sepay.api_key // empty' "$demo_file")
    account=$(jq -r '.bank_account.account // empty' "$demo_file")
    vietnam=$(TZ=UTC-7 date '+%Y-%m-%d %H:%M:%S')
    cat <<EXAMPLES
everything     $demo_file

Ask for 50.000 đ, then let the bank tell that they came:

reference=\$(curl -s $base/api/v1/payment-requests -H 'Authorization: Bearer $key' -H "Idempotency-Key: a\$(date +%s%N)" \\
     -H 'Content-Type: application/json' -d '{"merchant":"$merchant","amount":50000,"description":"rau muong"}' \\
     | tee /dev/stderr | jq -r .reference)
EXAMPLES
    [ -z "$feed" ] || cat <<EXAMPLES
curl -s $base/feeds/sepay -H 'Authorization: Apikey $feed' -H 'Content-Type: application/json' \\
     -d '{"id":'"\$(date +%s)"',"gateway":"Vietcombank","transactionDate":"$vietnam","accountNumber":"$account","code":null,"content":"MBVCB.'"\$(date +%s)"'.'"\$reference"'.CT tu 0123 NGUYEN VAN A","transferType":"in","transferAmount":50000,"accumulated":0,"subAccount":null,"referenceCode":"MBVCB.'"\$(date +%s)"'","description":""}'
EXAMPLES
}
