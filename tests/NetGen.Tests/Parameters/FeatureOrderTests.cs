using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>Files have PyTorch's order of features, memory has NetGen's, and each file says what it has.</summary>
public sealed class FeatureOrderTests
{
    // Memory: two pixels of three channels between one plain feature and two; in the file: one, three channels of two pixels, two.
    private static readonly FeatureBlock[] Blocks = [new(1, 1), new(2, 3), new(1, 2)];

    private static readonly int[] MemoryOfFile = [0, 1, 4, 2, 5, 3, 6, 7, 8];

    [Fact]
    public void Inputs_and_outputs_of_a_dense_layer_move()
    {
        ParameterSpec spec = new("d.weight", [9, 6], 0, Initializer.Zeros, FileLayout.Linear, Blocks, [new(3, 2)]);
        Assert.Equal([6, 9], spec.FileShape.ToArray());
        float[] memory = Counted(54);
        float[] file = new float[54];
        spec.ToFile(memory, file);
        // Memory [pixel 3, channel 2], file [channel, pixel].
        int[] outputs = [0, 2, 4, 1, 3, 5];
        for (int o = 0; o < 6; o++)
        {
            for (int i = 0; i < 9; i++)
                Assert.Equal(memory[MemoryOfFile[i] * 6 + outputs[o]], file[o * 9 + i]);
        }

        Assert.Equal(memory, Back(spec, file, memoryOrder: false));
        // An old file has the axes turned, and nothing else.
        Assert.Equal(file[9], Back(spec, file, memoryOrder: true)[1]);
    }

    /// <summary>Sizes beyond a register, a cache line and a strip, and such that end in the middle of them.</summary>
    [Theory]
    [InlineData(64, 128)]
    [InlineData(33, 47)]
    [InlineData(300, 5)]
    [InlineData(1, 40)]
    public void Large_matrices_are_turned(int inputs, int outputs)
    {
        ParameterSpec spec = new("d.weight", [inputs, outputs], 0, Initializer.Zeros, FileLayout.Linear);
        float[] memory = Counted(inputs * outputs), file = new float[memory.Length];
        spec.ToFile(memory, file);
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
                Assert.Equal(memory[i * outputs + o], file[o * inputs + i]);
        }

