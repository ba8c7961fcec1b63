using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Writes the numbers of each epoch for TensorBoard: <c>tensorboard --logdir runs</c> shows the folders below as runs.</summary>
/// <remarks>
/// Each training has a file of its own in the folder. The step of a number is its epoch. A training that goes on from a checkpoint says so
/// in its file, and TensorBoard leaves out what the interrupted one wrote after it.
/// <para>Beside the numbers it writes what it is asked for: <see cref="Histograms"/>, <see cref="Texts"/>, <see cref="Images"/>.</para>
/// </remarks>
/// <param name="folder">The folder of the run; it is made if it is not there.</param>
public sealed class TensorBoardLog(string folder) : EpochLog(folder)
{
    private const int Buckets = 30;

    /// <summary>After how many epochs the distribution of each parameter's weights is written; 0: never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int Histograms
    {
        get;
        init
        {
            OutOfRange.ThrowIfLess(value, 0);
            field = value;
        }
    }

    /// <summary>
    /// After how many epochs the distribution of each parameter's last gradient is written, as <c>gradients/NAME</c>; 0: never. The
    /// optimizer has to store them (<c>new Adam(1e-3f).StoreGradients()</c>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int GradientHistograms
    {
        get;
        init
        {
            OutOfRange.ThrowIfLess(value, 0);
            field = value;
        }
    }

    /// <summary>
    /// The network's <c>Plan</c>, of which TensorBoard draws the graph: inputs, weights, and the kernels of <c>Forward</c> with what each
    /// computes. Null: there is none.
    /// </summary>
    /// <remarks><code>new TensorBoardLog("runs/churn") { Plan = Churn.Plan }</code></remarks>
    /// <exception cref="ArgumentException">The text is no plan.</exception>
    public string? Plan
    {
        get;
        init
        {
            if (value is not null)
                PlanGraph.Check(value);
            field = value;
        }
    }

    /// <summary>Texts of an epoch, by their names: settings, what a model of language writes. Null: there are none.</summary>
    public Func<FitContext, IEnumerable<(string Name, string Text)>>? Texts { get; init; }

    /// <summary>Images of an epoch, by their names: what a network draws. Null: there are none.</summary>
    public Func<FitContext, IEnumerable<(string Name, LoggedImage Image)>>? Images { get; init; }

    private protected override string PathOf(string given)
    {
        Directory.CreateDirectory(given);
        long time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (int number = 0; ; number++)
        {
            // TensorBoard knows its files by the middle of their names, and reads them in their order.
            string path = Path.Combine(given, Invariant($"events.out.tfevents.{time:D10}.netgen.{Environment.ProcessId}.{number}"));
            if (!File.Exists(path))
                return path;
        }
    }

    private protected override void Begin(Stream stream, FitContext fit)
    {
        WriteEvent(stream, 0, [.. Bytes(3, "brain.Event:2"u8)]);
        if (GradientHistograms > 0)
            fit.CheckGradients();
        if (Plan is not null)
            WriteEvent(stream, 0, [.. Bytes(4, Graph(PlanGraph.Of(Plan, [.. fit.Network.Parameters.Select(parameter => parameter.Name)])))]);
        // SessionLog { status: START }: what was written for this epoch and later ones is of the interrupted training.
        if (fit.Epochs.Count > 0)
            WriteEvent(stream, fit.Epochs.Count + 1, [.. Bytes(7, [.. Varint(1 << 3), .. Varint(1)])]);
    }

