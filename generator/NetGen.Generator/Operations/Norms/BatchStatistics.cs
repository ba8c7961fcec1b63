using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Norms;

/// <summary>
/// What a batch is to its statistics: rows of channels, as many in each sample as it has positions. Sums over the rows are made in parts, so that several workers
/// share them; the parts follow from the sizes alone, so the workers' number changes no bit.
/// </summary>
internal sealed record BatchRows(RowSpace Space, int Positions, int Channels)
{
    /// <summary>A part has at least so many rows. As in NetGen.Runtime.BatchNormKernels.</summary>
    private const int Fewest = 64;

    /// <summary>At most so many parts: a GPU wants thousands of threads, and with many channels has them.</summary>
    public int Parts { get; } = Math.Max(16, Math.Min(512, 16384 / Channels));

    /// <summary>Two numbers for each part and channel.</summary>
    public TensorType Type => TensorType.Shared(2, Parts, Channels);

    public EquatableArray<int> Constants => EquatableArray.Create(Positions, Channels, Parts);

    /// <summary>1/(n − less), n being the rows of the batch.</summary>
    public Value Reciprocal(GraphBuilder graph, int less = 0) => graph.Apply(new RowsReciprocal(Space, Positions, less));

    /// <summary>The first row of each part and the one behind its last; parts at the end may be empty.</summary>
    public IEnumerable<(int Part, int From, int To)> Of(int batch)
    {
        var rows = batch * Positions;
        var each = Math.Max(Fewest, (rows + Parts - 1) / Parts);
        return Enumerable.Range(0, Parts).Select(part => (part, Math.Min(rows, part * each), Math.Min(rows, (part + 1) * each)));
    }

    public override string ToString() => Text.Invariant($"{Positions}×{Channels}");
}

/// <summary>What the kernels over the rows of a batch have in common.</summary>
internal abstract record BatchOperation(BatchRows Rows) : Operation
{
    protected abstract string Kernel { get; }

    public override string Title => $"{GetType().Name}[{Rows}]";

    /// <summary>The numbers of one channel have a spread if there are two of them.</summary>
    public override int SmallestBatch => Rows.Positions == 1 ? 2 : 1;

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("BatchNormKernels." + Kernel, Rows.Constants);

    public override RowSpace CountedRows => Rows.Space;

    /// <summary>How many samples there are, or steps.</summary>
    protected int Count(ReferenceCall call) => call.Environment.RowsOf(Rows.Space);

    /// <summary>μ of each channel, of the moments that are the operand.</summary>
    protected double[] Mean(ReferenceCall call) => [.. Enumerable.Range(0, Rows.Channels).Select(
        c => Rows.Of(Count(call)).Sum(p => (p.To - p.From) * call.Input(0)[(p.Part * Rows.Channels) + c]) / (Count(call) * Rows.Positions))];
}

/// <summary>x to the mean of each part of the rows and Σ (x − that mean)², [2, parts, channels]: one pass over x.</summary>
internal sealed record BatchMoments(BatchRows Rows) : BatchOperation(Rows)
{
    protected override string Kernel => "Moments";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows.Type;

    public override void Evaluate(ReferenceCall call)
    {
        var x = call.Input(0);
        foreach (var (part, from, to) in Rows.Of(Count(call)).Where(p => p.To > p.From))
        {
            for (var c = 0; c < Rows.Channels; c++)
            {
                var numbers = Enumerable.Range(from, to - from).Select(row => x[(row * Rows.Channels) + c]).ToArray();
                var mean = numbers.Average();
                call.Result[(part * Rows.Channels) + c] = mean;
                call.Result[((Rows.Parts + part) * Rows.Channels) + c] = numbers.Sum(v => (v - mean) * (v - mean));
            }
        }
    }
}

/// <summary>Moments of x to μ = Σ x / n of each channel. What flows through it to x is in the rule of <see cref="BatchNormalize"/>, which reads x.</summary>
internal sealed record BatchMean(BatchRows Rows) : BatchOperation(Rows)
{
    protected override string Kernel => "Mean";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(Rows.Channels);

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call) => Mean(call).CopyTo(call.Result, 0);
}

/// <summary>Moments of x to σ² = Σ (x − μ)² / n of each channel; through it as through the mean.</summary>
internal sealed record BatchVariance(BatchRows Rows) : BatchOperation(Rows)
{
    protected override string Kernel => "Variance";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(Rows.Channels);

    public override Value?[] Backward(BackwardContext context) => [null];

    /// <summary>Σ (x − μ)² = Σ over the parts of Σ (x − m)² + rows·(m − μ)², m being the part's mean.</summary>
    public override void Evaluate(ReferenceCall call)
    {
        var mean = Mean(call);
        for (var c = 0; c < Rows.Channels; c++)
        {
            var sum = 0.0;
            foreach (var (part, from, to) in Rows.Of(Count(call)))
            {
                var distance = call.Input(0)[(part * Rows.Channels) + c] - mean[c];
                sum += call.Input(0)[((Rows.Parts + part) * Rows.Channels) + c] + ((to - from) * distance * distance);
            }
            call.Result[c] = sum / (Count(call) * Rows.Positions);
        }
    }
}

/// <summary>(dy, x, μ) to Σ dy and Σ dy·(x − μ) of each part of the rows, [2, parts, channels].</summary>
internal sealed record BatchGradientSums(BatchRows Rows) : BatchOperation(Rows)
{
    protected override string Kernel => "GradientSums";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows.Type;

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var (part, from, to) in Rows.Of(Count(call)))
        {
            for (var row = from; row < to; row++)
            {
                for (var c = 0; c < Rows.Channels; c++)
                {
                    var (dy, at) = (call.Input(0)[(row * Rows.Channels) + c], (part * Rows.Channels) + c);
                    call.Result[at] += dy;
                    call.Result[(Rows.Parts * Rows.Channels) + at] += dy * (call.Input(1)[(row * Rows.Channels) + c] - call.Input(2)[c]);
                }
            }
        }
    }
}

/// <summary>One of the two numbers of all parts, summed: [2, parts, channels] to [channels].</summary>
internal sealed record SumOfParts(BatchRows Rows, int Which) : BatchOperation(Rows)
{
    protected override string Kernel => "SumOfParts";

    public override string Title => $"{base.Title.TrimEnd(']')}, {(Which == 0 ? "first" : "second")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(Rows.Channels);

    public override void Evaluate(ReferenceCall call)
    {
        for (var part = 0; part < Rows.Parts; part++)
        {
            for (var c = 0; c < Rows.Channels; c++)
                call.Result[c] += call.Input(0)[(((Which * Rows.Parts) + part) * Rows.Channels) + c];
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("BatchNormKernels." + Kernel, EquatableArray.Create(Rows.Channels, Rows.Parts, Which));
}
