using System.Globalization;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>One operator with its inputs, and how networks for it are written.</summary>
internal sealed record OnnxCall(OnnxNode Node, OnnxTensor[] Inputs, int Opset)
{
    /// <summary>An input that may have been left out.</summary>
    public OnnxTensor? Optional(int input) => Inputs.Length > input && !ReferenceEquals(Inputs[input], OnnxTensor.None) ? Inputs[input] : null;

    public bool Is(string attribute) => Node.Int(attribute, 0) != 0;

    /// <summary>The attribute of an axis, counted from the front.</summary>
    public int Axis(int otherwise, int rank) => Positive(Node.Int("axis", otherwise), rank);

    /// <summary>A function of all inputs, whose dimensions are those of one sample.</summary>
    public OnnxNetwork Whole(Func<string[], string> body) => Whole(Inputs, body);

    public static OnnxNetwork Whole(OnnxTensor[] inputs, Func<string[], string> body) =>
        Method([.. inputs.Select((input, i) => OnnxArgument.Tensor(Letter(i), input))], 1, body);

    public static OnnxNetwork Whole(OnnxTensor x, Func<string, string> body) => Whole([x], names => body(names[0]));

    /// <summary>A function of tensors, and of indices behind them, all of one sample.</summary>
    public static OnnxNetwork Whole(OnnxTensor[] inputs, OnnxTensor indices, Func<string[], string> body) =>
        Method([.. inputs.Select((input, i) => OnnxArgument.Tensor(Letter(i), input)), OnnxArgument.Indices("indices", indices)], 1, body);

    /// <summary>A function of a tensor whose first dimension is the batch.</summary>
    public static OnnxNetwork Samples(OnnxTensor x, Func<string, string> body)
    {
        var made = Method([OnnxArgument.Samples("x", x)], x.Dims[0], names => body(names[0]));
        return made with { Methods = [made.Methods[0] with { IsOfSamples = true }] };
    }

    /// <summary>A layer and its weights, by their names in it.</summary>
    public static OnnxNetwork Layer(OnnxTensor x, string layer, params (string Name, OnnxTensor? Values)[] weights) =>
        Samples(x, name => $"layer({name})").With(layer, weights);

    public static OnnxNetwork Method(IReadOnlyList<OnnxArgument> arguments, int batch, Func<string[], string> body)
    {
        // A tensor without elements is none.
        Require(arguments.All(argument => argument.Dims.All(dim => dim > 0)), "tensors have elements");
        return new([new OnnxMethod(body([.. arguments.Select(argument => argument.Name)]), batch, arguments)]);
    }

    private static string Letter(int input) => input == 0 ? "x" : $"x{input}";

    /// <summary>Literals of C#.</summary>
    public static string Number(double value) => (float)value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        var number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    public static string Numbers(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Number))}]";

    public static string Numbers(IEnumerable<int> values) => $"[{string.Join(", ", values)}]";

    public static string Truth(bool value) => value ? "true" : "false";

    public static int Positive(int axis, int rank) => axis < 0 ? axis + rank : axis;

    public static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => product * dim);

    public static void Require(bool condition, string reason)
    {
        if (!condition)
            throw new NotSupportedException(reason);
    }
}

internal static class OnnxForms
{
    /// <summary>The field <c>layer</c> and its weights.</summary>
    public static OnnxNetwork With(this OnnxNetwork network, string layer, params (string Name, OnnxTensor? Values)[] weights) => network with
    {
        Fields = $"private readonly Layer layer = {layer};",
        Weights = weights.Where(weight => weight.Values is not null).ToDictionary(weight => $"layer.{weight.Name}", weight => weight.Values!.Values),
    };

    /// <summary>Channels last, as they are here.</summary>
    public static OnnxTensor ToNhwc(this OnnxTensor x)
    {
        OnnxCall.Require(x.Rank is 3 or 4, "images have a height and a width, sequences a length");
        return x.Rank == 3 ? x.Transpose(0, 2, 1) : x.Transpose(0, 2, 3, 1);
    }

    /// <summary>Channels second; what has no places anymore has one.</summary>
    public static OnnxTensor ToNchw(this OnnxTensor y) =>
        y.Rank == 2 ? y with { Dims = [.. y.Dims, 1, 1] } : y.Rank == 3 ? y.Transpose(0, 2, 1) : y.Transpose(0, 3, 1, 2);

    /// <summary>Dimension i of the result is dimension order[i] of x.</summary>
    public static OnnxTensor Transpose(this OnnxTensor x, params int[] order)
    {
        var dims = order.Select(i => x.Dims[i]).ToArray();
        var strides = order.Select(i => OnnxCall.Product(x.Dims.Skip(i + 1))).ToArray();
        var values = new double[x.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (rest, from) = (i, 0);
            for (var d = dims.Length - 1; d >= 0; d--)
            {
                from += rest % dims[d] * strides[d];
                rest /= dims[d];
            }
            values[i] = x.Values[from];
        }
        return x with { Dims = dims, Values = values };
    }

    /// <summary>The same numbers under other dimensions.</summary>
    public static OnnxTensor Shaped(this OnnxTensor x, params int[] dims) => x with { Dims = dims };

    public static OnnxTensor Map(this OnnxTensor x, Func<double, double> function) => x with { Values = [.. x.Values.Select(function)] };
}
