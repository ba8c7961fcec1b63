#!/usr/bin/env bash
# Brings NVIDIA's assembler and disassembler (ptxas, nvdisasm; version 11.8) into a folder: get-ptxas.sh DIR
# They are taken out of Debian's package nvidia-cuda-toolkit (non-free; a download of 84 MB), which is not installed. ptxas 11.8 reads PTX ISA up to 7.8 and
# assembles for sm_90; it needs no GPU. Set NETGEN_PTXAS=DIR/ptxas for the tests. Where this does not work, the tests that need it skip.
set -euo pipefail
folder=${1:?usage: get-ptxas.sh DIR}
programs=(ptxas nvdisasm)

has_all() {
    local program
    for program in "${programs[@]}"; do
        [ -x "$folder/$program" ] || return 1
    done
}

has_all && exit
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || { echo "get-ptxas: there is no $tool here; this works on Debian and its kin" >&2; exit 1; }
done
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || { echo "get-ptxas: $keyring is missing" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# From where the system takes its packages; one of the two files is usually missing.
uri=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }') || true
[ -n "$uri" ] || { echo "get-ptxas: the system's package sources name no Debian archive" >&2; exit 1; }
echo "deb [signed-by=$keyring] $uri bookworm non-free" >"$work/sources.list"
mkdir -p "$work/lists/partial" "$folder"
options=(-oDir::Etc::SourceList="$work/sources.list" -oDir::Etc::SourceParts=/dev/null -oDir::State::Lists="$work/lists" -oAPT::Sandbox::User=root -oDpkg::Use-Pty=0)
apt-get "${options[@]}" update -qq
(cd "$work" && apt-get "${options[@]}" download -qq nvidia-cuda-toolkit)
dpkg-deb --fsys-tarfile "$work"/nvidia-cuda-toolkit_*.deb | tar x --strip-components=3 -C "$folder" "${programs[@]/#/./usr/bin/}"
has_all || { echo "get-ptxas: the package has not what was expected" >&2; exit 1; }
