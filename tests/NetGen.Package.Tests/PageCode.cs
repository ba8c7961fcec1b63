using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>C# of the pages, as a reader copies it.</summary>
internal static partial class PageCode
{
    /// <summary>The block that has a text in it, as it stands on the page.</summary>
    public static string Whole(string page, string text) => Assert.Single(
        Block().Matches(File.ReadAllText(Path.Combine(DotNet.Repository, page))).Select(match => match.Groups[1].Value),
        block => block.Contains(text, StringComparison.Ordinal));

    /// <summary>The block without its usings, which in a file of several blocks stand at the beginning.</summary>
    public static string Of(string page, string text) => Using().Replace(Whole(page, text), "");

    /// <summary>The usings of the block.</summary>
    public static string Usings(string page, string text) => string.Concat(Using().Matches(Whole(page, text)));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w. ]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();
}
