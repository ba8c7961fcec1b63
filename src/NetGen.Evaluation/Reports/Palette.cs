namespace NetGen.Metrics;

/// <summary>The colours of reports and plots, as CSS writes them.</summary>
/// <param name="Back">Behind everything.</param>
/// <param name="Card">Behind a chart.</param>
/// <param name="Text">Texts.</param>
/// <param name="Soft">Texts of less weight.</param>
/// <param name="Line">Lines of tables and grids.</param>
/// <param name="Series">Of series in their order.</param>
internal sealed record Palette(string Back, string Card, string Text, string Soft, string Line, IReadOnlyList<string> Series)
{
    /// <summary>How many series look different.</summary>
    internal const int Colours = 4;

    internal static readonly Palette Light = new("#ffffff", "#f4f6f8", "#1b2430", "#5b6674", "#d5dbe1",
        ["#1f6fb4", "#c9480f", "#24814f", "#7d48ab"]);

    internal static readonly Palette Dark = new("#14181d", "#1d232a", "#e6eaef", "#9aa5b1", "#39424c",
        ["#6cb2f0", "#f29157", "#67c795", "#c39be6"]);

    /// <summary>On paper.</summary>
    internal static readonly Palette Print = Light with { Card = "#ffffff", Text = "#000000", Soft = "#333333", Line = "#bbbbbb" };

    /// <summary>What a cell of a confusion matrix is tinted with, where right and where wrong: red, green and blue.</summary>
    internal static readonly (byte Red, byte Green, byte Blue) Right = (30, 120, 200), Wrong = (220, 90, 30);

    /// <summary>The most opaque tint, under which a text keeps its contrast on light and on dark.</summary>
    internal const double MostTint = 0.55;

    /// <summary>The colours as variables of CSS.</summary>
    internal string Variables =>
        $"--back: {Back}; --card: {Card}; --text: {Text}; --soft: {Soft}; --line: {Line}; "
        + string.Join(' ', Series.Select((colour, i) => FormattableString.Invariant($"--s{i + 1}: {colour};")));
}
