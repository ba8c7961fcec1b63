using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Reads and writes weights as safetensors files: the format that PyTorch, JAX and Hugging Face exchange.</summary>
/// <remarks>
/// A file is 8 bytes (the length N of the header, little endian), N bytes of JSON
/// (<c>{"name": {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, …}</c>), and the values, without gaps.
/// All values are 32-bit floats in PyTorch's order of axes and features; a network's own order differs (<see cref="FileLayout"/>,
/// <see cref="FeatureBlock"/>). The metadata say so (<c>"features": "channels first"</c>), and name what PyTorch's order could not be known of
/// (<c>"features.NAME": "as in memory"</c>).
/// Numbers are kept as they are. Writing refuses NaN and infinities unless they are allowed; reading takes what the file has.
/// </remarks>
public static class SafeTensors
{
    /// <summary>Writes parameters to a file; an old file of that name is replaced in one move once the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What to write.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. An old file is untouched.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is untouched, and no temporary file is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, NetworkParameters parameters, bool allowNotFinite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        CheckFinite(parameters, allowNotFinite);

        string full = Path.GetFullPath(path);
        // In the same folder, so that the move stays inside one file system and is therefore atomic.
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                Write(stream, parameters);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            // What went wrong first is what the caller must hear of.
            try
            {
                File.Delete(temporary);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
            }

