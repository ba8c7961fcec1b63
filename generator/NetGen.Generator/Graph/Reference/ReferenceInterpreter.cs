namespace NetGen.Generator.Graph.Reference;

/// <summary>What a reference run starts from.</summary>
internal sealed class ReferenceEnvironment
{
    public required int Batch { get; init; }

    /// <summary>How many rows there are of a kind: steps as many as the lengths of their sequences say.</summary>
    public int RowsOf(RowSpace space) => space == RowSpace.None ? 1 : space.IsSteps ? (int)Input(space.Lengths).Sum() : Batch;

    public required Func<int, double[]> Input { get; init; }

    public required Func<string, double[]> Weight { get; init; }

    /// <summary>The uniform number of element <c>index</c> of random stream <c>stream</c>, as the run-time's Philox gives it (its bits as a fraction of 2³²).</summary>
    public Func<uint, long, double> Uniform { get; init; } = (_, _) => throw new InvalidOperationException("No randomness given.");
}

/// <summary>
/// Runs a graph one node at a time by the operations' reference meaning, in double: slow, plain, and right by inspection. The
/// batch comes first in every batched value; all values are dense and row-major.
/// </summary>
internal static class ReferenceInterpreter
{
    public static double[][] Run(TensorGraph graph, ReferenceEnvironment environment)
    {
        var values = new double[graph.Nodes.Count][];
        foreach (var node in graph.Nodes)
        {
            var call = new ReferenceCall(
                environment, node.Inputs.Select(i => values[i]).ToArray(), node.Inputs.Select(i => graph[i].Type).ToArray(), node.Type);
            node.Operation.Evaluate(call);
            values[node.Id] = call.Result;
        }
        return values;
    }
}

/// <summary>The operands and the result of one node in a reference run.</summary>
internal sealed class ReferenceCall(
    ReferenceEnvironment environment, double[][] inputs, TensorType[] types, TensorType type)
{
    public ReferenceEnvironment Environment { get; } = environment;

    /// <summary>The rows of what it computes, or is computed of, where these are of one kind.</summary>
    public int Batch => Environment.RowsOf(types.Prepend(Type).Select(t => t.Rows).FirstOrDefault(rows => rows != RowSpace.None) ?? RowSpace.Samples);

    /// <summary>Whatever the rows are.</summary>
    public int Samples => Environment.Batch;

    public TensorType Type { get; } = type;

    /// <summary>Filled by the operation; zeros at first.</summary>
    public double[] Result { get; private set; } = new double[type.Count * environment.RowsOf(type.Rows)];

    public int InputCount => inputs.Length;

    public double[] Input(int index) => inputs[index];

    public TensorType InputType(int index) => types[index];

    public void SetResult(double[] result)
    {
        if (result.Length != Result.Length)
            throw new InvalidOperationException($"{result.Length} values for {Type} at batch {Batch}.");
        Result = result;
    }
}
