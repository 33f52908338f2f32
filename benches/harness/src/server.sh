# The server's life. Arguments: the folder of PostgreSQL's programs, a port.
# When standard input ends, because whoever started this did, the server is stopped and its folder removed.
set -eu
for base in /dev/shm "${TMPDIR:-/tmp}" /tmp; do
    folder=$(mktemp -d "$base/orm-bench-XXXXXX" 2>/dev/null) && break
done
cd "$folder"
trap 'rm -rf "$folder"' EXIT
"$1/initdb" -A trust -U postgres -E UTF8 --locale=C --no-sync -D data >log 2>&1 || { cat log >&2; exit 1; }
"$1/postgres" -D data -c listen_addresses=127.0.0.1 -c port="$2" -c unix_socket_directories="$folder" \
    -c max_connections=200 -c shared_buffers=512MB -c max_wal_size=8GB -c autovacuum=off -c jit=off \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off >>log 2>&1 </dev/null &
server=$!
trap 'kill -QUIT $server 2>/dev/null || true; wait $server || true; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP
cat >/dev/null
