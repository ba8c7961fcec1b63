using System.Buffers.Binary;
using Google.Protobuf;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>A tensor of ONNX: dimensions as in the file (the batch among them) and its numbers in double.</summary>
internal sealed record OnnxTensor(string Name, int[] Dims, double[] Values)
{
    /// <summary>What was left out.</summary>
    public static OnnxTensor None { get; } = new("", [0], []);

    public int Rank => Dims.Length;

    /// <summary>The element type in the file.</summary>
    public int Type { get; init; }

    /// <summary>Whether they are floats, or truth values, which are floats here: what NetGen computes with.</summary>
    public bool IsFloat => Type is 1 or 9 or 11;

    /// <summary>TensorProto (onnx.proto): element types that are numbers here, raw or in the typed fields.</summary>
    /// <exception cref="NotSupportedException">Its elements are of another type.</exception>
    public static OnnxTensor Read(CodedInputStream input)
    {
        var (name, type, raw) = ("", 0, ByteString.Empty);
        var (dims, values) = (new List<int>(), new List<double>());
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: input.Repeated(tag, i => dims.Add(checked((int)i.ReadInt64()))); break;
                case 2: type = input.ReadInt32(); break;
                case 4: input.Repeated(tag, i => values.Add(i.ReadFloat())); break;
                case 5: input.Repeated(tag, i => values.Add(i.ReadInt32())); break;
                case 7: input.Repeated(tag, i => values.Add(i.ReadInt64())); break;
                case 8: name = input.ReadString(); break;
                case 9: raw = input.ReadBytes(); break;
                case 10: input.Repeated(tag, i => values.Add(i.ReadDouble())); break;
                default: input.SkipLastField(); break;
            }
        }
        if (type is not (Float or Int32 or Int64 or Bool or Double))
            throw new NotSupportedException($"elements of type {Enumeration.ElementAtOrDefault(type) ?? $"{type}"}");
        return new OnnxTensor(name, [.. dims], raw.IsEmpty ? [.. values] : Raw(type, raw.Span)) { Type = type };
    }

    private const int Float = 1, Int32 = 6, Int64 = 7, Bool = 9, Double = 11;

    /// <summary>TensorProto.DataType.</summary>
    private static readonly string[] Enumeration =
    [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32", "uint64",
        "complex64", "complex128", "bfloat16",
    ];

    public string TypeName => Enumeration[Type];

    private static double[] Raw(int type, ReadOnlySpan<byte> bytes)
    {
        var size = type switch { Bool => 1, Float or Int32 => 4, _ => 8 };
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(element),
                Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                Bool => element[0],
                _ => BinaryPrimitives.ReadDoubleLittleEndian(element),
            };
        }
        return values;
    }
}

/// <summary>One operator of an ONNX graph. Inputs and outputs are names; an empty one was left out.</summary>
internal sealed record OnnxNode(string Operator, string[] Inputs, string[] Outputs, IReadOnlyDictionary<string, object> Attributes)
{
    public double Float(string name, double otherwise) => Attributes.TryGetValue(name, out var value) ? (double)value : otherwise;

    public int Int(string name, int otherwise) => Attributes.TryGetValue(name, out var value) ? checked((int)(long)value) : otherwise;

    public int[]? Ints(string name) => Attributes.TryGetValue(name, out var value) ? (int[])value : null;

    public string Text(string name, string otherwise) => Attributes.TryGetValue(name, out var value) ? (string)value : otherwise;

    /// <summary>NodeProto.</summary>
    public static OnnxNode Read(CodedInputStream input)
    {
        var op = "";
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new Dictionary<string, object>());
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: inputs.Add(input.ReadString()); break;
                case 2: outputs.Add(input.ReadString()); break;
                case 4: op = input.ReadString(); break;
                case 5:
                    var (name, value) = Attribute(input.Message());
                    attributes.Add(name, value);
                    break;
                default: input.SkipLastField(); break;
            }
        }
        return new OnnxNode(op, [.. inputs], [.. outputs], attributes);
    }

    /// <summary>AttributeProto, of the types that the operators here have.</summary>
    private static (string Name, object Value) Attribute(CodedInputStream input)
    {
        var (name, ints) = ("", new List<int>());
        object? value = null;
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: name = input.ReadString(); break;
                case 2: value = (double)input.ReadFloat(); break;
                case 3: value = input.ReadInt64(); break;
                case 4: value = input.ReadString(); break;
                case 5: value = OnnxTensor.Read(input.Message()); break;
                case 8: input.Repeated(tag, i => ints.Add(checked((int)i.ReadInt64()))); break;
                default: input.SkipLastField(); break;
            }
        }
        return (name, value ?? ints.ToArray());
    }
}

/// <summary>What an ONNX file says, as far as running it needs.</summary>
internal sealed record OnnxModel(
    int Opset, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Weights, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Whether all inputs and outputs are tensors, and not sequences or values that may be missing.</summary>
    public bool IsOfTensors { get; init; } = true;

    /// <summary>ModelProto with its GraphProto.</summary>
    public static OnnxModel Read(string path)
    {
        var (opset, isOfTensors) = (0, true);
        var (nodes, weights, inputs, outputs) = (new List<OnnxNode>(), new List<OnnxTensor>(), new List<string>(), new List<string>());
        var input = new CodedInputStream(File.ReadAllBytes(path));
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 7: Graph(input.Message()); break;
                case 8: opset = Math.Max(opset, Version(input.Message())); break;
                default: input.SkipLastField(); break;
            }
        }
        return new OnnxModel(opset, nodes, weights, [.. inputs.Except(weights.Select(w => w.Name))], outputs) { IsOfTensors = isOfTensors };

        string Name(CodedInputStream value)
        {
            var (name, isTensor) = Value(value);
            isOfTensors &= isTensor;
            return name;
        }

        void Graph(CodedInputStream graph)
        {
            while (graph.ReadTag() is var tag and not 0)
            {
                switch (tag >> 3)
                {
                    case 1: nodes.Add(OnnxNode.Read(graph.Message())); break;
                    case 5: weights.Add(OnnxTensor.Read(graph.Message())); break;
                    case 11: inputs.Add(Name(graph.Message())); break;
                    case 12: outputs.Add(Name(graph.Message())); break;
                    default: graph.SkipLastField(); break;
                }
            }
        }
    }

    private static int Version(CodedInputStream opset)
    {
        var version = 0;
        while (opset.ReadTag() is var tag and not 0)
        {
            if (tag >> 3 == 2)
                version = checked((int)opset.ReadInt64());
            else
                opset.SkipLastField();
        }
        return version;
    }

    /// <summary>ValueInfoProto: its name, and whether its TypeProto is a tensor's.</summary>
    private static (string Name, bool IsTensor) Value(CodedInputStream value)
    {
        var (name, isTensor) = ("", true);
        while (value.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: name = value.ReadString(); break;
                case 2: isTensor = value.Message().ReadTag() >> 3 is 0 or 1; break;
                default: value.SkipLastField(); break;
            }
        }
        return (name, isTensor);
    }
}

/// <summary>The two things that protobuf's wire format has beyond fields of one value.</summary>
internal static class CodedInputStreamExtensions
{
    /// <summary>A message inside of a message.</summary>
    public static CodedInputStream Message(this CodedInputStream input) => input.ReadBytes().CreateCodedInput();

    /// <summary>A repeated number: packed into one field or a field each.</summary>
    public static void Repeated(this CodedInputStream input, uint tag, Action<CodedInputStream> read)
    {
        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            read(input);
            return;
        }
        var packed = input.Message();
        while (!packed.IsAtEnd)
            read(packed);
    }
}
