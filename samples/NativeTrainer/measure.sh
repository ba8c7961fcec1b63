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

ways=("AOT, any x64" "AOT, \`x86-64-v3\`" "AOT, \`x86-64-v4\`" "AOT, \`native\`" "JIT" "JIT, ReadyToRun")
files=($out/any/NativeTrainer $out/x86-64-v3/NativeTrainer $out/x86-64-v4/NativeTrainer $out/native/NativeTrainer $out/jit/NativeTrainer.dll $out/r2r/NativeTrainer.dll)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# All by turns, five times, for machines differ from minute to minute; of each number the least counts.
for _ in {1..5}; do
    for i in "${!ways[@]}"; do
        run=("${files[i]}")
        [[ ${files[i]} == *.dll ]] && run=(dotnet "${files[i]}")
        said=$("${run[@]}" train --epochs 3 --weights "$folder/weights" --json | tail -n 1)
        for field in bits first_epoch_ms fastest_epoch_ms; do
            sed "s/.*\"$field\":\([0-9.]*\).*/\1/" <<<"$said" >>"$folder/$i.$field"
        done
        for _ in {1..5}; do
            # From before the process is made to after it has ended.
            start=${EPOCHREALTIME/[.,]/}
            "${run[@]}" predict $sample/three.txt --weights "$folder/weights" >/dev/null
            echo $((${EPOCHREALTIME/[.,]/} - start)) >>"$folder/$i.start_us"
        done
    done
done

least() { sort -g "$folder/$1" | head -n 1; }
echo "| | kernels, bits | MB | first prediction, ms | first epoch, ms | later epoch, ms |"
echo "|---|---|---|---|---|---|"
for i in "${!ways[@]}"; do
    awk -v name="${ways[i]}" -v bits="$(least $i.bits)" -v size="$(stat -c %s "${files[i]}")" -v start="$(least $i.start_us)" \
        -v first="$(least $i.first_epoch_ms)" -v later="$(least $i.fastest_epoch_ms)" \
        'BEGIN { printf "| %s | %d | %.1f | %.1f | %.0f | %.0f |\n", name, bits, size / 1e6, start / 1e3, first, later }'
done
