using System.Text.Json;
using Xunit;
using static NetGen.Metrics.Tests.Oracle;

namespace NetGen.Metrics.Tests;

public sealed class BinaryTests
{
    public static TheoryData<string> Cases => Names("binary");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Roc_curves_are_those_of_scikit_learn(string name)
    {
        JsonElement oracle = Of("binary", name);
        RocCurve curve = RocCurve.Of(oracle.Floats("scores"), oracle.Ints("labels"));
        Agree(oracle.Numbers("fpr"), curve.Points.Select(point => point.FalsePositiveRate), "false positive rate");
        Agree(oracle.Numbers("tpr"), curve.Points.Select(point => point.Recall), "true positive rate");
        Assert.Equal(float.PositiveInfinity, curve.Points[0].Threshold);
        Agree(oracle.Numbers("roc_thresholds"), curve.Points.Skip(1).Select(point => (double)point.Threshold), "threshold");
        Agree(oracle.Number("auc"), curve.Area, "area");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Precision_recall_curves_are_those_of_scikit_learn(string name)
    {
        JsonElement oracle = Of("binary", name);
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(oracle.Floats("scores"), oracle.Ints("labels"));
        // There the thresholds rise, and the point (0, 1) comes last.
        OperatingPoint[] points = [.. curve.Points.Reverse()];
        Agree(oracle.Numbers("precision")[..^1], points.Select(point => point.Precision), "precision");
        Agree(oracle.Numbers("recall")[..^1], points.Select(point => point.Recall), "recall");
        Agree(oracle.Numbers("pr_thresholds"), points.Select(point => (double)point.Threshold), "threshold");
        Agree(oracle.Number("pr_auc"), curve.Area, "area");
        Agree(oracle.Number("average_precision"), curve.AveragePrecision, "average precision");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Probabilities_are_judged_as_by_scikit_learn(string name)
    {
        JsonElement oracle = Of("binary", name);
        (float[] p, int[] y) = (oracle.Floats("scores"), oracle.Ints("labels"));
        Agree(oracle.Number("log_loss"), Probabilities.LogLoss(p, y), "log loss");
        Agree(oracle.Number("brier"), Probabilities.Brier(p, y), "Brier's score");
        float[] both = [.. p.SelectMany(x => (float[])[1 - x, x])];
        Assert.Equal(2 * oracle.Number("brier"), Probabilities.Brier(both, y, 2), 1e-6);

        foreach (int bins in (int[])[5, 10])
        {
            CalibrationCurve uniform = CalibrationCurve.Of(p, y, bins);
            Check($"uniform {bins}", uniform);
            Check($"quantile {bins}", CalibrationCurve.Of(p, y, bins, equalCounts: true));
            Agree(oracle.Number($"ece {bins}"), uniform.ExpectedError, "expected calibration error");
            Agree(oracle.Number($"mce {bins}"), uniform.MaximumError, "maximum calibration error");
            Assert.Equal(y.Length, uniform.Bins.Sum(bin => bin.Count));
        }

        void Check(string kind, CalibrationCurve curve)
        {
            JsonElement expected = oracle.GetProperty("calibration").GetProperty(kind);
            Agree(expected.Numbers("observed"), curve.Bins.Select(bin => bin.Observed), kind);
            Agree(expected.Numbers("predicted"), curve.Bins.Select(bin => bin.Predicted), kind);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_best_threshold_has_the_best_of_all_F1(string name)
    {
        JsonElement oracle = Of("binary", name);
        (float[] p, int[] y) = (oracle.Floats("scores"), oracle.Ints("labels"));
        OperatingPoint best = Threshold.Best(p, y, point => point.F1);
        Agree(oracle.Number("best_f1"), best.F1, "F1");
        ConfusionMatrix matrix = Classification.Confusion([.. p.Select(score => score >= best.Threshold ? 1 : 0)], y, 2);
        Assert.Equal((best.TrueNegatives, best.FalsePositives, best.FalseNegatives, best.TruePositives), ((int)matrix[0, 0], (int)matrix[0, 1], (int)matrix[1, 0], (int)matrix[1, 1]));
        Assert.Equal(best.F1, matrix.F1(1), 1e-15);

        ConfusionMatrix half = Classification.Confusion([.. p.Select(score => score >= 0.5f ? 1 : 0)], y, 2);
        ClassScores positive = half.Scores(1);
        Agree(oracle.Numbers("at_half"), [positive.Precision, positive.Recall, positive.F1], "precision, recall and F1");
        Agree(oracle.Number("accuracy"), half.Accuracy, "accuracy");
        if (!double.IsNaN(oracle.Number("best_youden")))
            Agree(oracle.Number("best_youden"), Threshold.Best(p, y, point => point.Youden).Youden, "Youden's index");
        Agree(oracle.Number("kappa"), half.CohensKappa(), "kappa");
        Agree(oracle.Number("matthews"), half.Matthews(), "Matthews");
    }

    [Fact]
    public void A_threshold_is_chosen_by_costs_or_by_a_condition()
    {
        float[] scores = [0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f];
        int[] labels = [1, 0, 1, 1, 0, 0];
        Assert.Equal(0.6f, Threshold.Best(scores, labels, point => -(10 * point.FalseNegatives + point.FalsePositives)).Threshold);
        Assert.Equal(0.9f, Threshold.Best(scores, labels, point => -(point.FalseNegatives + 10 * point.FalsePositives)).Threshold);
        OperatingPoint precise = Threshold.Best(scores, labels, point => point.Precision >= 0.7 ? point.Recall : double.NaN);
        Assert.Equal((0.6f, 1d, 0.75), (precise.Threshold, precise.Recall, precise.Precision));
        Assert.Equal(float.PositiveInfinity, Threshold.Best(scores, labels, _ => 0).Threshold);
        Assert.Throws<InvalidOperationException>(() => Threshold.Best(scores, labels, _ => double.NaN));
        Assert.Equal(2d / 3, Threshold.Best(scores, labels, point => point.Youden).Youden, 1e-15);
        Assert.Equal(5d / 6, Threshold.Best(scores, labels, point => point.Accuracy).Accuracy, 1e-15);
    }

    /// <summary>What scikit-learn says of one class only: NaN, with a warning (since 1.6; an exception before).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_one_class_only_what_compares_two_is_NaN(int label)
    {
        float[] scores = [0.25f, 0.5f, 0.75f];
        int[] labels = [label, label, label];
        Assert.True(double.IsNaN(RocCurve.Of(scores, labels).Area));
        double average = PrecisionRecallCurve.Of(scores, labels).AveragePrecision;
        Assert.Equal(label == 1 ? 1 : double.NaN, average);
        Assert.True(Probabilities.LogLoss(scores, labels) > 0);
        Assert.Equal(label == 1 ? 1 : double.NaN, PrecisionRecallCurve.Of(scores, labels).Area);
        Assert.Equal(label, CalibrationCurve.Of(scores, labels, 1).Bins.Single().Observed);
    }

    [Fact]
    public void Infinite_scores_are_scores()
    {
        RocCurve curve = RocCurve.Of([float.PositiveInfinity, 1, float.NegativeInfinity], [1, 0, 0]);
        Assert.Equal(1, curve.Area);
        Assert.Equal(new OperatingPoint(float.PositiveInfinity, 0, 0, 1, 2), curve.Points[0]);
        Assert.Equal(4, curve.Points.Count);
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        Says("Value 1 (counted from 0) is NaN.", () => RocCurve.Of([0, float.NaN], [0, 1]));
        Says("There are 1 predictions for 2 samples.", () => RocCurve.Of([0], [0, 1]));
        Says("There are no samples", () => PrecisionRecallCurve.Of([], []));
        Says("The label of sample 1 (counted from 0) is 2; labels are from 0 to 1.", () => RocCurve.Of([0, 1], [0, 2]));
        Says("Value 0 (counted from 0) is 1.5; probabilities are from 0 to 1.", () => Probabilities.LogLoss([1.5f], [1]));
        Says("Value 0 (counted from 0) is NaN; probabilities", () => Probabilities.Brier([float.NaN], [1]));
        Says("There are no samples", () => Probabilities.LogLoss([], []));
        Says("There are no samples", () => CalibrationCurve.Of([], []));
        Says("The target of sample 1 (counted from 0) is 0.5", () => Probabilities.Labels([0, 0.5f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationCurve.Of([0.5f], [1], 0));
        Assert.Equal([0, 1, 1], Probabilities.Labels([0, 1, 1]));

        static void Says(string text, Func<object> call) => Assert.StartsWith(text, Assert.ThrowsAny<ArgumentException>(call).Message);
    }

    [Fact]
    public void Logits_become_probabilities_without_overflow()
    {
        Assert.Equal([0, 0.5f, 1], Probabilities.Sigmoid([-1000, 0, 1000]));
        Assert.Equal([0.5f, 0.5f, 0, 1], Probabilities.Softmax([1000, 1000, -1000, 1000], 2));
        float[] three = Probabilities.Softmax([1, 2, 3], 3);
        Assert.Equal(1, three.Sum(), 1e-6f);
        Assert.Equal(Math.Exp(-1), three[1] / three[2], 1e-6);
    }
}
