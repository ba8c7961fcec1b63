using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// CrossAttention(heads, …): queries of the rows of x, keys and values of those of the memory, attention, and a product of the heads'
/// results. The weights have the names of torch.nn.MultiheadAttention: one of queries, keys and values where the memory is as wide as x,
/// else three.
/// </summary>
internal sealed record CrossAttentionLayer(string Name, int Heads, bool Bias, float Dropout, InitializerModel? Init) : CrossLayerDefinition
{
    public static readonly LayerFunction Function = new("CrossAttention", a => new CrossAttentionLayer(
        "CrossAttention", a.IntAtLeast("heads", 1), !a.Has("bias") || a.Bool("bias"), AttentionFunction.Dropout(a), a.Initializer("init")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x, Value memory)
    {
        foreach (var (name, operand) in new[] { ("x", x), ("memory", memory) })
        {
            Numbers.Check(Name, name, operand.Type);
            if (!operand.Type.Batched || operand.Type.Rank == 0 || (operand.Type.Rank < 2 && !operand.Type.HasSteps()))
            {
                throw new LanguageException("NG0401",
                    $"{Name} is over the rows of sequences: of a [Sequence], or the axis before the last, [.., rows, width]; {name} is {operand.Type.Shape}{(operand.Type.Batched ? "" : " without a batch")}.");
            }
        }
        var (width, memoryWidth) = (Width(x), Width(memory));
        if (width % Heads != 0)
            throw new LanguageException("NG0301", Text.Invariant($"Rows of {width} numbers do not divide into {Heads} heads."), "heads");
        if (x.Type.HasSteps() != memory.Type.HasSteps())
            throw new LanguageException("NG0414", $"{Name}: x and the memory are both sequences of any length, or both of constant size.");
        if (!Before(x).SequenceEqual(Before(memory)))
            throw new LanguageException("NG0402",
                $"{Name}: x, {x.Type.Shape}, and the memory, {memory.Type.Shape}, differ before their rows.");

        Value? packed = memoryWidth == width ? Weight("in_proj_weight", width, 3 * width) : null;
        Value? biases = Bias ? parameters.Parameter("in_proj_bias", [3 * width], Initializers.Zeros, FileLayout.AsIs) : null;
        var (q, k, v) = (Projected(0, "q_proj_weight", x), Projected(1, "k_proj_weight", memory), Projected(2, "v_proj_weight", memory));
        var size = width / Heads;
        var shape = new AttentionShape(
            AttentionFunction.Rows(x), AttentionFunction.Rows(memory), Heads, Heads, size, AttentionFunction.Scale(0, size),
                new AttentionOptions(false, 0, false, 0))
        {
            OfSteps = x.Type.HasSteps(),
        };
        var y = graph.Apply(new MatMul(), AttentionFunction.Apply(graph, shape, Dropout, q, k, v), Weight("out_proj.weight", width, width));
        return Bias ? graph.Add(y, parameters.Parameter("out_proj.bias", [width], Initializers.Zeros, FileLayout.AsIs)) : y;

        Value Projected(int place, string name, Value rows)
        {
            var weight = packed is { } all ? graph.Slice(all, 1, place * width, width) : Weight(name, Width(rows), width);
            var product = graph.Apply(new MatMul(), rows, weight);
            return biases is { } bias ? graph.Add(product, graph.Slice(bias, 0, place * width, width)) : product;
        }

        Value Weight(string name, int inputs, int units) =>
            parameters.Parameter(name, [inputs, units], (Init ?? Initializers.Default) with { FanIn = inputs, FanOut = units },
                FileLayout.Linear);
    }

    private static int Width(Value x) => x.Type.Dims[x.Type.Rank - 1];

    private static IEnumerable<int> Before(Value x) => x.Type.Dims.Take(x.Type.Rank - 2);
}
