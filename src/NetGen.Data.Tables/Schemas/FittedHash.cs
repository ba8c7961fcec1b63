using System.Text;
using System.Text.Json;

namespace NetGen.Data;

/// <summary>A bucket for each category, by its hash.</summary>
internal sealed class FittedHash(string column, int buckets, string? missing) : FittedFeature(column)
{
    internal const string Name = "hash";

    internal override int Width => buckets;

    internal override IEnumerable<string> Names => Enumerable.Range(0, buckets).Select(bucket => FormattableString.Invariant($"{Column}#{bucket}"));

    /// <summary>Nothing is learned; but rows for training that cannot be encoded are an error now, not later.</summary>
    internal void CheckAll(Table train)
    {
        Rows rows = new(this, train[Column]);
        for (int row = 0; row < train.Count; row++)
        {
            try
            {
                rows.BucketOf(row);
            }
            catch (CellException exception)
            {
                throw exception.At(train.Place(row), Column);
            }
        }
    }

    internal override RowEncoder On(TableColumn column) => new Rows(this, column);

    internal override void Encode(in Cell cell, Span<float> target) => target[BucketOf(CategoryText.Of(cell))] = 1;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("feature", Name);
        json.WriteString("column", Column);
        json.WriteNumber("buckets", buckets);
        if (missing is not null)
            json.WriteString("missing", missing);
    }

    internal static FittedHash ReadFrom(SchemaJson json) =>
        new(json.Text("column"), json.Count("buckets"), json.Has("missing") ? json.Text("missing") : null);

    /// <exception cref="CellException">It is missing.</exception>
    private int BucketOf(string? text)
    {
        text ??= missing ?? throw new CellException("is missing, and nothing was said to stand for it (MissingAs).");
        // The hash is a signed number there, and its magnitude is taken.
        return (int)(Math.Abs((long)Murmur3(Encoding.UTF8.GetBytes(text))) % buckets);
    }

    /// <summary>MurmurHash3 x86 32 with the seed 0 (Appleby, public domain).</summary>
    private static int Murmur3(ReadOnlySpan<byte> bytes)
    {
        const uint C1 = 0xcc9e2d51, C2 = 0x1b873593;
        uint hash = 0, length = (uint)bytes.Length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            hash ^= Mix(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            hash = uint.RotateLeft(hash, 13) * 5 + 0xe6546b64;
        }

        uint tail = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            tail = tail << 8 | bytes[i];
        hash ^= Mix(tail);
        hash ^= length;
        hash = (hash ^ hash >> 16) * 0x85ebca6b;
        hash = (hash ^ hash >> 13) * 0xc2b2ae35;
        return (int)(hash ^ hash >> 16);

        static uint Mix(uint block) => uint.RotateLeft(block * C1, 15) * C2;
    }

    private sealed class Rows : RowEncoder
    {
        private readonly FittedHash feature;
        private readonly TableColumn column;
        private readonly int[]? byCode;

        internal Rows(FittedHash feature, TableColumn column)
        {
            this.feature = feature;
            this.column = column;
            if (column.Kind == ValueKind.Date)
                throw FittedNumber.WrongKind(column, ValueKind.Text);
            if (column.Kind == ValueKind.Text)
                byCode = Array.ConvertAll(column.Texts.ToArray(), feature.BucketOf);
        }

        internal override void Encode(int start, int end, Span<float> target, int stride)
        {
            for (Row = start; Row < end; Row++, target = target[Math.Min(stride, target.Length)..])
                target[BucketOf(Row)] = 1;
        }

        internal int BucketOf(int row) =>
            byCode is not null && column.Codes[row] >= 0 ? byCode[column.Codes[row]] : feature.BucketOf(CategoryText.Of(column, row));
    }
}
