#!/usr/bin/env bash
# Runs all of ONNX's operator vectors that NetGen has operators for, compiled, with registers of every width, and writes docs/conformance.md:
# what passed, what failed and what is out of scope, by name. Needs the Debian package libonnx-testdata.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=tests/NetGen.Compiled.Tests
tests="$project/bin/Release/net10.0/NetGen.Compiled.Tests.dll"
[ -d /usr/share/libonnx-testdata ] || { echo "There are no vectors: apt-get install libonnx-testdata" >&2; exit 1; }
dotnet build "$project" -c Release -v quiet
export NETGEN_ALL_CASES=1
for switch in EnableHWIntrinsic EnableAVX2 EnableAVX512; do
    echo "== DOTNET_$switch=0"
    env "DOTNET_$switch=0" dotnet "$tests" -noLogo -noColor -method '*OnnxVectorTests.Compiled_networks_agree'
done
echo "== the widest registers, and the page"
code=0
NETGEN_ACCEPT_SNAPSHOTS=1 dotnet "$tests" -noLogo -noColor -class '*OnnxVectorTests' || code=$?
cat docs/conformance.md
exit "$code"
