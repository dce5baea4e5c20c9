# A private PostgreSQL 15 cluster in a folder: what deploy/cluster's verbs are made of. Sourced after common.sh, process.sh.
# shellcheck shell=bash
#
#   DIR/postgres            the data folder, or a link to it where DIR's parents are closed to the system user
#   DIR/postgres-passwords  libpq's passfile format, 0600: postgres, choso_owner, choso
#   DIR/postgres.port       the port, kept for ever     DIR/postgres.kind  `lasting` or `throw-away`
#   DIR/log/postgres.log    its log                     DIR/socket/        its Unix socket, where the path is short enough

programs=/usr/lib/postgresql/15/bin

# cluster_of DIR  — sets the names that the other functions use.
cluster_of() {
    folder=$(absolute "$1")
    data=$folder/postgres
    passwords=$folder/postgres-passwords
    port_file=$folder/postgres.port
    kind_file=$folder/postgres.kind
    log=$folder/log/postgres.log
    if [ "$(id -u)" = 0 ]; then
        system_user=postgres
        # Ids instead of names: setpriv then needs no look-up, and no PAM session stands between us and the server.
        as_system_user=(setpriv --reuid=postgres --regid=postgres --init-groups --)
    else
        system_user=$(id -un)
        as_system_user=(env)
    fi
}

is_made() { [ -f "$folder/postgres.made" ] && [ -f "$data/PG_VERSION" ]; }
password_of() { sed -n "s/^127\.0\.0\.1:\*:\*:$1://p" "$passwords"; }

# The postmaster of exactly this data folder: its pid file's process, seen to stand in that folder. Fails when there is none.
postmaster() {
    local pid
    { read -r pid <"$data/postmaster.pid"; } 2>/dev/null || return 1
    [[ $pid =~ ^[0-9]+$ ]] && start_of "$pid" >/dev/null || return 1
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(realpath "$data")" ] || return 1
    [[ "$(readlink "/proc/$pid/exe" 2>/dev/null)" == *postgres* ]] || return 1
    echo "$pid"
}
no_postmaster() { ! postmaster >/dev/null; }
# Line 8 of the pid file is the server's own word for its state.
answers_connections() {
    local state
    postmaster >/dev/null || return 1
    state=$(sed -n 8p "$data/postmaster.pid" 2>/dev/null)
    [[ $state == ready* ]]
}
# A process that is just being killed still has its pid file: only a connection tells.
answers_or_is_gone() {
    no_postmaster || { answers_connections && "$programs/pg_isready" -q -h 127.0.0.1 -p "$(<"$port_file")"; }
}

# Runs SQL from stdin as the superuser, in the database named; options of psql may follow.
as_superuser() {
    local database=$1
    shift
    PGPASSFILE=$passwords psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(<"$port_file")" -U postgres -d "$database" "$@"
}

# Decides where the data lies. The system user must reach it: DIR is opened for passing through (not for reading);
# where a parent is closed (/root), the data goes to /var/lib/choso and DIR keeps a link.
make_reachable() {
    mkdir -p "$folder"
    place=$folder
    [ "$(id -u)" = 0 ] || return 0
    local name
    if "${as_system_user[@]}" test -x "$(dirname "$folder")"; then
        "${as_system_user[@]}" test -x "$folder" || chmod o+x "$folder"
        return 0
    fi
    if [ -L "$data" ]; then
        place=$(dirname "$(readlink "$data")")
    else
        name=$(printf '%s' "$folder" | sha256sum | cut -c1-12)-$(make_secret | cut -c1-6)
        place=/var/lib/choso/$name
        install -d -m 0755 /var/lib/choso
        install -d -m 0711 "$place"
        ln -s "$place/postgres" "$data"
    fi
}

write_passwords() {
    [ -s "$passwords" ] && return 0
    local role
    for role in postgres choso_owner choso; do
        printf '127.0.0.1:*:*:%s:%s\n' "$role" "$(make_secret)"
    done | write_file "$passwords" 0600
}

# initdb beside the final place, then one rename: an interrupted run leaves nothing that looks like a cluster.
make_data() {
    local target secret options=()
    target=$place/postgres
    [ ! -e "$target/PG_VERSION" ] || return 0
    rm -rf "$target.new"
    install -d -m 0700 -o "$system_user" "$target.new"
    secret=$(mktemp "$place/secret.XXXXXX")
    password_of postgres >"$secret"
    chown "$system_user" "$secret"
    [ "$(<"$kind_file")" = throw-away ] && options+=(--no-sync)
    if ! (cd / && "${as_system_user[@]}" "$programs/initdb" -D "$target.new" --data-checksums --encoding=UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --username=postgres --pwfile="$secret" "${options[@]}" >"$folder/log/initdb.log" 2>&1); then
        rm -f "$secret"
        tail -n 20 "$folder/log/initdb.log" >&2
        die "initdb failed in $target.new"
    fi
    rm -f "$secret"
    echo "include 'choso.conf'" >>"$target.new/postgresql.conf"
    rm -rf "$target"
    mv "$target.new" "$target"
}

