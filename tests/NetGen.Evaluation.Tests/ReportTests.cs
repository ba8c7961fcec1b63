using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace NetGen.Metrics.Tests;

public sealed class ReportTests
{
    /// <summary>What is well-formed XML, every browser reads alike.</summary>
    [Fact]
    public void A_report_is_one_well_formed_file_that_needs_nothing_else()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        Whole().Save(path);
        string html = File.ReadAllText(path);
        File.Delete(path);
        Assert.Equal(Whole().ToString(), html);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n", html);
        XElement page = XElement.Parse(html["<!DOCTYPE html>\n".Length..]);
        Assert.Equal("Churn & <more>", page.Element("head")!.Element("title")!.Value);
        Assert.Equal(
            ["Data", "Summary", "Training", "Two classes", "Classes", "Each class", "Rent in €", "Importance of features", "By region", "Worst samples"],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.DoesNotContain("<script", html);
        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href"), a => Assert.StartsWith("data:image/bmp;base64,", a.Value));
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("NaN", html);
        Assert.InRange(html.Length, 20_000, 200_000);
    }

    [Fact]
    public void A_report_says_what_the_measures_say()
    {
        string html = new Report("r").TwoClasses([0.9f, 0.8f, 0.35f, 0.1f], [1, 0, 1, 0], names: ["stays", "leaves"]).ToString();
        Tile(html, "area under ROC", "0.75");
        Tile(html, "accuracy", "0.5");
        Tile(html, "Brier's score", "0.2706");
        Assert.Contains("Positive from 0.5 on; the highest F1 is at 0.35.", html);
        Assert.Contains("<th scope=\"row\">leaves</th>", html);

        html = new Report("r").Numbers([1, 2, 3], [1, 2, 4], "Length").ToString();
        Tile(html, "mean absolute error", "0.3333");
        Tile(html, "greatest error", "1");

        html = new Report("r").Classes([0.5f, 0.25f, 0.25f, 0, 1, 0, 0.5f, 0.5f, 0], [0, 1, 1], ["a", "b", "c"]).ToString();
        Tile(html, "accuracy", "0.6667");
        Tile(html, "mean area under ROC", "undefined");
    }

    [Fact]
    public void A_report_of_a_training_has_its_curves()
    {
        History history = Train(new() { Epochs = 3, ValidationFraction = 0.5, Metrics = [new("half", data => data.Count / 2)] });
        string html = new Report("r").Training(history).ToString();
        Tile(html, "ended", "Completed");
        Tile(html, "epochs", "3");
        XElement[] charts = [.. XElement.Parse(html["<!DOCTYPE html>\n".Length..]).Descendants("svg")];
        Assert.Equal(["Loss", "Accuracy", "half"], charts.Select(chart => chart.Attribute("aria-label")!.Value));
        Assert.Equal([6, 6, 3], charts.Select(chart => chart.Descendants("circle").Count()));
        Tile(new Report("r").Training(Train(new() { CancellationToken = new(canceled: true) })).ToString(), "ended", "Canceled");
    }

    [Fact]
    public void Several_objectives_have_a_curve_each()
    {
        EpochResult[] epochs =
        [
            .. Enumerable.Range(1, 3).Select(epoch => new EpochResult(epoch, 3f / epoch, Accuracies.None, 5f / epoch, Accuracies.None, 1)
            {
                Losses = new(("CriticLoss", 1.0 / epoch), ("GeneratorLoss", 2.0 / epoch)),
                ValidationLosses = new(("CriticLoss", 2.0 / epoch), ("GeneratorLoss", 3.0 / epoch)),
            }),
        ];
        string html = new Report("r").Training(new(epochs, StopReason.Completed, null, null, null)).ToString();
        XElement chart = Assert.Single(XElement.Parse(html["<!DOCTYPE html>\n".Length..]).Descendants("svg"));
        Assert.Equal("Loss", chart.Attribute("aria-label")!.Value);
        Assert.Equal(12, chart.Descendants("circle").Count());
        Assert.All(
            (string[])["CriticLoss", "GeneratorLoss", "CriticLoss, validation", "GeneratorLoss, validation"], name => Assert.Contains(name, html));
    }

    [Fact]
    public void A_broken_training_says_why()
    {
        History history = Train(new(), loss: float.PositiveInfinity);
        string html = new Report("r").Training(history).ToString();
        Tile(html, "ended", "LossNotFinite");
        Assert.Contains("The loss of step 1 of epoch 1 was not finite.", html);
        XElement.Parse(html["<!DOCTYPE html>\n".Length..]);
    }

