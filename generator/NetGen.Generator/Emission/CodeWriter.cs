using System.Text;

namespace NetGen.Generator.Emission;

/// <summary>Indented text with LF line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line = "") => Line(line, 0, line.Length);

    /// <summary>Several lines of finished text, indented as they stand.</summary>
    public void Lines(string lines)
    {
        var end = lines.Length;
        while (end > 0 && lines[end - 1] == '\n')
            end--;
        for (var start = 0; start <= end;)
        {
            var next = lines.IndexOf('\n', start, end - start);
            if (next < 0)
                next = end;
            Line(lines, start, next - start);
            start = next + 1;
        }
    }

    private void Line(string source, int start, int length)
    {
        if (length > 0)
            text.Append(' ', depth * 4).Append(source, start, length);
        text.Append('\n');
    }

    public void Open(string? header = null)
    {
        if (header is not null)
            Lines(header);
        Line("{");
        depth++;
    }

    public void Close(string suffix = "")
    {
        depth--;
        Line("}" + suffix);
    }

    public void Indent() => depth++;

    public void Outdent() => depth--;

    public override string ToString() => text.ToString();
}
