using System.Globalization;
using System.Text;
using NetGen.Data;

/// <summary>Images with what a network takes them for, 5 × 5: as a picture, and in the terminal.</summary>
internal sealed class Predictions(ImageSet images, Func<ReadOnlySpan<float>, float[]> predict)
{
    private const int Side = 5, Cell = 84, Caption = 20;

    private readonly int[] answers = [.. Enumerable.Range(0, Math.Min(Side * Side, images.Count))
        .Select(i => Likeliest(predict(images.Image(i))))];

    /// <summary>An SVG: right answers in green, wrong ones in red with the truth.</summary>
    public void Save(string path)
    {
        const int Row = Cell + Caption;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Side * Cell} {Side * Row}\" width=\"{Side * Cell}\" ");
        svg.Append("font-family=\"sans-serif\" font-size=\"13\" text-anchor=\"middle\" shape-rendering=\"crispEdges\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (var i = 0; i < answers.Length; i++)
        {
            var (left, top) = (i % Side * Cell, i / Side * Row);
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left} {top}) scale({(double)Cell / images.Width})\">");
            Squares(svg, images.Image(i));
            svg.Append(CultureInfo.InvariantCulture, $"</g>\n<text x=\"{left + Cell / 2}\" y=\"{top + Cell + 14}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"fill=\"{(IsRight(i) ? "#1a7f37" : "#cf222e")}\">{Text(i)}</text>\n");
        }
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }

    /// <summary>Braille has 2 × 4 dots in each character: an image of 28 × 28 is 14 characters wide and 7 lines high.</summary>
    public override string ToString()
    {
        var (columns, lines) = ((images.Width + 1) / 2, (images.Height + 3) / 4);
        var text = new StringBuilder();
        for (var first = 0; first < answers.Length; first += Side)
        {
            var row = Enumerable.Range(first, Math.Min(Side, answers.Length - first)).ToArray();
            for (var line = 0; line < lines; line++)
            {
                foreach (var i in row)
                    text.Append(Dots(images.Image(i), line)).Append(' ');
                text.Append('\n');
            }
            foreach (var i in row)
                text.Append(Text(i).PadLeft((columns + Text(i).Length) / 2).PadRight(columns + 1));
            text.Append('\n');
        }
        return text.ToString();
    }

    private bool IsRight(int i) => answers[i] == images.Labels.Span[i];

    private string Text(int i) => FormattableString.Invariant($"{answers[i]}{(IsRight(i) ? "" : $", is a {images.Labels.Span[i]}")}");

    /// <summary>A run of pixels of one grey is one rectangle; black is white paper.</summary>
    private void Squares(StringBuilder svg, ReadOnlySpan<float> image)
    {
        for (var y = 0; y < images.Height; y++)
        {
            var row = image.Slice(y * images.Width, images.Width);
            for (var x = 0; x < row.Length;)
            {
                var (start, grey) = (x, Grey(row[x]));
                while (x < row.Length && Grey(row[x]) == grey)
                    x++;
                if (grey < 255)
                    svg.Append(
                        CultureInfo.InvariantCulture,
                        $"<rect x=\"{start}\" y=\"{y}\" width=\"{x - start}\" height=\"1\" fill=\"#{grey:x2}{grey:x2}{grey:x2}\"/>");
            }
        }

        static int Grey(float value) => 255 - (int)Math.Round(255 * Math.Clamp(value, 0, 1));
    }

    private string Dots(ReadOnlySpan<float> image, int line)
    {
        // The bits of the dots of a character, from U+2800 on: the left column and the right one, from top to bottom.
        ReadOnlySpan<int> bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
        var text = new char[(images.Width + 1) / 2];
        for (var column = 0; column < text.Length; column++)
        {
            var dots = 0;
            for (var i = 0; i < bits.Length; i++)
            {
                var (y, x) = ((4 * line) + (i / 2), (2 * column) + (i % 2));
                if (y < images.Height && x < images.Width && image[(y * images.Width) + x] >= 0.5f)
                    dots |= bits[i];
            }
            text[column] = (char)(0x2800 + dots);
        }
        return new string(text);
    }

    private static int Likeliest(float[] scores) => scores.AsSpan().IndexOf(scores.Max());
}
