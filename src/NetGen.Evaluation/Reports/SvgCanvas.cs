using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Metrics;

/// <summary>Writes elements of SVG, whose styles are those of <see cref="ReportStyle.Drawings"/>.</summary>
internal sealed class SvgCanvas(StringBuilder svg) : ICanvas
{
    public void Grid(double x1, double y1, double x2, double y2) =>
        svg.Append(
            CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

    public void Text(double x, double y, string text, TextPlace place, bool isHead = false, bool isUpwards = false)
    {
        string style = isHead ? "head" : place switch { TextPlace.Middle => "middle", TextPlace.End => "end", _ => "start" };
        string at = isUpwards
            ? string.Create(CultureInfo.InvariantCulture, $"transform=\"translate({x:0.#} {y:0.#}) rotate(-90)\"")
            : string.Create(CultureInfo.InvariantCulture, $"x=\"{x:0.#}\" y=\"{y:0.#}\"");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" {at}>{WebUtility.HtmlEncode(text)}</text>\n");
    }

    public void Lines(int colour, bool isDashed, IReadOnlyList<IReadOnlyList<(double X, double Y)>> runs)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{colour + 1}{(isDashed ? " dashed" : "")}\" d=\"");
        foreach (IReadOnlyList<(double X, double Y)> run in runs)
        {
            for (int i = 0; i < run.Count; i++)
                svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{run[i].X:F1} {run[i].Y:F1}");
        }

        svg.Append("\"/>\n");
    }

    public void Dots(int colour, double radius, IReadOnlyList<(double X, double Y)> points)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"s{colour + 1}\">");
        foreach ((double x, double y) in points)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"{radius}\"/>");
        svg.Append("</g>\n");
    }

    public void Tint(double x, double y, double width, double height, bool isRight, double share)
    {
        (byte red, byte green, byte blue) = isRight ? Palette.Right : Palette.Wrong;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"fill=\"rgb({red},{green},{blue})\" fill-opacity=\"{Palette.MostTint * share:F3}\"/>\n");
    }
}
