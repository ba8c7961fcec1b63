using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>Reads and writes weights as safetensors files: the format that PyTorch, JAX and Hugging Face exchange.</summary>
/// <remarks>
/// A file is 8 bytes (the length N of the header, little endian), N bytes of JSON (<c>{"name": {"dtype": "F32", "shape": […],
/// "data_offsets": [begin, end]}, …}</c>), and the values, without gaps. All values but counters (<see cref="FileLayout.Counter"/>) are
/// 32-bit floats in PyTorch's order of axes and features; a network's own order differs (<see cref="FileLayout"/>,
/// <see cref="FeatureBlock"/>). The metadata say so (<c>"features": "channels first"</c>), and name what PyTorch's order could not be known
/// of (<c>"features.NAME": "as in memory"</c>). Numbers are kept as they are. Writing refuses NaN and infinities unless they are allowed;
/// reading takes what the file has.
/// </remarks>
/// <example>
/// <code>
/// SafeTensors.Save("weights.safetensors", network.Parameters, new Dictionary&lt;string, string> { ["trained"] = "on Monday" });
/// Console.WriteLine(SafeTensors.ReadMetadata("weights.safetensors")["trained"]);
/// </code>
/// </example>
public static class SafeTensors
{
    /// <summary>Writes parameters to a file; an old file of that name is replaced in one move once the new one is complete.</summary>
    /// <remarks>
    /// The weights are those between two training steps; a step waits only while they are copied, not while the file is written. Symbolic
    /// links are followed. The new file has the mode and the owner of the old one, as far as the process may give them (on Windows, the
    /// folder's access rights). Other names of the same file (hard links) keep the old weights, as backups by hard link need it. A device
    /// or a pipe at the path is written into; a pipe waits for its reader. What a process that was ended meanwhile has left beside the file
    /// (<c>NAME.….tmp</c>) is removed by the next call.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What is written.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written (the disk is full, the path is too long); an old one is untouched, and no
    /// temporary file is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, the file is read-only, or the process may not write in that
    /// folder.</exception>
    /// <exception cref="InvalidOperationException">A weight is not finite (the message names it, and nothing was written), or the names of
    /// the parameters are more than a file's header can hold (100 MB).</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for a copy of the weights.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for a training step.</exception>
    public static void Save(string path, NetworkParameters parameters, bool allowNotFinite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        AlignedFloats weights = Snapshot(parameters, allowNotFinite);
        ReplacedFile.Write(path, stream => Write(stream, parameters.Layout, [new("", weights)], []));
    }

    /// <summary>
    /// Writes parameters to a file, and beside them texts of the caller's: what must not be parted from the weights, such as how their
    /// inputs are made.
    /// </summary>
    /// <remarks>As without texts. They are in the file's <c>__metadata__</c>, where every reader of the format finds them, and
    /// <see cref="ReadMetadata"/> gives them back.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What is written.</param>
    /// <param name="metadata">The texts by name.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path; or a name is empty, or one that NetGen writes
    /// itself (<c>format</c>, <c>network</c>, <c>features</c>, <c>features.…</c>, <c>training</c>).</exception>
    /// <exception cref="IOException">As without texts.</exception>
    /// <exception cref="UnauthorizedAccessException">As without texts.</exception>
    /// <exception cref="InvalidOperationException">A weight is not finite, or names and texts are more than a file's header can hold (100
    /// MB).</exception>
    public static void Save(string path, NetworkParameters parameters, IReadOnlyDictionary<string, string> metadata, bool allowNotFinite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(metadata);
        KeyValuePair<string, string>[] texts = [.. metadata.OrderBy(text => text.Key, StringComparer.Ordinal)];
        foreach ((string name, string text) in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(metadata));
            if (name.Length == 0 || SafeTensorsMetadata.IsReserved(name))
                throw new ArgumentException($"'{name}' cannot be the name of a text: {(name.Length == 0 ? "it is empty" : "NetGen writes it itself")}.", nameof(metadata));
        }

