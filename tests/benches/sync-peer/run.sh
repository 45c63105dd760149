#!/usr/bin/env bash
# Runs the peers' bench with ours beside them, one JSON line a phase on stdout:
#     tests/benches/sync-peer/run.sh <folder of the peers' bench> [peer ...]
# Its settings (RTT_MS, BIG, SMALL) are handed on. The bench itself is not changed: it runs from a
# copy of links in which ours is one peer more.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bench="$(cd "${1:?the folder of the peers\' bench}" && pwd)"
shift
program="$(cd "$here/../../.." && cargo bench --package tests --no-default-features --bench replication --no-run --message-format=json |
  sed -n 's/.*"executable":"\([^"]*replication[^"]*\)".*/\1/p' | tail -1)"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -r "$bench/lib" "$bench/run.sh" "$work"
mkdir -p "$work/peers/aimline"
for peer in "$bench"/peers/*; do ln -s "$peer" "$work/peers/$(basename "$peer")"; done
cp "$here/peer.json" "$work/peers/aimline"
ln -s "$program" "$work/peers/aimline/aimline-bench"
"$work/run.sh" aimline "$@"
