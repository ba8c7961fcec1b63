using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Benchmarks;

/// <summary>
/// What an editor waits for after a letter is typed: the generator has run, and runs again over the changed project. The project is a new one each time,
/// about which nothing is known yet; parsing the edited file is the editor's own and not counted.
/// </summary>
public class Keystrokes
{
    private CSharpCompilation project = null!;
    private GeneratorDriver driver = null!;
    private SyntaxTree network = null!, other = null!, inOther = null!, inComment = null!, inNumber = null!;

    public static IEnumerable<Network> Networks => Network.All;

    [ParamsSource(nameof(Networks))]
    public Network Network { get; set; } = null!;

    [GlobalSetup]
    public void Open()
    {
        network = Users.Parse(Network.Source, "Net.cs");
        other = Users.Parse("class Other { int x; }", "Other.cs");
        project = Users.Project(network, other);
        driver = Users.Driver().RunGenerators(project);

        inOther = Users.Parse("class Other { int xy; }", "Other.cs");
        inComment = Users.Parse(Network.Source.Replace("Dense(10)", "/* o */ Dense(10)", StringComparison.Ordinal), "Net.cs");
        inNumber = Users.Parse(Network.Source.Replace("Dense(10)", "Dense(11)", StringComparison.Ordinal), "Net.cs");
    }

    /// <summary>In a file that has nothing to do with the network.</summary>
    [Benchmark]
    public GeneratorDriver InAnotherFile() => Run(other, inOther);

    /// <summary>In a comment inside the network's class.</summary>
    [Benchmark]
    public GeneratorDriver InAComment() => Run(network, inComment);

    /// <summary>In a number that the network's result depends on.</summary>
    [Benchmark]
    public GeneratorDriver InANumber() => Run(network, inNumber);

    private GeneratorDriver Run(SyntaxTree old, SyntaxTree edited) => driver.RunGenerators(project.ReplaceSyntaxTree(old, edited));
}
