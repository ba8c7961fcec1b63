using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Metrics;

/// <summary>Series of points between two axes.</summary>
/// <param name="title">What it shows.</param>
/// <param name="x">The name of the horizontal axis.</param>
/// <param name="y">The name of the vertical one.</param>
internal sealed class Chart(string title, string x, string y) : Drawing
{
    private const double Left = 58, Right = 20, Top = 30, Bottom = 44;

    private readonly List<Series> all = [];

    /// <summary>The range of both axes; null: that of the points.</summary>
    internal (double Least, double Most)? Range { get; init; }

    /// <summary>Whether the horizontal axis counts something.</summary>
    internal bool Counts { get; init; }

    /// <summary>Whether the points are at powers of ten: equal factors have equal distances.</summary>
    internal bool IsLogarithmic { get; init; }

    internal override string Title => title;

    internal override double Width => 420;

    internal override double Height => 300;

    internal override IReadOnlyList<(int Colour, string Name)> Legend =>
        [.. all.Select((series, i) => (i % Palette.Colours, series.Name)).Where(entry => entry.Name.Length > 0)];

    internal Chart Add(Series series)
    {
        all.Add(series with { Points = series.Mark == Mark.Dots ? series.Points : Series.Thinned(series.Points) });
        return this;
    }

    /// <summary>As a figure of a report, whose colours are those of the page: it is light or dark as that is.</summary>
    internal void AppendTo(StringBuilder html)
    {
        html.Append(
            CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(title)}\">\n");
        Draw(new SvgCanvas(html));
        html.Append("</svg>");
        if (Legend.Count > 0)
        {
            html.Append("<figcaption>");
            foreach ((int colour, string name) in Legend)
                html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"s{colour + 1}\"></i>{Encoded(name)}</span> ");
            html.Append("</figcaption>");
        }

        html.Append("</figure>\n");
    }

    internal override void Draw(ICanvas canvas)
    {
        (double X, double Y)[] points = [.. all.SelectMany(series => series.Points).Where(IsFinite)];
        Axis across = Range is { } range ? new(range.Least, range.Most)
            : Of(points.Select(point => Place(point.X)), Counts || IsLogarithmic);
        Axis up = Range is { } same ? new(same.Least, same.Most) : Of(points.Select(point => point.Y));
        canvas.Text(Left, 16, title, TextPlace.Start, isHead: true);
        foreach ((double value, string text) in across.Ticks())
        {
            double at = X(value);
            canvas.Grid(at, Top, at, Height - Bottom);
            canvas.Text(at, Height - Bottom + 15, IsLogarithmic ? "1e" + text : text, TextPlace.Middle);
        }

        foreach ((double value, string text) in up.Ticks())
        {
            double at = Y(value);
            canvas.Grid(Left, at, Width - Right, at);
            canvas.Text(Left - 6, at + 4, text, TextPlace.End);
        }

        canvas.Text((Left + Width - Right) / 2, Height - 8, x, TextPlace.Middle);
        canvas.Text(13, (Top + Height - Bottom) / 2, y, TextPlace.Middle, isUpwards: true);
        for (int i = 0; i < all.Count; i++)
        {
            Series series = all[i];
            int colour = i % Palette.Colours;
            if (series.Mark != Mark.Dots)
                canvas.Lines(
                    colour, series.Mark == Mark.Dashes,
                    [.. Runs(series).Select(run => (IReadOnlyList<(double, double)>)[.. run.Select(At)])]);
            if (series.Mark is Mark.Dots or Mark.LineWithDots)
                canvas.Dots(colour, series.Mark == Mark.Dots ? 2 : 3, [.. series.Points.Where(IsFinite).Select(At)]);
        }

        double X(double value) => Left + across.Share(value) * (Width - Left - Right);

        double Y(double value) => Height - Bottom - up.Share(value) * (Height - Top - Bottom);

        (double, double) At((double X, double Y) point) => (X(Place(point.X)), Y(point.Y));
    }

    /// <summary>A line is broken where a point is not finite.</summary>
    private IEnumerable<List<(double X, double Y)>> Runs(Series series)
    {
        List<(double X, double Y)> run = [];
        foreach ((double X, double Y) point in series.Points)
        {
            if (IsFinite(point))
                run.Add(point);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
            yield return run;
    }

    private double Place(double value) => IsLogarithmic ? Math.Log10(value) : value;

    private bool IsFinite((double X, double Y) point) => double.IsFinite(Place(point.X)) && double.IsFinite(point.Y);

    private static Axis Of(IEnumerable<double> values, bool whole = false) =>
        new(values.DefaultIfEmpty(double.NaN).Min(), values.DefaultIfEmpty(double.NaN).Max(), whole);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
