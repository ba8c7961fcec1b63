using System.Text.Json;
using Xunit;
using static NetGen.Metrics.Tests.Oracle;

namespace NetGen.Metrics.Tests;

public sealed class ClassesTests
{
    public static TheoryData<string> Cases => Names("classes");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Answers_are_judged_as_by_scikit_learn(string name)
    {
        JsonElement oracle = Of("classes", name);
        int classes = oracle.GetProperty("classes").GetInt32();
        (float[] scores, int[] labels) = (oracle.Floats("scores"), oracle.Ints("labels"));
        ConfusionMatrix matrix = Classification.Confusion(scores, labels, classes);
        Assert.Equal(oracle.Ints("confusion"), Enumerable.Range(0, classes * classes).Select(i => (int)matrix[i / classes, i % classes]));
        Agree(oracle.Number("accuracy"), matrix.Accuracy, "accuracy");
        Agree(oracle.Number("balanced_accuracy"), matrix.BalancedAccuracy(), "balanced accuracy");
        Agree(oracle.Number("matthews"), matrix.Matthews(), "Matthews");
        foreach (KappaWeights weights in Enum.GetValues<KappaWeights>())
            Agree(oracle.GetProperty("kappa").Number(weights.ToString().ToLowerInvariant()), matrix.CohensKappa(weights), $"kappa {weights}");
        foreach (Averaging averaging in Enum.GetValues<Averaging>())
        {
            ClassScores mean = matrix.Average(averaging);
            Agree(oracle.GetProperty("averages").Numbers(averaging.ToString().ToLowerInvariant()), [mean.Precision, mean.Recall, mean.F1], $"{averaging}");
            Assert.Equal(labels.Length, mean.Support);
        }

        int label = 0;
        foreach (JsonElement each in oracle.GetProperty("each").EnumerateArray())
        {
            ClassScores scored = matrix.Scores(label++);
            Agree([.. each.EnumerateArray().Select(Number)], [scored.Precision, scored.Recall, scored.F1, scored.Support], $"class {label}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_judged_as_by_scikit_learn(string name)
    {
        JsonElement oracle = Of("classes", name);
        int classes = oracle.GetProperty("classes").GetInt32();
        (float[] scores, int[] labels) = (oracle.Floats("scores"), oracle.Ints("labels"));
        foreach (JsonProperty k in oracle.GetProperty("top_k").EnumerateObject())
            Agree(k.Value.GetDouble(), Classification.TopK(scores, labels, classes, k.Name[0] - '0'), $"top {k.Name}");
        Assert.Equal(1, Classification.TopK(scores, labels, classes, classes));
        Agree(oracle.Number("log_loss"), Probabilities.LogLoss(scores, labels, classes), "log loss");
        Agree(oracle.Number("brier"), Probabilities.Brier(scores, labels, classes), "Brier's score");
        if (oracle.TryGetProperty("auc", out JsonElement areas))
        {
            foreach (Averaging averaging in Enum.GetValues<Averaging>())
                Agree(areas.Number(averaging.ToString().ToLowerInvariant()), RocCurve.AreaOfClasses(scores, labels, classes, averaging), $"{averaging} area");
        }

        // Logarithms of probabilities are logits, and softmax is the way back.
        float[] logits = [.. scores.Select(p => (float)Math.Log(p) + 3)];
        float[] losses = SampleLosses.CrossEntropy(logits, labels, classes);
        double[] expected = oracle.Numbers("cross_entropy");
        for (int i = 0; i < losses.Length; i++)
            Assert.Equal(expected[i], losses[i], 2e-6);
        // Of losses that are floats.
        Assert.Equal(oracle.Number("perplexity"), Probabilities.Perplexity(losses), 1e-5);
        float[] again = Probabilities.Softmax(logits, classes);
        for (int i = 0; i < again.Length; i++)
            Assert.Equal(scores[i], again[i], 2e-6f);
    }

    [Fact]
    public void A_class_that_is_missing_is_left_out_or_makes_the_area_undefined()
    {
        JsonElement oracle = Of("classes", "a class that is not there");
        Assert.True(double.IsNaN(RocCurve.AreaOfClasses(oracle.Floats("scores"), oracle.Ints("labels"), 3)));
        ConfusionMatrix matrix = Classification.Confusion([0, 0, 1], [0, 0, 1], 3);
        Assert.Equal(1, matrix.Average(Averaging.Macro).F1);
        Assert.Equal(0, matrix.Scores(2).Precision);
        Assert.True(double.IsNaN(matrix.Scores(2, double.NaN).Precision));
    }

    [Fact]
    public void An_answer_that_names_no_class_is_wrong()
    {
        float[] scores = [1, 0, 0, 1, float.NaN, 0, 0, 1];
        ConfusionMatrix matrix = Classification.Confusion(scores, [0, 1, 0, 1], 2);
        Assert.Equal(0.75, matrix.Accuracy);
        Assert.Equal(0.75, matrix.BalancedAccuracy());
        ClassScores micro = matrix.Average(Averaging.Micro);
        Assert.Equal((1d, 0.75), (micro.Precision, micro.Recall));
        Assert.Equal(0.75, Classification.TopK(scores, [0, 1, 0, 1], 2, 2));

        // As a third class that is never there, which scikit-learn's values are known of.
        ConfusionMatrix three = Classification.Confusion([0, 1, 2, 1], [0, 1, 0, 1], 3);
        Assert.Equal(three.CohensKappa(), matrix.CohensKappa(), 1e-15);
        Assert.Equal(three.Matthews(), matrix.Matthews(), 1e-15);
        Assert.Throws<InvalidOperationException>(() => matrix.CohensKappa(KappaWeights.Linear));
    }

    [Fact]
    public void Of_one_class_only_kappa_is_undefined_and_Matthews_is_0()
    {
        ConfusionMatrix matrix = Classification.Confusion([1, 1], [1, 1], 2);
        Assert.True(double.IsNaN(matrix.CohensKappa()));
        Assert.Equal(0, matrix.Matthews());
        Assert.Equal(1, matrix.BalancedAccuracy());
    }

    [Fact]
    public void Of_equal_scores_the_first_class_is_the_answer()
    {
        float[] scores = [0.5f, 0.5f, 0, 0.25f, 0.5f, 0.5f];
        Assert.Equal(1, Classification.TopK(scores, [0, 1], 3, 1));
        Assert.Equal(0, Classification.TopK(scores, [1, 2], 3, 1));
        Assert.Equal(1, Classification.TopK(scores, [1, 2], 3, 2));
        Assert.Equal(Classification.TopK(scores, [0, 2], 3, 1), Classification.Confusion(scores, [0, 2], 3).Accuracy);
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        Says("There are 5 values for 2 samples; expected 3 for each.", () => Classification.Confusion(new float[5], [0, 1], 3));
        Says("The label of sample 0 (counted from 0) is 3; labels are from 0 to 2.", () => Classification.Confusion([0], [3], 3));
        Says("The probabilities of sample 1 (counted from 0) sum to 0.75; expected 1.", () => Probabilities.LogLoss([0.5f, 0.5f, 0.5f, 0.25f], [0, 1], 2));
        Says("There are no samples", () => Classification.Confusion((int[])[], [], 3));
        Assert.Throws<InvalidOperationException>(() => new ConfusionMatrix(2).Matthews());
        Assert.Throws<InvalidOperationException>(() => new ConfusionMatrix(2).Average(Averaging.Macro));

        static void Says(string text, Func<object> call) => Assert.StartsWith(text, Assert.ThrowsAny<ArgumentException>(call).Message);
    }

    [Fact]
    public void A_confusion_matrix_is_an_html_table()
    {
        ConfusionMatrix matrix = Classification.Confusion([0, 1, 1], [0, 0, 1], 2);
        string html = matrix.ToHtml(["a<b", "c"]);
        Assert.Equal(2, html.Split("<th scope=\"col\">a&lt;b</th>").Length);
        Assert.Contains("<th scope=\"row\">a&lt;b</th><td style=\"background:rgba(30,120,200,0.275)\">1</td><td style=\"background:rgba(220,90,30,0.275)\">1</td><td>0.5000</td>", html);
        Assert.Contains("<td>1.0000</td><td>0.5000</td><td>0.6667</td></tr></tfoot>", html);
        System.Xml.Linq.XElement.Parse(html);
        Assert.Throws<ArgumentException>(() => matrix.ToHtml(["one"]));
    }
}
