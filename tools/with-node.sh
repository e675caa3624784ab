#!/bin/sh
# Runs a script of this repository under the Node 24 that the repository brings, after installing what the
# lockfile says; without a script, only installs. Needs sh and npm; no network once everything is installed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
stamp="$root/node_modules/.fairlead-lock"
lock="$root/.fairlead/install.lock"

installed() {
  cmp -s "$root/package-lock.json" "$stamp"
}

# The first to make the folder installs, others wait for it. A folder whose maker is gone (no such process, or no
# number in it for a while) is removed.
take_lock() {
  mkdir -p "$root/.fairlead"
  patience=50
  told=""
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || :)
    if [ -n "$owner" ]; then
      kill -0 "$owner" 2>/dev/null || break_lock "$owner"
      [ "$told" = "$owner" ] || echo "waiting for process $owner, which installs (its lock: $lock)" >&2
      told=$owner
    else
      patience=$((patience - 1))
      [ "$patience" -gt 0 ] || break_lock ""
    fi
    sleep 0.2
  done
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  echo $$ >"$lock/pid"
}

# One at a time looks again and only then removes, so that nobody removes the lock that another has just made.
break_lock() {
  if mkdir "$lock.break" 2>/dev/null; then
    [ "$(cat "$lock/pid" 2>/dev/null || :)" != "$1" ] || rm -rf "$lock"
    rmdir "$lock.break"
  else
    find "$lock.break" -maxdepth 0 -mmin +1 -exec rmdir {} \; 2>/dev/null || :
  fi
}

install() {
  take_lock
  if ! installed; then
    echo "installing what package-lock.json says (once; a minute or two) ..." >&2
    # No package of ours needs a script to run at its installation.
    (cd "$root" && npm ci --ignore-scripts --include=dev --prefer-offline --no-audit --no-fund --loglevel=error >&2)
    cp "$root/package-lock.json" "$stamp.$$"
    mv "$stamp.$$" "$stamp"
  fi
  rm -rf "$lock"
  trap - EXIT INT TERM HUP
}

installed || install
[ $# -gt 0 ] || exit 0

node="$root/node_modules/.bin/node"
if [ ! -x "$node" ]; then
  node=node
  version=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo none)
  if [ "$version" = none ] || [ "$version" -lt 24 ]; then
    echo "This system needs its own Node 24 or newer (found: $version); the repository brings one for Linux only." >&2
    exit 1
  fi
fi
# A run starts dozens of processes, and each would translate the same modules again.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE-$root/node_modules/.cache/node}"
script=$1
shift
exec "$node" "$root/$script" "$@"
