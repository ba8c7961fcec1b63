using NetGen.Generator.Graph;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>The losses by their formulas, written out for one sample or one batch.</summary>
public sealed class LossTests
{
    private static readonly double[] Logits = [1.5, -0.25, 0.5, -2, 0.75, 3, 0.125, 1, -1, 2, 0.5, -0.5];

    private static readonly double[] Labels = [2, 0, 1, 2];

    private static double LogProbability(int sample, int of) =>
        Logits[(sample * 3) + of] - Math.Log(Logits.Skip(sample * 3).Take(3).Sum(Math.Exp));

    /// <summary>The mean over a batch of four samples and three classes.</summary>
    private static double Mean(string function, double[]? labels, params (string, object?)[] more)
    {
        var t = new TestGraph(4);
        var logits = t.Given(TensorType.PerSample(3), Logits);
        var scores = function == "NegativeLogLikelihood" ? t.Call("LogSoftmax", ("x", logits)) : logits;
        var loss = t.Call(function, [(function == "NegativeLogLikelihood" ? "logProbabilities" : "logits", scores), ("label", t.Given(TensorType.Integers(), labels ?? Labels)), .. more]);
        return t.Evaluate(loss).Average();
    }

    [Theory]
    [InlineData("CrossEntropy")]
    [InlineData("NegativeLogLikelihood")]
    public void Class_weights_are_in_the_denominator(string function)
    {
        double[] w = [0.5, 2, 3];
        var expected = Labels.Select((y, b) => -w[(int)y] * LogProbability(b, (int)y)).Sum() / Labels.Sum(y => w[(int)y]);
        Assert.Equal(expected, Mean(function, null, ("weights", new[] { 0.5f, 2f, 3f })), 1e-12);
    }

    [Theory]
    [InlineData("CrossEntropy", -100)]
    [InlineData("NegativeLogLikelihood", 255)]
    [InlineData("Focal", 1)]
    public void An_ignored_label_counts_nowhere(string function, int ignored)
    {
        double[] labels = [2, ignored, 0, ignored];
        double Of(int b)
        {
            var log = LogProbability(b, (int)labels[b]);
            return function == "Focal" ? -Math.Pow(1 - Math.Exp(log), 2) * log : -log;
        }
        Assert.Equal((Of(0) + Of(2)) / 2, Mean(function, labels, ("ignoreIndex", ignored)), 1e-12);
        Assert.Equal(0, Mean(function, [ignored, ignored, ignored, ignored], ("ignoreIndex", ignored)));
    }

    [Fact]
    public void Accuracy_is_that_of_the_labels_that_count()
    {
        var t = new TestGraph(4);
        // Right are samples 1 and 3; of those that count 1 of 3.
        var loss = t.Call(
            "CrossEntropy", ("logits", t.Given(TensorType.PerSample(3), Logits)), ("label", t.Given(TensorType.Integers(), 2, 2, 0, -1)), ("ignoreIndex", -1));
        t.Objective(loss);
        var correct = t.Builder.Classifications.Single().Correct;
        Assert.Equal(1 / 3.0, t.Evaluate(correct).Average(), 1e-7);
    }

    [Fact]
    public void Smoothing_is_PyTorchs()
    {
        // torch.nn.CrossEntropyLoss(weight, label_smoothing=0.3): both parts are divided by the weights of the labels.
        double[] w = [0.5, 2, 3];
        var own = Labels.Select((y, b) => -w[(int)y] * LogProbability(b, (int)y)).Sum();
        var all = Enumerable.Range(0, 4).Sum(b => Enumerable.Range(0, 3).Sum(c => -w[c] * LogProbability(b, c)));
        var expected = ((0.7 * own) + (0.3 / 3 * all)) / Labels.Sum(y => w[(int)y]);
        Assert.Equal(expected, Mean("CrossEntropy", null, ("weights", new[] { 0.5f, 2f, 3f }), ("labelSmoothing", 0.3f)), 1e-7);
        Assert.Equal(
            Enumerable.Range(0, 4).Average(b => (-0.7 * LogProbability(b, (int)Labels[b])) - (0.1 * Enumerable.Range(0, 3).Sum(c => LogProbability(b, c)))),
            Mean("CrossEntropy", null, ("labelSmoothing", 0.3f)), 1e-7);
    }

    [Fact]
    public void Weights_of_samples_are_in_the_denominator()
    {
        double[] w = [0.5, 0, 3, 1];
        var t = new TestGraph(4);
        var weight = t.Given(TensorType.PerSample(), w);
        var loss = t.Given(TensorType.PerSample(), 1.5, double.NaN, 2, -4);
        var weighted = t.Evaluate(t.Call("Weighted", ("loss", loss), ("weight", weight)));
        Assert.Equal(((0.5 * 1.5) + (3 * 2) - 4) / 4.5, weighted.Average(), 1e-12);
        var none = t.Call("Weighted", ("loss", loss), ("weight", t.Given(TensorType.PerSample(), 0, 0, 0, 0)));
        Assert.Equal([0, 0, 0, 0], t.Evaluate(none));
        Assert.All(t.Evaluate(t.Call("Weighted", ("loss", loss), ("weight", t.Given(TensorType.PerSample(), 1, -1, 2, 3)))), value => Assert.Equal(double.NaN, value));

        var errors = t.Call(
            "MeanSquaredError", ("prediction", t.Given(TensorType.PerSample(1), 1, 2, 3, 4)), ("target", t.Given(TensorType.PerSample(1), 0, 0, 0, 0)), ("weight", weight));
        Assert.Equal((0.5 + (3 * 9) + 16) / 4.5, t.Evaluate(errors).Average(), 1e-12);
    }

