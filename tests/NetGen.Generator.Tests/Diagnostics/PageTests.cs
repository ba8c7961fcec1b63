using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Every code has its page, and the page's examples are true.</summary>
public class PageTests
{
    private const string InternalFailure = "NG0901";

    /// <summary>What is about the project and not about its C#.</summary>
    private static readonly HashSet<string> Project = ["NG0123", "NG0701", "NG0702", "NG0703"];

    public static TheoryData<string> Codes => [.. Titles.Keys];

    public static TheoryData<string> CodesWithExamples => [.. Titles.Keys.Where(c => c != InternalFailure && !Project.Contains(c))];

    private static Dictionary<string, string> Titles { get; } = Descriptors.All
        .Select(d => KeyValuePair.Create(d.Key, d.Value.Title.ToString(System.Globalization.CultureInfo.InvariantCulture))).Concat(Descriptors.SaidByOthers).ToDictionary();

    [Theory]
    [MemberData(nameof(Codes))]
    public void Has_a_page_of_its_title_and_a_line_in_the_index(string code)
    {
        Assert.StartsWith($"# {code}: {Titles[code]}\n", Page(code), StringComparison.Ordinal);
        Assert.Contains($"| [{code}]({code}.md) | {Titles[code]} |", Page("README"), StringComparison.Ordinal);
        if (Descriptors.All.TryGetValue(code, out var descriptor))
            Assert.EndsWith($"/docs/diagnostics/{code}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CodesWithExamples))]
    public void Wrong_example_gives_exactly_this_code(string code) => Assert.Equal(
        [code],
        Compiled.Diagnose(ProjectFile.Of(Page(code)), Example(code, "Wrong")).Select(f => f.Id).Distinct());

    [Theory]
    [MemberData(nameof(CodesWithExamples))]
    public void Right_example_gives_none(string code) => Assert.Empty(Compiled.ReadAll(Example(code, "Right")).SelectMany(r => r.Diagnostics));

    [Fact]
    public void Right_examples_compile_with_what_is_generated() => Assert.Empty(Compiled.All(
        Codes.SelectMany(row => ProjectFile.Of(Page(row.Data))),
        [.. CodesWithExamples.Select(row => $"namespace {row.Data};\n{Example(row.Data, "Right")}")]));

    [Fact]
    public void No_page_without_a_code() => Assert.Equal(
        Titles.Keys.Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder(), "NG*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    public static string Example(string code, string heading)
    {
        var match = Regex.Match(Page(code), $"## {heading}\n\n```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.True(match.Success, $"{code} has no example under '{heading}'.");
        return match.Groups[1].Value;
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Folder(), name + ".md"));

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../docs/diagnostics"));
}
