using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests.Harness;

/// <summary>An additional file of a project.</summary>
internal sealed partial class ProjectFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);

    /// <summary>The blocks of a page that are files: <c>```csv people.csv</c>.</summary>
    public static IEnumerable<ProjectFile> Of(string page) =>
        Block().Matches(page).Select(match => new ProjectFile("/project/" + match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex("```csv (\\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
