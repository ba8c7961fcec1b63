#!/usr/bin/env bash
# Brings MovieLens 100k (Harper and Konstan 2015) into a folder: get-movielens.sh DIR
# The data are GroupLens's: https://files.grouplens.org/datasets/movielens/ml-100k-README.txt says what may be done with them. They may not be passed on, so they
# are in no repository.
set -euo pipefail
folder=${1:?usage: get-movielens.sh DIR}
sum=50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229
for tool in curl unzip sha256sum; do
    command -v "$tool" >/dev/null || { echo "get-movielens: there is no $tool here" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl --fail --silent --show-error --location --max-time 300 --output "$work/ml-100k.zip" https://files.grouplens.org/datasets/movielens/ml-100k.zip
echo "$sum  $work/ml-100k.zip" | sha256sum --check --quiet || { echo "get-movielens: this is not the file of 1998" >&2; exit 1; }
mkdir -p "$folder"
unzip -q -o -j "$work/ml-100k.zip" ml-100k/u.data ml-100k/u.item ml-100k/README -d "$folder"
echo "$folder"
