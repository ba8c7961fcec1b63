#!/usr/bin/env bash
# What the ways to compile this program cost: a row of the front page's table for each. Publishing first, then measuring, on a quiet machine:
#   bash samples/NativeTrainer/measure.sh publish && bash samples/NativeTrainer/measure.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=artifacts/native-trainer
sample=samples/NativeTrainer

if [ "${1:-}" = publish ]; then
    dotnet publish -c Release $sample -v quiet -o $out/any
    for set in x86-64-v3 x86-64-v4 native; do
        dotnet publish -c Release $sample -v quiet -o $out/$set -p:IlcInstructionSet=$set
    done
    dotnet publish -c Release $sample -v quiet -o $out/r2r --use-current-runtime --no-self-contained -p:PublishAot=false -p:PublishReadyToRun=true
    dotnet build -c Release $sample -v quiet -o $out/jit
    exit
fi

weights=$(mktemp)
trap 'rm -f "$weights"' EXIT
value() { sed "s/.*\"$1\":\([0-9.]*\).*/\1/" <<<"$2"; }

# row NAME FILE COMMAND…: size of FILE; best of 20 starts, from before the process is made to after it has ended; epochs.
row() {
    local name=$1 file=$2 best=999999999 start time trained
    shift 2
    trained=$("$@" train --epochs 5 --weights "$weights" --json | tail -n 1)
    for _ in {1..20}; do
        start=${EPOCHREALTIME/./}
        "$@" predict $sample/three.txt --weights "$weights" --json >/dev/null
        time=$((${EPOCHREALTIME/./} - start))
        best=$((time < best ? time : best))
    done
    awk -v name="$name" -v bits="$(value bits "$trained")" -v size="$(stat -c %s "$file")" -v best="$best" \
        -v first="$(value first_epoch_ms "$trained")" -v fastest="$(value fastest_epoch_ms "$trained")" \
        'BEGIN { printf "| %s | %d | %.2f | %.0f | %.0f | %.0f |\n", name, bits, size / 1e6, best / 1e3, first, fastest }'
}

echo "| | bits | MB | first prediction, ms | first epoch, ms | fastest epoch, ms |"
echo "|---|---|---|---|---|---|"
row "AOT, any x64" $out/any/NativeTrainer $out/any/NativeTrainer
for set in x86-64-v3 x86-64-v4 native; do
    row "AOT, \`$set\`" $out/$set/NativeTrainer $out/$set/NativeTrainer
done
row "JIT" $out/jit/NativeTrainer.dll dotnet $out/jit/NativeTrainer.dll
row "JIT, ReadyToRun" $out/r2r/NativeTrainer.dll dotnet $out/r2r/NativeTrainer.dll
row "JIT, \`TieredPGO\` off" $out/jit/NativeTrainer.dll env DOTNET_TieredPGO=0 dotnet $out/jit/NativeTrainer.dll
row "JIT, \`TieredCompilation\` off" $out/jit/NativeTrainer.dll env DOTNET_TieredCompilation=0 dotnet $out/jit/NativeTrainer.dll