            throw;
        }
    }

    /// <summary>Writes parameters to a stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="parameters">What to write.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. Nothing was written.</exception>
    public static void Save(Stream stream, NetworkParameters parameters, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parameters);
        CheckFinite(parameters, allowNotFinite);
        Write(stream, parameters);
    }

    private static void Write(Stream stream, NetworkParameters parameters)
    {
        stream.Write(SafeTensorsHeader.Write(parameters.Layout));
        ReadOnlySpan<float> weights = parameters.Weights;
        float[] buffer = [];
        foreach (ParameterSpec spec in parameters.Layout.Parameters)
        {
            if (buffer.Length < spec.Length)
                buffer = new float[spec.Length];
            Span<float> values = buffer.AsSpan(0, spec.Length);
            spec.ToFile(weights.Slice(spec.Offset, spec.Length), values);
            LittleEndian(values);
            // In pieces: the bytes of a large tensor are more than a span can count.
            for (int start = 0; start < values.Length; start += Piece)
                stream.Write(MemoryMarshal.AsBytes(values[start..Math.Min(start + Piece, values.Length)]));
        }
    }

    /// <summary>Reads parameters from a file. On any error they keep their values.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Where the values go.</param>
    /// <param name="order">The order of features in the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not well-formed, or does not fit the network; the message names the tensor.</exception>
    public static void Load(string path, NetworkParameters parameters, FileOrder order = FileOrder.Stated)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        Load(stream, parameters, order, path);
    }

    /// <summary>Reads parameters from a stream, from where it stands to its end. On any error they keep their values.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="parameters">Where the values go.</param>
    /// <param name="order">The order of features in the file.</param>
    /// <exception cref="InvalidDataException">The content is not well-formed, or does not fit the network; the message names the tensor.</exception>
    public static void Load(Stream stream, NetworkParameters parameters, FileOrder order = FileOrder.Stated)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parameters);
        Load(stream, parameters, order, "The stream");
    }

    // 4 MB: large enough for the disk, far from the limits of a span.
    private const int Piece = 1 << 20;

    private static void Load(Stream stream, NetworkParameters parameters, FileOrder order, string source)
    {
        try
        {
            ParameterLayout layout = parameters.Layout;
            long? dataLength = stream.CanSeek ? stream.Length - stream.Position : null;
            List<SafeTensor> tensors = SafeTensorsHeader.Read(stream, ref dataLength, out SafeTensorsMetadata metadata);
            HashSet<ParameterSpec> inMemoryOrder = metadata.InMemoryOrder(layout, order);
            ParameterSpec[] found = Fit(tensors, layout, inMemoryOrder);

            // Nothing of the network changes before the last byte is here.
            float[] staged = new float[layout.TotalFloats];
            float[] buffer = [];
            foreach (ParameterSpec spec in found)
            {
                if (buffer.Length < spec.Length)
                    buffer = new float[spec.Length];
                Span<float> values = buffer.AsSpan(0, spec.Length);
                for (int start = 0; start < values.Length; start += Piece)
                {
                    Span<byte> bytes = MemoryMarshal.AsBytes(values[start..Math.Min(start + Piece, values.Length)]);
                    if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                        throw new InvalidDataException($"the file ends inside the values of '{spec.Name}'.");
                }

                LittleEndian(values);
                spec.FromFile(values, staged.AsSpan(spec.Offset, spec.Length), inMemoryOrder.Contains(spec));
            }

            if (stream.ReadByte() >= 0)
                throw new InvalidDataException("the file goes on after the last tensor.");

            Span<float> weights = parameters.Weights;
            foreach (ParameterSpec spec in found)
                staged.AsSpan(spec.Offset, spec.Length).CopyTo(weights[spec.Offset..]);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{source} cannot be loaded into {parameters.Layout.NetworkName}: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>Checks that the tensors are the network's, and gives its parameters in the order of the file.</summary>
    private static ParameterSpec[] Fit(List<SafeTensor> tensors, ParameterLayout layout, HashSet<ParameterSpec> inMemoryOrder)
    {
        Dictionary<string, ParameterSpec> wanted = new(StringComparer.Ordinal);
        foreach (ParameterSpec spec in layout.Parameters)
            wanted.Add(spec.Name, spec);

        List<string> unknown = [];
        List<ParameterSpec> order = [];
        foreach (SafeTensor tensor in tensors)
        {
            if (!wanted.Remove(tensor.Name, out ParameterSpec? spec))
            {
                unknown.Add(tensor.Name);
                continue;
            }

            if (tensor.Type != "F32")
                throw new InvalidDataException($"'{tensor.Name}' is of type {SafeTensorsHeader.Printable(tensor.Type)}; only F32 can be read.");
            ReadOnlySpan<int> shape = spec.FileShapeOf(inMemoryOrder.Contains(spec));
            if (!SameShape(tensor.Shape, shape))
                throw new InvalidDataException($"'{tensor.Name}' has the shape [{string.Join(", ", tensor.Shape)}]; expected {TensorShape.Format(shape)}.");
            if (tensor.End - tensor.Begin != 4L * spec.Length)
                throw new InvalidDataException($"'{tensor.Name}' has {tensor.End - tensor.Begin} bytes; its shape [{string.Join(", ", tensor.Shape)}] needs {4L * spec.Length}.");
            order.Add(spec);
        }

        if (wanted.Count > 0)
        {
            // In the network's order, not the dictionary's.
            List<string> missing = [];
            foreach (ParameterSpec spec in layout.Parameters)
            {
                if (wanted.ContainsKey(spec.Name))
                    missing.Add(spec.Name);
            }

            throw new InvalidDataException($"{List(missing)} missing in the file{(unknown.Count > 0 ? $", which has {List(unknown)} that the network does not know" : "")}.");
        }

        return unknown.Count == 0
            ? [.. order]
            : throw new InvalidDataException($"the file has {List(unknown)} that the network does not know.");
    }

    private static void CheckFinite(NetworkParameters parameters, bool allowNotFinite)
    {
        if (!allowNotFinite && NotFiniteWeight.In(parameters.Layout, parameters.Weights) is { } broken)
        {
            throw new InvalidOperationException(
                $"The weights of {parameters.Layout.NetworkName} are not saved: {broken}. Load an earlier file, or pass allowNotFinite: true to save them as they are.");
        }
    }

    private static string List(List<string> names)
    {
        const int Most = 5;
        List<string> shown = [];
        foreach (string name in names[..Math.Min(Most, names.Count)])
            shown.Add($"'{SafeTensorsHeader.Printable(name)}'");
        return $"{string.Join(", ", shown)}{(names.Count > Most ? $" and {names.Count - Most} more" : "")}";
    }

    private static bool SameShape(long[] file, ReadOnlySpan<int> expected)
    {
        if (file.Length != expected.Length)
            return false;
        for (int i = 0; i < file.Length; i++)
        {
            if (file[i] != expected[i])
                return false;
        }

        return true;
    }

    private static void LittleEndian(Span<float> values)
    {
        if (BitConverter.IsLittleEndian)
            return;
        Span<int> bits = MemoryMarshal.Cast<float, int>(values);
        BinaryPrimitives.ReverseEndianness(bits, bits);
    }
}