    [Fact]
    public void A_report_of_a_network_says_what_it_is()
    {
        using Fixed network = new(0);
        string html = network.Report(Train(new())).ToString();
        Assert.Contains("<h1>Fixed</h1>", html);
        Tile(html, "weights", "1");
        Tile(html, "device", Device.Cpu().Name);
        Assert.DoesNotContain("<h2>Training</h2>", network.Report().ToString());
    }

    [Fact]
    public void Importance_is_sorted_and_cut()
    {
        string html = new Report("r").Importance([new("b", 0.1, 0.02), new("a", 0.4, 0.01), new("c", -0.5, 0.3)], "accuracy", most: 2).ToString();
        Assert.Contains("By how much accuracy falls", html);
        Assert.Contains(
            "<span>a</span><div><b style=\"width:100.0%\"></b></div><span class=\"soft\">0.4000 ± 0.0100</span>\n"
            + "<span>b</span><div><b style=\"width:25.0%\"></b></div><span class=\"soft\">0.1000 ± 0.0200</span>\n</div>", html);
        Assert.Contains("And 1 others", html);
    }

    [Fact]
    public void Large_data_make_no_large_file()
    {
        Random random = new(1);
        int[] labels = [.. Enumerable.Range(0, 50_000).Select(_ => random.Next(2))];
        float[] p = [.. labels.Select(label => (random.NextSingle() + label) / 2)];
        Assert.InRange(new Report("r").TwoClasses(p, labels).ToString().Length, 10_000, 60_000);
        string html = new Report("r").Numbers(p, p, "x").ToString();
        Assert.InRange(html.Length, 10_000, 250_000);
        Assert.Contains("The charts show every 34th sample.", html);
    }

