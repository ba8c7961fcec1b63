using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Attention;

/// <summary>Where a row stands in its sequence.</summary>
internal static class PositionFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("SinusoidalPositions", (g, a) => Sinusoidal(g, Rows("SinusoidalPositions", a.Tensor("x")))),
        new("RotaryPositions", Rotary),
    ];

    /// <summary>The operand, which has rows of numbers.</summary>
    public static Value Rows(string function, Value x)
    {
        Numbers.Check(function, "x", x.Type);
        return x.Type.Rank >= 2 || (x.Type.Rank == 1 && x.Type.HasSteps())
            ? x
            : throw new LanguageException(
                "NG0401", $"{function} is over the rows of a sample, [.., rows, width]; got {(x.Type.Rank == 0 ? "a single number" : x.Type.Shape)}.", "x");
    }

    private static Value Sinusoidal(GraphBuilder graph, Value x) => graph.Apply(new AddSinusoids(x.Type.HasSteps()), WithSpans(graph, x));

    /// <summary>With where the sequences begin and end, where rows are steps.</summary>
    public static Value[] WithSpans(GraphBuilder graph, Value x) => x.Type.HasSteps() ? [x, graph.Spans(x.Type.Rows)] : [x];

    private static Value Rotary(GraphBuilder graph, CallArguments arguments)
    {
        var x = Rows("RotaryPositions", arguments.Tensor("x"));
        var (heads, width) = (arguments.IntAtLeast("heads", 1, 1), x.Type.Dims[x.Type.Rank - 1]);
        if (width % heads != 0)
            throw new LanguageException("NG0301", Text.Invariant($"Rows of {width} numbers do not divide into {heads} heads."), "heads");
        var options = new RotaryOptions(arguments.Above("theta", 0, RotaryOptions.UsualBase), arguments.Is("interleaved"));
        return options.Apply(graph, x, width / heads, heads);
    }
}

/// <summary>LearnedPositions(init): y[t] = x[t] + W[t].</summary>
internal sealed record LearnedPositionsLayer(InitializerModel? Init) : LayerDefinition
{
    /// <summary>That of GPT-2 and BERT.</summary>
    private static readonly InitializerModel Default = new("Normal", EquatableArray.Create(0.02f, 0f));

    public static readonly LayerFunction Function = new("LearnedPositions", a => new LearnedPositionsLayer(a.Initializer("init")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        x = PositionFunctions.Rows("LearnedPositions", x);
        int[] dims = x.Type.HasSteps() ? [x.Type.Rows.Longest, x.Type.Dims[0]] : [.. x.Type.Dims.Skip(x.Type.Rank - 2)];
        if (x.Type.HasSteps())
        {
            var table = parameters.Parameter("weight", dims, (Init ?? Default) with { FanIn = dims[0], FanOut = dims[1] }, FileLayout.AsIs);
            return graph.Add(x, graph.Apply(
                new Gather(0), table, graph.Apply(new StepNumbers(x.Type.Rows, AreIndices: true), graph.Spans(x.Type.Rows))));
        }
        return graph.Add(x, parameters.Parameter("weight", dims, (Init ?? Default) with { FanIn = dims[0], FanOut = dims[1] },
            FileLayout.AsIs));
    }
}
