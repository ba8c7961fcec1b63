#!/usr/bin/env bash
# Makes libtorch's .NET binding load on Debian 12. It was linked against a libstdc++ that has GLIBCXX_3.4.32; Debian 12 has .30. All that it
# needs from the newer one is a function that makes sure that std::cout exists. So, in the build output only: the binding's version
# requirement becomes a weak one (the loader then goes on without it), and a library with that one function is built beside it,
# which NativeLibraries.cs loads first. Needs g++ and python3; run it after each build that copied the binding anew. Its argument is the folder
# of the build output, from here (default: that of this project's release build). benchmarks/NetGen.Compare runs it by itself.
#
#   dotnet build -c Release tests/NetGen.Torch.Tests && bash tests/NetGen.Torch.Tests/debian12.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
output="${1:-bin/Release/net10.0}"
binding="$output/runtimes/linux-x64/native/libLibTorchSharp.so"
[ -f "$binding" ] || { echo "$binding is not there; build the project first"; exit 1; }

g++ -shared -fPIC -x c++ -o "$output/libios_init.so" - <<'CPP'
#include <iostream>
namespace std { void ios_base_library_init() { static ios_base::Init once; } }
CPP

# The package cache may have lent the file by a hard link: patch a copy.
cp "$binding" "$binding.new"
python3 - "$binding.new" GLIBCXX_3.4.32 <<'PYTHON'
import struct, sys

# ELF64, little-endian: in the section of needed versions (SHT_GNU_verneed) the entry (Vernaux) of that name gets VER_FLG_WEAK.
path, wanted = sys.argv[1], sys.argv[2].encode()
data = bytearray(open(path, 'rb').read())
sections_at, = struct.unpack_from('<Q', data, 0x28)
size, count, _ = struct.unpack_from('<HHH', data, 0x3A)
sections = [struct.unpack_from('<IIQQQQIIQQ', data, sections_at + i * size) for i in range(count)]
weakened = 0
for section in (s for s in sections if s[1] == 0x6ffffffe):
    names, library = sections[section[6]][4], section[4]
    while True:
        _, versions, _, version, following = struct.unpack_from('<HHIII', data, library)
        version += library
        for _ in range(versions):
            _, flags, _, name, step = struct.unpack_from('<IHHII', data, version)
            if bytes(data[names + name:data.index(0, names + name)]) == wanted:
                struct.pack_into('<H', data, version + 4, flags | 2)
                weakened += 1
            version += step
        if following == 0:
            break
        library += following
open(path, 'wb').write(data)
print(f'{weakened} version requirement made weak')
PYTHON
mv "$binding.new" "$binding"
