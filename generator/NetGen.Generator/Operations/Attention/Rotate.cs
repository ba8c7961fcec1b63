using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Attention;

/// <summary>How rotary positions turn pairs of numbers (Su et al. 2021).</summary>
/// <param name="Base">θ_i = Base^(−2i/size).</param>
/// <param name="IsInterleaved">A pair are neighbours; else the i-th number of the first half of a head and of the second (GPT-NeoX,
/// Llama).</param>
internal sealed record RotaryOptions(float Base, bool IsInterleaved)
{
    public const float UsualBase = 10000;

    /// <param name="graph">The graph.</param>
    /// <param name="x">Rows of heads.</param>
    /// <param name="size">Numbers of a head.</param>
    /// <param name="heads">So many first heads of each row turn.</param>
    public Value Apply(GraphBuilder graph, Value x, int size, int heads) => size % 2 == 0
        ? graph.Apply(new Rotate(size, heads, this, IsBack: false) { OfSteps = x.Type.HasSteps() }, PositionFunctions.WithSpans(graph, x))
        : throw new LanguageException("NG0301", Text.Invariant($"Rotary positions turn pairs; a head has {size} numbers."), "heads");
}

/// <summary>
/// In row t each pair (a, b) of a head is turned by the angle t·θ_i: (a·cos − b·sin, b·cos + a·sin); back by −t·θ_i, which is also the
/// gradient.
/// </summary>
internal sealed record Rotate(int Size, int Heads, RotaryOptions Options, bool IsBack) : Operation
{
    /// <summary>Rows are steps; their spans are the second operand.</summary>
    public bool OfSteps { get; init; }

    public override bool CrossesSteps => OfSteps;

    /// <summary>A step's position is in its span.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    public override string Title => Text.Invariant($"Rotate[{Heads} heads of {Size}{(IsBack ? ", back" : "")}]");

    public override RowUse RowUse => RowUse.Takes;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override Value?[] Backward(BackwardContext context) =>
        OfSteps
            ? [context.Graph.Apply(this with { IsBack = !IsBack }, context.FullGradient, context.Inputs[1]), null]
            : [context.Graph.Apply(this with { IsBack = !IsBack }, context.FullGradient)];

    public override void Evaluate(ReferenceCall call)
    {
        var width = call.Type.Dims[call.Type.Rank - 1];
        call.Input(0).CopyTo(call.Result, 0);
        var positions = Positions(call, width);
        for (var row = 0; row < positions.Length; row++)
        {
            for (var pair = 0; pair < Heads * Size / 2; pair++)
            {
                var (head, i) = (pair / (Size / 2), pair % (Size / 2));
                var angle = positions[row] * Math.Pow(Options.Base, -2.0 * i / Size) * (IsBack ? -1 : 1);
                var first = (row * width) + (head * Size) + (Options.IsInterleaved ? 2 * i : i);
                var second = first + (Options.IsInterleaved ? 1 : Size / 2);
                var (a, b) = (call.Input(0)[first], call.Input(0)[second]);
                call.Result[first] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
                call.Result[second] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
            }
        }
    }

    /// <summary>The position of each row in its sequence.</summary>
    public static int[] Positions(ReferenceCall call, int width)
    {
        if (call.InputCount == 1)
            return [.. Enumerable.Range(0, call.Result.Length / width).Select(row => row % call.Type.Dims[call.Type.Rank - 2])];
        return [.. StepMeaning.Sequences(call).SelectMany(s => Enumerable.Range((int)call.Input(1)[(s.Sample * Spans.Width) + 2], s.Count))];
    }

    /// <summary>The constants that say how many sequences of how many rows of how many numbers.</summary>
    public static int[] Rows(TensorType type, bool ofSteps)
    {
        var width = type.Dims[type.Rank - 1];
        if (ofSteps)
            return [type.Rows.Longest, width];
        var rows = type.Dims[type.Rank - 2];
        return [type.Batched ? 1 : 0, (int)(type.Count / rows / width), rows, width];
    }

    public override KernelBody Lower(LoweringContext context)
    {
        return new RuntimeCallBody("PositionKernels.Rotate", Rows(context.Result, OfSteps).Concat([
            Heads, Size, BitConverter.ToInt32(BitConverter.GetBytes(Options.Base), 0), Options.IsInterleaved ? 1 : 0, IsBack ? 1 : 0,
        ]).ToEquatableArray())
        {
            // A pair is read before it is written.
            InPlace = EquatableArray.Create(new InPlacePair(0, 0)),
        };
    }
}

/// <summary>y[t, 2i] = x + sin(t·θ_i), y[t, 2i + 1] = x + cos(t·θ_i), θ_i = 10000^(−2i/width) (Vaswani et al. 2017).</summary>
internal sealed record AddSinusoids(bool OfSteps = false) : Operation
{
    public override bool CrossesSteps => OfSteps;

    /// <summary>A step's position is in its span.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    public override RowUse RowUse => RowUse.Takes;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override Value?[] Backward(BackwardContext context) => [context.Gradient, .. context.Inputs.Skip(1).Select(_ => (Value?)null)];

    public override void Evaluate(ReferenceCall call)
    {
        var width = call.Type.Dims[call.Type.Rank - 1];
        var positions = Rotate.Positions(call, width);
        for (var i = 0; i < call.Result.Length; i++)
        {
            var (row, column) = (positions[i / width], i % width);
            var angle = row * Math.Pow(RotaryOptions.UsualBase, -2.0 * (column / 2) / width);
            call.Result[i] = call.Input(0)[i] + (column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        return new RuntimeCallBody(
            "PositionKernels.AddSinusoids", Rotate.Rows(context.Result, ofSteps: context.Inputs.Count > 1).ToEquatableArray())
        {
            InPlace = EquatableArray.Create(new InPlacePair(0, 0)),
        };
    }
}
