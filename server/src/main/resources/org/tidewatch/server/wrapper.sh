# Runs the server until it ends or until standard input ends, which it does when the parent closes it or is gone.
# Arguments: the mark of the data folder, seconds from the polite signal to the forced one, the command.
shift
bound=$1
shift

exec 3<&0 </dev/null
trap 'kill -TERM "$server" 2>/dev/null' TERM INT HUP
"$@" 3<&- &
server=$!

(
  trap 'exit 0' TERM
  while read -r _ <&3; do :; done
  # To the whole group, where setsid made one: the launcher does not pass the signal on to a server that starts.
  trap '' TERM
  kill -s TERM -- "-$$" 2>/dev/null || kill -TERM "$server" 2>/dev/null
  turns=$((bound * 5))
  while kill -0 "$server" 2>/dev/null && [ "$turns" -gt 0 ]; do
    sleep 0.2
    turns=$((turns - 1))
  done
  kill -0 "$server" 2>/dev/null && { kill -s KILL -- "-$$" || kill -KILL "$server"; } 2>/dev/null
  exit 0
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-

wait "$server"
code=$?
while kill -0 "$server" 2>/dev/null; do
  wait "$server"
  code=$?
done
kill -TERM "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