    [Fact]
    public void Binary_losses()
    {
        double[] z = [1.5, -0.5, 3], target = [1, 0, 0];
        double Log(double x) => -Math.Log(1 + Math.Exp(-x));
        Is("BinaryCrossEntropy", "logits", z, target, ((-2.5 * Log(1.5)) - Log(0.5) - Log(-3)) / 3, ("positiveWeight", 2.5f));
        // torchvision.ops.sigmoid_focal_loss
        double Focal(double log, double alpha) => -alpha * Math.Pow(1 - Math.Exp(log), 1.5) * log;
        Is("BinaryFocal", "logits", z, target, (Focal(Log(1.5), 0.25) + Focal(Log(0.5), 0.75) + Focal(Log(-3), 0.75)) / 3, ("alpha", 0.25f), ("gamma", 1.5f));
    }

    [Fact]
    public void Losses_of_errors()
    {
        double[] p = [1.5, -0.5, 3], target = [1, 0.25, 1];
        Is("SmoothL1", "prediction", p, target, ((0.5 * 0.5 / 2 / 0.75) + (0.75 * 0.75 / 2 / 0.75) + (2 - 0.375)) / 3, ("beta", 0.75f));
        Is("LogCosh", "prediction", p, target, (Math.Log(Math.Cosh(0.5)) + Math.Log(Math.Cosh(0.75)) + Math.Log(Math.Cosh(2))) / 3);
        Is("Quantile", "prediction", p, target, ((0.2 * 0.5) + (0.8 * 0.75) + (0.2 * 2)) / 3, ("quantile", 0.8f));
        Is("PoissonNegativeLogLikelihood", "prediction", p, target, (Math.Exp(1.5) - 1.5 + Math.Exp(-0.5) + (0.25 * 0.5) + Math.Exp(3) - 3) / 3);
        Is("PoissonNegativeLogLikelihood", "prediction", [1.5, 2, 3], target, (1.5 - Math.Log(1.5) + 2 - (0.25 * Math.Log(2)) + 3 - Math.Log(3)) / 3, ("isLog", false));
        Is("KLDivergence", "logProbabilities", [-1, -0.5, -3], [0.5, 0.5, 0], (2 * 0.5 * Math.Log(0.5)) + 0.5 + 0.25);
        Is("Hinge", "prediction", p, [1, 1, -1], (0 + 1.5 + 4) / 3);
        Is("SquaredHinge", "prediction", p, [1, 1, -1], (0 + 2.25 + 16) / 3);
        var t = new TestGraph(1);
        Value Given(params double[] values) => t.Given(TensorType.PerSample(values.Length), values);
        var gaussian = t.Call("GaussianNegativeLogLikelihood", ("prediction", Given(p)), ("target", Given(target)), ("variance", Given(2, 0.1, 0.5)), ("epsilon", 0.25f));
        Assert.Equal((Math.Log(2) + (0.25 / 2) + Math.Log(0.25) + (0.5625 / 0.25) + Math.Log(0.5) + (4 / 0.5)) / 6, Assert.Single(t.Evaluate(gaussian)), 1e-7);
    }

    [Fact]
    public void Losses_of_pairs()
    {
        var t = new TestGraph(1);
        Value Given(params double[] values) => t.Given(TensorType.PerSample(values.Length), values);
        Value Number(double value) => t.Given(TensorType.PerSample(), value);
        double Of(string function, params (string, object?)[] arguments) => Assert.Single(t.Evaluate(t.Call(function, arguments)));
        var (a, b, c) = (Given(3, 4), Given(4, 3), Given(0, 0));
        Assert.Equal(1 - (24 / 25.0), Of("CosineEmbedding", ("a", a), ("b", b), ("target", Number(1))), 1e-12);
        Assert.Equal((24 / 25.0) - 0.5, Of("CosineEmbedding", ("a", a), ("b", b), ("target", Number(-1)), ("margin", 0.5f)), 1e-12);
        Assert.Equal(1, Of("Contrastive", ("a", a), ("b", b), ("target", Number(1))), 1e-12);
        Assert.Equal(0.5 * Math.Pow(3 - Math.Sqrt(2), 2), Of("Contrastive", ("a", a), ("b", b), ("target", Number(0)), ("margin", 3f)), 1e-12);
        Assert.Equal(0.5 * 9, Of("Contrastive", ("a", a), ("b", a), ("target", Number(0)), ("margin", 3f)), 1e-12);
        Assert.Equal(5 - Math.Sqrt(2) + 1, Of("Triplet", ("anchor", a), ("positive", c), ("negative", b)), 1e-12);
        Assert.Equal(0, Of("Triplet", ("anchor", a), ("positive", b), ("negative", c)), 1e-12);
    }

    private static void Is(string function, string left, double[] prediction, double[] target, double expected, params (string, object?)[] more)
    {
        var t = new TestGraph(1);
        var loss = t.Call(function, [(left, t.Given(TensorType.PerSample(3), prediction)), ("target", t.Given(TensorType.PerSample(3), target)), .. more]);
        Assert.Equal(expected, Assert.Single(t.Evaluate(loss)), 1e-6);
    }
}
