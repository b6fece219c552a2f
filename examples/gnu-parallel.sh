#!/usr/bin/env bash
# A sweep in parts by GNU parallel, on one machine or, with --sshlogin, on several that share a folder.
#
#   examples/gnu-parallel.sh PARTS FOLDER run scenarios/ext2-bitmap.yaml --seeds 1..1000000
#
# Started again after an interruption it goes on where each part ends.
set -euo pipefail
parts=$1 folder=$2
shift 2
: "${DESYNC:=npx desync}"
export DESYNC
mkdir -p "$folder"

one() {
  part=$1 parts=$2 file=$3/part$1.jsonl
  shift 3
  if [ -e "$file" ]; then keep=--resume; else keep=--output; fi
  $DESYNC "$@" --shard "$part/$parts" "$keep" "$file" --jobs 1
}
export -f one

seq "$parts" | parallel --halt now,fail=1 --quote one {} "$parts" "$folder" "$@" >&2
$DESYNC merge "$folder"/part*.jsonl
