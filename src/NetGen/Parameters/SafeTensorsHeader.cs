using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// The header of a safetensors file. Whatever the bytes are, reading ends in a list or an <see cref="InvalidDataException"/>.
/// </summary>
internal static class SafeTensorsHeader
{
    /// <summary>The limit that the format's own library has.</summary>
    internal const long MaximumLength = 100_000_000;

    /// <summary>More dimensions than this has no tensor: PyTorch and NumPy stop at 64 too.</summary>
    internal const int MaximumRank = 64;

    /// <summary>Names in UTF-8; those of a network are a hundredth of it.</summary>
    internal const int MaximumNameLength = 1 << 16;

    /// <summary>So many tensors more than the network has are read, to name those that it does not know.</summary>
    internal const int SparesAllowed = 1000;

    private const string Metadata = "__metadata__";

    /// <summary>The header of a network's file, its length included.</summary>
    /// <param name="layout">The network's parameters.</param>
    /// <param name="blocks">For each there is a tensor for each parameter.</param>
    /// <param name="texts">What the metadata say beside what NetGen says itself.</param>
    internal static byte[] Write(ParameterLayout layout, ReadOnlySpan<NamedBlock> blocks, ReadOnlySpan<KeyValuePair<string, string>> texts)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            // Hugging Face's loaders want to know that the order of axes is PyTorch's.
            json.WriteStartObject(Metadata);
            json.WriteString(SafeTensorsMetadata.Format, SafeTensorsMetadata.PyTorch);
            SafeTensorsMetadata.Write(json, layout);
            foreach ((string name, string text) in texts)
                json.WriteString(name, text);
            json.WriteEndObject();
            long offset = 0;
            foreach (NamedBlock block in blocks)
                WriteTensors(json, layout, block.Prefix, ref offset);
            json.WriteEndObject();
        }

        // Spaces bring the values to a multiple of 8 bytes, for those who map the file into memory.
        int length = (bytes.WrittenCount + 7) / 8 * 8;
        if (length > MaximumLength)
            throw new InvalidOperationException(Invariant($"The header of {layout.NetworkName} would have {length} bytes; safetensors allows {MaximumLength}."));
        byte[] header = new byte[8 + length];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        header.AsSpan(8).Fill((byte)' ');
        bytes.WrittenSpan.CopyTo(header.AsSpan(8));
        return header;
    }

    private static void WriteTensors(Utf8JsonWriter json, ParameterLayout layout, string prefix, ref long offset)
    {
        foreach (ParameterSpec spec in layout.Parameters)
        {
            json.WriteStartObject(prefix + spec.Name);
            json.WriteString("dtype", spec.FileType);
            json.WriteStartArray("shape");
            foreach (int size in NamedBlock.IsInMemoryOrder(prefix) ? spec.Shape : spec.FileShape)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += (long)spec.FileValueBytes * spec.Length;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Reads the header and gives the tensors in the order of their bytes, which have no gap and no overlap.</summary>
    /// <param name="stream">Stands at the first byte of the file, and afterwards at the first byte of the values.</param>
    /// <param name="remaining">The bytes that are left in the stream, if known.</param>
    /// <param name="wanted">How many tensors the network has: a file with far more is refused before they are all remembered.</param>
    /// <param name="metadata">Receives what the file says of itself.</param>
    internal static List<SafeTensor> Read(Stream stream, ref long? remaining, int wanted, SafeTensorsMetadata metadata)
    {
        Span<byte> prefix = stackalloc byte[8];
        int got = stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false);
        if (got < 8)
            throw new InvalidDataException(Invariant($"the file has {got} bytes; the length of the header alone needs 8."));
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength)
            throw new InvalidDataException(Invariant($"the header claims {length} bytes; at most {MaximumLength} are allowed. It is not a safetensors file."));
        if (length < 2)
            throw new InvalidDataException(Invariant($"the header claims {length} bytes; the shortest is {{}}."));
        remaining -= 8;
        if (remaining < (long)length)
            throw new InvalidDataException(Invariant($"the header claims {length} bytes; the file ends after {remaining} of them."));

        byte[] header = ReadHeader(stream, (int)length);
        remaining -= (long)length;

        List<SafeTensor> tensors = Parse(header, wanted, metadata);
        tensors.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        string previous = "";
        foreach (SafeTensor tensor in tensors)
        {
            string name = Printable(tensor.Name);
            if (tensor.Begin < end)
                throw new InvalidDataException(Invariant($"the bytes of '{name}' begin at {tensor.Begin}, inside those of '{Printable(previous)}', which end at {end}."));
            if (tensor.Begin > end)
                throw new InvalidDataException(Invariant($"there is a hole of {tensor.Begin - end} bytes before '{name}'."));
            if (remaining is { } bytes && tensor.End > bytes)
                throw new InvalidDataException(
                    Invariant($"the bytes of '{name}' end at {tensor.End}; the file has {bytes} bytes of values."));
            end = tensor.End;
            previous = tensor.Name;
        }

        if (remaining is { } left && end != left)
            throw new InvalidDataException(Invariant($"the tensors need {end} bytes of values; the file has {left}."));
        return tensors;
    }

    /// <summary>Grows with what is there: a claim of 100 MB costs nothing before the bytes come.</summary>
    private static byte[] ReadHeader(Stream stream, int length)
    {
        const int First = 1 << 16;
        byte[] header = new byte[Math.Min(length, First)];
        int got = 0;
        while (true)
        {
            got += stream.ReadAtLeast(header.AsSpan(got), header.Length - got, throwOnEndOfStream: false);
            if (got < header.Length)
                throw new InvalidDataException(Invariant($"the header claims {length} bytes; the file ends after {got} of them."));
            if (got == length)
                return header;
            Array.Resize(ref header, (int)Math.Min(length, 2L * header.Length));
        }
    }

    /// <summary>A text from a file, fit for a message: short and without control characters.</summary>
    internal static string Printable(string text)
    {
        const int Longest = 100;
        StringBuilder clean = new();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
            clean.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return text.Length > Longest ? clean.Append('…').ToString() : clean.ToString();
    }

    private static List<SafeTensor> Parse(ReadOnlySpan<byte> header, int wanted, SafeTensorsMetadata metadata)
    {
        int most = wanted + SparesAllowed;
        int ofTraining = 0;
        List<SafeTensor> tensors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        string place = "the header";
        try
        {
            Utf8JsonReader json = new(header);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException("the header is not a JSON object.");
            while (Next(ref json) == JsonTokenType.PropertyName)
            {
                place = "a name";
                if (json.ValueSpan.Length > MaximumNameLength)
                    throw new InvalidDataException(
                        Invariant($"a name has {json.ValueSpan.Length} bytes; at most {MaximumNameLength} are allowed."));
                string name = json.GetString()!;
                place = $"'{Printable(name)}'";
                if (!names.Add(name))
                    throw new InvalidDataException($"{place} is there twice.");
                Next(ref json);
                if (name == Metadata)
                    ReadMetadata(ref json, metadata);
                else if (name.StartsWith(CheckpointFile.Prefix, StringComparison.Ordinal) && ofTraining < (long)CheckpointFile.MostBlocks * wanted)
                {
                    ofTraining++;
                    tensors.Add(ReadTensor(ref json, name, place));
                }
                else if (tensors.Count - ofTraining < most)
                {
                    tensors.Add(ReadTensor(ref json, name, place));
                }
                else
                    throw new InvalidDataException(Invariant($"the file has more than {most} tensors; the network has {wanted}."));
                place = $"what follows {place}";
            }

            // Throws if anything but white space follows.
            while (json.Read())
            {
            }

            return tensors;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(Invariant($"the header is not well-formed JSON, at {place} (byte {exception.BytePositionInLine})."), exception);
        }
        catch (InvalidOperationException exception)
        {
            // From GetString: bytes that are not UTF-8, or half of a surrogate pair.
            throw new InvalidDataException($"the header is not well-formed text, at {place}.", exception);
        }
    }

    private static SafeTensor ReadTensor(ref Utf8JsonReader json, string name, string place)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException($"{place} is not described by a JSON object.");
        const string Type = "dtype", Shape = "shape", Offsets = "data_offsets";
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(Type))
            {
                Next(ref json);
                Once(type, place, Type);
                type = ReadType(ref json, place);
            }
            else if (json.ValueTextEquals(Shape))
            {
                Next(ref json);
                Once(shape, place, Shape);
                shape = ReadNumbers(ref json, place, Shape, MaximumRank);
            }
            else if (json.ValueTextEquals(Offsets))
            {
                Next(ref json);
                Once(offsets, place, Offsets);
                offsets = ReadNumbers(ref json, place, Offsets, MaximumRank);
            }
            else
            {
                json.Skip();
            }
        }

        if (type is null || shape is null || offsets is null)
            throw new InvalidDataException($"{place} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}.");
        if (offsets.Length != 2)
            throw new InvalidDataException(Invariant($"{place} has {offsets.Length} data_offsets; expected a begin and an end."));
        return offsets[1] >= offsets[0]
            ? new(name, type, shape, offsets[0], offsets[1])
            : throw new InvalidDataException(Invariant($"the bytes of {place} end at {offsets[1]}, before their begin at {offsets[0]}."));
    }

    private static string ReadType(ref Utf8JsonReader json, string place)
    {
        const int Longest = 100;
        return json.TokenType != JsonTokenType.String ? throw new InvalidDataException($"the dtype of {place} is not a string.")
            : json.ValueSpan.Length > Longest ? throw new InvalidDataException(Invariant($"the dtype of {place} has {json.ValueSpan.Length} bytes; it is none."))
            : json.GetString()!;
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json, string place, string property, int most)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"the {property} of {place} is not an array.");
        List<long> numbers = [];
        while (Next(ref json) != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                throw new InvalidDataException($"the {property} of {place} is not an array of whole numbers of at least 0.");
            if (numbers.Count == most)
                throw new InvalidDataException(Invariant($"the {property} of {place} has more than {most} numbers."));
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void ReadMetadata(ref Utf8JsonReader json, SafeTensorsMetadata metadata)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException($"{Metadata} is not a JSON object.");
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            // Other programs keep whole documents there, which are only of interest to who asks for them.
            string key = Text(ref json);
            if (Next(ref json) != JsonTokenType.String)
                throw new InvalidDataException($"{Metadata} holds something else than strings.");
            metadata.Add(key, Text(ref json));
        }

        string Text(ref Utf8JsonReader json) =>
            metadata.Texts is null && json.ValueSpan.Length > MaximumNameLength ? "" : json.GetString()!;
    }

    private static void Once(object? known, string place, string property)
    {
        if (known is not null)
            throw new InvalidDataException($"{place} has two {property}.");
    }

    private static JsonTokenType Next(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType;
    }
}
