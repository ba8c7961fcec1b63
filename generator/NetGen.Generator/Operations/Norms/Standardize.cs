using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Norms;

/// <summary>
/// Which numbers of a sample are normalized together: with the sample seen as [Positions, Groups, Width] those of a group. The groups of a
/// layer normalization are rows, one behind the other (Positions = 1); of an instance normalization channels (Width = 1).
/// </summary>
internal sealed record NormGroups(int Positions, int Groups, int Width)
{
    /// <summary>How many numbers a group has.</summary>
    public int Count => Positions * Width;

    /// <summary>The places of all numbers of each group of a tensor of <paramref name="length"/> numbers.</summary>
    public IEnumerable<int[]> Of(int length)
    {
        var sample = Positions * Groups * Width;
        for (var start = 0; start < length; start += sample)
        {
            for (var group = 0; group < Groups; group++)
            {
                var first = start + (group * Width);
                yield return [.. Enumerable.Range(0, Count).Select(i => first + (i / Width * Groups * Width) + (i % Width))];
            }
        }
    }

    public override string ToString() => Text.Invariant($"{Positions}×{Groups}×{Width}");
}

/// <summary>What both directions have in common. A normalization is centered where the mean is taken out.</summary>
internal abstract record NormOperation(NormGroups Groups, float Epsilon, bool IsCentered) : Operation
{
    protected abstract string Kernel { get; }

    public override string Title => $"{Kernel}[{Groups}, ε {Text.Literal(Epsilon)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override RowUse RowUse => RowUse.Keeps;

    /// <summary>
    /// That of what is normalized; but groups of neighbours in a vector are other ones where the vector has another order.
    /// </summary>
    public override void Order(OrderContext context)
    {
        if (Groups.Groups == 1 || context.Operand.Dims.Count > 1)
            context.Elementwise();
        else
            context.Opaque();
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("NormKernels." + Kernel, Constants(context).ToEquatableArray())
    {
        // All numbers of a group are read before its result is written, element by element.
        InPlace = context.Inputs.Select((input, operand) => (input, operand)).Where(o => o.input.Equals(context.Result))
            .Select(o => new InPlacePair(o.operand, 0)).ToEquatableArray(),
    };

    protected virtual IEnumerable<int> Constants(LoweringContext context) =>
        [context.Result.Batched ? 1 : 0, Groups.Positions, Groups.Groups, Groups.Width, Bits(Epsilon)];

    /// <summary>(x − μ)·r and r = 1 / √(mean of (x − μ)² + ε)</summary>
    protected (double[] Y, double Scale) Normalize(double[] x)
    {
        var mean = IsCentered ? x.Average() : 0;
        var scale = 1 / Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + Epsilon);
        return (x.Select(v => (v - mean) * scale).ToArray(), scale);
    }

    private static int Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
}

/// <summary>
/// y = (x − μ) / √(σ² + ε), with mean and variance (the one that divides by n) of each group; not centered: x / √(mean of x² + ε).
/// </summary>
internal sealed record Standardize(NormGroups Groups, float Epsilon, bool IsCentered) : NormOperation(Groups, Epsilon, IsCentered)
{
    protected override string Kernel => IsCentered ? "Standardize" : "Rescale";

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new StandardizeGradient(Groups, Epsilon, IsCentered), context.Gradient, context.Input)];

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var group in Groups.Of(call.Result.Length))
        {
            var y = Normalize([.. group.Select(i => call.Input(0)[i])]).Y;
            for (var i = 0; i < group.Length; i++)
                call.Result[group[i]] = y[i];
        }
    }
}

/// <summary>
/// (x, weight, bias) to the same times weight plus bias, not centered without a bias: what a layer's norm is when nothing but its result is
/// read, so that a row is written once.
/// </summary>
internal sealed record ScaledStandardize(NormGroups Groups, float Epsilon, bool IsCentered) : NormOperation(Groups, Epsilon, IsCentered)
{
    protected override string Kernel => IsCentered ? "StandardizeScaled" : "RescaleScaled";

    /// <summary>Whether there is a weight for each number of a group, not for each of all groups.</summary>
    public bool IsOfGroup(TensorType weight) => Groups.Groups > 1 && weight.Count == Groups.Width;

    public override void Evaluate(ReferenceCall call)
    {
        var ofGroup = IsOfGroup(call.InputType(1));
        foreach (var group in Groups.Of(call.Result.Length))
        {
            var y = Normalize([.. group.Select(i => call.Input(0)[i])]).Y;
            for (var i = 0; i < group.Length; i++)
            {
                var column = ofGroup ? i % Groups.Width : group[i] % (Groups.Groups * Groups.Width);
                call.Result[group[i]] = (y[i] * call.Input(1)[column]) + (IsCentered ? call.Input(2)[column] : 0);
            }
        }
    }

    protected override IEnumerable<int> Constants(LoweringContext context) => base.Constants(context).Append(IsOfGroup(context.Inputs[1]) ? 1 : 0);
}

/// <summary>
/// (dy, x) to dx = r·(dy − mean of dy − y·mean of dy·y); not centered without the mean of dy. It computes y and r again, of numbers that
/// are in the cache.
/// </summary>
internal sealed record StandardizeGradient(NormGroups Groups, float Epsilon, bool IsCentered) : NormOperation(Groups, Epsilon, IsCentered)
{
    protected override string Kernel => (IsCentered ? "Standardize" : "Rescale") + "Gradient";

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var group in Groups.Of(call.Result.Length))
        {
            var (y, scale) = Normalize([.. group.Select(i => call.Input(1)[i])]);
            var dy = group.Select(i => call.Input(0)[i]).ToArray();
            var mean = IsCentered ? dy.Average() : 0;
            var dot = dy.Zip(y, (a, b) => a * b).Average();
            for (var i = 0; i < group.Length; i++)
                call.Result[group[i]] = scale * (dy[i] - mean - (y[i] * dot));
        }
    }
}