# Written anew at each start, so that a newer release's settings reach an older cluster. Durability is never traded:
# a throw-away cluster only takes less memory. lz4, for pglz halves the rate after a checkpoint (docs/adr).
write_settings() {
    local real socket=
    real=$(realpath "$data")
    if [ $((${#real} + 30)) -le 107 ]; then
        socket=${real%/*}/socket
        install -d -m 0755 -o "$system_user" "$socket"
    fi
    # The server stands in its data folder; a path without quotes or backslashes needs no escape but the doubled quote.
    cat >"$data/choso.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $(<"$port_file")
unix_socket_directories = '${socket//\'/\'\'}'
max_connections = $([ "$(<"$kind_file")" = throw-away ] && echo 150 || echo 60)
shared_buffers = $([ "$(<"$kind_file")" = throw-away ] && echo 256MB || echo 1GB)
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = lz4
max_wal_size = 4GB
min_wal_size = $([ "$(<"$kind_file")" = throw-away ] && echo 80MB || echo 4GB)
checkpoint_timeout = $([ "$(<"$kind_file")" = throw-away ] && echo 1h || echo 15min)
random_page_cost = 1.1
jit = off
autovacuum = on
client_connection_check_interval = 1s
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_destination = stderr
logging_collector = off
log_min_duration_statement = -1
log_line_prefix = '%m [%p] %u@%d '
SETTINGS
    chown "$system_user" "$data/choso.conf"
}

# Starts the server unless it runs.
start_server() {
    local said
    if postmaster >/dev/null; then
        wait_until 600 answers_or_is_gone || die "the cluster in $folder runs but takes no connections, see $log"
        no_postmaster || return 0
    fi
    clear_leftovers
    port_is_free "$(<"$port_file")" || die "port $(<"$port_file") of the cluster in $folder is taken by another program"
    write_settings
    said=$(stat -c %s "$log" 2>/dev/null || echo 0)
    # The log is opened by us, not by the server: it may lie where the system user cannot go.
    launch "$log" "${as_system_user[@]}" "$programs/postgres" -D "$(realpath "$data")"
    await_server && return 0
    tail -c "+$((said + 1))" "$log" | tail -n 20 >&2
    die "the cluster in $folder does not start"
}
# What a crash left: backends that have not noticed yet, then the lock files. PostgreSQL would take a lock file for valid
# whose number now belongs to somebody else, or to a dead process that nobody has collected.
clear_leftovers() {
    local port
    port=$(<"$port_file")
    wait_until 60 no_server_process || die "processes of the crashed server of $folder do not end"
    rm -f "$data/postmaster.pid" "$(dirname "$(realpath "$data")")/socket/.s.PGSQL.$port"{,.lock}
}
no_server_process() {
    local pid real
    real=$(realpath "$data")
    for pid in $(pgrep -x postgres); do
        [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" != "$real" ] || return 1
    done
}
await_server() {
    local rounds=0
    until answers_connections; do
        start_of "$launched" >/dev/null || return 1
        sleep 0.05
        if ((++rounds == 100)); then say "cluster: recovering after a crash"; fi
    done
}

# Roles and the database, as often as one likes. What `choso` may do is granted by the migrations.
make_roles() {
    # The passwords go in with the text: a program's arguments are there for every user to read.
    as_superuser postgres <<SQL
\set owner_password '$(password_of choso_owner)'
\set server_password '$(password_of choso)'
set client_min_messages = warning;
select 'create role choso_owner' where not exists (select from pg_roles where rolname = 'choso_owner') \\gexec
select 'create role choso' where not exists (select from pg_roles where rolname = 'choso') \\gexec
alter role choso_owner login nosuperuser nocreatedb nocreaterole password :'owner_password';
alter role choso login nosuperuser nocreatedb nocreaterole noinherit password :'server_password';
select 'create database choso owner choso_owner' where not exists (select from pg_database where datname = 'choso') \\gexec
revoke all on database choso from public;
grant connect on database choso to choso;
SQL
}

# A log segment that must first be filled with zeros holds up every commit behind it, some 80 ms each 16 MB. So a lasting
# cluster starts with a stock of used ones, as many as lie between two checkpoints, and keeps as many (min_wal_size).
stock_log() {
    [ "$(<"$kind_file")" != throw-away ] || return 0
    as_superuser postgres <<'SQL'
do $$ begin for n in 1..250 loop perform pg_logical_emit_message(false, 'stock', ''), pg_switch_wal(); end loop; end $$;
checkpoint;
SQL
}

# stop_server SIGNAL  — INT is PostgreSQL's fast stop, QUIT its immediate one. A fast stop that takes minutes is cut short:
# recovery brings back every commit.
stop_server() {
    local pid
    pid=$(postmaster) || return 0
    kill "-$1" "$pid"
    wait_until 120 no_postmaster && return 0
    say "cluster: fast stop took over 120 s, stopping at once"
    kill -QUIT "$pid" 2>/dev/null || true
    wait_until 30 no_postmaster || die "the server of $folder (process $pid) does not stop"
}
