using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Vectors;

/// <summary>Up to <see cref="Most"/> numbers that the user's code names, as a vector.</summary>
internal sealed record NumberVector(EquatableArray<float> Numbers) : Operation
{
    /// <summary>As many as the kernel takes.</summary>
    public const int Most = 16;

    public override string Title => $"Numbers[{string.Join(", ", Numbers.Select(Text.Literal))}]";

    public override bool IsMadeOnce => true;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(Numbers.Count);

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < Numbers.Count; i++)
            call.Result[i] = Numbers[i];
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var bits = Enumerable.Range(0, Most).Select(i => i < Numbers.Count ? BitConverter.ToInt32(BitConverter.GetBytes(Numbers[i]), 0) : 0);
        return new RuntimeCallBody("CopyKernels.Numbers", new[] { Numbers.Count }.Concat(bits).ToEquatableArray());
    }
}

internal static class NumberVectors
{
    /// <summary>Numbers as a vector: what repeats is a number broadcast, the rest are blocks of numbers, one after the other.</summary>
    public static Value Vector(this GraphBuilder graph, IReadOnlyList<float> numbers)
    {
        if (numbers.All(number => number == numbers[0]))
            return graph.Apply(new BroadcastTo(TensorType.Shared(numbers.Count)), graph.Constant(numbers[0]));
        var parts = Enumerable.Range(0, (numbers.Count + NumberVector.Most - 1) / NumberVector.Most)
            .Select(i => graph.Apply(new NumberVector(numbers.Skip(i * NumberVector.Most).Take(NumberVector.Most).ToEquatableArray()))).ToArray();
        return Concat.ConcatFunctions.Joined(graph, 0, parts);
    }
}
