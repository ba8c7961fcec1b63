using System.Text.RegularExpressions;
using NetGen.Compiled.Tests.Harness;
using NetGen.Generator.Tests.Networks;
using Xunit;

namespace NetGen.Compiled.Tests.Networks;

/// <summary>
/// Networks of the literature run: each predicts, and each objective makes a step. The large ones (at batch 1) with NETGEN_LITERATURE=1
/// only, for they take minutes; networks of the same classes, with fewer filters and rows, always.
/// </summary>
public sealed partial class LiteratureTests
{
    private static readonly Literature[] Small =
    [
        .. Literature.All.Where(one => one.Name is "LeNet-5" or "VAE" or "DQN" or "DCGAN"),
        new("narrow U-Net", DenseNetworks.UNet(width: 8, size: 204), 0),
        new("short NeuMF", OtherNetworks.NeuMf(users: 1000, items: 500), 0),
        new("small LSTM language model", SequenceNetworks.LstmLanguageModel(words: 50, width: 12, steps: 9), 0),
        new("small Transformer", SequenceNetworks.Transformer(pieces: 50, width: 16, heads: 2, feedForward: 24, layers: 2, steps: 9), 0),
        new("small BERT", SequenceNetworks.Bert(pieces: 50, width: 16, heads: 2, layers: 2, positions: 12, steps: 9), 0),
        new("small GPT", SequenceNetworks.Gpt2(pieces: 50, width: 16, heads: 2, layers: 2, positions: 12, steps: 9), 0),
        new("small ViT", SequenceNetworks.Vit(size: 48, width: 16, heads: 2, layers: 2, classes: 10), 0),
        new("small Llama block", SequenceNetworks.LlamaBlock(width: 24, heads: 4, keyHeads: 2, feedForward: 32, steps: 9), 0),
    ];

    private static readonly Lazy<CompiledNetworks> SmallOnes = new(() => CompiledNetworks.Compile([.. Small.Select(Source)]));

    private static Literature[] Large =>
        Environment.GetEnvironmentVariable("NETGEN_LITERATURE") == "1" ? [.. Literature.All.Except(Small)] : [];

    public static IEnumerable<object[]> Names => Small.Concat(Large).Select(one => new object[] { one.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_and_make_a_step(string name)
    {
        var literature = Small.Concat(Large).Single(one => one.Name == name);
        var (networks, batch) = Small.Contains(literature) ? (SmallOnes.Value, 3) : (CompiledNetworks.Compile([Source(literature)]), 1);
        var compiled = networks[Source(literature).Case];
        using var network = compiled.Create(threads: 2);

        var graph = compiled.Model.Methods.Single(method => method.Name == "Forward").Graph;
        var result = new float[batch * graph[graph.Output("result")].Type.Count];
        network.Predict("Forward", compiled.Inputs("Forward", batch, seed: 1), result);
        Assert.All(result, value => Assert.True(float.IsFinite(value)));
        Assert.True(result.Length == 1 || result.Min() < result.Max());

        var parameters = network.Network.Parameters;
        var before = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values.ToArray());
        foreach (var objective in compiled.Model.Methods.Where(method => method.IsObjective))
        {
            var loss = network.Step(objective.Name, compiled.Inputs(objective.Name, batch, seed: 2), new Sgd(1e-3f));
            Assert.True(float.IsFinite(loss), $"{objective.Name} is {loss}");
        }
        foreach (var parameter in compiled.Model.Parameters)
        {
            var values = parameters[parameter.Name].Values;
            Assert.True(values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0, $"{parameter.Name} is not finite");
            var isSame = values.SequenceEqual(before[parameter.Name]);
            // The scale of a channel that is normalized by itself again has no slope.
            var mayHaveNoSlope = before[parameter.Name].All(value => value == 1);
            Assert.True(isSame == parameter.IsFrozen || mayHaveNoSlope, $"{parameter.Name} is {(isSame ? "as it was" : "another")}");
        }
    }

    private static NetworkSource Source(Literature one) => new(
        NoLetter().Replace(one.Name, ""), "using System.Collections.Generic;\n\n" + ClassName().Replace(one.Source, "partial class Net"));

    [GeneratedRegex(@"partial class \w+")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoLetter();
}
