using System.Globalization;
using System.Reflection;
using Xunit;

namespace NetGen.Tests;

public sealed class RecordTextTests
{
    public static TheoryData<object> Records =>
    [
        new Adam(-0.5f), new AdamW(1.5f, weightDecay: 0.25f), new RmsProp(0.5f, momentum: 0.9f), new Sgd(0.1f, 0.9f, nesterov: true),
        new Adagrad(0.5f), new SgdW(0.5f, 0.9f, nesterov: true), new Adamax(0.5f), new Nadam(0.5f), new Lion(0.5f), new Adadelta(0.5f), new Rprop(0.5f),
        new AmsGrad(0.5f), new Lamb(-0.5f), new Adam(-0.5f).ClipValue(-1.5f), new Sgd(0.5f).Lookahead(every: 3, rate: 0.25f),
        new BatchResult(-0.5f, 12), new EarlyStopping(3) { MinDelta = 0.5f, HigherIsBetter = true },
        new EarlyStopping(3, "auc"), WeightAverage.Exponential(0.5, fromEpoch: 2), new Checkpoints("here") { EverySteps = -3 }, new ReduceOnPlateau(2) { Factor = 0.25, Cooldown = 1 },
        new FitOptions { ValidationFraction = 0.25, Progress = new Progress<FitProgress>() },
        new FitProgress { Epoch = 2, Loss = -1.5f, ValidationLoss = 0.5f, Elapsed = TimeSpan.FromSeconds(1.5), Advice = "None." },
        new FeatureBlock(-1, 2), new Size2D(-3, 4),
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public void All_properties_are_in_the_text_whatever_the_culture(object record)
    {
        var properties = record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => FormattableString.Invariant($"{property.Name} = {property.GetValue(record)}"));
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus ", NumberDecimalSeparator = "," } };
        Assert.Equal($"{record.GetType().Name.Split('`')[0]} {{ {string.Join(", ", properties)} }}", record.ToString());
    }

    [Fact]
    public void Groups_of_parameters_are_in_the_text()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus ", NumberDecimalSeparator = "," } };
        var optimizer = new Adadelta(-0.5f).StoreGradients() with { ClipNorm = -1.5f, Groups = [new(new(-2.5f)) { Fields = ["head", "stem.0"] }] };
        Assert.Equal(
            $"StoredGradients {{ Optimizer = {new Adadelta(-0.5f)}, ClipNorm = -1.5, AdaptiveClip = , Accumulate = 1, "
            + $"Groups = [ParameterGroup {{ Optimizer = {new Adadelta(-2.5f)}, Fields = [head, stem.0], OnlyVectors = False }}], LearningRate = -0.5 }}",
            optimizer.ToString());
        Assert.Equal(
            "Muon { LearningRate = -0.5, Momentum = 0.95, Nesterov = True, WeightDecay = 0, Iterations = 5, AdamLearningRate = 0.0003, Beta1 = 0.9, Beta2 = 0.95, Epsilon = 1E-10, "
            + "AdamFields = [head, stem.0] }",
            (new Muon(-0.5f) { AdamFields = ["head", "stem.0"] }).ToString());
    }

    [Fact]
    public void Messages_have_the_numbers_of_no_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus ", NumberDecimalSeparator = "," } };
        var threads = Assert.Throws<ArgumentOutOfRangeException>(() => Device.Cpu(-2));
        Assert.Contains("threads, not -2.", threads.Message);
        var epochs = Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { Epochs = -5 }.Validate());
        Assert.StartsWith("The number of epochs is -5; expected at least 1.", epochs.Message);
        var labels = Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(2).Add(-7, 0));
        Assert.StartsWith("There is no class -7; there are 2.", labels.Message);
    }
}
