using System.Globalization;
using System.Text.Json;
using Xunit;
using static NetGen.Metrics.Tests.Oracle;

namespace NetGen.Metrics.Tests;

public sealed class NumbersTests
{
    public static TheoryData<string> Regressions => Names("regression");

    public static TheoryData<string> Translations => Names("bleu");

    public static TheoryData<string> Intervals => Names("intervals");

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Errors_are_those_of_scikit_learn(string name)
    {
        JsonElement oracle = Of("regression", name);
        int outputs = oracle.GetProperty("outputs").GetInt32();
        Regression errors = Regression.Of(oracle.Floats("predicted"), oracle.Floats("actual"), outputs);
        Agree(oracle.Number("mae"), errors.MeanAbsoluteError, "MAE");
        Agree(oracle.Number("rmse"), errors.RootMeanSquaredError, "RMSE");
        Agree(oracle.Number("mape"), errors.MeanAbsolutePercentageError, "MAPE");
        Agree(oracle.Number("r2"), errors.RSquared, "R²");
        Agree(oracle.Number("max"), errors.MaximumError, "maximum");
        Assert.Equal(
            SampleLosses.SquaredError(oracle.Floats("predicted"), oracle.Floats("actual")).Max(), errors.MaximumError * errors.MaximumError, 1e-5);
    }

    [Fact]
    public void Of_one_sample_R2_is_undefined_and_numbers_must_be_finite()
    {
        Assert.True(double.IsNaN(Regression.Of([1], [2]).RSquared));
        Assert.StartsWith("Value 1 (counted from 0) is NaN", Assert.Throws<ArgumentException>(() => Regression.Of([1, float.NaN], [1, 2])).Message);
        Assert.Throws<ArgumentException>(() => Regression.Of([1], [float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => Regression.Of([], []));
        Assert.Throws<ArgumentException>(() => Regression.Of([1, 2, 3], [1, 2, 3], 2));
    }

    [Fact]
    public void Edit_distances_are_those_of_NLTK()
    {
        foreach (JsonElement pair in Of("edit_distance").EnumerateArray())
            Assert.Equal(pair[2].GetInt32(), EditDistance.Of<char>(pair[0].GetString()!, pair[1].GetString()!));
        Assert.Equal(3d / 7, EditDistance.Rate(["the cat sat".Split(), "a".Split()], ["the cat sat down".Split(), "a b c".Split()]), 1e-15);
        Assert.Throws<ArgumentException>(() => EditDistance.Rate<string>([["a"]], [[]]));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Bleu_is_that_of_NLTK(string name)
    {
        JsonElement oracle = Of("bleu", name);
        string[][] predicted = [.. oracle.GetProperty("predicted").EnumerateArray().Select(Words)];
        string[][][] references = [.. oracle.GetProperty("references").EnumerateArray().Select(all => all.EnumerateArray().Select(Words).ToArray())];
        Agree(oracle.Number("bleu"), Bleu.Of(predicted, references), "BLEU");
        Agree(oracle.Number("bleu2"), Bleu.Of(predicted, references, longest: 2), "BLEU of pairs");
        Agree(oracle.Number("smooth"), Bleu.Of(predicted, references, smooth: true), "smoothed BLEU");

        static string[] Words(JsonElement text) => [.. text.EnumerateArray().Select(word => word.GetString()!)];
    }

    [Fact]
    public void Slices_measure_each_group_alone()
    {
        string[] keys = ["b", "a", "b", "a", "b"];
        float[] predicted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        float[] actual = [1, 2, 3, 3, 5];
        IReadOnlyList<Slice<string>> slices = Slices.By(keys, predicted, actual, (p, y) => p.Length + 100 * y[^1] + 1000 * p[2]);
        Assert.Equal(["b", "a"], slices.Select(slice => slice.Key));
        Assert.Equal([0, 2, 4], slices[0].Rows);
        Assert.Equal(6 + 500 + 5000, slices[0].Value);
        Assert.Equal(4 + 300 + 7000, slices[1].Value);
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.Equal("a: 0.5 (2 samples)", Slices.By(["a", "a"], [1f, 0f], [1, 1], (p, y) => p[0] / 2)[0].ToString());
        Assert.Throws<ArgumentException>(() => Slices.By(keys, new float[6], actual, (_, _) => 0));
    }

    [Fact]
    public void Slices_have_the_values_that_scikit_learn_gives_their_samples()
    {
        JsonElement oracle = Of("slices");
        (float[] p, int[] y, int[] groups) = (oracle.Floats("scores"), oracle.Ints("labels"), oracle.Ints("groups"));
        foreach (Slice<int> slice in Slices.By(groups, p, y, (scores, labels) => RocCurve.Of(scores, labels).Area))
            Agree(oracle.GetProperty("auc").Number($"{slice.Key}"), slice.Value, $"area of {slice.Key}");
        foreach (Slice<int> slice in Slices.By(groups, p, y, Accuracy))
            Agree(oracle.GetProperty("accuracy").Number($"{slice.Key}"), slice.Value, $"accuracy of {slice.Key}");
    }

    /// <summary>
    /// SciPy's percentile intervals, of other draws: a quantile of 0.025 of n draws has a standard error of √(0.025 · 0.975 / n) / φ(1.96) = 2.67 / √n standard errors of the
    /// measure, and there are two of them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Intervals))]
    public void Bootstrap_intervals_are_those_of_SciPy_as_far_as_draws_tell(string name)
    {
        JsonElement oracle = Of("intervals", name);
        ConfidenceInterval interval = Bootstrap.Interval(
            oracle.Floats("scores"), oracle.Ints("labels"),
            name switch { "area" => (scores, labels) => RocCurve.Of(scores, labels).Area, "brier" => Probabilities.Brier, _ => Accuracy }, draws: 10000, seed: 2);
        double error = 4 * Math.Sqrt(2) * 2.67 / Math.Sqrt(oracle.Number("draws")) * oracle.Number("error");
        Assert.Equal(oracle.Number("low"), interval.Low, error);
        Assert.Equal(oracle.Number("high"), interval.High, error);
    }

    private static double Accuracy(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
            right += (scores[i] >= 0.5f ? 1 : 0) == labels[i] ? 1 : 0;
        return (double)right / labels.Length;
    }

    /// <summary>The mean of n numbers has the standard error s/√n, whatever their distribution, and bootstrap finds it.</summary>
    [Fact]
    public void A_bootstrap_interval_is_as_wide_as_the_standard_error_says()
    {
        Random random = new(3);
        float[] x = [.. Enumerable.Range(0, 400).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 1))];
        ConfidenceInterval interval = Bootstrap.Interval(x, x, Mean, draws: 4000, seed: 5);
        double mean = x.Average();
        double error = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length / x.Length);
        Assert.Equal(mean, interval.Value, 1e-6);
        // The quantiles of 4000 draws have a standard error of 0.04 standard errors of the mean.
        Assert.InRange((interval.High - mean) / error, 1.96 - 0.2, 1.96 + 0.2);
        Assert.InRange((mean - interval.Low) / error, 1.96 - 0.2, 1.96 + 0.2);
        Assert.Equal(interval, Bootstrap.Interval(x, x, Mean, draws: 4000, seed: 5));
        Assert.NotEqual(interval, Bootstrap.Interval(x, x, Mean, draws: 4000, seed: 6));
        ConfidenceInterval narrow = Bootstrap.Interval(x, x, Mean, confidence: 0.5, draws: 4000, seed: 5);
        Assert.InRange((narrow.High - narrow.Low) / error, 1.349 - 0.15, 1.349 + 0.15);

        static double Mean(ReadOnlySpan<float> p, ReadOnlySpan<float> y)
        {
            double sum = 0;
            foreach (float v in p)
                sum += v;
            return sum / p.Length;
        }
    }

