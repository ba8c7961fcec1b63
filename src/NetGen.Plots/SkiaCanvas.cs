using SkiaSharp;

namespace NetGen.Metrics;

/// <summary>Draws pixels, as <see cref="ReportStyle.Drawings"/> has it.</summary>
internal sealed class SkiaCanvas : ICanvas, IDisposable
{
    private readonly SKCanvas canvas;
    private readonly SKFont body, head;
    private readonly SKPaint text, grid, shape = new() { IsAntialias = true };
    private readonly SKColor[] series;

    /// <exception cref="InvalidOperationException">The machine has no font.</exception>
    internal SkiaCanvas(SKCanvas canvas, Palette palette)
    {
        this.canvas = canvas;
        body = Font(12, SKFontStyle.Normal);
        head = Font(13, SKFontStyle.Bold);
        text = new() { Color = SKColor.Parse(palette.Text), IsAntialias = true };
        grid = new() { Color = SKColor.Parse(palette.Line), StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        series = [.. palette.Series.Select(colour => SKColor.Parse(colour))];
    }

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { body, head, text, grid, shape })
            part.Dispose();
    }

    public void Grid(double x1, double y1, double x2, double y2) => canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, grid);

    public void Text(double x, double y, string text, TextPlace place, bool isHead = false, bool isUpwards = false)
    {
        SKTextAlign align = place switch
        {
            TextPlace.Middle => SKTextAlign.Center,
            TextPlace.End => SKTextAlign.Right,
            _ => SKTextAlign.Left,
        };
        canvas.Save();
        canvas.Translate((float)x, (float)y);
        if (isUpwards)
            canvas.RotateDegrees(-90);
        canvas.DrawText(text, 0, 0, align, isHead ? head : body, this.text);
        canvas.Restore();
    }

    public void Lines(int colour, bool isDashed, IReadOnlyList<IReadOnlyList<(double X, double Y)>> runs)
    {
        using SKPathEffect? dashes = isDashed ? SKPathEffect.CreateDash([5, 4], 0) : null;
        using SKPaint paint = new()
        {
            Color = series[colour],
            IsStroke = true,
            IsAntialias = true,
            StrokeWidth = isDashed ? 1.5f : 2,
            StrokeJoin = SKStrokeJoin.Round,
            PathEffect = dashes,
        };
        foreach (IReadOnlyList<(double X, double Y)> run in runs)
        {
            using SKPathBuilder path = new();
            for (int i = 0; i < run.Count; i++)
            {
                if (i == 0)
                    path.MoveTo((float)run[i].X, (float)run[i].Y);
                else
                    path.LineTo((float)run[i].X, (float)run[i].Y);
            }

            using SKPath whole = path.Detach();
            canvas.DrawPath(whole, paint);
        }
    }

    public void Dots(int colour, double radius, IReadOnlyList<(double X, double Y)> points)
    {
        shape.Color = series[colour].WithAlpha(191);
        foreach ((double x, double y) in points)
            canvas.DrawCircle((float)x, (float)y, (float)radius, shape);
    }

    public void Tint(double x, double y, double width, double height, bool isRight, double share)
    {
        (byte red, byte green, byte blue) = isRight ? Palette.Right : Palette.Wrong;
        shape.Color = new SKColor(red, green, blue, (byte)Math.Round(255 * Palette.MostTint * share));
        canvas.DrawRect((float)x, (float)y, (float)width, (float)height, shape);
    }

    private static SKFont Font(float size, SKFontStyle style)
    {
        SKTypeface face = SKTypeface.FromFamilyName(null, style);
        return face.GlyphCount > 0
            ? new SKFont(face, size) { Subpixel = true, Edging = SKFontEdging.Antialias }
            : throw new InvalidOperationException("This machine has no font to draw texts with (on Debian: fonts-dejavu-core). Save the plot as SVG, or install one.");
    }
}
