using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>
/// (x [a.., n, c..], indices [p..]) to [a.., p.., c..]: the places of an axis of x that the indices name, in their order. Of a table, which
/// has no batch, the first axis.
/// </summary>
/// <param name="Axis">The axis of x.</param>
/// <param name="Padding">The row of a table that has no gradient; −1: none.</param>
internal sealed record Gather(int Axis, int Padding = -1) : Operation
{
    public override string Title => $"Gather[{Axis}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var (x, indices) = (inputs[0], inputs[1]);
        return x.WithDims(x.Dims.Take(Axis).Concat(indices.Dims).Concat(x.Dims.Skip(Axis + 1))) with { Rows = x.Rows.With(indices.Rows) };
    }

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => inputs[0].Dims[Axis];

    /// <summary>Each row of x has the sum of the gradients of its copies.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, indices) = (context.Graph, context.Inputs[0], context.Inputs[1]);
        return x.Type.Batched
            ? [graph.Apply(new GatherGradient(Axis, x.Type.Dims), context.FullGradient, indices), null]
            : [graph.Apply(new RowSums(x.Type.Dims), context.FullGradient, graph.Apply(new IndexOrder(Padding), indices)), null];
    }

    public override RowUse RowUse => RowUse.Takes;

    /// <summary>Rows of a table lie behind each other, as they do in PyTorch.</summary>
    public override void Order(OrderContext context)
    {
        if (context.Operand.Dims.Count <= 2 && context[context.Operand] is null or { IsPlain: true })
            context.Claim(context.Result, FeatureOrder.Plain(context.Result.Dims));
        else
            context.Opaque();
    }

    public override void Evaluate(ReferenceCall call)
    {
        var runs = new IndexedRuns(call.InputType(0), Axis, call.InputType(1));
        runs.Visit(call.Batch, call.Input(1), (from, to) => call.Result[to] = call.Input(0)[from]);
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.Gather", new IndexedRuns(context.Inputs[0], Axis, context.Inputs[1]).Constants) { ReadsRows = true };
}

/// <summary>(dy, indices) to dx of a <see cref="Gather"/> from a tensor of each sample.</summary>
internal sealed record GatherGradient(int Axis, EquatableArray<int> Dims) : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(Dims);

    public override void Evaluate(ReferenceCall call) =>
        new IndexedRuns(call.Type, Axis, call.InputType(1)).Visit(call.Batch, call.Input(1), (to, from) => call.Result[to] += call.Input(0)[from]);

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.GatherGradient", new IndexedRuns(context.Result, Axis, context.Inputs[1]).Constants);
}

/// <summary>A tensor as Outer times Count runs of Inner numbers that lie behind each other, of which each sample names Positions.</summary>
internal readonly record struct IndexedRuns(bool PerSample, int Outer, int Count, int Inner, int Positions)
{
    public IndexedRuns(TensorType x, int axis, TensorType indices)
        : this(x.Batched, Product(x.Dims.Take(axis)), x.Dims[axis], Product(x.Dims.Skip(axis + 1)), (int)indices.Count)
    {
    }

    /// <summary>What the kernels take.</summary>
    public EquatableArray<int> Constants => EquatableArray.Create(PerSample ? 1 : 0, Outer, Count, Inner, Positions);

    /// <summary>Each element of the tensor that is named, and its copy.</summary>
    public void Visit(int batch, double[] indices, Action<int, int> visit)
    {
        var to = 0;
        for (var b = 0; b < batch; b++)
        {
            for (var o = 0; o < Outer; o++)
            {
                for (var p = 0; p < Positions; p++)
                {
                    var run = ((((PerSample ? b : 0) * Outer) + o) * Count) + (int)indices[(b * Positions) + p];
                    for (var i = 0; i < Inner; i++)
                        visit((run * Inner) + i, to++);
                }
            }
        }
    }

    private static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => product * dim);
}