        Assert.Equal(memory, Back(spec, file, memoryOrder: false));
        // And some rows alone, and no number beside them.
        int rows = Math.Min(3, outputs);
        float[] some = [.. Enumerable.Repeat(-1f, (rows + 1) * inputs)];
        spec.ToFile(memory, outputs - rows, rows, some);
        Assert.Equal(file[^(rows * inputs)..], some[..^inputs]);
        Assert.All(some[^inputs..], value => Assert.Equal(-1f, value));
    }

    /// <summary>More than is written at a time, and enough for the disk to begin early.</summary>
    [Theory]
    [InlineData(2500, 2100, FileLayout.Linear)]
    [InlineData(1 << 19, 3, FileLayout.Linear)]
    [InlineData(2100, 2500, FileLayout.AsIs)]
    public void A_large_parameter_is_the_same_in_and_out(int inputs, int outputs, FileLayout layout)
    {
        string path = Path.GetTempFileName();
        try
        {
            float[] weights = new float[(inputs * outputs + 15) / 16 * 16];
            for (int i = 0; i < inputs * outputs; i++)
                weights[i] = i * 0.5f;
            ParameterLayout all = new([new("w", [inputs, outputs], 0, Initializer.Zeros, layout)], weights.Length, "Large");
            SafeTensors.Save(path, new NetworkParameters(all, weights));
            float[] loaded = new float[weights.Length];
            SafeTensors.Load(path, new NetworkParameters(all, loaded));
            Assert.Equal(weights, loaded);
            using FileStream stream = File.OpenRead(path);
            stream.Position = stream.Length - 4L * inputs * outputs + 4;
            byte[] second = new byte[4];
            stream.ReadExactly(second);
            Assert.Equal(weights[layout == FileLayout.AsIs ? 1 : outputs], BitConverter.ToSingle(second));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_vector_moves()
    {
        ParameterSpec spec = new("d.bias", [9], 0, Initializer.Zeros, outputs: Blocks);
        float[] file = new float[9];
        spec.ToFile(Counted(9), file);
        Assert.Equal(MemoryOfFile.Select(i => (float)i), file);
        Assert.Equal(Counted(9), Back(spec, file, memoryOrder: false));
        Assert.Equal(file, Back(spec, file, memoryOrder: true));
    }

    [Fact]
    public void A_bare_parameter_has_its_channels_first()
    {
        ParameterSpec spec = new("p", [2, 2, 3], 0, Initializer.Zeros, FileLayout.ChannelsFirst);
        Assert.Equal([3, 2, 2], spec.FileShape.ToArray());
        Assert.Equal([2, 2, 3], spec.FileShapeOf(memoryOrder: true).ToArray());
        float[] file = new float[12];
        spec.ToFile(Counted(12), file);
        Assert.Equal([0f, 3f, 6f, 9f, 1f, 4f, 7f, 10f, 2f, 5f, 8f, 11f], file);
        Assert.Equal(Counted(12), Back(spec, file, memoryOrder: false));
    }

    [Fact]
    public void Blocks_must_fit()
    {
        Assert.Contains("has 9 inputs; the blocks have 6", Refused([9, 6], FileLayout.Linear, [new(2, 3)], null), StringComparison.Ordinal);
        Assert.Contains("has 6 outputs; the blocks have 9", Refused([9, 6], FileLayout.Linear, null, Blocks), StringComparison.Ordinal);
        FeatureBlock[] none = [new(0, 3), new(3, 3)];
        Assert.Contains("at least one position", Refused([9, 6], FileLayout.Linear, none, null), StringComparison.Ordinal);
        Assert.Contains("no axis of inputs", Refused([9], FileLayout.AsIs, Blocks, null), StringComparison.Ordinal);
        Assert.Contains("no axis of outputs", Refused([3, 3], FileLayout.AsIs, null, Blocks), StringComparison.Ordinal);
        Assert.Contains("no axis of outputs", Refused([3, 3], FileLayout.ChannelsFirst, null, Blocks), StringComparison.Ordinal);
        Assert.Contains("needs at least 2 dimensions", Refused([9], FileLayout.ChannelsFirst, null, null), StringComparison.Ordinal);

        static string Refused(int[] shape, FileLayout layout, FeatureBlock[]? inputs, FeatureBlock[]? outputs) =>
            Assert.Throws<ArgumentException>(() => new ParameterSpec("w", shape, 0, Initializer.Zeros, layout, inputs, outputs)).Message;
    }

    [Fact]
    public void A_file_comes_back_and_says_its_order()
    {
        byte[] file = Saved(Layout(), Counted(128));
        Assert.Equal(
            """{"format":"pt","network":"Net","features":"channels first","features.odd":"as in memory"}""", Metadata(file));
        Assert.Equal(Values(Counted(128)), Loaded(file));
    }

    [Fact]
    public void An_old_file_is_known_by_what_it_does_not_say()
    {
        byte[] old = OldFile(Counted(128), """{"format":"pt","network":"Net"}""");
        Assert.Equal(Values(Counted(128)), Loaded(old));
        Assert.Equal(Values(Counted(128)), Loaded(old, FileOrder.Memory));
        byte[] misread = OldFile(Counted(128), """{"format":"pt","network":"Net"}""", turnP: true);
        Assert.NotEqual(Values(Counted(128)), Loaded(misread, FileOrder.PyTorch));
        // The same bytes without metadata, as a program leaves them that reads and writes them: only the caller can know.
        byte[] rewritten = OldFile(Counted(128), null);
        Assert.Equal(Values(Counted(128)), Loaded(rewritten, FileOrder.Memory));
    }

    [Fact]
    public void A_foreign_file_has_PyTorchs_order_and_where_that_is_unknown_the_caller_must_say_it()
    {
        byte[] foreign = Replaced(Saved(Layout(), Counted(128)), """{"format":"pt"}""");
        string message = Assert.Throws<InvalidDataException>(() => Loaded(foreign)).Message;
        Assert.Contains("how PyTorch orders the features of 'odd' is not known", message, StringComparison.Ordinal);
        Assert.Contains("Load(…, FileOrder.PyTorch)", message, StringComparison.Ordinal);
        Assert.Equal(Values(Counted(128)), Loaded(foreign, FileOrder.PyTorch));

        ParameterLayout known = new([.. Layout().Parameters[..3]], 128, "Net");
        foreach (string? metadata in new[] { """{"format":"pt"}""", """{"network":"Net"}""", null })
            Assert.Equal(Values(Counted(128))[..^4], Loaded(Replaced(Saved(known, Counted(128)), metadata), layout: known));
    }

    /// <summary>What the file says counts, also where another version of the class knows more or less.</summary>
    [Fact]
    public void The_file_knows_what_it_has()
    {
        ParameterSpec odd = new("odd", [4], 112, Initializer.Zeros, outputs: [new(2, 2)]);
        ParameterLayout knowing = new([.. Layout().Parameters[..3], odd], 128, "Net");
        Assert.Equal(Values(Counted(128)), Loaded(Saved(Layout(), Counted(128)), layout: knowing));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Loaded(Saved(knowing, Counted(128))));
        Assert.Contains("'odd' is not known", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_is_not_known_yet_is_refused()
    {
        byte[] file = Replaced(Saved(Layout(), Counted(128)), """{"format":"pt","network":"Net","features":"sideways"}""");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Loaded(file));
        Assert.Contains("states its order of features as 'sideways'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Loaded(Saved(Layout(), Counted(128)), (FileOrder)7));
    }

    private static ParameterLayout Layout() => new(
        [
            new("d.weight", [9, 6], 0, Initializer.Zeros, FileLayout.Linear, Blocks, [new(3, 2)]),
            new("d.bias", [6], 64, Initializer.Zeros, outputs: [new(3, 2)]),
            new("p", [2, 2, 3], 96, Initializer.Zeros, FileLayout.ChannelsFirst),
            new("odd", [4], 112, Initializer.Zeros, isOrderKnown: false),
        ], 128, "Net");

    private static float[] Counted(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];

    private static float[] Values(float[] weights) =>
        [.. new NetworkParameters(Layout(), weights).SelectMany(p => p.Values.ToArray())];

    private static float[] Back(ParameterSpec spec, float[] file, bool memoryOrder)
    {
        float[] memory = new float[file.Length];
        spec.FromFile(file, memory, memoryOrder);
        return memory;
    }

    private static byte[] Saved(ParameterLayout layout, float[] weights)
    {
        using MemoryStream stream = new();
        SafeTensors.Save(stream, new NetworkParameters(layout, weights));
        return stream.ToArray();
    }

    private static float[] Loaded(byte[] file, FileOrder order = FileOrder.Stated, ParameterLayout? layout = null)
    {
        NetworkParameters parameters = new(layout ?? Layout(), new float[128]);
        SafeTensors.Load(new MemoryStream(file), parameters, order);
        return [.. parameters.SelectMany(p => p.Values.ToArray())];
    }

    private static string Metadata(byte[] file)
    {
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
        return header.RootElement.GetProperty("__metadata__").GetRawText();
    }

    private static byte[] Replaced(byte[] file, string? metadata)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, length);
        string other = metadata is null ? "" : $"\"__metadata__\":{metadata},";
        return WithHeader(header.Replace($"\"__metadata__\":{Metadata(file)},", other, StringComparison.Ordinal), file.AsSpan(8 + length));
    }

    /// <summary>A file as NetGen wrote it before it knew PyTorch's order of features: only the axes of layers are turned.</summary>
    private static byte[] OldFile(float[] weights, string? metadata, bool turnP = false)
    {
        List<float> values = [];
        for (int o = 0; o < 6; o++)
        {
            for (int i = 0; i < 9; i++)
                values.Add(weights[i * 6 + o]);
        }

        values.AddRange(weights[64..70]);
        values.AddRange(weights[96..108]);
        values.AddRange(weights[112..116]);
        string header =
            $$"""
            {{{(metadata is null ? "" : $"\"__metadata__\":{metadata},")}}"d.weight":{"dtype":"F32","shape":[6,9],"data_offsets":[0,216]},
            "d.bias":{"dtype":"F32","shape":[6],"data_offsets":[216,240]},
            "p":{"dtype":"F32","shape":{{(turnP ? "[3,2,2]" : "[2,2,3]")}},"data_offsets":[240,288]},
            "odd":{"dtype":"F32","shape":[4],"data_offsets":[288,304]} }
            """;
        return WithHeader(header, MemoryMarshal.AsBytes(values.ToArray().AsSpan()));
    }

    private static byte[] WithHeader(string header, ReadOnlySpan<byte> values)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        return [.. length, .. bytes, .. values];
    }
}
