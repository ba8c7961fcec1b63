namespace NetGen.Metrics;

/// <summary>Where a text is put at its point.</summary>
internal enum TextPlace
{
    Start,
    Middle,
    End,
}

/// <summary>What charts are drawn on: SVG in a report, pixels in a picture. Colours are numbers of <see cref="Palette.Series"/>.</summary>
internal interface ICanvas
{
    /// <summary>A thin line of a grid.</summary>
    void Grid(double x1, double y1, double x2, double y2);

    /// <param name="x">Where the text is anchored.</param>
    /// <param name="y">The line that it stands on.</param>
    /// <param name="text">The text.</param>
    /// <param name="place">Which end of it is there.</param>
    /// <param name="isHead">Whether it is a heading.</param>
    /// <param name="isUpwards">Whether it is read from the bottom to the top.</param>
    void Text(double x, double y, string text, TextPlace place, bool isHead = false, bool isUpwards = false);

    /// <summary>Runs of connected points.</summary>
    void Lines(int colour, bool isDashed, IReadOnlyList<IReadOnlyList<(double X, double Y)>> runs);

    void Dots(int colour, double radius, IReadOnlyList<(double X, double Y)> points);

    /// <summary>A tinted rectangle.</summary>
    /// <param name="x">Its left.</param>
    /// <param name="y">Its top.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="isRight">The tint.</param>
    /// <param name="share">How strong it is, from 0 to 1.</param>
    void Tint(double x, double y, double width, double height, bool isRight, double share);
}
