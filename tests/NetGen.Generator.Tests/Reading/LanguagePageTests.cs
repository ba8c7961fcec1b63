using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>docs/language.md is true: its programs compile, and it names all there is.</summary>
public class LanguagePageTests
{
    [Fact]
    public void Its_programs_are_without_diagnostics()
    {
        var programs = Regex.Matches(Page(), "```csharp\n(.*?)```", RegexOptions.Singleline).Select((m, i) => $"namespace Page{i};\n{m.Groups[1].Value}").ToArray();

        Assert.Equal(9, programs.Length);
        Assert.Empty(Compiled.Diagnose(programs));
    }

    [Fact]
    public void It_names_every_function_and_layer() => Assert.All(
        typeof(Ops).GetMethods().Concat(typeof(Layers).GetMethods()).Where(m => m.IsStatic).Select(m => m.Name).Distinct(),
        name => Assert.Matches($"`{name}[`(]", Page()));

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.GetFullPath(Path.Combine(here, "../../../../docs/language.md")));
}
