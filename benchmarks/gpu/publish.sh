#!/usr/bin/env bash
# Builds the program that run.sh takes, for Linux on x64 and a machine without .NET: publish.sh FILE
set -euo pipefail
file=${1:?usage: publish.sh FILE}
file=$(realpath -m "$file")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish benchmarks/NetGen.Gpu -c Release -r linux-x64 --self-contained -v quiet -o "$work" \
    -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:DebugType=none
size=$(stat -c %s "$work/NetGen.Gpu")
[ "$size" -le $((64 * 1024 * 1024)) ] || { echo "publish: $size bytes are more than 64 MB" >&2; exit 1; }
mkdir -p "$(dirname "$file")"
cp "$work/NetGen.Gpu" "$file"
echo "$file: $size bytes"
