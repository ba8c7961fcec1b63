using System.Globalization;

namespace NetGen.Metrics;

public sealed partial class Report
{
    /// <summary>Adds how a training went: curves of losses, accuracies and metrics, why it ended, and a line for each epoch.</summary>
    public Report Training(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        Heading("Training");
        IReadOnlyList<EpochResult> epochs = history.Epochs;
        double seconds = epochs.Sum(epoch => epoch.Seconds);
        Tiles(
            ("ended", history.Stopped.ToString()),
            ("epochs", Whole(epochs.Count)),
            ("best epoch", history.BestEpoch is { } best ? Whole(best) : "–"),
            ("weights of epoch", history.RestoredEpoch is { } restored ? Whole(restored) : "the last"),
            ("last loss", Number(history.Last?.Loss ?? double.NaN)),
            ("last validation loss", history.Last?.ValidationLoss is { } loss ? Number(loss) : "–"),
            ("seconds", Number(seconds)));
        if (history.Advice is { } advice)
            Remark(advice);
        if (epochs.Count == 0)
            return this;

        Drawn([Charts.Loss(history), .. Charts.Accuracies(history), .. epochs[0].Metrics.Keys.Select(name => Charts.Metric(history, name))]);
        return this;
    }

    /// <summary>Adds what a search for a learning rate found.</summary>
    public Report LearningRates(RateTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        Heading("Learning rate");
        Remark(test.ToString());
        if (test.Points.Count > 0)
            Drawn(Charts.Rates(test));
        return this;
    }

    /// <summary>
    /// Adds how good probabilities of two classes are: measures, the confusion matrix, and the curves of ROC, precision and recall, and calibration.
    /// </summary>
    /// <param name="probabilities">Of the positive class.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <param name="threshold">From which probability on a sample is taken for positive.</param>
    /// <param name="names">What the two classes are called, the negative one first; null: 0 and 1.</param>
    /// <exception cref="ArgumentException">There are no samples, not as many of one as of the other, or not two names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1], or NaN; or a label is neither 0 nor 1.</exception>
    public Report TwoClasses(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, float threshold = 0.5f, IReadOnlyList<string>? names = null)
    {
        double loss = Probabilities.LogLoss(probabilities, labels);
        int[] taken = new int[labels.Length];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = probabilities[i] >= threshold ? 1 : 0;
        ConfusionMatrix matrix = Classification.Confusion(taken, labels, 2);
        RocCurve roc = RocCurve.Of(probabilities, labels);
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(probabilities, labels);
        CalibrationCurve calibration = CalibrationCurve.Of(probabilities, labels);
        ClassScores positive = matrix.Scores(1);
        string table = matrix.ToHtml(names);

        Heading("Two classes");
        Tiles(
            ("samples", Whole(labels.Length)), ("positive", Whole(positive.Support)), ("accuracy", Number(matrix.Accuracy)),
            ("precision", Number(positive.Precision)), ("recall", Number(positive.Recall)), ("F1", Number(positive.F1)),
            ("area under ROC", Number(roc.Area)), ("average precision", Number(curve.AveragePrecision)), ("log loss", Number(loss)),
            ("Brier's score", Number(Probabilities.Brier(probabilities, labels))), ("expected calibration error", Number(calibration.ExpectedError)),
            ("Matthews' correlation", Number(matrix.Matthews())));
        Remark(string.Create(CultureInfo.InvariantCulture, $"Positive from {threshold:G4} on; the highest F1 is at {Threshold.Best(probabilities, labels, point => double.IsNaN(point.F1) ? 0 : point.F1).Threshold:G4}."));
        body.Append("<div class=\"wide\">").Append(table).Append("</div>\n");
        Drawn(Charts.Roc(roc), Charts.PrecisionRecall(curve), Charts.Calibration(calibration));
        return this;
    }

