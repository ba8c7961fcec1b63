using NetGen.Compiled.Tests.Harness;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>What NetGen says to one operator of ONNX: values that it has without a network, or a network made for it.</summary>
internal abstract record OnnxCounterpart;

/// <summary>Constants, and what the library does without a network.</summary>
internal sealed record OnnxValues(IReadOnlyList<OnnxTensor> Values) : OnnxCounterpart;

/// <summary>A network in C# whose methods, in their order, are the results of an operator.</summary>
internal sealed record OnnxNetwork(IReadOnlyList<OnnxMethod> Methods) : OnnxCounterpart
{
    /// <summary>The declarations of layers and parameters.</summary>
    public string Fields { get; init; } = "";

    /// <summary>The numbers of the weights, as they lie in memory; a parameter without any is 0.</summary>
    public IReadOnlyDictionary<string, double[]> Weights { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The other one's results behind these; both have the same fields or one has none.</summary>
    public OnnxNetwork And(OnnxNetwork other) => this with
    {
        Methods = [.. Methods, .. other.Methods.Select((method, i) => method with { Name = $"Result{Methods.Count + i}" })],
    };

    /// <summary>The same with its results in another form.</summary>
    public OnnxNetwork Then(Func<OnnxTensor, OnnxTensor> form) => this with { Methods = [.. Methods.Select(method => method.Then(form))] };

    public NetworkSource Source(string name) => new(name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            {{Fields}}
            {{string.Join("\n    ", Methods.Select(method => method.Text))}}
        }
        """);
}

/// <summary>An input of a method: a tensor for each sample, or indices.</summary>
internal sealed record OnnxArgument(string Name, string Type, IReadOnlyList<int> Dims, double[] Values)
{
    public string Text => $"[Shape({string.Join(", ", Dims)})] {Type} {Name}";

    /// <summary>As an entry point takes it.</summary>
    public Array Array => Type == "Tensor" ? System.Array.ConvertAll(Values, v => (float)v) : System.Array.ConvertAll(Values, v => (int)v);

    public static OnnxArgument Tensor(string name, OnnxTensor x) => new(name, "Tensor", x.Dims, x.Values);

    /// <summary>A tensor whose first dimension is the batch.</summary>
    public static OnnxArgument Samples(string name, OnnxTensor x) => new(name, "Tensor", x.Dims[1..], x.Values);

    public static OnnxArgument Indices(string name, OnnxTensor x) => new(name, "Indices", x.Dims, x.Values);
}

/// <summary>One method: an expression of its inputs, whose result becomes ONNX's, or an objective, of whose step weights are the results.</summary>
internal sealed record OnnxMethod(string Body, int Batch, IReadOnlyList<OnnxArgument> Arguments)
{
    public string Name { get; init; } = "Forward";

    /// <summary>
    /// Whether the first dimension of the result is the batch. Otherwise all are those of the only sample.
    /// </summary>
    public bool IsOfSamples { get; init; }

    /// <summary>For an objective the weights that are its results, whose gradients or new state the step leaves there.</summary>
    public IReadOnlyList<OnnxWeight> Results { get; init; } = [];

    /// <summary>From the network's form to that of ONNX.</summary>
    public Func<OnnxTensor, OnnxTensor> Form { get; init; } = y => y;

    public string Text =>
        (Results.Count > 0 ? "[Objective] " : "") + $"public Tensor {Name}({string.Join(", ", Arguments.Select(a => a.Text))}) => {Body};";

    public OnnxMethod Then(Func<OnnxTensor, OnnxTensor> form) => this with { Form = y => form(Form(y)) };
}

/// <summary>A weight that is a result, and what it is to ONNX.</summary>
internal sealed record OnnxWeight(string Name, Func<double[], OnnxTensor> Form);
