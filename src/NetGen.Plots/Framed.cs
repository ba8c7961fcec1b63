namespace NetGen.Metrics;

/// <summary>A drawing with its legend below it.</summary>
internal sealed class Framed(Drawing inner) : Drawing
{
    private const double LineHeight = 20, Left = 20, Letter = 7, Gap = 34, Bottom = 8;

    internal override string Title => inner.Title;

    internal override double Width => inner.Width;

    internal override double Height =>
        inner.Height + (inner.Legend.Count == 0 ? 0 : Places().Max(place => place.Y) - inner.Height + Bottom);

    internal override void Draw(ICanvas canvas)
    {
        inner.Draw(canvas);
        foreach ((int colour, string name, double x, double y) in Places())
        {
            canvas.Dots(colour, 5, [(x, y - 4)]);
            canvas.Text(x + 11, y, name, TextPlace.Start);
        }
    }

    /// <summary>Beside each other, and in another line where there is no room.</summary>
    private IEnumerable<(int Colour, string Name, double X, double Y)> Places()
    {
        double x = Left, y = inner.Height + LineHeight / 2;
        foreach ((int colour, string name) in inner.Legend)
        {
            double width = Letter * name.Length + Gap;
            if (x > Left && x + width > Width)
                (x, y) = (Left, y + LineHeight);
            yield return (colour, name, x, y);
            x += width;
        }
    }
}
