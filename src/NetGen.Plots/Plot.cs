using System.Globalization;
using System.Net;
using System.Text;
using SkiaSharp;
using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>A chart by itself, to be saved as PNG or SVG. It never changes.</summary>
/// <example>
/// <code>
/// Plot.Roc(RocCurve.Of(scores, labels)).Save("roc.png");
/// Plot.Loss(history).Save("loss.svg");
/// </code>
/// </example>
public sealed class Plot
{
    private const int MostPixels = 16384;

    private readonly Framed drawing;

    private Plot(Drawing drawing) => this.drawing = new(drawing);

    /// <summary>What it shows.</summary>
    public string Title => drawing.Title;

    /// <summary>The losses of a training, epoch by epoch.</summary>
    /// <exception cref="ArgumentException">There was no epoch.</exception>
    public static Plot Loss(History history) => new(Charts.Loss(Checked(history)));

    /// <summary>All curves of a training: losses, accuracies and metrics.</summary>
    /// <exception cref="ArgumentException">There was no epoch.</exception>
    public static IReadOnlyList<Plot> Training(History history) =>
    [
        Loss(history), .. Charts.Accuracies(history).Select(chart => new Plot(chart)),
        .. history.Epochs[0].Metrics.Keys.Select(name => new Plot(Charts.Metric(history, name))),
    ];

    /// <summary>The losses of rising learning rates, which <c>FindLearningRate</c> tried.</summary>
    /// <exception cref="ArgumentException">No step was made.</exception>
    public static Plot LearningRates(RateTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Points.Count > 0 ? new(Charts.Rates(test)) : throw new ArgumentException("No step was made.", nameof(test));
    }

    /// <summary>Recall against the false positive rate, with the area.</summary>
    public static Plot Roc(RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new(Charts.Roc(curve));
    }

    /// <summary>Precision against recall, with the average precision.</summary>
    public static Plot PrecisionRecall(PrecisionRecallCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new(Charts.PrecisionRecall(curve));
    }

    /// <summary>How often what was said with a probability came true.</summary>
    public static Plot Calibration(CalibrationCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new(Charts.Calibration(curve));
    }

    /// <summary>Predicted against true numbers.</summary>
    /// <exception cref="ArgumentException">There are none, not as many of one as of the other, or a number is not finite.</exception>
    public static Plot Scatter(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        _ = Regression.Of(predicted, actual);
        return new(Charts.Numbers(predicted, actual).Scatter);
    }

    /// <summary>The errors of predicted numbers, by what was predicted.</summary>
    /// <exception cref="ArgumentException">There are none, not as many of one as of the other, or a number is not finite.</exception>
    public static Plot Errors(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        _ = Regression.Of(predicted, actual);
        return new(Charts.Numbers(predicted, actual).Errors);
    }

    /// <summary>A confusion matrix: a row for each class as it was, a column for each as it was taken.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="names">What the classes are called, in order; null: their numbers.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static Plot Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        names ??= [.. Enumerable.Range(0, matrix.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return names.Count == matrix.Classes
            ? new(new ConfusionChart(matrix, names))
            : throw new ArgumentException(Invariant($"There are {names.Count} names for {matrix.Classes} classes."), nameof(names));
    }

    /// <summary>Lines of one's own.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="x">The name of the horizontal axis.</param>
    /// <param name="y">The name of the vertical one.</param>
    /// <param name="series">The lines: a name for the legend and points each; one is broken where a point is not finite.</param>
    /// <param name="isLogarithmic">Whether equal factors have equal distances on the horizontal axis.</param>
    /// <exception cref="ArgumentException">There is no line.</exception>
    public static Plot Lines(
        string title, string x, string y, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> series,
            bool isLogarithmic = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0)
            throw new ArgumentException("There is no line.", nameof(series));
        Chart chart = new(title, x, y) { IsLogarithmic = isLogarithmic };
        foreach ((string name, IReadOnlyList<(double X, double Y)> points) in series)
            chart.Add(new(name, Mark.Line, points));
        return new(chart);
    }

    /// <summary>Writes a file: a PNG of 1200 pixels of width, or an SVG, by the end of its name.</summary>
    /// <param name="path">The file, <c>.png</c> or <c>.svg</c>; one that is there is replaced.</param>
    /// <param name="dark">Whether a PNG is dark. An SVG is what its reader's system is.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    /// <exception cref="InvalidOperationException">The machine has no font for a PNG.</exception>
    public void Save(string path, bool dark = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".png": File.WriteAllBytes(path, ToPng(dark: dark)); break;
            case ".svg": File.WriteAllText(path, ToSvg()); break;
            default: throw new ArgumentException($"'{path}' is neither a .png nor a .svg.", nameof(path));
        }
    }

    /// <summary>The plot as SVG, light or dark as its reader's system is.</summary>
    public string ToSvg()
    {
        StringBuilder svg = new();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {drawing.Width:0.#} {drawing.Height:0.#}\" ");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"width=\"{drawing.Width:0.#}\" height=\"{drawing.Height:0.#}\" font-family=\"system-ui, sans-serif\" ");
        svg.Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">\n<style>\n");
        svg.Append(ReportStyle.Colours).Append('\n').Append(ReportStyle.Drawings).Append("\n</style>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"var(--back)\"/>\n");
        drawing.Draw(new SvgCanvas(svg));
        return svg.Append("</svg>\n").ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The plot as a PNG file.</summary>
    /// <param name="width">Pixels of width; the height follows.</param>
    /// <param name="dark">Whether it is light on dark.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1, or the picture would be above 16384 pixels high
    /// or wide.</exception>
    /// <exception cref="InvalidOperationException">The machine has no font.</exception>
    public byte[] ToPng(int width = 1200, bool dark = false)
    {
        OutOfRange.ThrowIfLess(width, 1);
        float scale = (float)(width / drawing.Width);
        int height = (int)Math.Ceiling(drawing.Height * scale);
        if (Math.Max(width, height) > MostPixels)
            throw OutOfRange.Of(nameof(width), width, Invariant($"The picture would be {width} × {height} pixels; at most {MostPixels}."));
        Palette palette = dark ? Palette.Dark : Palette.Light;
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height))
            ?? throw new InvalidOperationException(Invariant($"There is no memory for {width} × {height} pixels."));
        surface.Canvas.Clear(SKColor.Parse(palette.Back));
        surface.Canvas.Scale(scale);
        using (SkiaCanvas canvas = new(surface.Canvas, palette))
            drawing.Draw(canvas);
        using SKImage image = surface.Snapshot();
        using SKData file = image.Encode(SKEncodedImageFormat.Png, 100);
        return file.ToArray();
    }

    private static History Checked(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Epochs.Count > 0 ? history : throw new ArgumentException("There was no epoch.", nameof(history));
    }
}
