using NetGen.Generator;
using NetGen.Generator.Emission.Api;
using NetGen.Generator.Graph;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>Numbers to start from; the same seed gives the same.</summary>
internal static class TestData
{
    /// <summary>Numbers of both signs away from 0, so that a kink or a quotient does not hide an error behind a large bound.</summary>
    public static Array[] Inputs(MethodModel method, int batch, int seed)
    {
        var random = new Random(seed);
        var lengths = method.Inputs.Select(input => input.LengthsOf is null ? null : Enumerable.Range(0, batch)
            .Select(_ => random.Next(1, 1 + method.Inputs.Single(i => i.Name == input.LengthsOf).Type.Rows.Longest)).ToArray()).ToArray();
        return method.Inputs.Select((input, i) =>
        {
            if (lengths[i] is { } own)
                return own;
            var rows = input.Type.Rows.IsSteps ? lengths[input.Type.Rows.Lengths]!.Sum() : input.Type.Batched ? batch : 1;
            var count = (int)input.Type.Count * rows;
            if (input.Type.Element != ElementType.Int32)
            {
                var numbers = Numbers(random, count, 0.1, 2);
                // Targets of cross entropies are probabilities.
                return input.Range is null ? numbers : Array.ConvertAll(numbers, number => Math.Abs(number) / 2);
            }
            var classes = ApiText.IndexLimit(method.Graph, input.Name);
            return (Array)Enumerable.Range(0, count).Select(_ => random.Next(classes)).ToArray();
        }).ToArray();
    }

    /// <summary>Weights that keep activations at the size of the inputs: ±(0.2 to 1) / √(what one result sums over).</summary>
    public static void FillWeights(INetwork network, int seed)
    {
        var random = new Random(seed);
        foreach (var parameter in network.Parameters)
        {
            var columns = parameter.Shape.Length == 0 ? 1 : parameter.Shape[^1];
            if (parameter.IsState)
            {
                // A variance is positive; a counter counts.
                Numbers(random, parameter.Length, 0.5, 2).Select(n => parameter.Shape.Length == 0 ? 3 : Math.Abs(n)).ToArray().CopyTo(parameter.Values);
                continue;
            }
            var isMatrix = parameter.Name.EndsWith("weight", StringComparison.Ordinal);
            var scale = isMatrix ? 1 / Math.Sqrt(parameter.Length / (double)columns) : 1;
            Numbers(random, parameter.Length, 0.2 * scale, scale).CopyTo(parameter.Values);
        }
    }

    public static float[] Numbers(Random random, int count, double low, double high) => Enumerable.Range(0, count)
        .Select(_ => (float)((low + ((high - low) * random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1))).ToArray();
}
