namespace NetGen.Metrics;

/// <summary>What can be drawn on any canvas, and has a size in units of a browser's pixels.</summary>
internal abstract class Drawing
{
    /// <summary>What it shows.</summary>
    internal abstract string Title { get; }

    internal abstract double Width { get; }

    internal abstract double Height { get; }

    /// <summary>What its series are called, with their colours; those without a name are not there.</summary>
    internal virtual IReadOnlyList<(int Colour, string Name)> Legend => [];

    internal abstract void Draw(ICanvas canvas);
}
