using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NetGen.Metrics;

/// <summary>
/// What was trained and how good it is, as one HTML file that needs nothing else: <c>network.Report(history).TwoClasses(probabilities,
/// labels).Save("report.html")</c>. Sections come in the order in
/// which they are added.
/// </summary>
/// <example><code>network.Report(history).Save("report.html");</code></example>
public sealed partial class Report
{
    private readonly string title;
    private readonly StringBuilder body = new();

    /// <summary>An empty report.</summary>
    /// <param name="title">Its heading.</param>
    public Report(string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        this.title = title;
    }

    /// <summary>Adds facts: seeds, sizes, where the data come from.</summary>
    /// <param name="heading">What they are about.</param>
    /// <param name="facts">Each a name and a value.</param>
    public Report Facts(string heading, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        Heading(heading);
        Tiles(facts);
        return this;
    }

    /// <summary>Adds a text as it stands, such as a network's <c>Summary()</c>.</summary>
    /// <param name="heading">What it is.</param>
    /// <param name="text">The text; its lines are kept.</param>
    public Report Text(string heading, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Heading(heading);
        body.Append("<pre>").Append(Encoded(text)).Append("</pre>\n");
        return this;
    }

    /// <summary>Adds a table.</summary>
    /// <param name="heading">What it is.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <exception cref="ArgumentException">A row has another number of cells.</exception>
    public Report Table(string heading, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (IReadOnlyList<string> row in rows)
        {
            if (row.Count != columns.Count)
                throw new ArgumentException(FormattableString.Invariant($"A row has {row.Count} cells; there are {columns.Count} columns."), nameof(rows));
        }

        Heading(heading);
        body.Append("<div class=\"wide\"><table><thead><tr>");
        foreach (string column in columns)
            body.Append("<th scope=\"col\">").Append(Encoded(column)).Append("</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            body.Append("<tr>");
            foreach (string cell in row)
                body.Append("<td>").Append(Encoded(cell)).Append("</td>");
            body.Append("</tr>\n");
        }

        body.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>Adds a measure by groups.</summary>
    /// <param name="heading">What was measured.</param>
    /// <param name="slices">What <see cref="Metrics.Slices.By"/> gave.</param>
    public Report Slices<TKey>(string heading, IReadOnlyList<Slice<TKey>> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        return Table(heading, ["", "value", "samples"], [.. slices.Select(Row)]);

        static IReadOnlyList<string> Row(Slice<TKey> slice) =>
            [Convert.ToString(slice.Key, CultureInfo.InvariantCulture) ?? "", Number(slice.Value), Whole(slice.Rows.Count)];
    }

    /// <summary>Adds what features the network needs, the most important first.</summary>
    /// <param name="features">What <see cref="FeatureImportance.Permutation"/> gave.</param>
    /// <param name="measure">What falls when a feature is shuffled.</param>
    /// <param name="most">How many are shown.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 1.</exception>
    public Report Importance(IReadOnlyList<Importance> features, string measure, int most = 20)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentException.ThrowIfNullOrEmpty(measure);
        OutOfRange.ThrowIfLess(most, 1);
        Heading("Importance of features");
        Remark($"By how much {measure} falls when the values of a feature are shuffled among the samples.");
        Importance[] shown = [.. features.OrderByDescending(feature => feature.Mean).ThenBy(feature => feature.Name, StringComparer.Ordinal).Take(most)];
        double greatest = shown.Select(feature => feature.Mean).DefaultIfEmpty(0).Max();
        body.Append("<div class=\"bars\">\n");
        foreach (Importance feature in shown)
        {
            double share = greatest > 0 ? Math.Max(0, feature.Mean / greatest) : 0;
            body.Append("<span>").Append(Encoded(feature.Name)).Append("</span>");
            body.Append(CultureInfo.InvariantCulture, $"<div><b style=\"width:{100 * share:F1}%\"></b></div>");
            body.Append("<span class=\"soft\">").Append(Fall(feature.Mean)).Append(" ± ").Append(Fall(feature.Deviation)).Append("</span>\n");
        }

        body.Append("</div>\n");
        if (features.Count > shown.Length)
            Remark($"And {Whole(features.Count - shown.Length)} others, of less importance.");
        return this;

        // Below each other with the same digits, where these show something.
        string Fall(double value) => greatest is >= 0.001 and < 1000 ? Share(value) : Number(value);
    }

    /// <summary>Adds samples that the network is bad at.</summary>
    /// <param name="samples">What <see cref="SampleLosses.Worst"/> gave.</param>
    /// <param name="text">What is said of the sample of a row; null: its number and its loss only.</param>
    /// <param name="picture">What the sample of a row looks like; null: there are no pictures.</param>
    public Report Worst(IReadOnlyList<WorstSample> samples, Func<int, string>? text = null, Func<int, Picture>? picture = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Heading("Worst samples");
        body.Append("<div class=\"samples\">\n");
        foreach (WorstSample sample in samples)
        {
            body.Append("<div class=\"sample\">");
            if (picture is not null)
                body.Append(CultureInfo.InvariantCulture, $"<img alt=\"sample {sample.Row}\" src=\"{picture(sample.Row).DataUri}\"/><br/>");
            body.Append(CultureInfo.InvariantCulture, $"<b>row {sample.Row}</b><br/><span class=\"soft\">loss {sample.Loss:G4}</span>");
            if (text is not null)
                body.Append("<br/>").Append(Encoded(text(sample.Row)));
            body.Append("</div>\n");
        }

        body.Append("</div>\n");
        return this;
    }

    /// <summary>Writes the file, in UTF-8.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    public void Save(string path) => File.WriteAllText(path, ToString());

    /// <summary>The HTML.</summary>
    public override string ToString() =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{Encoded(title)}</title>
        <style>
        {ReportStyle.Css}
        </style>
        </head>
        <body>
        <h1>{Encoded(title)}</h1>
        {body}</body>
        </html>

        """.ReplaceLineEndings("\n");

    private void Heading(string heading)
    {
        ArgumentException.ThrowIfNullOrEmpty(heading);
        body.Append("<h2>").Append(Encoded(heading)).Append("</h2>\n");
    }

    private void Tiles(params ReadOnlySpan<(string Name, string Value)> tiles)
    {
        body.Append("<div class=\"tiles\">\n");
        foreach ((string name, string value) in tiles)
            body.Append("<div class=\"tile\"><b>").Append(Breakable(value)).Append("</b><span>").Append(Encoded(name)).Append("</span></div>\n");
        body.Append("</div>\n");
    }

    private void Drawn(params ReadOnlySpan<Chart> charts)
    {
        body.Append("<div class=\"charts\">\n");
        foreach (Chart chart in charts)
            chart.AppendTo(body);
        body.Append("</div>\n");
    }

    private void Remark(string text) => body.Append("<p class=\"soft\">").Append(Encoded(text)).Append("</p>\n");

    /// <summary>A name of several words in one may be parted between them.</summary>
    private static string Breakable(string text) => NextWord().Replace(Encoded(text), "<wbr/>");

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex NextWord();

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) => Charts.Number(value);

    /// <summary>Four digits below each other.</summary>
    private static string Share(double value) => double.IsNaN(value) ? "undefined" : value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
