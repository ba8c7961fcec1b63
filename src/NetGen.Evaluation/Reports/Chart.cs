using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Metrics;

/// <summary>A chart as SVG: its colours are those of the page, so it is light or dark as that is.</summary>
/// <param name="title">What it shows.</param>
/// <param name="x">The name of the horizontal axis.</param>
/// <param name="y">The name of the vertical one.</param>
internal sealed class Chart(string title, string x, string y)
{
    private const double Width = 420, Height = 300, Left = 58, Right = 20, Top = 30, Bottom = 44;

    private readonly List<Series> all = [];

    /// <summary>The range of both axes; null: that of the points.</summary>
    internal (double Least, double Most)? Range { get; init; }

    /// <summary>Whether the horizontal axis counts something.</summary>
    internal bool Counts { get; init; }

    internal Chart Add(Series series)
    {
        all.Add(series with { Points = series.Mark == Mark.Dots ? series.Points : Series.Thinned(series.Points) });
        return this;
    }

    internal void AppendTo(StringBuilder html)
    {
        IEnumerable<(double X, double Y)> points = all.SelectMany(series => series.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y));
        Axis across = Range is { } range ? new(range.Least, range.Most) : Of(points.Select(point => point.X), Counts);
        Axis up = Range is { } same ? new(same.Least, same.Most) : Of(points.Select(point => point.Y));
        html.Append(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(title)}\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<text class=\"head\" x=\"{Left}\" y=\"16\">{Encoded(title)}</text>\n");
        foreach ((double value, string text) in across.Ticks())
        {
            double at = X(value);
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{at:F1}\" y1=\"{Top}\" x2=\"{at:F1}\" y2=\"{Height - Bottom}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text class=\"middle\" x=\"{at:F1}\" y=\"{Height - Bottom + 15}\">{text}</text>\n");
        }

        foreach ((double value, string text) in up.Ticks())
        {
            double at = Y(value);
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{at:F1}\" x2=\"{Width - Right}\" y2=\"{at:F1}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{Left - 6}\" y=\"{at + 4:F1}\">{text}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<text class=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\">{Encoded(x)}</text>\n");
        html.Append(CultureInfo.InvariantCulture, $"<text class=\"middle\" transform=\"translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)\">{Encoded(y)}</text>\n");
        for (int i = 0; i < all.Count; i++)
            Draw(html, all[i], 1 + i % 4);
        html.Append("</svg>");
        Legend(html);
        html.Append("</figure>\n");

        double X(double value) => Left + across.Share(value) * (Width - Left - Right);

        double Y(double value) => Height - Bottom - up.Share(value) * (Height - Top - Bottom);

        void Draw(StringBuilder svg, Series series, int colour)
        {
            if (series.Mark != Mark.Dots)
            {
                bool down = false;
                StringBuilder path = new();
                foreach ((double px, double py) in series.Points)
                {
                    if (!double.IsFinite(px) || !double.IsFinite(py))
                    {
                        down = false;
                        continue;
                    }

                    path.Append(CultureInfo.InvariantCulture, $"{(down ? 'L' : 'M')}{X(px):F1} {Y(py):F1}");
                    down = true;
                }

                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{colour}{(series.Mark == Mark.Dashes ? " dashed" : "")}\" d=\"{path}\"/>\n");
            }

            if (series.Mark is Mark.Dots or Mark.LineWithDots)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<g class=\"s{colour}\">");
                foreach ((double px, double py) in series.Points)
                {
                    if (double.IsFinite(px) && double.IsFinite(py))
                        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(px):F1}\" cy=\"{Y(py):F1}\" r=\"{(series.Mark == Mark.Dots ? 2 : 3)}\"/>");
                }

                svg.Append("</g>\n");
            }
        }
    }

    private void Legend(StringBuilder html)
    {
        if (!all.Any(series => series.Name.Length > 0))
            return;
        html.Append("<figcaption>");
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Name.Length > 0)
                html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"s{1 + i % 4}\"></i>{Encoded(all[i].Name)}</span> ");
        }

        html.Append("</figcaption>");
    }

    private static Axis Of(IEnumerable<double> values, bool whole = false) =>
        new(values.DefaultIfEmpty(double.NaN).Min(), values.DefaultIfEmpty(double.NaN).Max(), whole);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
