using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Data;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>The pages whose recipes run, each as one assembly: its declarations, and a method for each recipe.</summary>
public sealed class Cookbook : IDisposable
{
    /// <summary>Recipes, and what one does wrong.</summary>
    public static readonly string[] Pages = ["docs/cookbook.md", "docs/faq.md"];

    private readonly Dictionary<string, Type> recipes;
    private readonly string root = Directory.CreateTempSubdirectory("netgen-cookbook-").FullName;
    private readonly (Dataset Train, Dataset Test) digits;
    private readonly string customers;

    public Cookbook()
    {
        recipes = Pages.ToDictionary(page => page, page => Compile(page, CodeBlock.Of(DocumentationTests.Repository, page)));
        var mnist = Mnist.Load(new MnistOptions { Download = false });
        digits = (mnist.Train.ToDataset().Take(800), mnist.Test.ToDataset().Take(300));
        customers = Path.Combine(root, "customers.csv");
        File.WriteAllLines(customers, Customers());
    }

    internal static IEnumerable<CodeBlock> Recipes() =>
        Pages.SelectMany(page => CodeBlock.Of(DocumentationTests.Repository, page)).Where(IsRecipe);


    /// <summary>Runs a recipe; what it printed, or threw, is as it says.</summary>
    internal void Run(CodeBlock block)
    {
        var method = recipes[block.Page].GetMethod(Method(block))!;
        var arguments = method.GetParameters().Select(parameter => (object)(parameter.Name switch
        {
            "train" => digits.Train,
            "test" => digits.Test,
            "customers" => customers,
            "pictures" => Pictures(),
            "folder" => Directory.CreateDirectory(Path.Combine(root, method.Name)).FullName,
            _ => throw new InvalidOperationException($"{block} runs with '{parameter.Name}', which nobody gives it."),
        })).ToArray();
        void Invoke() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (block.Throws.Length > 0)
        {
            var thrown = Assert.ThrowsAny<Exception>(Invoke);
            Assert.Matches(block.Throws, $"{thrown.GetType().Name}: {thrown.Message}");
            return;
        }
        var printed = RecipeConsole.Of(Invoke);
        Assert.True(
            block.Prints.Length == 0 || Regex.IsMatch(printed.Trim(), block.Prints, RegexOptions.Singleline),
            $"{block}: it printed\n{printed}\nand not {block.Prints}");
    }

    private static bool IsRecipe(CodeBlock block) => block.Kind == "runs with";

    private static Type Compile(string page, IReadOnlyList<CodeBlock> blocks)
    {
        var declarations = blocks.Where(block => block.Kind.Length == 0).Select(
            block => CSharpSyntaxTree.ParseText(block.Code, Compiled.ParseOptions).GetCompilationUnitRoot()).ToArray();
        var usings = string.Join("\n", declarations.SelectMany(unit => unit.Usings.Select(each => each.ToString())).Distinct());
        var methods = blocks.Where(IsRecipe).Select(block => $"public static void {Method(block)}({block.Argument}) {{\n{block.Code}\n}}");
        string[] texts =
        [
            DocumentationTests.Implicit,
            .. declarations.Select(unit => usings + "\n" + unit.WithUsings(default).ToFullString()),
            $"{usings}\npublic static class Recipes {{\n{string.Join("\n", methods)}\n}}",
        ];
        var users = CSharpCompilation.Create(
            "Cookbook", texts.Select((text, i) => CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions, $"Block{i}.cs")), DocumentationTests.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(users, out var compilation, out var found, TestContext.Current.CancellationToken);
        var wrong = found.Concat(compilation.GetDiagnostics(TestContext.Current.CancellationToken)).Where(
            each => each.Severity >= DiagnosticSeverity.Warning && each.Id is not "CS1591");
        Assert.True(!wrong.Any(), $"{page} does not compile:\n{string.Join("\n", wrong)}");
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext("Cookbook", isCollectible: true);
        context.Resolving += (_, name) => AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        return context.LoadFromStream(image).GetType("Recipes", throwOnError: true)!;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Bright and dark pictures of other sizes, as BMP files, which need no library.</summary>
    private string Pictures()
    {
        var random = new Random(1);
        foreach (var kind in (string[])["day", "night"])
        {
            Directory.CreateDirectory(Path.Combine(root, "pictures", kind));
            for (var i = 0; i < 12; i++)
            {
                var (width, height) = (4 * random.Next(5, 12), random.Next(20, 40));
                using var writer = new BinaryWriter(File.Create(Path.Combine(root, "pictures", kind, string.Create(CultureInfo.InvariantCulture, $"{i}.bmp"))));
                writer.Write("BM"u8);
                foreach (var number in (int[])[54 + (3 * width * height), 0, 54, 40, width, height, 1 | 24 << 16, 0, 0, 0, 0, 0, 0])
                    writer.Write(number);
                for (var pixel = 0; pixel < 3 * width * height; pixel++)
                    writer.Write((byte)(random.Next(80) + (kind == "day" ? 170 : 0)));
            }
        }

        return Path.Combine(root, "pictures");
    }

    private static string Method(CodeBlock block) => string.Create(CultureInfo.InvariantCulture, $"Line{block.Line}");

    /// <summary>Old people in Oslo stay, young ones in Rome leave; every tenth says nothing of an income.</summary>
    private static IEnumerable<string> Customers()
    {
        var random = new Random(1);
        yield return "age,city,income,left";
        for (var i = 0; i < 400; i++)
        {
            var (age, city) = (random.Next(18, 80), random.Next(3));
            var leaves = age + (city == 0 ? -15 : city == 1 ? 15 : 0) + random.Next(-8, 8) < 48;
            var income = i % 10 == 0 ? "" : (20_000 + (age * 500) + random.Next(10_000)).ToString(CultureInfo.InvariantCulture);
            yield return string.Create(CultureInfo.InvariantCulture, $"{age},{(city == 0 ? "Rome" : city == 1 ? "Oslo" : "Lima")},{income},{(leaves ? "yes" : "no")}");
        }
    }
}
