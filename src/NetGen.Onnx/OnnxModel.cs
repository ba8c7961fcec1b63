using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static System.FormattableString;

namespace NetGen.Onnx;

/// <summary>
/// Writes a network as an ONNX file: inputs, weights, operations in the order in which they run, outputs. Values are known by their names; what an
/// operation makes gets a name of its own. The operators are those of <see href="https://onnx.ai/onnx/operators/"/>, version <see cref="OperatorSet"/>.
/// </summary>
public sealed class OnnxModel
{
    /// <summary>The version of the operators.</summary>
    public const int OperatorSet = 17;

    /// <summary>The name of the first dimension of inputs and outputs, which each run decides.</summary>
    public const string Batch = "batch";

    private readonly GraphProto graph;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Starts an empty model.</summary>
    /// <param name="name">Of the network.</param>
    public OnnxModel(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        graph = new GraphProto { Name = name };
    }

    /// <summary>An input of floats with one more dimension in front, the <see cref="Batch"/>; gives its name.</summary>
    /// <param name="name">A new one.</param>
    /// <param name="sample">The dimensions of one sample.</param>
    /// <exception cref="ArgumentException">There is a value of this name.</exception>
    public string AddInput(string name, params ReadOnlySpan<int> sample)
    {
        graph.Input.Add(Describe(Declare(name), sample));
        return name;
    }

    /// <summary>A constant, written as it is; gives its name.</summary>
    /// <param name="name">A new one.</param>
    /// <param name="values">As many as the dimensions say, the last dimension innermost.</param>
    /// <param name="shape">The dimensions.</param>
    /// <exception cref="ArgumentException">There is a value of this name, or the number of values is another.</exception>
    public string AddWeight(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        long length = 1;
        TensorProto weight = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        foreach (int size in shape)
        {
            length *= size;
            weight.Dims.Add(size);
        }

        if (length != values.Length)
        {
            string dimensions = string.Join(", ", weight.Dims.Select(size => Invariant($"{size}")));
            throw new ArgumentException(
                Invariant($"'{name}' has {values.Length} values; its shape [{dimensions}] needs {length}."), nameof(values));
        }

        Declare(name);
        weight.RawData = LittleEndian(values);
        graph.Initializer.Add(weight);
        return name;
    }

    /// <summary>An operation with one result; gives the result's name.</summary>
    /// <param name="operation">An operator of ONNX: <c>Gemm</c>, <c>Relu</c>.</param>
    /// <param name="inputs">Names of values, in the operator's order.</param>
    /// <param name="attributes">The operator's constants.</param>
    /// <exception cref="ArgumentException">There is no value of an input's name.</exception>
    public string AddNode(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        NodeProto node = new() { OpType = operation };
        foreach (string input in inputs)
            node.Input.Add(Known(input));
        foreach (OnnxAttribute attribute in attributes)
            node.Attribute.Add(attribute.Message);

        string result;
        int number = graph.Node.Count;
        do
            result = string.Create(CultureInfo.InvariantCulture, $"{operation.ToLowerInvariant()}_{number++}");
        while (names.Contains(result));
        node.Name = result;
        node.Output.Add(Declare(result));
        graph.Node.Add(node);
        return result;
    }

    /// <summary>States that a value is a result of the network.</summary>
    /// <param name="name">Of the value.</param>
    /// <param name="sample">The dimensions of one sample.</param>
    /// <exception cref="ArgumentException">There is no value of this name.</exception>
    public void AddOutput(string name, params ReadOnlySpan<int> sample) => graph.Output.Add(Describe(Known(name), sample));

    /// <summary>Writes the file.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ToMessage().WriteTo(stream);
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToArray() => ToMessage().ToByteArray();

    private ModelProto ToMessage() => new()
    {
        IrVersion = (long)global::Onnx.Version.IrVersion,
        ProducerName = "NetGen",
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
        Graph = graph,
    };

    private string Declare(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return names.Add(name) ? name : throw new ArgumentException($"There is a value '{name}' already.", nameof(name));
    }

    private string Known(string name) => names.Contains(name) ? name : throw new ArgumentException($"There is no value '{name}'.", nameof(name));

    private static ValueInfoProto Describe(string name, ReadOnlySpan<int> sample)
    {
        TensorShapeProto shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        foreach (int size in sample)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        TypeProto.Types.Tensor tensor = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static ByteString LittleEndian(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
            return ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return ByteString.CopyFrom(bytes);
    }
}
