using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>
/// A ```csharp block of a page. By itself it is a program or declarations, with the usings and the types of the page's blocks before it. A
/// comment of HTML on the line before says what else it is:
/// <c>&lt;!-- given: Digits network, float[] images --&gt;</c> statements over variables that the page does not declare;
/// <c>&lt;!-- excerpt of: path --&gt;</c> lines of that file, … where some are left out;
/// <c>&lt;!-- not compiled: reason --&gt;</c>;
/// <c>&lt;!-- runs with: Dataset train --&gt;</c> statements over variables that the page does not declare, which are run, and print, or
/// throw, what a pattern in a comment behind them says.
/// </summary>
internal sealed partial record CodeBlock(
    string Page, int Line, string Code, string Kind, string Argument, string Title, string Prints, string Throws)
{
    private const string Start = "```csharp", End = "```";

    public override string ToString() => $"{Page}:{Line}";

    public static IReadOnlyList<CodeBlock> Of(string repository, string page)
    {
        var lines = File.ReadAllLines(Path.Combine(repository, page));
        var blocks = new List<CodeBlock>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != Start)
                continue;
            var end = Array.FindIndex(lines, i, line => line.Trim() == End);
            var marker = i == 0 ? Match.Empty : Marker().Match(lines[i - 1]);
            var pattern = end + 1 < lines.Length ? Pattern().Match(lines[end + 1]) : Match.Empty;
            var throws = pattern.Groups["kind"].Value == "throws";
            blocks.Add(new CodeBlock(
                page, i + 1, string.Join("\n", lines[(i + 1)..end]),
                marker.Success ? marker.Groups["kind"].Value : "", marker.Groups["argument"].Value.Trim(),
                lines[..i].LastOrDefault(line => line.StartsWith('#'))?.TrimStart('#', ' ') ?? "",
                throws ? "" : pattern.Groups["pattern"].Value, throws ? pattern.Groups["pattern"].Value : ""));
            i = end;
        }
        return blocks;
    }

    [GeneratedRegex("^<!-- (?<kind>given|excerpt of|not compiled|runs with):(?<argument>.*) -->$")]
    private static partial Regex Marker();

    [GeneratedRegex("^<!-- (?<kind>prints|throws): (?<pattern>.+) -->$")]
    private static partial Regex Pattern();
}
