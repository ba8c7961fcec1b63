using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Views;

/// <summary>Dimension i of the result is dimension Axes[i] of the operand.</summary>
internal sealed record Permute(EquatableArray<int> Axes) : View
{
    /// <summary>So many loops stand around the transposition in the run-time kernel; what needs more is read in place.</summary>
    private const int Around = 2;

    public override string Title => $"Permute{Axes}";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(Axes.Select(axis => inputs[0].Dims[axis]));

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new Permute(Axes.Select((_, i) => Axes.ToList().IndexOf(i)).ToEquatableArray()), context.FullGradient)];

    public override ViewBody Places(TensorType source)
    {
        var strides = DenseStrides(source.Dims);
        return new ViewBody(0, Axes.Select(axis => strides[axis]).ToEquatableArray());
    }

    /// <summary>Where rows stay rows they are read in place. Else the last axis changes: a transposition in squares, cache line by cache line on both sides.</summary>
    public override KernelBody Lower(LoweringContext context)
    {
        var loops = Merged(context.Inputs[0], context.Result);
        var across = loops.FindIndex(loop => loop.From == 1);
        if (across == loops.Count - 1 || loops.Count - 2 > Around)
            return Places(context.Inputs[0]);
        var last = loops[loops.Count - 1];
        var around = loops.Where((_, i) => i != across && i != loops.Count - 1).ToList();
        while (around.Count < Around)
            around.Insert(0, (1, 0, 1));
        return new RuntimeCallBody("CopyKernels.Permute", new[] { context.Result.Batched ? 1 : 0, (int)context.Result.Count }
            .Concat(around.SelectMany(loop => new[] { loop.Extent, loop.From, loop.To }))
            .Concat([last.Extent, last.From, loops[across].Extent, loops[across].To]).ToEquatableArray());
    }

    /// <summary>The dimensions of the result with their strides in the operand and in the result; neighbours that are neighbours in both are one.</summary>
    private List<(int Extent, int From, int To)> Merged(TensorType source, TensorType result)
    {
        var (from, to) = (Places(source).Strides, DenseStrides(result.Dims));
        var loops = new List<(int Extent, int From, int To)>();
        for (var axis = result.Rank - 1; axis >= 0; axis--)
        {
            if (result.Dims[axis] == 1)
                continue;
            if (loops.Count > 0 && from[axis] == loops[0].From * loops[0].Extent)
                loops[0] = (loops[0].Extent * result.Dims[axis], loops[0].From, loops[0].To);
            else
                loops.Insert(0, (result.Dims[axis], from[axis], to[axis]));
        }
        return loops;
    }
}
