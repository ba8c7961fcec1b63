using NetGen.Generator.Differentiation;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Optimization;
using NetGen.Runtime;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// A graph built through the language's functions, with random numbers for its leaves. Every float operand is a weight, also those with
/// one value per sample, so that gradients of all of them come out.
/// </summary>
internal sealed class TestGraph(int batch) : IParameterScope
{
    private readonly Random random = new(42);
    private readonly Dictionary<string, double[]> weights = [];
    private readonly List<double[]> inputs = [];

    public GraphBuilder Builder { get; } = new();

    public int Batch => batch;

    public IReadOnlyDictionary<string, double[]> Weights => weights;

    public ReferenceEnvironment Environment => new()
    {
        Batch = batch,
        Input = i => inputs[i],
        Weight = name => weights[name],
        Uniform = (stream, element) => Philox.Bits(Philox.Key(7, 3, stream), (uint)element) / 4294967296.0,
    };

    /// <summary>One tensor per sample, of numbers from ±low to ±high (both signs, unless positive).</summary>
    public Value X(int[] dims, double low = 0.1, double high = 2, bool positive = false) =>
        Leaf(TensorType.PerSample(dims), low, high, positive);

    public Value X(params int[] dims) => X(dims, 0.1);

    /// <summary>One tensor for all samples.</summary>
    public Value W(params int[] dims) => Leaf(TensorType.Shared(dims), 0.1, 2, false);

    /// <summary>Sequences of as many steps, one for each sample.</summary>
    public RowSpace Sequences(int longest, params int[] lengths)
    {
        inputs.Add([.. lengths.Select(length => (double)length)]);
        var name = $"sequence{inputs.Count}";
        return new RowSpace(name, longest, inputs.Count - 1, name + "Lengths");
    }

    /// <summary>One tensor for each step.</summary>
    public Value S(RowSpace sequences, params int[] dims) => Leaf(TensorType.PerSample(dims) with { Rows = sequences }, 0.1, 2, false);

    /// <summary>Labels, or indices, below a limit.</summary>
    public Value Labels(int classes, params int[] dims)
    {
        var type = TensorType.Integers(dims);
        inputs.Add(Enumerable.Range(0, batch * (int)type.Count).Select(_ => (double)random.Next(classes)).ToArray());
        return Builder.Apply(new Input(inputs.Count - 1, inputs.Count == 1 ? "label" : $"label{inputs.Count}", type));
    }

    /// <summary>Given numbers instead of random ones.</summary>
    public Value Given(TensorType type, params double[] values)
    {
        if (type.Element == ElementType.Int32)
        {
            inputs.Add(values);
            return Builder.Apply(new Input(inputs.Count - 1, "label", type));
        }
        var name = $"given{weights.Count}";
        weights.Add(name, values);
        return Builder.Apply(new Weight(name, type));
    }

    Value IParameterScope.Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout) => W(dims);

    Value IParameterScope.State(string name, int[] dims, InitializerModel initializer, FileLayout layout)
    {
        var state = $"{name}{weights.Count}";
        weights.Add(state, Enumerable.Range(0, dims.Aggregate(1, (n, dim) => n * dim)).Select(_ => Draw(0.1, 2, true)).ToArray());
        return Builder.Apply(new State(state, TensorType.Shared(dims)));
    }

    /// <summary>A function of NetGen.Ops by name.</summary>
    public Value Call(string function, params (string Name, object? Value)[] arguments) =>
        OperationRegistry.Functions[function].Apply(Builder, Arguments(arguments));

    /// <summary>A layer of NetGen.Layers by name, with the language's defaults where nothing is given.</summary>
    public Value Layer(string layer, Value x, params (string Name, object? Value)[] arguments) =>
        OperationRegistry.Layers[layer].Create(Arguments(arguments)).Apply(Builder, this, x);

    /// <summary>A layer with a state: the result, or a state behind the last step.</summary>
    public IReadOnlyList<Value> StatefulLayer(string layer, Value x, IReadOnlyList<Value>? initial, params (string Name, object? Value)[] arguments)
    {
        var (steps, states) = ((StatefulLayerDefinition)OperationRegistry.Layers[layer].Create(Arguments(arguments))).Apply(Builder, this, x, initial);
        return [steps, .. states];
    }

    /// <summary>A layer of two tensors.</summary>
    public Value CrossLayer(string layer, Value x, Value memory, params (string Name, object? Value)[] arguments) =>
        ((CrossLayerDefinition)OperationRegistry.Layers[layer].Create(Arguments(arguments))).Apply(Builder, this, x, memory);

    public static CallArguments Arguments((string Name, object? Value)[] arguments)
    {
        var values = new Dictionary<string, object?>
        {
            ["stride"] = null,
            ["padding"] = new PaddingModel("Valid"),
            ["bias"] = true,
            ["init"] = null,
            ["biasInit"] = null,
        };
        foreach (var (name, value) in arguments)
            values[name] = value;
        return new CallArguments(values);
    }

    /// <summary>The graph whose loss is Σ y·r with random r: what checks every element of y's gradient.</summary>
    public TensorGraph Forward(Value y)
    {
        var type = y.Type;
        var r = type.Rank == 0 && !type.Batched ? Builder.Constant(0.75f) : Leaf(type, 0.1, 2, false);
        return Objective(Builder.SumAll(Builder.Multiply(y, r)));
    }

    /// <summary>The graph with this loss itself.</summary>
    public TensorGraph Objective(Value loss)
    {
        Builder.Output("loss", loss);
        ClassificationOutputs.Add(Builder, loss);
        return Builder.Build();
    }

    /// <summary>The graph as a training step computes it.</summary>
    public static TensorGraph InTraining(TensorGraph graph) => TrainingMode.Apply(graph, _ => true, _ => false);

    public static TensorGraph Differentiate(TensorGraph graph) => Differentiator.Differentiate(InTraining(graph), _ => true);

    /// <summary>The mean of the loss over the batch, with a changed weight or as it is.</summary>
    public double Loss(TensorGraph graph) => ReferenceInterpreter.Run(graph, Environment)[graph.Output("loss")].Average();

    /// <summary>The value of one node, by the reference.</summary>
    public double[] Evaluate(Value value)
    {
        var role = $"evaluated {value.Id}";
        if (Builder.Outputs.All(o => o.Role != role))
            Builder.Output(role, value);
        var graph = Builder.Build();
        return ReferenceInterpreter.Run(graph, Environment)[graph.Output(role)];
    }

    private Value Leaf(TensorType type, double low, double high, bool positive)
    {
        var name = $"w{weights.Count}";
        var count = type.Count * Environment.RowsOf(type.Rows);
        weights.Add(name, Enumerable.Range(0, (int)count).Select(_ => Draw(low, high, positive)).ToArray());
        return Builder.Apply(new Weight(name, type));
    }

    /// <summary>A float, so that a kernel can start from exactly the reference's numbers.</summary>
    private double Draw(double low, double high, bool positive)
    {
        var number = low + ((high - low) * random.NextDouble());
        return (float)(positive || random.Next(2) == 0 ? number : -number);
    }
}
