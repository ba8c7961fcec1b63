using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>Links between pages lead to files and headings that are there, and the site's table of contents has every page.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Folders = ["docs", "samples", "benchmarks", "tests", "src", "generator"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(DocumentationTests.Repository, "*.md").Concat(Folders.SelectMany(
                folder => Directory.GetFiles(Path.Combine(DocumentationTests.Repository, folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(DocumentationTests.Repository, file).Replace('\\', '/'))
            .Where(page => !page.Split('/').Any(part => part is "bin" or "obj")),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var path = Path.Combine(DocumentationTests.Repository, page);
        foreach (var target in Targets(path))
        {
            var (file, heading) = target.Split('#') is [var name, var anchor] ? (name, anchor) : (target, "");
            var full = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
            Assert.True(Path.Exists(full), $"{page}: there is no {file} ({target})");
            Assert.True(heading.Length == 0 || Headings(full).Contains(heading), $"{page}: {Path.GetFileName(full)} has no heading #{heading}");
        }
    }

    [Fact]
    public void The_table_of_contents_has_every_page()
    {
        var docs = Path.Combine(DocumentationTests.Repository, "docs");
        var listed = Entry().Matches(File.ReadAllText(Path.Combine(docs, "toc.yml"))).Select(match => match.Groups[1].Value);
        var pages = Directory.GetFiles(docs, "*.md").Select(file => Path.GetFileName(file)).Append("diagnostics/README.md");
        Assert.Equal(pages.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    /// <summary>What is in the repository, and not in code.</summary>
    private static IEnumerable<string> Targets(string path) => Link().Matches(Code().Replace(File.ReadAllText(path), ""))
        .Select(match => match.Groups[1].Value + match.Groups[2].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>
    /// As GitHub and docfx call them: small letters, hyphens for spaces, nothing but letters and digits; further ones of a name are numbered.
    /// </summary>
    private static HashSet<string> Headings(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Heading().Matches(Fence().Replace(File.ReadAllText(path), "")))
        {
            var text = new StringBuilder();
            foreach (var letter in LinkText().Replace(match.Groups[1].Value, "$1").Trim().ToLowerInvariant())
            {
                if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
                    text.Append(letter);
                else if (letter == ' ')
                    text.Append('-');
            }
            var name = text.ToString();
            for (var i = 1; !found.Add(i == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i - 1}")); i++)
            {
            }
        }
        return found;
    }

    [GeneratedRegex("""\]\(([^)\s]+)\)|href="([^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"href: (\S+\.md)")]
    private static partial Regex Entry();
}