    /// <summary>
    /// Adds how good probabilities of several classes are: measures, the confusion matrix, calibration, and each class against all others.
    /// </summary>
    /// <param name="probabilities">One for each class of each sample; those of a sample sum to 1.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="names">What the classes are called, in order: as many as there are.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, not as many probabilities as there should be, or those of a sample do not sum to 1.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1], or NaN; or a label is no class.</exception>
    public Report Classes(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        int classes = names.Count;
        double loss = Probabilities.LogLoss(probabilities, labels, classes);
        ConfusionMatrix matrix = Classification.Confusion(probabilities, labels, classes);
        CalibrationCurve calibration = CalibrationCurve.OfAnswers(probabilities, labels, classes);
        ClassScores macro = matrix.Average(Averaging.Macro);

        Heading("Classes");
        Tiles(
            ("samples", Whole(labels.Length)), ("classes", Whole(classes)), ("accuracy", Number(matrix.Accuracy)),
            ("balanced accuracy", Number(matrix.BalancedAccuracy())), ("precision, macro", Number(macro.Precision)), ("recall, macro", Number(macro.Recall)),
            ("F1, macro", Number(macro.F1)), ("F1, weighted", Number(matrix.Average(Averaging.Weighted).F1)),
            ("mean area under ROC", Number(RocCurve.AreaOfClasses(probabilities, labels, classes))), ("log loss", Number(loss)),
            ("Brier's score", Number(Probabilities.Brier(probabilities, labels, classes))), ("expected calibration error", Number(calibration.ExpectedError)),
            ("Cohen's κ", Number(matrix.CohensKappa())), ("Matthews' correlation", Number(matrix.Matthews())));
        body.Append("<div class=\"wide\">").Append(matrix.ToHtml(names)).Append("</div>\n");
        List<(double, double)> topK = [];
        for (int k = 1; k <= Math.Min(classes, 10); k++)
            topK.Add((k, Classification.TopK(probabilities, labels, classes, k)));
        Drawn(
            new Chart("Right among the k likeliest", "k", "share") { Counts = true }.Add(new("", Mark.LineWithDots, topK)),
            Charts.Calibration(calibration));

        List<IReadOnlyList<string>> rows = [];
        for (int c = 0; c < classes; c++)
        {
            ClassScores scores = matrix.Scores(c);
            (float[] own, int[] isIt) = RocCurve.OneAgainstAll(probabilities, labels, classes, c);
            rows.Add(
                [
                    names[c], Share(scores.Precision), Share(scores.Recall), Share(scores.F1), Share(RocCurve.Of(own, isIt).Area),
                    Share(PrecisionRecallCurve.Of(own, isIt).AveragePrecision), Whole(scores.Support),
                ]);
        }

        return Table("Each class", ["class", "precision", "recall", "F1", "area under ROC", "average precision", "samples"], rows);
    }

    /// <summary>Adds how far predicted numbers are from the true ones: errors, a scatter of the two, and how the errors lie.</summary>
    /// <param name="predicted">What was predicted, one number per sample.</param>
    /// <param name="actual">What is true.</param>
    /// <param name="what">What is predicted, with its unit.</param>
    /// <exception cref="ArgumentException">There are none, not as many of one as of the other, or a number is not finite.</exception>
    public Report Numbers(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual, string what)
    {
        Regression errors = Regression.Of(predicted, actual);
        Heading(what);
        Tiles(
            ("samples", Whole(actual.Length)), ("R²", Number(errors.RSquared)), ("mean absolute error", Number(errors.MeanAbsoluteError)),
            ("root mean squared error", Number(errors.RootMeanSquaredError)), ("mean absolute percentage error", Number(100 * errors.MeanAbsolutePercentageError) + " %"),
            ("greatest error", Number(errors.MaximumError)));
        (Chart scatter, Chart off) = Charts.Numbers(predicted, actual);
        Drawn(scatter, off);
        int every = Charts.Every(actual.Length);
        if (every > 1)
            Remark(FormattableString.Invariant($"The charts show every {every}th sample."));
        return this;
    }
}
