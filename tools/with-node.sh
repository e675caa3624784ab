#!/bin/sh
# Runs a script of this repository under the Node 24 that the repository brings, after installing what the
# lockfile says. Needs only sh and npm; touches no network once the lockfile's content is installed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
stamp="$root/node_modules/.fairlead-lock"
if ! cmp -s "$root/package-lock.json" "$stamp"; then
  echo "installing what package-lock.json says (once) ..." >&2
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error >&2)
  cp "$root/package-lock.json" "$stamp"
fi
node="$root/node_modules/.bin/node"
[ -x "$node" ] || node=node
# Compiled once, not at every start of every process.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node}"
script=$1
shift
exec "$node" "$root/$script" "$@"
