using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Data;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>What the pages say is true: their C# compiles, their excerpts are in the files, the quick start runs.</summary>
public sealed class DocumentationTests
{
    internal const string Implicit =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    internal static readonly string Repository = Root();

    internal static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Mnist).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Table).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ImageInput).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ParquetTables).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(DataFrames).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Data.Analysis.DataFrame).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Metrics.RocCurve).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Metrics.Plot).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Text.ITokenizer).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Text.MicrosoftTokenizers).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.ML.Tokenizers.Tokenizer).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(AspNetCore.Prediction).Assembly.Location),
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location)!, "Microsoft.*.dll")
            .Select(file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(Terminal.ConsoleProgress).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Spectre.Console.IAnsiConsole).Assembly.Location),
    ];

    /// <summary>The pages about diagnostics, and those whose recipes run, have tests of their own.</summary>
    public static TheoryData<string> Pages =>
    [
        "README.md", "docs/site/index.md", "src/NetGen/README.md", "src/NetGen.AspNetCore/README.md", "src/NetGen.Cuda/README.md", "src/NetGen.Data/README.md", "src/NetGen.Data.Analysis/README.md", "src/NetGen.Data.Images/README.md", "src/NetGen.Data.Parquet/README.md",
        "src/NetGen.Data.Tables/README.md",
        "src/NetGen.Evaluation/README.md", "src/NetGen.Plots/README.md", "src/NetGen.Terminal/README.md", "src/NetGen.Text/README.md", "src/NetGen.Text.Tokenizers/README.md",
        .. Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Where(page => !Cookbook.Pages.Contains(page)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_are_true(string page)
    {
        var blocks = CodeBlock.Of(Repository, page);
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i].Kind)
            {
                case "excerpt of": IsInFile(blocks[i]); break;
                case "not compiled": break;
                default: Compile(blocks, i); break;
            }
        }
    }

    /// <summary>The front page's program as it is, but for the download and the place of its file.</summary>
    [Fact]
    public void The_quick_start_runs()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("netgen-readme-").FullName, "digits.safetensors");
        var blocks = CodeBlock.Of(Repository, "README.md").ToArray();
        var start = Array.FindIndex(blocks, b => b.Code.Contains("network.Fit(", StringComparison.Ordinal));
        blocks[start] = blocks[start] with
        {
            Code = Replace(Replace(blocks[start].Code, "Mnist.Load()", "Mnist.Load(new MnistOptions { Download = false })"),
                "\"digits.safetensors\"", SymbolDisplay.FormatLiteral(file, quote: true)),
        };
        using var image = new MemoryStream();
        var emitted = Compile(blocks, start).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("README", isCollectible: true);
        context.Resolving += (_, name) => AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        var main = context.LoadFromStream(image).EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()], null);
        Assert.True(new FileInfo(file).Length > 100_000 * sizeof(float));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        static string Replace(string code, string old, string now)
        {
            Assert.Contains(old, code, StringComparison.Ordinal);
            return code.Replace(old, now, StringComparison.Ordinal);
        }
    }

    /// <summary>The block with what the blocks before it declare and use; what does not compile fails the test.</summary>
    private static Compilation Compile(IReadOnlyList<CodeBlock> blocks, int index)
    {
        var before = blocks.Take(index).Where(b => b.Kind is "" or "given").Select(b => Parse(b.Code)).ToArray();
        var usings = before.Append(Parse(blocks[index].Code)).SelectMany(unit => unit.Usings.Select(u => u.ToString())).Distinct();
        var code = Parse(blocks[index].Code).WithUsings(default).ToFullString();
        if (blocks[index].Kind == "given")
        {
            var result = Parse(code).DescendantTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword)) ? "async Task" : "void";
            code = $"static partial class Page {{ static {result} Fragment({blocks[index].Argument}) {{\n{code}\n}} }}";
        }
        var trees = before
            .Select(unit => unit.RemoveNodes(unit.Members.OfType<GlobalStatementSyntax>(), SyntaxRemoveOptions.KeepNoTrivia)!.WithUsings(default).ToFullString())
            .Select(declarations => string.Join("\n", usings) + "\n" + declarations)
            .Append(string.Join("\n", usings) + "\n" + code)
            .Prepend(Implicit)
            .Select((text, i) => CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions, $"Block{i}.cs"))
            .ToArray();
        var isProgram = trees[^1].GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var users = CSharpCompilation.Create(
            "Page", trees, References,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        var files = ProjectFile.Of(File.ReadAllText(Path.Combine(Repository, blocks[index].Page)));
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], files, Compiled.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(users, out var compilation, out var fromGenerator);
        // A page may name a result and not use it. The SDK allows references to libraries that were built for an older .NET.
        string[] allowed = ["CS0219", "CS0168", "CS8321", "CS1701"];
        var wrong = fromGenerator.Concat(compilation.GetDiagnostics())
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && !allowed.Contains(d.Id));
        Assert.True(!wrong.Any(), $"{blocks[index]} does not compile:\n{string.Join("\n", wrong)}");
        return compilation;

        static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions).GetCompilationUnitRoot();
    }

    /// <summary>Each run of lines between two "…" is in the file, indentation and line ends apart.</summary>
    private static void IsInFile(CodeBlock block)
    {
        var file = File.ReadAllLines(Path.Combine(Repository, block.Argument)).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var lines = block.Code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var from = 0;
        while (from < lines.Length)
        {
            var run = lines[from..].TakeWhile(line => line != "…").ToArray();
            Assert.True(
                Enumerable.Range(0, Math.Max(file.Length - run.Length + 1, 0)).Any(i => file.AsSpan(i, run.Length).SequenceEqual(run)),
                $"{block}: not in {block.Argument}:\n{string.Join("\n", run)}");
            from += run.Length + 1;
        }
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
