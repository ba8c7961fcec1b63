#!/usr/bin/env bash
# Brings UCI's Adult (Becker and Kohavi 1996, CC BY 4.0) into a folder: get-adult.sh DIR, then NETGEN_DATA=DIR.
set -euo pipefail
folder=${1:?usage: get-adult.sh DIR}
sum=5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d
for tool in curl sha256sum; do
    command -v "$tool" >/dev/null || { echo "get-adult: there is no $tool here" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl --fail --silent --show-error --location --max-time 300 --output "$work/adult.data" \
    https://archive.ics.uci.edu/ml/machine-learning-databases/adult/adult.data
echo "$sum  $work/adult.data" | sha256sum --check --quiet || { echo "get-adult: this is not the file of 1996" >&2; exit 1; }
mkdir -p "$folder/adult"
cp "$work/adult.data" "$folder/adult/"
echo "$folder"
