# Makes a folder, and removes it when the process that asked for it is gone.
#
#     watchdog.sh NAME BASE...
#
# Standard input is a pipe that nobody writes to: its end of file is the end of the owner, whatever
# ended it. Standard output is the folder made in the first BASE that allows it.

# PIPE, because the owner may be gone before it reads anything.
trap '' HUP INT PIPE TERM

name=$1 folder=
shift
for base; do
    [ -n "$folder" ] || ! mkdir -m 700 "$base/$name" 2>/dev/null || folder=$base/$name
done
[ -n "$folder" ] || exit 1
echo "$folder"

read -r _
rm -rf "$folder"
