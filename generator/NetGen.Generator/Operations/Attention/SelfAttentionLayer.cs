using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// SelfAttention(heads, …) and CausalSelfAttention(heads, …): queries, keys and values of each row by one product, attention, and a product
/// of the heads' results. The weights have the names of torch.nn.MultiheadAttention.
/// </summary>
internal sealed record SelfAttentionLayer(
    string Name, int Heads, int KeyHeads, bool Bias, float Dropout, RotaryOptions? Rotary, AttentionOptions Options,
        InitializerModel? Init) : LayerDefinition
{
    public static readonly LayerFunction
        SelfAttention = new("SelfAttention", a => Create(a, "SelfAttention", isCausal: false)),
        CausalSelfAttention = new("CausalSelfAttention", a => Create(a, "CausalSelfAttention", isCausal: true));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check(Name, "x", x.Type);
        if (!x.Type.Batched || x.Type.Rank == 0 || (x.Type.Rank < 2 && !x.Type.HasSteps()))
            throw new LanguageException("NG0401",
                $"{Name} is over the rows of a sequence: of a [Sequence], or the axis before the last, [.., rows, width]; got {x.Type.Shape}{(x.Type.Batched ? "" : " without a batch")}.");
        var (rows, width) = (AttentionFunction.Rows(x), x.Type.Dims[x.Type.Rank - 1]);
        if (width % Heads != 0)
            throw new LanguageException("NG0301", Text.Invariant($"Rows of {width} numbers do not divide into {Heads} heads."), "heads");
        var size = width / Heads;
        var shape = new AttentionShape(rows, rows, Heads, KeyHeads, size, AttentionFunction.Scale(0, size), Options) { IsPacked = true, OfSteps = x.Type.HasSteps() };
        var packed = Linear(graph, parameters, x, "in_proj_weight", "in_proj_bias", shape.PackedWidth);
        if (Rotary is { } rotary)
            packed = rotary.Apply(graph, packed, size, Heads + KeyHeads);
        var y = AttentionFunction.Apply(graph, shape, Dropout, packed, packed, packed);
        return Linear(graph, parameters, y, "out_proj.weight", "out_proj.bias", width);
    }

    private Value Linear(GraphBuilder graph, IParameterScope parameters, Value x, string weight, string bias, int units)
    {
        var inputs = x.Type.Dims[x.Type.Rank - 1];
        var init = (Init ?? Initializers.Default) with { FanIn = inputs, FanOut = units };
        var y = graph.Apply(new MatMul(), x, parameters.Parameter(weight, [inputs, units], init, FileLayout.Linear));
        return Bias ? graph.Add(y, parameters.Parameter(bias, [units], Initializers.Zeros, FileLayout.AsIs)) : y;
    }

    private static SelfAttentionLayer Create(CallArguments arguments, string name, bool isCausal)
    {
        var heads = arguments.IntAtLeast("heads", 1);
        var keyHeads = arguments.IntAtLeast("keyHeads", 0, 0);
        if (keyHeads > 0 && heads % keyHeads != 0)
            throw new LanguageException("NG0301", Text.Invariant($"{heads} heads of queries do not divide among {keyHeads} of keys."),
                "keyHeads");
        return new(
            name, heads, keyHeads == 0 ? heads : keyHeads, !arguments.Has("bias") || arguments.Bool("bias"),
                AttentionFunction.Dropout(arguments),
            arguments.Is("rotary") ? new RotaryOptions(RotaryOptions.UsualBase, IsInterleaved: false) : null,
            AttentionFunction.Options(arguments, isCausal), arguments.Initializer("init"));
    }
}
