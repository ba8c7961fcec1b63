using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NetGen;

/// <summary>The header of a safetensors file. Whatever the bytes are, reading ends in a list or an <see cref="InvalidDataException"/>.</summary>
internal static class SafeTensorsHeader
{
    /// <summary>The limit that the format's own library has.</summary>
    internal const long MaximumLength = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>The header of a network's file, its length included.</summary>
    internal static byte[] Write(ParameterLayout layout)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            // Hugging Face's loaders want to know that the order of axes is PyTorch's.
            json.WriteStartObject(Metadata);
            json.WriteString(SafeTensorsMetadata.Format, SafeTensorsMetadata.PyTorch);
            SafeTensorsMetadata.Write(json, layout);
            json.WriteEndObject();
            long offset = 0;
            foreach (ParameterSpec spec in layout.Parameters)
            {
                json.WriteStartObject(spec.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int size in spec.FileShape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += 4L * spec.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces bring the values to a multiple of 8 bytes, for those who map the file into memory.
        int length = (bytes.WrittenCount + 7) / 8 * 8;
        if (length > MaximumLength)
            throw new InvalidOperationException($"The header of {layout.NetworkName} would have {length} bytes; safetensors allows {MaximumLength}.");
        byte[] header = new byte[8 + length];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        header.AsSpan(8).Fill((byte)' ');
        bytes.WrittenSpan.CopyTo(header.AsSpan(8));
        return header;
    }

    /// <summary>Reads the header and gives the tensors in the order of their bytes, which have no gap and no overlap.</summary>
    /// <param name="stream">Stands at the first byte of the file, and afterwards at the first byte of the values.</param>
    /// <param name="remaining">The bytes that are left in the stream, if known.</param>
    /// <param name="metadata">What the file says of itself.</param>
    internal static List<SafeTensor> Read(Stream stream, ref long? remaining, out SafeTensorsMetadata metadata)
    {
        Span<byte> prefix = stackalloc byte[8];
        int got = stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false);
        if (got < 8)
            throw new InvalidDataException($"the file has {got} bytes; the length of the header alone needs 8.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength)
            throw new InvalidDataException($"the header claims {length} bytes; at most {MaximumLength} are allowed. It is not a safetensors file.");
        if (length < 2)
            throw new InvalidDataException($"the header claims {length} bytes; the shortest is {{}}.");
        remaining -= 8;
        if (remaining < (long)length)
            throw new InvalidDataException($"the header claims {length} bytes; the file ends after {remaining} of them.");

        byte[] header = new byte[length];
        got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got < header.Length)
            throw new InvalidDataException($"the header claims {length} bytes; the file ends after {got} of them.");
        remaining -= (long)length;

        metadata = new();
        List<SafeTensor> tensors = Parse(header, metadata);
        tensors.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        string previous = "";
        foreach (SafeTensor tensor in tensors)
        {
            string name = Printable(tensor.Name);
            if (tensor.Begin < end)
                throw new InvalidDataException($"the bytes of '{name}' begin at {tensor.Begin}, inside those of '{Printable(previous)}', which end at {end}.");
            if (tensor.Begin > end)
                throw new InvalidDataException($"there is a hole of {tensor.Begin - end} bytes before '{name}'.");
            if (remaining is { } bytes && tensor.End > bytes)
                throw new InvalidDataException($"the bytes of '{name}' end at {tensor.End}; the file has {bytes} bytes of values.");
            end = tensor.End;
            previous = tensor.Name;
        }

        if (remaining is { } left && end != left)
            throw new InvalidDataException($"the tensors need {end} bytes of values; the file has {left}.");
        return tensors;
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

    private static List<SafeTensor> Parse(ReadOnlySpan<byte> header, SafeTensorsMetadata metadata)
    {
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
                string name = json.GetString()!;
                place = $"'{Printable(name)}'";
                if (!names.Add(name))
                    throw new InvalidDataException($"{place} is there twice.");
                Next(ref json);
                if (name == Metadata)
                    ReadMetadata(ref json, metadata);
                else
                    tensors.Add(ReadTensor(ref json, name, place));
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
            throw new InvalidDataException($"the header is not well-formed JSON, at {place} (byte {exception.BytePositionInLine}).", exception);
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
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            string property = json.GetString()!;
            Next(ref json);
            switch (property)
            {
                case "dtype":
                    Once(type, place, property);
                    type = json.TokenType == JsonTokenType.String
                        ? json.GetString()!
                        : throw new InvalidDataException($"the dtype of {place} is not a string.");
                    break;
                case "shape":
                    Once(shape, place, property);
                    shape = ReadNumbers(ref json, place, property);
                    break;
                case "data_offsets":
                    Once(offsets, place, property);
                    offsets = ReadNumbers(ref json, place, property);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
            throw new InvalidDataException($"{place} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}.");
        if (offsets.Length != 2)
            throw new InvalidDataException($"{place} has {offsets.Length} data_offsets; expected a begin and an end.");
        return offsets[1] >= offsets[0]
            ? new(name, type, shape, offsets[0], offsets[1])
            : throw new InvalidDataException($"the bytes of {place} end at {offsets[1]}, before their begin at {offsets[0]}.");
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json, string place, string property)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"the {property} of {place} is not an array.");
        List<long> numbers = [];
        while (Next(ref json) != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                throw new InvalidDataException($"the {property} of {place} is not an array of whole numbers of at least 0.");
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
            string key = json.GetString()!;
            if (Next(ref json) != JsonTokenType.String)
                throw new InvalidDataException($"{Metadata} holds something else than strings.");
            metadata.Add(key, json.GetString()!);
        }
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