    [Fact]
    public void Draws_without_a_value_are_left_out_and_counted()
    {
        // One positive of ten is in no draw with the probability 0.9¹⁰ = 0.349.
        float[] scores = [.. Enumerable.Range(0, 10).Select(i => (float)i)];
        int[] labels = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
        ConfidenceInterval interval = Bootstrap.Interval(scores, labels, (p, y) => RocCurve.Of(p, y).Area, draws: 1000);
        Assert.InRange(interval.Undefined, 290, 410);
        Assert.InRange(interval.Value, interval.Low, interval.High);
        ConfidenceInterval never = Bootstrap.Interval(scores, new int[10], (p, y) => RocCurve.Of(p, y).Area, draws: 10);
        Assert.Equal((10, true), (never.Undefined, double.IsNaN(never.Low)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(scores, labels, (_, _) => 0, confidence: 1));
        Assert.Throws<ArgumentException>(() => Bootstrap.Interval((float[])[], (int[])[], (_, _) => 0));
    }

    [Fact]
    public void Draws_take_several_values_of_a_sample_together()
    {
        float[] scores = [0, 1, 10, 11, 20, 21];
        Bootstrap.Interval(scores, [0, 1, 2], (p, y) =>
        {
            for (int i = 0; i < y.Length; i++)
                Assert.Equal((10f * y[i], 10f * y[i] + 1), (p[2 * i], p[2 * i + 1]));
            return 0;
        }, draws: 20);
    }

    [Fact]
    public void The_worst_samples_have_the_greatest_losses()
    {
        WorstSample[] worst = SampleLosses.Worst([0.5f, 2, float.NaN, 2, 0.1f], 4);
        Assert.Equal([2, 1, 3, 0], worst.Select(sample => sample.Row));
        Assert.Equal(5, SampleLosses.Worst(new float[5], 9).Length);
        float[] losses = SampleLosses.BinaryCrossEntropy([2, -3, 500, -500], [1, 1, 0, 0]);
        Assert.Equal([0.126928f, 3.048587f, 500, 0], losses, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([2.5f, 0], SampleLosses.SquaredError([1, 2, 3, 3], [2, 0, 3, 3], 2));
    }

    [Fact]
    public void Texts_have_the_numbers_of_no_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " } };
        Assert.Equal("ClassScores { Precision = 0.5000, Recall = -0.2500, F1 = 0.1000, Support = -3 }", new ClassScores(0.5, -0.25, 0.1, -3).ToString());
        Assert.Equal("0.5000 [0.2500, 0.7500]", new ConfidenceInterval(0.5, 0.25, 0.75, 0).ToString());
        Assert.Equal("WorstSample { Row = 3, Loss = -0.5 }", new WorstSample(3, -0.5f).ToString());
        Assert.Equal("CalibrationBin { Predicted = 0.5000, Observed = 0.2500, Count = 2 }", new CalibrationBin(0.5, 0.25, 2).ToString());
        Assert.StartsWith("OperatingPoint { Threshold = 0.5, TruePositives = 1,", new OperatingPoint(0.5f, 1, 0, 1, 0).ToString());
        Assert.StartsWith("Regression { MeanAbsoluteError = 0.5,", Regression.Of([1.5f, 2], [2, 2.5f]).ToString());
    }
}
