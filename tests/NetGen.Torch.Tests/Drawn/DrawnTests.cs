using System.Globalization;
using NetGen.Compiled.Tests.Harness;
using NetGen.Generator;
using NetGen.Generator.Differentiation;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using Xunit;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch.Drawn;

/// <summary>
/// Law 1c over settings that nobody chose: fifty of each layer and loss. What a network means (the reference interpreter, in double) and its gradients are libtorch's, in double too, to
/// the last digits; and compiled code is within the rounding of what it means (<see cref="Agreement"/>), for some settings of each, with NETGEN_ALL_CASES=1 for all.
/// </summary>
public sealed class DrawnTests(ITestOutputHelper output)
{
    private const int Settings = 50;

    /// <summary>Of sums of some hundred terms in double.</summary>
    private const double OfDoubles = 1e-9;

    /// <summary>
    /// The constants of a graph are floats, each with a rounding of 2⁻²⁴: up to two of them (1/n of a mean, a share of smoothing), which a gradient has as often again.
    /// </summary>
    private const double OfConstants = 4.0 / (1 << 24);

    private static readonly int Compiled = Environment.GetEnvironmentVariable("NETGEN_ALL_CASES") == "1" ? Settings : 2;

    private static readonly Dictionary<string, Func<Draw, Setting>> Kinds = DrawnLayers.All.Concat(DrawnLosses.All).ToDictionary(kind => kind.Key, kind => kind.Value);

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(
        [.. Kinds.SelectMany(kind => Enumerable.Range(0, Compiled).Select(seed => new NetworkSource(Case(kind.Key, seed), kind.Value(new Draw(seed)).Source)))]));

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_means_and_its_gradients_are_libtorchs(string kind)
    {
        var settings = Enumerable.Range(0, Settings).Select(seed => (Draw: new Draw(seed), Seed: seed)).Select(d => (Setting: Kinds[kind](d.Draw), d.Draw, d.Seed)).ToArray();
        var models = CompiledNetworks.Read([.. settings.Select(s => new NetworkSource(Case(kind, s.Seed), s.Setting.Source))]).ToDictionary(model => model.Namespace);
        var worst = 0.0;
        foreach (var (setting, draw, seed) in settings)
        {
            var difference = Compare(setting, models[Case(kind, seed)], draw);
            Assert.True(difference < (setting.IsLoss || setting.HasConstants ? OfConstants : OfDoubles), string.Create(CultureInfo.InvariantCulture, $"{difference:E1} of the largest number, of {setting.Layer ?? setting.Text}, [{string.Join(", ", setting.Dims)}], batch {draw.Batch}"));
            worst = Math.Max(worst, difference);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {worst:E1} of the largest number"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_compiled_is_what_it_means(string kind)
    {
        for (var seed = 0; seed < Compiled; seed++)
            Agreement.Check(Networks.Value[Case(kind, seed)], [new Draw(seed).Batch], 2);
    }

    /// <summary>The largest difference between both, of the result, the loss and all gradients, each as a part of the largest number there.</summary>
    private static double Compare(Setting setting, NetworkModel model, Draw draw)
    {
        var batch = draw.Batch;
        var weights = model.Parameters.ToDictionary(p => p.Name, p => p.Name.EndsWith("_var", StringComparison.Ordinal)
            ? [.. draw.Values(Count(p.Dims)).Select(Math.Abs)]
            : draw.Values(Count(p.Dims)));
        var (x, y) = (draw.Values(batch * Count(setting.Dims), scale: 2), draw.Values(batch * Count(setting.Target ?? [])).Select(v => (v + 1) / 2).ToArray());
        var labels = setting.Labels is { } of ? Enumerable.Range(0, batch * Count(of.Dims)).Select(_ => draw.Whole(0, of.Classes - 1)).ToArray() : [];
        var environment = new ReferenceEnvironment
        {
            Batch = batch,
            Input = i => i == 0 ? x : setting.Labels is not null && i == 1 ? Array.ConvertAll(labels, label => (double)label) : y,
            Weight = name => weights[name],
        };
        var forward = Gradients.Expand(InferenceMode.Apply(model.Methods.Single(m => m.Name == "Forward").Graph));
        var step = Differentiator.Differentiate(TrainingMode.Apply(model.Methods.Single(m => m.IsObjective).Graph, _ => true, _ => false), _ => true);
        var (predicted, trained) = (ReferenceInterpreter.Run(forward, environment), ReferenceInterpreter.Run(step, environment));

        var leaves = model.Parameters.ToDictionary(p => p.Name, p => InPyTorch(p, weights[p.Name]).requires_grad_(!p.IsState));
        var named = leaves.Where(leaf => leaf.Key != "s").ToDictionary(leaf => leaf.Key["layer.".Length..], leaf => leaf.Value);
        Tensor Torch(bool isTraining) => setting.Torch(
            tensor(x).reshape([batch, .. setting.Dims.Select(dim => (long)dim)]) * leaves["s"],
            new Twin(
                named,
                setting.Labels is null ? null : tensor(labels.Select(label => (long)label).ToArray()).reshape([batch, .. setting.Labels.Value.Dims.Select(dim => (long)dim)]),
                setting.Target is null ? null : tensor(y).reshape([batch, .. setting.Target.Select(dim => (long)dim)]),
                isTraining));
        var result = Numbers(Torch(isTraining: false));
        var meaning = predicted[forward.Output("result")];
        var worst = Difference(result, setting.IsLoss ? [meaning.Average()] : meaning);
        var value = Torch(isTraining: true);
        var loss = setting.IsLoss ? value : (value + 0.3f).square().sum() / batch;
        worst = Math.Max(worst, Difference(Numbers(loss), [trained[step.Output("loss")].Average()]));
        if (!double.IsFinite(Numbers(loss)[0]))
            return worst;
        loss.backward();
        foreach (var output in step.Outputs.Where(o => o.Role == "update" && step[o.Value].Operation is Update))
        {
            var name = ((Update)step[output.Value].Operation).Parameter;
            var parameter = model.Parameters.Single(p => p.Name == name);
            worst = Math.Max(worst, Difference(Numbers(leaves[name].grad!), Numbers(InPyTorch(parameter, trained[output.Value]))));
        }
        return worst;
    }

    /// <summary>From the layout of memory to PyTorch's.</summary>
    private static Tensor InPyTorch(ParameterModel parameter, double[] values)
    {
        var own = tensor(values).reshape([.. parameter.Dims.Select(dim => (long)dim)]);
        var rank = parameter.Dims.Count;
        return (parameter.Layout switch
        {
            FileLayout.Linear => own.t(),
            FileLayout.Convolution => own.permute([rank - 1, rank - 2, .. Enumerable.Range(0, rank - 2).Select(axis => (long)axis)]),
            _ => own,
        }).contiguous().detach();
    }

    private static int Count(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => product * dim);

    private static double[] Numbers(Tensor values) => values.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private static double Difference(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        // A gradient that is 0 but for rounding, as that of a bias before a mean that is taken away, is compared with 1e-3.
        var scale = Math.Max(1e-3, expected.Max(Math.Abs));
        return expected.Zip(actual, (e, a) => e.Equals(a) ? 0 : Math.Abs(e - a)).Max() / scale;
    }

    private static string Case(string kind, int seed) => string.Create(CultureInfo.InvariantCulture, $"{kind.Replace(' ', '_')}_{seed}");
}
