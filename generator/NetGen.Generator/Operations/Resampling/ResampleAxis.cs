using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Concat;

namespace NetGen.Generator.Operations.Resampling;

/// <summary>
/// An axis of another number of lines, each a sum of neighbouring ones: y[.., i, ..] = Σⱼ Wᵢⱼ·x[.., j, ..]. Enlarging, shrinking and
/// padding of images are this
/// along one axis after the other.
/// </summary>
internal sealed record ResampleAxis(int Axis, int Lines, ResampleKind Kind, int Before = 0) : Operation
{
    public override string Title => $"ResampleAxis[{Axis}; {Lines} by {Kind}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Select((d, i) => i == Axis ? Lines : d));

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new ResampleAxisGradient(this, context.Input.Type.Dims[Axis]), context.FullGradient)];

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call) => Visit(
        call.InputType(0), call.Batch, (source, target, weight) => call.Result[target] += weight * call.Input(0)[source]);

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("ResampleKernels.Resample", Constants(context.Inputs[0]));

    /// <summary>Runs of a sample, lines before and after, floats of a line, kind, lines of padding before.</summary>
    public EquatableArray<int> Constants(TensorType x)
    {
        var runs = new Runs(x, Axis);
        return EquatableArray.Create(x.Batched ? 1 : 0, runs.Outer, x.Dims[Axis], Lines, runs.Step, (int)Kind, Before);
    }

    /// <summary>Every pair of elements of x and y with its weight.</summary>
    public void Visit(TensorType x, int batch, Action<int, int, double> visit)
    {
        var (runs, lines) = (new Runs(x, Axis), x.Dims[Axis]);
        for (var run = 0; run < runs.Outer * (x.Batched ? batch : 1); run++)
        {
            for (var i = 0; i < Lines; i++)
            {
                foreach (var (j, weight) in Terms(i, lines))
                {
                    for (var c = 0; c < runs.Step; c++)
                        visit((((run * lines) + j) * runs.Step) + c, (((run * Lines) + i) * runs.Step) + c, weight);
                }
            }
        }
    }

    /// <summary>The lines that make line i, of n.</summary>
    private IEnumerable<(int Line, double Weight)> Terms(int i, int n)
    {
        switch (Kind)
        {
            case ResampleKind.Nearest:
                return [((int)((long)i * n / Lines), 1)];
            case ResampleKind.Linear:
                return Between(Math.Max(0, (((2L * i) + 1) * n) - Lines), 2L * Lines, n);
            case ResampleKind.LinearAlignedCorners:
                return Between((long)i * (n - 1), Math.Max(1, Lines - 1), n);
            case ResampleKind.Mean:
                var (first, end) = ((int)((long)i * n / Lines), (int)((((i + 1L) * n) + Lines - 1) / Lines));
                return Enumerable.Range(first, end - first).Select(j => (j, 1.0 / (end - first)));
            case ResampleKind.Reflect:
                var mirrored = Math.Abs(i - Before);
                return [(mirrored < n ? mirrored : (2 * (n - 1)) - mirrored, 1)];
            default:
                return [(Math.Min(Math.Max(i - Before, 0), n - 1), 1)];
        }
    }

    /// <summary>The two around a fraction, or the last.</summary>
    private static (int, double)[] Between(long numerator, long denominator, int n)
    {
        var (first, part) = ((int)(numerator / denominator), numerator % denominator / (double)denominator);
        return first + 1 < n ? [(first, 1 - part), (first + 1, part)] : [(n - 1, 1)];
    }
}

/// <summary>dy to dx, which has so many lines: each gets its share of the lines that it made a part of.</summary>
internal sealed record ResampleAxisGradient(ResampleAxis Of, int Lines) : Operation
{
    public override string Title => $"ResampleAxisGradient[{Of.Axis}; {Of.Lines} by {Of.Kind}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Select((d, i) => i == Of.Axis ? Lines : d));

    public override void Evaluate(ReferenceCall call) => Of.Visit(
        call.Type, call.Batch, (target, source, weight) => call.Result[target] += weight * call.Input(0)[source]);

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("ResampleKernels.ResampleGradient", Of.Constants(context.Result));
}