    [Fact]
    public void Pictures_are_bitmaps_from_the_bottom_up()
    {
        Picture picture = new([1, 0, 0, 0, 0.5f, 2, float.NaN, -1, 0, 0, 0, 1], 2, 2, 3);
        string html = new Report("r").Worst([new(3, 0.5f)], row => $"is <{row}>".ToString(CultureInfo.InvariantCulture), _ => picture).ToString();
        int at = html.IndexOf("base64,", StringComparison.Ordinal) + 7;
        byte[] bytes = Convert.FromBase64String(html[at..html.IndexOf('"', at)]);
        Assert.Equal(54 + 2 * 8, bytes.Length);
        Assert.Equal("BM"u8.ToArray(), bytes[..2]);
        // Blue, green, red: black and blue below, red and (0, ½, 2) above.
        Assert.Equal([0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 255, 128, 0, 0, 0], bytes[54..]);
        Assert.Contains("is &lt;3&gt;", html);
        Assert.Throws<ArgumentException>(() => new Picture(new float[5], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(new float[8], 2, 2, 2));
    }

    [Fact]
    public void What_is_wrong_is_refused_and_nothing_is_added()
    {
        Report report = new("r");
        string before = report.ToString();
        Assert.ThrowsAny<ArgumentException>(() => report.TwoClasses([2], [1]));
        Assert.ThrowsAny<ArgumentException>(() => report.TwoClasses([0.5f], [1], names: ["one"]));
        Assert.ThrowsAny<ArgumentException>(() => report.Classes([0.5f, 0.25f], [1], ["a", "b"]));
        Assert.ThrowsAny<ArgumentException>(() => report.Numbers([float.NaN], [1], "x"));
        Assert.ThrowsAny<ArgumentException>(() => report.Table("t", ["a", "b"], [["1"]]));
        Assert.ThrowsAny<ArgumentException>(() => new Report(""));
        Assert.Equal(before, report.ToString());
    }

    [Fact]
    public void A_report_has_the_numbers_of_no_culture()
    {
        string expected = Whole().ToString();
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus ", NumberGroupSeparator = "." } };
        Assert.Equal(expected, Whole().ToString());
    }

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.013, 0.037, "0.010 0.015 0.020 0.025 0.030 0.035 0.040")]
    [InlineData(-3, 42, "-10 0 10 20 30 40 50")]
    [InlineData(5, 5, "2 3 4 5 6 7 8")]
    [InlineData(0, 3e7, "0 1e7 2e7 3e7")]
    [InlineData(double.NaN, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    public void Axes_go_from_one_round_number_to_another(double least, double most, string expected) =>
        Assert.Equal(expected, string.Join(" ", new Axis(least, most).Ticks().Select(tick => tick.Text)));

    /// <summary>One for all: times differ from run to run.</summary>
    private static readonly History Trained = Train(new() { Epochs = 12, ValidationFraction = 0.25 });

    [Fact]
    public void An_axis_that_counts_has_whole_numbers() => Assert.Equal("1 2 3", string.Join(" ", new Axis(1, 3, whole: true).Ticks().Select(tick => tick.Text)));

    private static void Tile(string html, string name, string value) =>
        Assert.Contains($"<div class=\"tile\"><b>{value}</b><span>{System.Net.WebUtility.HtmlEncode(name)}</span></div>", html.Replace("<wbr/>", "", StringComparison.Ordinal));

    private static History Train(FitOptions options, float loss = 1)
    {
        using Fixed network = new(loss);
        return network.Fit(new Dataset(new DataColumn("id", new int[64])), options);
    }

    /// <summary>All kinds of sections.</summary>
    internal static Report Whole()
    {
        Random random = new(7);
        int[] two = [.. Enumerable.Range(0, 300).Select(_ => random.Next(2))];
        float[] p = [.. two.Select(label => 1 / (1 + MathF.Exp(-(3 * label - 1.5f + 8 * (random.NextSingle() - 0.5f)))))];
        int[] four = [.. Enumerable.Range(0, 300).Select(_ => random.Next(4))];
        float[] logits = [.. four.SelectMany(label => Enumerable.Range(0, 4).Select(c => (c == label ? 1.5f : 0) + 2 * random.NextSingle()))];
        float[] actual = [.. Enumerable.Range(0, 300).Select(_ => 400 + 900 * random.NextSingle())];
        float[] predicted = [.. actual.Select(y => y + 150 * (random.NextSingle() - 0.5f))];
        string[] regions = [.. two.Select((_, i) => i % 3 == 0 ? "north" : i % 3 == 1 ? "east" : "south & west")];
        float[] losses = SampleLosses.CrossEntropy(logits, four, 4);
        return new Report("Churn & <more>")
            .Facts("Data", ("rows", "300"), ("seed", "7"), ("file", "churn.csv"))
            .Text("Summary", "Churn\n  layers.0  Dense(32)  [32]\n  12 < 13 weights")
            .Training(Trained)
            .TwoClasses(p, two, names: ["stays", "leaves"])
            .Classes(Probabilities.Softmax(logits, 4), four, ["north", "east", "south", "west"])
            .Numbers(predicted, actual, "Rent in €")
            .Importance([new("area & rooms", 0.25, 0.01), new("floor", 0.0625, 0.02), new("colour", -0.001, 0.001), new("day", 0, 0)], "R²", most: 3)
            .Slices("By region", Metrics.Slices.By(regions, p, two, (s, y) => RocCurve.Of(s, y).Area))
            .Worst(
                SampleLosses.Worst(losses, 8), row => FormattableString.Invariant($"is {four[row]}"),
                row => new Picture([.. Enumerable.Range(0, 64).Select(i => (i / 8 * (i % 8) + row) % 50 / 50f)], 8, 8));
    }

    /// <summary>A network whose loss falls by itself.</summary>
    private sealed class Fixed(float loss) : ITrainable
    {
        private readonly ColumnSpec[] columns = [new("id", ColumnType.Label, [], 1)];

        private readonly string[] accuracies = ["id"];

        private int calls;

        public string Name => "Fixed";

        public NetworkParameters Parameters { get; } = new(new([new("w", [1], 0, Initializer.Zeros)], 16, "Fixed"), new float[16]);

        public Device Device => Device.Cpu();

        public ReadOnlySpan<ColumnSpec> Columns => columns;

        public ReadOnlySpan<string> Accuracies => accuracies;

        public int SmallestBatch => 1;

        public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
            where TOptimizer : struct, IOptimizer<TOptimizer> => EvaluateBatch(batch, correct);

        public BatchResult EvaluateBatch(Batch batch, Span<double> correct)
        {
            correct.Fill(batch.Count / 2);
            calls++;
            return new(loss * (0.1f + 1f / calls), batch.Count);
        }

        public void Save(string path, bool allowNotFinite = false) => throw new NotSupportedException();

        public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) => throw new NotSupportedException();

        public void ResetOptimizers()
        {
        }

        public void Dispose()
        {
        }
    }
}