        AlignedFloats weights = Snapshot(parameters, allowNotFinite);
        ReplacedFile.Write(path, stream => Write(stream, parameters.Layout, [new("", weights)], texts));
    }

    /// <summary>Writes several blocks as large as the weights to a file.</summary>
    internal static void Save(string path, ParameterLayout layout, NamedBlock[] blocks, KeyValuePair<string, string>[] texts) =>
        ReplacedFile.Write(path, stream => Write(stream, layout, blocks, texts));

    /// <summary>What a file says beside its tensors (<c>__metadata__</c>), by name; the tensors are not read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">The file's header is not well-formed.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            Dictionary<string, string> texts = new(StringComparer.Ordinal);
            long? length = stream.CanSeek ? stream.Length : null;
            SafeTensorsHeader.Read(stream, ref length, AnyNumber, new SafeTensorsMetadata(AnyNumber) { Texts = texts });
            return texts;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The metadata of {path} cannot be read: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>Writes parameters to a stream: the weights between two training steps, which wait only while they are copied.</summary>
    /// <param name="stream">Receives the file from where it stands.</param>
    /// <param name="parameters">What is written.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite.</param>
    /// <exception cref="NotSupportedException">The stream cannot be written to.</exception>
    /// <exception cref="IOException">Writing failed; so do other exceptions of the stream come through.</exception>
    /// <exception cref="InvalidOperationException">A weight is not finite (the message names it, and nothing was written), or the names of
    /// the parameters are more than a file's header can hold (100 MB).</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for a copy of the weights.</exception>
    /// <exception cref="ObjectDisposedException">The network, or the stream, has been disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for a training step.</exception>
    public static void Save(Stream stream, NetworkParameters parameters, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parameters);
        Write(stream, parameters.Layout, [new("", Snapshot(parameters, allowNotFinite))], []);
    }

    private static void Write(
        Stream stream, ParameterLayout layout, ReadOnlySpan<NamedBlock> blocks, ReadOnlySpan<KeyValuePair<string, string>> texts)
    {
        stream.Write(SafeTensorsHeader.Write(layout, blocks, texts));
        float[] buffer = [];
        foreach (NamedBlock block in blocks)
        {
            foreach (ParameterSpec spec in layout.Parameters)
            {
                Span<float> values = block.Floats.Span.Slice(spec.Offset, spec.Length);
                if (spec.FileLayout == FileLayout.Counter)
                    WriteCounter(stream, values[0]);
                else if (!NamedBlock.IsInMemoryOrder(block.Prefix) && spec.FileRows > 0)
                    WriteRows(stream, spec, values, ref buffer);
                else
                    Write(stream, values);
            }
        }
    }

    /// <summary>Turns as many rows at a time as stay in the cache until they are written.</summary>
    private static void WriteRows(Stream stream, ParameterSpec spec, ReadOnlySpan<float> values, ref float[] buffer)
    {
        int rows = spec.FileRows;
        int length = values.Length / rows;
        int atOnce = Math.Clamp(Strip / length, 1, rows);
        if (buffer.Length < atOnce * length)
            buffer = new float[atOnce * length];
        for (int row = 0; row < rows; row += atOnce)
        {
            int count = Math.Min(atOnce, rows - row);
            Span<float> strip = buffer.AsSpan(0, count * length);
            spec.ToFile(values, row, count, strip);
            Write(stream, strip);
        }
    }

    private static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        // In pieces: the bytes of a large tensor are more than a span can count.
        for (int start = 0; start < values.Length; start += Piece)
        {
            ReadOnlySpan<float> piece = values[start..Math.Min(start + Piece, values.Length)];
            if (!BitConverter.IsLittleEndian)
            {
                float[] turned = piece.ToArray();
                LittleEndian(turned);
                piece = turned;
            }

            stream.Write(MemoryMarshal.AsBytes(piece));
        }
    }

    /// <summary>Reads parameters from a file. On any error they keep their values.</summary>
    /// <remarks>
    /// Calls beside it are not held up: a prediction sees the old weights or the new ones, whole. They change between two training steps,
    /// once all of the file has been read and checked.
    /// </remarks>
    /// <param name="path">The file; a pipe or a device is read to its end.</param>
    /// <param name="parameters">Receive the values.</param>
    /// <param name="order">The order of features in the file.</param>
    /// <param name="allowNotFinite">Whether to take weights that are NaN or infinite.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">The file is not well-formed, does not fit the network, or has a weight that is not finite;
    /// the message names the tensor.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for the weights a second time.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for a training step.</exception>
    public static void Load(string path, NetworkParameters parameters, FileOrder order = FileOrder.Stated, bool allowNotFinite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        Load(stream, parameters, order, allowNotFinite, path);
    }

    /// <summary>Reads parameters from a stream, from where it stands to its end. On any error they keep their values.</summary>
    /// <remarks>As from a file: nothing waits for the stream but the caller.</remarks>
    /// <param name="stream">What is read.</param>
    /// <param name="parameters">Receive the values.</param>
    /// <param name="order">The order of features in the file.</param>
    /// <param name="allowNotFinite">Whether to take weights that are NaN or infinite.</param>
    /// <exception cref="NotSupportedException">The stream cannot be read.</exception>
    /// <exception cref="IOException">Reading failed; so do other exceptions of the stream come through.</exception>
    /// <exception cref="InvalidDataException">The content is not well-formed, does not fit the network, or has a weight that is not finite;
    /// the message names the tensor.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for the weights a second time.</exception>
    /// <exception cref="ObjectDisposedException">The network, or the stream, has been disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for a training step.</exception>
    public static void Load(Stream stream, NetworkParameters parameters, FileOrder order = FileOrder.Stated, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parameters);
        Load(stream, parameters, order, allowNotFinite, "The stream");
    }

    // 4 MB: large enough for the disk, far from the limits of a span.
    private const int Piece = 1 << 20;

    // 1 MB, which a core's own cache holds.
    private const int Strip = 1 << 18;

    // Of a file whose network is not known; its header has at most 100 MB.
    private const int AnyNumber = int.MaxValue / 2;

    private static void Load(Stream stream, NetworkParameters parameters, FileOrder order, bool allowNotFinite, string source)
    {
        try
        {
            AlignedFloats staged = Read(stream, parameters.Layout, order, [""])[0];
            if (!allowNotFinite && NotFiniteWeight.In(parameters.Layout, staged.Span) is { } broken)
                throw new InvalidDataException($"{broken}. Pass allowNotFinite: true to take the weights as they are.");

            parameters.Replace(staged);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{source} cannot be loaded into {parameters.Layout.NetworkName}: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>Reads several blocks as large as the weights; the file has to have them all.</summary>
    /// <exception cref="InvalidDataException">The file is not well-formed, or does not fit the network.</exception>
    internal static AlignedFloats[] Load(string path, ParameterLayout layout, ReadOnlySpan<string> prefixes)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return Read(stream, layout, FileOrder.Stated, prefixes);
    }

    /// <summary>Nothing of the network changes before the last byte is here.</summary>
    private static AlignedFloats[] Read(Stream stream, ParameterLayout layout, FileOrder order, ReadOnlySpan<string> prefixes)
    {
        long? dataLength = stream.CanSeek ? stream.Length - stream.Position : null;
        int count = layout.Parameters.Length;
        SafeTensorsMetadata metadata = new(count + SafeTensorsHeader.SparesAllowed);
        List<SafeTensor> tensors = SafeTensorsHeader.Read(stream, ref dataLength, count, metadata);
        HashSet<ParameterSpec> inMemoryOrder = metadata.InMemoryOrder(layout, order);
        Place[] found = Fit(tensors, layout, inMemoryOrder, prefixes);

        AlignedFloats[] staged = new AlignedFloats[prefixes.Length];
        for (int i = 0; i < staged.Length; i++)
            staged[i] = new(layout.TotalFloats, cleared: true, $"A copy of the weights of {layout.NetworkName}");
        float[] buffer = [];
        foreach ((SafeTensor tensor, ParameterSpec? spec, int block) in found)
        {
            if (spec is null)
            {
                Skip(stream, tensor);
                continue;
            }

            if (tensor.Type == "I64")
            {
                staged[block].Span[spec.Offset] = ReadCounter(stream, tensor);
                continue;
            }

            Span<float> memory = staged[block].Span.Slice(spec.Offset, spec.Length);
            bool isTurned = !NamedBlock.IsInMemoryOrder(prefixes[block]) && spec.FileRows > 0;
            if (isTurned && buffer.Length < spec.Length)
                buffer = new float[spec.Length];
            Span<float> values = isTurned ? buffer.AsSpan(0, spec.Length) : memory;
            for (int start = 0; start < values.Length; start += Piece)
            {
                Span<byte> bytes = MemoryMarshal.AsBytes(values[start..Math.Min(start + Piece, values.Length)]);
                if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                    throw new InvalidDataException($"the file ends inside the values of '{tensor.Name}'.");
            }

            LittleEndian(values);
            if (isTurned)
                spec.FromFile(values, memory, inMemoryOrder.Contains(spec));
        }

        return stream.ReadByte() < 0 ? staged : throw new InvalidDataException("the file goes on after the last tensor.");
    }

    private static void WriteCounter(Stream stream, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        // What is not finite has no integer; it is written only where that is allowed, and as 0.
        BinaryPrimitives.WriteInt64LittleEndian(bytes, float.IsFinite(value) ? (long)value : 0);
        stream.Write(bytes);
    }

    private static float ReadCounter(Stream stream, in SafeTensor tensor)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
            : throw new InvalidDataException($"the file ends inside the values of '{SafeTensorsHeader.Printable(tensor.Name)}'.");
    }

    /// <summary>A tensor of a checkpoint that is not asked for.</summary>
    private static void Skip(Stream stream, in SafeTensor tensor)
    {
        byte[] bytes = new byte[Math.Min(tensor.End - tensor.Begin, sizeof(float) * Piece)];
        for (long left = tensor.End - tensor.Begin; left > 0;)
        {
            int got = stream.Read(bytes, 0, (int)Math.Min(left, bytes.Length));
            if (got == 0)
                throw new InvalidDataException($"the file ends inside the values of '{SafeTensorsHeader.Printable(tensor.Name)}'.");
            left -= got;
        }
    }

    /// <summary>Where a tensor of the file goes.</summary>
    /// <param name="Tensor">The tensor.</param>
    /// <param name="Spec">Whose values it has; null: nobody wants it.</param>
    /// <param name="Block">Which of the blocks that are asked for.</param>
    private readonly record struct Place(SafeTensor Tensor, ParameterSpec? Spec, int Block);

    /// <summary>Checks that the tensors are the network's, and says in the order of the file where each goes.</summary>
    private static Place[] Fit(List<SafeTensor> tensors, ParameterLayout layout, HashSet<ParameterSpec> inMemoryOrder, ReadOnlySpan<string> prefixes)
    {
        Dictionary<string, (ParameterSpec Spec, int Block)> wanted = new(StringComparer.Ordinal);
        for (int block = 0; block < prefixes.Length; block++)
        {
            foreach (ParameterSpec spec in layout.Parameters)
                wanted.Add(prefixes[block] + spec.Name, (spec, block));
        }

        List<string> unknown = [];
        List<Place> places = [];
        foreach (SafeTensor tensor in tensors)
        {
            if (!wanted.Remove(tensor.Name, out (ParameterSpec Spec, int Block) place))
            {
                // Weights can be had from a checkpoint without the rest of it.
                if (tensor.Name.StartsWith(CheckpointFile.Prefix, StringComparison.Ordinal))
                    places.Add(new(tensor, null, 0));
                else
                    unknown.Add(tensor.Name);
                continue;
            }

            ParameterSpec spec = place.Spec;
            // Programs that have no integers write a counter as they write everything else.
            if (tensor.Type != "F32" && tensor.Type != spec.FileType)
            {
                throw new InvalidDataException(
                    $"'{tensor.Name}' is of type {SafeTensorsHeader.Printable(tensor.Type)}; only {(spec.FileType == "F32" ? "" : spec.FileType + " and ")}F32 can be read.");
            }

            long needed = (tensor.Type == "F32" ? sizeof(float) : spec.FileValueBytes) * (long)spec.Length;
            ReadOnlySpan<int> shape = NamedBlock.IsInMemoryOrder(prefixes[place.Block]) ? spec.Shape : spec.FileShapeOf(inMemoryOrder.Contains(spec));
            if (!SameShape(tensor.Shape, shape))
                throw new InvalidDataException($"'{tensor.Name}' has the shape {TensorShape.Format<long>(tensor.Shape)}; expected {TensorShape.Format(shape)}.");
            if (tensor.End - tensor.Begin != needed)
                throw new InvalidDataException(Invariant($"'{tensor.Name}' has {tensor.End - tensor.Begin} bytes; its shape {TensorShape.Format<long>(tensor.Shape)} needs {needed}."));
            places.Add(new(tensor, spec, place.Block));
        }

        if (wanted.Count > 0)
        {
            // In the network's order, not the dictionary's.
            List<string> missing = [];
            foreach (string prefix in prefixes)
            {
                foreach (ParameterSpec spec in layout.Parameters)
                {
                    if (wanted.ContainsKey(prefix + spec.Name))
                        missing.Add(prefix + spec.Name);
                }
            }

            throw new InvalidDataException($"{List(missing)} missing in the file{(unknown.Count > 0 ? $", which has {List(unknown)} that the network does not know" : "")}.");
        }

        return unknown.Count == 0
            ? [.. places]
            : throw new InvalidDataException($"the file has {List(unknown)} that the network does not know.");
    }

    private static AlignedFloats Snapshot(NetworkParameters parameters, bool allowNotFinite)
    {
        AlignedFloats weights = parameters.Snapshot();
        if (!allowNotFinite && NotFiniteWeight.In(parameters.Layout, weights.Span) is { } broken)
        {
            throw new InvalidOperationException(
                $"The weights of {parameters.Layout.NetworkName} are not saved: {broken}. Load an earlier file, or pass allowNotFinite: true to save them as they are.");
        }

        return weights;
    }

    private static string List(List<string> names)
    {
        const int Most = 5;
        List<string> shown = [];
        foreach (string name in names[..Math.Min(Most, names.Count)])
            shown.Add($"'{SafeTensorsHeader.Printable(name)}'");
        return string.Join(", ", shown) + (names.Count > Most ? Invariant($" and {names.Count - Most} more") : "");
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
