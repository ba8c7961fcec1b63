using Onnx;

namespace NetGen.Onnx;

/// <summary>A named constant of an operation, such as the strides of a convolution.</summary>
public readonly record struct OnnxAttribute
{
    private readonly AttributeProto message;

    private OnnxAttribute(AttributeProto message) => this.message = message;

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Int(string name, long value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute Ints(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto message = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
            message.Ints.Add(value);
        return new(message);
    }

    /// <summary>A number.</summary>
    public static OnnxAttribute Float(string name, float value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value });

    internal AttributeProto Message => message ?? throw new ArgumentException("The attribute has no name and no value; make it with one of the functions of OnnxAttribute.");
}
