using System.Text;

namespace NetGen.Generator.Emission;

/// <summary>Indented text with LF line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', depth * 4).Append(line);
        text.Append('\n');
    }

    /// <summary>Several lines of finished text, indented as they stand.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.TrimEnd('\n').Split('\n'))
            Line(line);
    }

    public void Open(string? header = null)
    {
        if (header is not null)
            Line(header);
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
