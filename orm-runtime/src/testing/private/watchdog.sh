# Runs one private PostgreSQL server, and removes it when the process that asked for it is gone.
#
#     watchdog.sh NAME BINARIES BASE... -- [OPTION OF postgres]...
#
# Standard input is a pipe that nobody writes to: its end of file is the end of the owner, whatever
# ended it. The first line of standard output is the folder made in the first BASE that allows it; more
# follows only if the server ends before its owner, and says why.

# PIPE, because the owner may be gone before it reads anything.
trap '' HUP INT PIPE TERM
exec 3<&0 </dev/null

name=$1 binaries=$2 folder=
shift 2
while [ "$1" != -- ]; do
    [ -n "$folder" ] || ! mkdir -m 700 "$1/$name" 2>/dev/null || folder=$1/$name
    shift
done
shift
[ -n "$folder" ] && cd "$folder" || exit 1
echo "$folder"

{
    exec 3<&-
    "$binaries/initdb" -D data -A trust -U postgres -E UTF8 --locale=C --no-sync >log 2>&1 &&
        exec "$binaries/postgres" -D data -k "$folder" "$@" >log 2>&1
} &
server=$!

# Repeated, because a server that is only just starting still ignores the signal.
{
    read -r _ <&3
    while kill -QUIT "$server"; do sleep 0.02; done
} >/dev/null 2>&1 &
owner=$!

wait "$server"
kill -KILL "$owner"
tail -n 20 log
cd / && rm -rf "$folder"
