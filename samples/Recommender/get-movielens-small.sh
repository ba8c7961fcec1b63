#!/usr/bin/env bash
# Writes the 100,004 ratings of MovieLens's small set of 2016 (Harper and Konstan 2015) into a folder: get-movielens-small.sh DIR
# They come with Debian's package r-cran-dslabs, which is downloaded and not installed; R is not needed. ratings.csv and movies.csv are as in
# GroupLens's own archive. https://files.grouplens.org/datasets/movielens/ml-latest-small-README.html says what may be done with the data.
set -euo pipefail
folder=${1:?usage: get-movielens-small.sh DIR}
for tool in apt-get dpkg-deb python3; do
    command -v "$tool" >/dev/null || { echo "get-movielens-small: there is no $tool here" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q r-cran-dslabs >download.log 2>&1) || { cat "$work/download.log" >&2; exit 1; }
dpkg-deb -x "$work"/r-cran-dslabs_*.deb "$work/package"
mkdir -p "$folder"
python3 - "$work/package/usr/lib/R/site-library/dslabs/data" "$folder" <<'PYTHON'
# The data sets of an R package: an index of places in a file of compressed objects, both in R's serialization (R Internals, 1.8).
import csv, gzip, struct, sys, zlib

NOTHING, REFERENCE, ALTERNATIVE = (254, 253, 251, 242), 255, 238
SYMBOL, PAIRS, CHARACTERS, LOGICALS, INTEGERS, DOUBLES, STRINGS, LIST = 1, 2, 9, 10, 13, 14, 16, 19


class Reader:
    def __init__(self, data):
        self.data, self.at, self.symbols = data, 0, []
        assert self.bytes(2) == b'X\n', 'not in the XDR form'
        version = self.int()
        self.bytes(8)
        if version == 3:
            self.bytes(self.int())

    def bytes(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def int(self):
        return struct.unpack('>i', self.bytes(4))[0]

    def pairs(self, flags):
        pairs = {}
        while flags & 255 == PAIRS:
            if flags & 512:
                self.read()
            tag = self.read() if flags & 1024 else None
            pairs[tag] = self.read()
            flags = self.int()
        return pairs

    def read(self):
        """An object; of a vector its elements and its attributes."""
        flags = self.int()
        kind = flags & 255
        if kind in NOTHING:
            return None
        if kind == REFERENCE:
            return self.symbols[(flags >> 8 or self.int()) - 1]
        if kind == SYMBOL:
            self.symbols.append(self.read())
            return self.symbols[-1]
        if kind == CHARACTERS:
            length = self.int()
            return None if length < 0 else self.bytes(length).decode('utf-8' if flags & 0x8000 else 'latin-1')
        if kind == PAIRS:
            return self.pairs(flags)
        if kind == ALTERNATIVE:
            name, state, _ = next(iter(self.read().values())), self.read(), self.read()
            assert name.startswith('compact_'), name
            count, first, step = map(int, state[0])
            return [first + (i * step) for i in range(count)], {}
        count = self.int()
        if kind in (LOGICALS, INTEGERS):
            values = struct.unpack('>%di' % count, self.bytes(4 * count))
        elif kind == DOUBLES:
            values = struct.unpack('>%dd' % count, self.bytes(8 * count))
        elif kind in (STRINGS, LIST):
            values = [self.read() for _ in range(count)]
        else:
            raise ValueError('an object of type %d' % kind)
        return values, (self.read() or {}) if flags & 512 else {}


def named(values):
    return dict(zip(values[1]['names'][0], values[0]))


source, folder = sys.argv[1:]
start, length = named(named(Reader(gzip.open(source + '/Rdata.rdx').read()).read())['variables'])['movielens'][0]
with open(source + '/Rdata.rdb', 'rb') as file:
    file.seek(start + 4)  # behind the length of what is compressed
    columns = {name: column[0] for name, column in named(Reader(zlib.decompress(file.read(length - 4))).read()).items()}
ratings = list(zip(columns['userId'], columns['movieId'], columns['rating'], columns['timestamp']))
titles = {movie: '%s (%d)' % (title, year) if title and year > 0 else title or 'movie %d' % movie
          for movie, title, year in zip(columns['movieId'], columns['title'], columns['year'])}
assert len(ratings) == 100004 and len(titles) == 9066, 'not the set of 2016'
with open(folder + '/ratings.csv', 'w', newline='', encoding='utf-8') as file:
    csv.writer(file, lineterminator='\n').writerows([('userId', 'movieId', 'rating', 'timestamp'), *ratings])
with open(folder + '/movies.csv', 'w', newline='', encoding='utf-8') as file:
    csv.writer(file, lineterminator='\n').writerows([('movieId', 'title'), *sorted(titles.items())])
PYTHON
echo "$folder"
