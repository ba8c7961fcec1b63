using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Metrics;

/// <summary>Confusion matrices as HTML; as text they are what <see cref="ConfusionMatrix.ToString"/> gives.</summary>
/// <example><code>File.WriteAllText("confusion.html", matrix.ToHtml(["cat", "dog"]));</code></example>
public static class ConfusionHtml
{
    /// <summary>
    /// A <c>table</c> with the class <c>confusion</c>: a row for each class as it was, a column for each as it was taken; the darker a
    /// cell, the greater the share of its row. Styles are in the cells, so that it looks the same in any page, light or dark.
    /// </summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="names">The names of the classes; null: their numbers.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static string ToHtml(this ConfusionMatrix matrix, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (names is not null && names.Count != matrix.Classes)
            throw new ArgumentException(FormattableString.Invariant($"There are {names.Count} names for {matrix.Classes} classes."), nameof(names));
        StringBuilder html = new();
        html.Append("<table class=\"confusion\"><thead><tr><th scope=\"col\">actual ╲ predicted</th>");
        bool none = Enumerable.Range(0, matrix.Classes).Any(c => matrix.Unanswered(c) > 0);
        for (int c = 0; c < matrix.Classes; c++)
            html.Append("<th scope=\"col\">").Append(Name(c)).Append("</th>");
        if (none)
            html.Append("<th scope=\"col\">none</th>");
        html.Append("<th scope=\"col\">recall</th></tr></thead>\n<tbody>");
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            html.Append("<tr><th scope=\"row\">").Append(Name(actual)).Append("</th>");
            long all = matrix.There(actual);
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                Cell(matrix[actual, predicted], all, actual == predicted);
            if (none)
                Cell(matrix.Unanswered(actual), all, right: false);
            html.Append("<td>").Append(Share(matrix.Recall(actual))).Append("</td></tr>\n");
        }

        html.Append("</tbody><tfoot><tr><th scope=\"row\">precision</th>");
        for (int c = 0; c < matrix.Classes; c++)
            html.Append("<td>").Append(Share(matrix.Precision(c))).Append("</td>");
        if (none)
            html.Append("<td></td>");
        return html.Append("<td>").Append(Share(matrix.Accuracy)).Append("</td></tr></tfoot></table>\n").ToString();

        string Name(int c) => names is null ? c.ToString(CultureInfo.InvariantCulture) : WebUtility.HtmlEncode(names[c]);

        void Cell(long count, long of, bool right)
        {
            // Half transparent, so that the text keeps its contrast on light and on dark.
            double share = of == 0 ? 0 : Palette.MostTint * count / of;
            (byte red, byte green, byte blue) = right ? Palette.Right : Palette.Wrong;
            html.Append(CultureInfo.InvariantCulture, $"<td style=\"background:rgba({red},{green},{blue},{share:F3})\">{count}</td>");
        }
    }

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("F4", CultureInfo.InvariantCulture);
}
