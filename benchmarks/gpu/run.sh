#!/usr/bin/env bash
# Runs NetGen's networks and kernels on an NVIDIA GPU, against the CPU and against the clock, and PyTorch and JAX beside them where they are installed: run.sh PROGRAM DIR [--quick]
# PROGRAM is what publish.sh built; only NVIDIA's driver must be installed. DIR gets netgen.json, peers.json, and a table below the GPU's name.
# netgen.json is written after each result, so an interrupted run keeps what it has. Exit code 2: there is no GPU; 1: results are wrong, or a part of the program failed.
set -euo pipefail
usage="usage: run.sh PROGRAM DIR [--quick]"
program=${1:?$usage} folder=${2:?$usage}
shift 2
[ $# -eq 0 ] || [ "$*" = --quick ] || { echo "$usage" >&2; exit 2; }
[ -f "$program" ] || { echo "run: there is no program $program; publish.sh builds it" >&2; exit 2; }
here=$(dirname "${BASH_SOURCE[0]}")
mkdir -p "$folder"
[ -x "$program" ] || chmod +x "$program"
program=$(realpath "$program")

code=0
"$program" run --output "$folder/netgen.json" "$@" || code=$?
[ "$code" -le 1 ] || exit "$code"

joined=()
if command -v python3 >/dev/null && python3 "$here/peers.py" --output "$folder/peers.json" "$@"; then
    joined=(--peers "$folder/peers.json")
else
    echo "run: no peers were measured" >&2
fi
"$program" join "$folder/netgen.json" "${joined[@]}" --results "$folder"
exit "$code"
