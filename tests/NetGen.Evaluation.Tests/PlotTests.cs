using System.Buffers.Binary;
using System.Xml.Linq;
using SkiaSharp;
using Xunit;

namespace NetGen.Metrics.Tests;

/// <summary>Plots as files: SVG that is well-formed and says what the chart says, PNG with the pixels of the same drawing.</summary>
public sealed class PlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Plot Roc => Plot.Roc(RocCurve.Of([0.9f, 0.8f, 0.35f, 0.1f], [1, 0, 1, 0]));

    [Fact]
    public void An_svg_is_by_itself()
    {
        XElement svg = XElement.Parse(Roc.ToSvg());
        Assert.Equal("ROC", svg.Attribute("aria-label")!.Value);
        string[] texts = [.. svg.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Contains("false positive rate", texts);
        // The legend, which in a report is below the chart.
        Assert.Contains("area 0.75", texts);
        Assert.Contains("chance", texts);
        Assert.Contains("prefers-color-scheme: dark", svg.Element(Svg + "style")!.Value);
        Assert.DoesNotContain("NaN", Roc.ToSvg());
    }

    [Theory]
    [InlineData(false, 0xFFFFFFFF)]
    [InlineData(true, 0xFF14181D)]
    public void A_png_has_the_size_and_colours_that_are_asked(bool dark, uint back)
    {
        SkipWithoutFont();
        byte[] file = Roc.ToPng(840, dark);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], file[..4]);
        Assert.Equal(840, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)));
        using SKBitmap bitmap = SKBitmap.Decode(file);
        Assert.Equal((SKColor)back, bitmap.GetPixel(1, 1));
        // The curve, whose corner is at (0, ½): at twice the size of the drawing the left edge of the axes.
        string curve = dark ? Palette.Dark.Series[0] : Palette.Light.Series[0];
        Assert.Contains(Pixels(bitmap), pixel => pixel == SKColor.Parse(curve));
        Assert.Contains(Pixels(bitmap), pixel => pixel == SKColor.Parse(dark ? Palette.Dark.Text : Palette.Light.Text));
    }

    /// <summary>The tints of a confusion matrix lie where its counts are.</summary>
    [Fact]
    public void A_confusion_matrix_as_a_picture()
    {
        ConfusionMatrix matrix = Classification.Confusion([0, 0, 0, 1, 1], [0, 0, 1, 1, 1], 2);
        Plot plot = Plot.Confusion(matrix, ["cat", "a dog & more"]);
        XElement svg = XElement.Parse(plot.ToSvg());
        Assert.Equal(
            ["1", "0", "0.333", "0.667"],
            svg.Elements(Svg + "rect").Skip(1)
                .Select(cell => FormattableString.Invariant($"{(double)cell.Attribute("fill-opacity")! / Palette.MostTint:0.###}")));
        Assert.Contains("a dog & more", svg.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Contains("0.6667", svg.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Throws<ArgumentException>(() => Plot.Confusion(matrix, ["cat"]));
        SkipWithoutFont();
        Assert.InRange(plot.ToPng().Length, 1000, 200_000);
    }

    [Fact]
    public void A_file_is_what_its_name_says()
    {
        SkipWithoutFont();
        string folder = Directory.CreateTempSubdirectory("netgen-plots-").FullName;
        Plot plot = Plot.Lines("Rates", "rate", "loss", [("smooth", [(1e-5, 2), (1e-3, 1), (double.NaN, 1), (0.1, 9)])],
            isLogarithmic: true);
        plot.Save(Path.Combine(folder, "a.svg"));
        plot.Save(Path.Combine(folder, "a.PNG"));
        Assert.Equal(plot.ToSvg(), File.ReadAllText(Path.Combine(folder, "a.svg")));
        Assert.Equal(plot.ToPng(), File.ReadAllBytes(Path.Combine(folder, "a.PNG")));
        Assert.Throws<ArgumentException>(() => plot.Save(Path.Combine(folder, "a.jpg")));
        Directory.Delete(folder, recursive: true);
        // Powers of ten at equal distances; the line has a gap.
        XElement svg = XElement.Parse(plot.ToSvg());
        Assert.Subset(
            svg.Descendants(Svg + "text").Select(text => text.Value).ToHashSet(),
            new HashSet<string> { "1e-5", "1e-4", "1e-3", "1e-2", "1e-1" });
        Assert.Equal(2, svg.Element(Svg + "path")!.Attribute("d")!.Value.Count(c => c == 'M'));
    }

    [Fact]
    public void Rates_are_drawn_with_the_steepest_one()
    {
        RateTest test = new();
        for (int i = 0; i < 60; i++)
            test.Add(Math.Pow(10, -6 + i / 10.0), 2 - 1.5 / (1 + Math.Exp(-(i - 30) / 3.0)));
        XElement svg = XElement.Parse(Plot.LearningRates(test).ToSvg());
        string[] texts = [.. svg.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Contains(FormattableString.Invariant($"steepest, {test.Steepest:G2}"), texts);
        Assert.Contains("1e-4", texts);
        Assert.Contains("steepest", new Report("r").LearningRates(test).ToString());
        Assert.Throws<ArgumentException>(() => Plot.LearningRates(new RateTest()));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Roc.ToPng(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Roc.ToPng(20_000));
        Assert.Throws<ArgumentException>(() => Plot.Scatter([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Plot.Errors([float.NaN], [1]));
        Assert.Throws<ArgumentException>(() => Plot.Lines("t", "x", "y", []));
    }

    private static IEnumerable<SKColor> Pixels(SKBitmap bitmap) => bitmap.Pixels;

    private static void SkipWithoutFont() => Assert.SkipWhen(SKTypeface.Default.GlyphCount == 0, "There is no font here.");
}