    private protected override void Write(Stream stream, EpochResult result, FitContext? fit)
    {
        List<byte> summary = [];
        foreach ((string name, double value) in EpochNumbers.Of(result, fit))
        {
            if (EpochNumbers.IsNoRate(name, value))
                continue;
            byte[] number = new byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
            // Summary { value { tag, simple_value } }.
            summary.AddRange(Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(name)), .. Varint((2 << 3) | 5), .. number]));
        }

        WriteEvent(stream, result.Epoch, [.. Bytes(5, [.. summary])]);
    }

    private protected override void WriteMore(Stream stream, FitContext fit)
    {
        List<byte> summary = [];
        if (Histograms > 0 && fit.Epoch % Histograms == 0)
        {
            foreach (NetworkParameter parameter in fit.Network.Parameters)
                Add(parameter.Name, Bytes(5, Histogram(parameter.Values)));
        }

        if (GradientHistograms > 0 && fit.Epoch % GradientHistograms == 0)
        {
            foreach (NetworkParameter parameter in fit.Network.Parameters)
            {
                if (fit.GradientBy(parameter) is { IsEmpty: false } gradient)
                    Add("gradients/" + parameter.Name, Bytes(5, Histogram(gradient)));
            }
        }

        foreach ((string name, string text) in Texts?.Invoke(fit) ?? [])
        {
            ArgumentNullException.ThrowIfNull(text, nameof(Texts));
            // Value { metadata { plugin_data { plugin_name } }, tensor { dtype: DT_STRING, tensor_shape { dim { size: 1 } }, string_val }
            // }.
            byte[] metadata = [.. Bytes(1, [.. Bytes(1, "text"u8)])];
            byte[] shape = [.. Bytes(2, [.. Varint(1 << 3), .. Varint(1)])];
            byte[] tensor = [.. Varint(1 << 3), .. Varint(7), .. Bytes(2, shape), .. Bytes(8, Encoding.UTF8.GetBytes(text))];
            Add(name, [.. Bytes(8, tensor), .. Bytes(9, metadata)]);
        }

        foreach ((string name, LoggedImage image) in Images?.Invoke(fit) ?? [])
        {
            ArgumentNullException.ThrowIfNull(image, nameof(Images));
            // Image { height, width, colorspace, encoded_image_string }.
            byte[] what =
            [
                .. Varint(1 << 3), .. Varint((ulong)image.Height), .. Varint(2 << 3), .. Varint((ulong)image.Width), .. Varint(3 << 3),
                .. Varint((ulong)image.Channels), .. Bytes(4, image.Png()),
            ];
            Add(name, Bytes(4, what));
        }

        if (summary.Count > 0)
            WriteEvent(stream, fit.Epoch, [.. Bytes(5, [.. summary])]);

        void Add(string name, IEnumerable<byte> value)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            summary.AddRange(Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(name)), .. value]));
        }
    }

    /// <summary>GraphDef { node { name, op, input, attr { key, value { s } } }, versions { producer } }.</summary>
    private static byte[] Graph(IReadOnlyList<PlanGraph.Node> nodes)
    {
        List<byte> bytes = [];
        foreach (PlanGraph.Node node in nodes)
        {
            List<byte> one = [.. Bytes(1, Encoding.UTF8.GetBytes(node.Name)), .. Bytes(2, Encoding.UTF8.GetBytes(node.Operation))];
            foreach (string input in node.Inputs)
                one.AddRange(Bytes(3, Encoding.UTF8.GetBytes(input)));
            foreach ((string key, string text) in node.Attributes)
                one.AddRange(Bytes(5, [.. Bytes(1, Encoding.UTF8.GetBytes(key)), .. Bytes(2, [.. Bytes(2, Encoding.UTF8.GetBytes(text))])]));
            bytes.AddRange(Bytes(1, [.. one]));
        }

        const ulong Producer = 22;
        return [.. bytes, .. Bytes(4, [.. Varint(1 << 3), .. Varint(Producer)])];
    }

    /// <summary>
    /// HistogramProto { min, max, num, sum, sum_squares, bucket_limit, bucket }: buckets of equal width between the least and the greatest;
    /// what is not finite is left out.
    /// </summary>
    internal static byte[] Histogram(ReadOnlySpan<float> values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0, squares = 0;
        int finite = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                continue;
            finite++;
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            (sum, squares) = (sum + value, squares + (double)value * value);
        }

        double[] counts = new double[finite > 0 && most > least ? Buckets : 1], limits = new double[counts.Length];
        double width = (most - least) / counts.Length;
        for (int i = 0; i < limits.Length; i++)
            limits[i] = i == limits.Length - 1 ? (finite > 0 ? most : 0) : least + width * (i + 1);
        foreach (float value in values)
        {
            // The limit belongs to the bucket below it.
            if (float.IsFinite(value))
                counts[counts.Length == 1 ? 0 : Math.Clamp((int)Math.Ceiling((value - least) / width) - 1, 0, counts.Length - 1)]++;
        }

        if (finite == 0)
            (least, most) = (0, 0);
        return
        [
            .. Double(1, least), .. Double(2, most), .. Double(3, finite), .. Double(4, sum), .. Double(5, squares),
                .. Bytes(6, Doubles(limits)), .. Bytes(7, Doubles(counts)),
        ];
    }

    private static byte[] Double(int field, double value) => [.. Varint(((ulong)field << 3) | 1), .. Doubles([value])];

    private static byte[] Doubles(ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[sizeof(double) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(double) * i), values[i]);
        return bytes;
    }

    /// <summary>An Event { wall_time, step, … } as a record: its length, a checksum of that, the event, a checksum of it.</summary>
    private static void WriteEvent(Stream stream, long step, byte[] what)
    {
        byte[] time = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(time, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds);
        byte[] data = [.. Varint((1 << 3) | 1), .. time, .. step == 0 ? [] : (byte[])[.. Varint(2 << 3), .. Varint((ulong)step)], .. what];
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        stream.Write(length);
        WriteChecksum(stream, length);
        stream.Write(data);
        WriteChecksum(stream, data);
    }

    /// <summary>CRC-32C, turned and moved: a checksum of data that have checksums in them would be weak.</summary>
    private static void WriteChecksum(Stream stream, ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
            crc = BitOperations.Crc32C(crc, one);
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
        stream.Write(bytes);
    }

    /// <summary>A field of bytes in Protocol Buffers' format.</summary>
    private static IEnumerable<byte> Bytes(int field, ReadOnlySpan<byte> value) =>
        [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
