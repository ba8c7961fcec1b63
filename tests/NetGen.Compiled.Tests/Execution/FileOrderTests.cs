using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Files of networks whose memory has another order of features than PyTorch: what is loaded predicts the same.</summary>
public sealed class FileOrderTests
{
    private static readonly NetworkSource[] Sources =
    [
        new("Image", Class(
            """
            private readonly Layer layers = Sequential(Conv2D(3, 3), Relu, Flatten, Dense(4));
            public Tensor Forward([Shape(6, 6, 2)] Tensor image) => layers(image);
            """)),
        new("Decoder", Class(
            """
            private readonly Layer layers = Sequential(Dense(32), Relu, Reshape(4, 4, 2), Conv2D(3, 3));
            public Tensor Forward([Shape(5)] Tensor x) => layers(x);
            """)),
        new("Bare", Class(
            """
            private readonly Parameter p = Parameter([4, 4, 2], Init.Normal(1)), s = Parameter([1, 1, 2], Init.Normal(1));
            private readonly Parameter q = Parameter([32], Init.Normal(1));
            private readonly Layer head = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor image, [Shape(6)] Tensor plain) =>
                head(Concat(plain, Flatten(image * p + s) + q));
            """)),
        new("Rows", Class(
            """
            private readonly Layer patches = Sequential(Conv2D(4, 2, stride: 2), Reshape(9, 4));
            private readonly Parameter token = Parameter(1, 4, Init.Normal(1)), positions = Parameter(10, 4, Init.Normal(1));
            private readonly Layer rows = Sequential(Gru(4), Conv1D(3, 2), Flatten, Dense(3));
            public Tensor Forward([Shape(6, 6, 3)] Tensor image) => rows(Concat(0, token, patches(image)) + positions);
            """)),
        new("Unknown", Class(
            """
            private readonly Layer head = Dense(3), other = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor image, [Shape(32)] Tensor plain) =>
                head(Flatten(image) + plain) + other(Flatten(image));
            """)),
    ];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(Sources));

    public static TheoryData<string> Names => [.. Sources.Select(s => s.Case)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_predicts_the_same(string name)
    {
        using var saved = Networks.Value[name].Create(seed: 1);
        using var loaded = Networks.Value[name].Create(seed: 2);
        var file = Path.GetTempFileName();
        try
        {
            saved.Network.Save(file);
            loaded.Network.Load(file);
            Assert.Equal(Predict(name, saved), Predict(name, loaded));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// As they were written before files had PyTorch's order: recognized, and, once another program has taken their metadata away, stated.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_an_older_version_saved_predicts_the_same(string name)
    {
        using var saved = Networks.Value[name].Create(seed: 1);
        foreach (var metadata in new[] { true, false })
        {
            using var loaded = Networks.Value[name].Create(seed: 2);
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(file, OldFile(saved.Network, metadata));
                loaded.Network.Load(file, metadata ? FileOrder.Stated : FileOrder.Memory);
                Assert.Equal(Predict(name, saved), Predict(name, loaded));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The same prediction from the numbers of the file, by loops over channels first as PyTorch's documentation says them.</summary>
    [Fact]
    public void A_file_is_computed_with_as_PyTorch_does()
    {
        using var network = Networks.Value["Image"].Create(seed: 1);
        var image = (float[])Networks.Value["Image"].Inputs("Forward", 1, 3)[0];
        var result = new float[4];
        network.Predict("Forward", [image], result);

        using var stream = new MemoryStream();
        SafeTensors.Save(stream, network.Network.Parameters);
        var file = Read(stream.ToArray());
        var (kernel, bias, weight, last) = (file["layers.0.weight"], file["layers.0.bias"], file["layers.3.weight"], file["layers.3.bias"]);
        var flat = new double[48];
        for (var o = 0; o < 3; o++)
        {
            for (var y = 0; y < 4; y++)
            {
                for (var x = 0; x < 4; x++)
                {
                    double sum = bias[o];
                    for (var i = 0; i < 18; i++)
                    {
                        var pixel = ((y + (i / 3 % 3)) * 6) + x + (i % 3);
                        sum += kernel[(o * 18) + i] * image[(pixel * 2) + (i / 9)];
                    }
                    flat[(((o * 4) + y) * 4) + x] = Math.Max(sum, 0);
                }
            }
        }
        for (var j = 0; j < 4; j++)
            Assert.Equal(last[j] + Enumerable.Range(0, 48).Sum(i => weight[(j * 48) + i] * flat[i]), result[j], 1e-5);
    }

    [Fact]
    public void Where_the_order_is_unknown_a_file_of_another_program_needs_a_word_of_the_caller()
    {
        using var network = Networks.Value["Unknown"].Create(seed: 1);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, OldFile(network.Network, metadata: false));
            var refused = Assert.Throws<InvalidDataException>(() => network.Network.Load(file));
            Assert.Contains("'head.weight' is not known", refused.Message, StringComparison.Ordinal);
            network.Network.Load(file, FileOrder.PyTorch);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Class(string members) => $"[Network]\npublic sealed partial class Net\n{{\n{members}\n}}\n";

    private static float[] Predict(string name, ICompiledNetwork network)
    {
        var compiled = Networks.Value[name];
        var result = new float[3 * compiled.Model.Methods[0].Graph[compiled.Model.Methods[0].Graph.Output("result")].Type.Count];
        network.Predict("Forward", compiled.Inputs("Forward", 3, 7), result);
        return result;
    }

    /// <summary>Memory with the axes of layers turned and nothing else; no word about the order of features.</summary>
    private static byte[] OldFile(INetwork network, bool metadata)
    {
        var values = new List<float>();
        var entries = new List<string>();
        foreach (var parameter in network.Parameters)
        {
            var (dims, memory) = (parameter.Shape.ToArray(), parameter.Values.ToArray());
            var isLayer = parameter.Name.Contains(".weight", StringComparison.Ordinal);
            var (inputs, outputs) = isLayer ? (dims[^2], dims[^1]) : (1, 1);
            var leading = memory.Length / inputs / outputs;
            var begin = values.Count * 4;
            values.AddRange(Enumerable.Range(0, memory.Length).Select(at =>
                isLayer ? memory[(((at % leading) * inputs) + (at / leading % inputs)) * outputs + (at / leading / inputs)] : memory[at]));
            int[] shape = isLayer ? [outputs, inputs, .. dims[..^2]] : dims;
            entries.Add($$"""
                "{{parameter.Name}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{values.Count * 4}}]}
                """);
        }
        if (metadata)
            entries.Insert(0, $$"""
                "__metadata__":{"format":"pt","network":"{{network.Name}}"}
                """);
        var header = Encoding.UTF8.GetBytes("{" + string.Join(",", entries) + "}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. MemoryMarshal.AsBytes(values.ToArray().AsSpan())];
    }

    private static Dictionary<string, float[]> Read(byte[] file)
    {
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").ToDictionary(p => p.Name, p =>
        {
            var offsets = p.Value.GetProperty("data_offsets");
            return MemoryMarshal.Cast<byte, float>(file.AsSpan(start)[offsets[0].GetInt32()..offsets[1].GetInt32()]).ToArray();
        });
    }
}
