using System.Globalization;
using NetGen;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace AgainstTorch.Drawn;

/// <summary>Ten steps of each optimizer with fifty settings by chance, beside libtorch's, or, where it has none, the authors' formulas on its gradients.</summary>
public sealed class DrawnOptimizerTests(ITestOutputHelper output)
{
    private const int Settings = 50, Steps = 10;

    private static readonly Dictionary<string, Func<Draw, (Action<Case> Step, Func<Parameter[], Action> Torch)>> Kinds = new()
    {
        ["Sgd"] = draw =>
        {
            var (rate, momentum, decay, nesterov) = (Rate(draw, 0.1), draw.Number(0.1, 0.95), draw.Number(0, 0.1), draw.Flag());
            var dampening = nesterov ? 0 : draw.Number(0, 0.5);
            return (
                c => c.Step(new Sgd((float)rate, (float)momentum, nesterov, (float)decay, (float)dampening)),
                p => Of(optim.SGD(p, rate, momentum, dampening, decay, nesterov)));
        },
        ["SgdW"] = draw =>
        {
            var (rate, momentum, decay) = (Rate(draw, 0.1), draw.Number(0.1, 0.95), draw.Number(0, 0.1));
            return (c => c.Step(new SgdW((float)rate, momentum: (float)momentum, weightDecay: (float)decay)), p => PublishedOptimizers.SgdW(p, rate, momentum, decay));
        },
        ["Adam"] = draw => OfMoments(
            draw, (rate, a, b, e, decay) => c => c.Step(new Adam(rate, a, b, e, decay)), (p, rate, a, b, e, decay) => Of(optim.Adam(p, rate, a, b, e, decay))),
        ["AdamW"] = draw => OfMoments(
            draw, (rate, a, b, e, decay) => c => c.Step(new AdamW(rate, a, b, e, decay)), (p, rate, a, b, e, decay) => Of(optim.AdamW(p, rate, a, b, e, decay))),
        ["AmsGrad"] = draw => OfMoments(
            draw, (rate, a, b, e, decay) => c => c.Step(new AmsGrad(rate, a, b, e, decay)),
            (p, rate, a, b, e, decay) => Of(optim.Adam(p, rate, a, b, e, decay, amsgrad: true))),
        ["Adamax"] = draw => OfMoments(
            draw, (rate, a, b, e, decay) => c => c.Step(new Adamax(rate, a, b, e, decay)), (p, rate, a, b, e, decay) => Of(optim.Adamax(p, rate, a, b, e, decay))),
        ["Nadam"] = draw => OfMoments(
            draw, (rate, a, b, e, decay) => c => c.Step(new Nadam(rate, a, b, e, decay)), (p, rate, a, b, e, decay) => Of(optim.NAdam(p, rate, a, b, e, decay))),
        ["RmsProp"] = draw =>
        {
            var (rate, alpha, momentum, decay) = (Rate(draw, 0.01), draw.Number(0.8, 0.99), draw.Number(0, 0.9), draw.Number(0, 0.1));
            return (
                c => c.Step(new RmsProp((float)rate, (float)alpha, 1e-3f, (float)momentum, (float)decay)),
                p => Of(optim.RMSProp(p, rate, alpha, 1e-3f, decay, momentum)));
        },
        ["Adagrad"] = draw =>
        {
            var (rate, rateDecay, decay) = (Rate(draw, 0.1), draw.Number(0, 0.2), draw.Number(0, 0.1));
            return (
                c => c.Step(new Adagrad((float)rate, (float)rateDecay, 1e-3f, (float)decay)),
                p => Of(optim.Adagrad(p, rate, rateDecay, decay, 0, 1e-3f)));
        },
        ["Adadelta"] = draw =>
        {
            var (rate, rho, decay) = (Rate(draw, 1), draw.Number(0.7, 0.99), draw.Number(0, 0.1));
            return (c => c.Step(new Adadelta((float)rate, (float)rho, 1e-3f, (float)decay)), p => Of(optim.Adadelta(p, rate, rho, 1e-3f, decay)));
        },
        ["Rprop"] = draw =>
        {
            var (first, shrink, grow) = (Rate(draw, 0.05), draw.Number(0.3, 0.9), draw.Number(1.05, 1.5));
            return (
                c => c.Step(new Rprop((float)first, (float)shrink, (float)grow, 1e-4f, 0.1f)),
                p => Of(optim.Rprop(p, first, shrink, grow, 1e-4f, 0.1f)));
        },
        ["Lion"] = draw =>
        {
            var (rate, decay) = (Rate(draw, 0.01), draw.Number(0, 0.2));
            return (c => c.Step(new Lion((float)rate, weightDecay: (float)decay)), p => PublishedOptimizers.Lion(p, rate, decay));
        },
        ["Lamb"] = draw =>
        {
            var (rate, decay) = (Rate(draw, 0.05), draw.Number(0, 0.2));
            return (c => c.Step(new Lamb((float)rate, weightDecay: (float)decay)), p => PublishedOptimizers.Lamb(p, rate, decay));
        },
        ["Muon"] = draw =>
        {
            var (rate, momentum, decay, nesterov) = (Rate(draw, 0.05), draw.Number(0, 0.95), draw.Number(0, 0.2), draw.Flag());
            return (
                c => c.Step(new Muon((float)rate, (float)momentum, nesterov, (float)decay, adamLearningRate: 1e-3f) { Epsilon = 1e-3f }),
                p => PublishedOptimizers.Muon(p, rate, momentum, nesterov, decay));
        },
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_libtorchs(string kind)
    {
        var worst = 0.0;
        for (var seed = 0; seed < Settings; seed++)
        {
            var (step, torch) = Kinds[kind](new Draw(seed));
            using var test = new RegressionCase(9, "Squared", new Regression((ulong)seed));
            TorchTests.Copy(test);
            var other = torch([.. test.Twin.parameters()]);
            for (var i = 0; i < Steps; i++)
            {
                test.Twin.zero_grad();
                using var loss = test.TorchLoss();
                loss.backward();
                other();
                step(test);
            }
            var weights = TorchTests.InFile(test.Parameters);
            var difference = test.Twin.named_parameters().Max(p => TorchTests.Difference(TorchTests.Floats(p.parameter), TorchTests.Floats(weights[p.name])));
            Assert.True(difference < 1e-4, string.Create(CultureInfo.InvariantCulture, $"{kind}, setting {seed}: {difference:E1} of the largest weight"));
            worst = Math.Max(worst, difference);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: weights after {Steps} steps {worst:E1} (of the largest one)"));
    }

    private static (Action<Case>, Func<Parameter[], Action>) OfMoments(
        Draw draw, Func<float, float, float, float, float, Action<Case>> step, Func<Parameter[], double, double, double, double, double, Action> torch)
    {
        // An ε that is not small beside the roots: where a gradient is 0 but for rounding a quotient of both would be that of roundings.
        var (rate, a, b, epsilon, decay) = (Rate(draw, 0.02), draw.Number(0.5, 0.95), draw.Number(0.8, 0.99), 1e-3f, draw.Number(0, 0.2));
        return (step((float)rate, (float)a, (float)b, epsilon, (float)decay), p => torch(p, rate, a, b, epsilon, decay));
    }

    private static double Rate(Draw draw, double most) => most * draw.Number(0.05, 1);

    private static Action Of(optim.Optimizer optimizer) => () => optimizer.step();
}
