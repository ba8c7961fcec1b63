using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator;
using NetGen.Generator.Reading;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>A network's source text. The class is called Net; Case is the namespace that keeps it apart from others.</summary>
internal sealed record NetworkSource(string Case, string Text);

/// <summary>One network, read, compiled and loaded.</summary>
internal sealed class CompiledNetwork(string source, NetworkModel model, Type adapter)
{
    public string Source { get; } = source;

    public NetworkModel Model { get; } = model;

    public ICompiledNetwork Create(ulong seed = 1, int threads = 1) => Create(seed, Device.Cpu(threads));

    public ICompiledNetwork Create(ulong seed, Device device) => (ICompiledNetwork)Activator.CreateInstance(adapter, seed, device)!;

    /// <summary>Inputs of an entry point: random numbers, and labels that it accepts.</summary>
    public Array[] Inputs(string method, int batch, int seed) => TestData.Inputs(Model.Methods.Single(m => m.Name == method), batch, seed);
}

/// <summary>
/// From source texts to running networks, through the generator as the C# compiler runs it. Many networks are one compilation: that is
/// where the time goes.
/// </summary>
internal sealed class CompiledNetworks
{
    private const string Usings =
        """
        global using System;
        global using NetGen;
        global using static NetGen.Layers;
        global using static NetGen.Ops;
        """;

    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    /// <summary>What the networks' project references; tests of other devices add their packages.</summary>
    internal static List<Assembly> Packages { get; } = [typeof(NetworkAttribute).Assembly, typeof(ICompiledNetwork).Assembly];

    private static ImmutableArray<MetadataReference> References =>
        [.. Net100.References.All, .. Packages.Select(package => MetadataReference.CreateFromFile(package.Location))];

    private static readonly SyntaxTree UsingsTree = CSharpSyntaxTree.ParseText(Usings, ParseOptions, "Usings.cs");

    private static int count;

    private readonly Dictionary<string, CompiledNetwork> networks = [];

    private CompiledNetworks(byte[] image) => Image = image;

    /// <summary>The assembly as it would lie on disk.</summary>
    public byte[] Image { get; }

    public CompiledNetwork this[string name] => networks[name];

    public static CompiledNetwork Compile(string members) => Compile([new NetworkSource("Only", members)])["Only"];

    /// <param name="sources">The networks.</param>
    /// <param name="forDevice">Leaves out the processor's kernels, which take most of the time: the networks can compute on other devices only.</param>
    public static CompiledNetworks Compile(IReadOnlyCollection<NetworkSource> sources, bool forDevice = false)
    {
        var (compilation, models) = ReadAll(sources);
        var file = CacheFile(sources, forDevice);
        var compiled = new CompiledNetworks(File.Exists(file) ? File.ReadAllBytes(file) : Emit(sources, models, compilation, forDevice));
        var assembly = Assembly.Load(compiled.Image);
        foreach (var source in sources)
        {
            var adapter = assembly.GetType($"{source.Case}.{Adapter.Name}", throwOnError: true)!;
            compiled.networks.Add(source.Case, new CompiledNetwork(source.Text, models[source.Case], adapter));
        }
        Store(file, compiled.Image);
        return compiled;
    }

    /// <summary>Networks as the reader hands them to the compiler: nothing is generated, so thousands take seconds.</summary>
    public static IReadOnlyCollection<NetworkModel> Read(IReadOnlyCollection<NetworkSource> sources) => ReadAll(sources).Models.Values;

    /// <summary>Networks of which some may be wrong, by their names.</summary>
    public static (IReadOnlyDictionary<string, NetworkModel> Models, IReadOnlyDictionary<string, Exception> Failures) TryRead(
        IReadOnlyCollection<NetworkSource> sources)
    {
        var (_, models, failures) = ReadEach(sources);
        return (models, failures);
    }

    private static (Compilation Compilation, Dictionary<string, NetworkModel> Models) ReadAll(IReadOnlyCollection<NetworkSource> sources)
    {
        var (compilation, models, failures) = ReadEach(sources);
        if (failures.Count > 0)
            throw failures.Count == 1 ? failures.Values.Single() : new AggregateException(failures.Values);
        return (compilation, models);
    }

    private static (Compilation Compilation, Dictionary<string, NetworkModel> Models, Dictionary<string, Exception> Failures) ReadEach(
        IReadOnlyCollection<NetworkSource> sources)
    {
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText($"namespace {s.Case};\n\n{s.Text}", ParseOptions, s.Case + ".cs")).ToArray();
        var compilation = CSharpCompilation.Create(
            $"Networks{Interlocked.Increment(ref count)}",
            trees.Prepend(UsingsTree),
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        var models = new Dictionary<string, NetworkModel>();
        var failures = new Dictionary<string, Exception>();
        foreach (var (source, tree) in sources.Zip(trees))
        {
            var types = compilation.GetSemanticModel(tree);
            var type = tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Single(t => t.Identifier.Text == "Net");
            var read = NetworkReader.Read(types.GetDeclaredSymbol(type)!, compilation, CancellationToken.None);
            if (read.Model is { } model)
                models.Add(source.Case, model);
            else
                failures.Add(source.Case, Failure(source, read.Diagnostics, types.GetDiagnostics()));
        }
        return (compilation, models, failures);
    }

    /// <summary>
    /// Compiled networks of the same compiler, library and sources: one build of the tests is run several times, with wide and narrow registers.
    /// </summary>
    private static string CacheFile(IEnumerable<NetworkSource> sources, bool forDevice)
    {
        var versions = Packages.Prepend(typeof(NetGenGenerator).Assembly).Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString());
        var key = string.Join("\n", versions.Append($"{forDevice}").Concat(sources.Select(s => s.Case + s.Text)));
        return Path.Combine(
            AppContext.BaseDirectory, "networks", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16] + ".dll");
    }

    private static void Store(string file, byte[] image)
    {
        if (File.Exists(file) || image.Length < 100_000)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = $"{file}.{Environment.ProcessId}";
        File.WriteAllBytes(unfinished, image);
        File.Move(unfinished, file, overwrite: true);
    }

    private static byte[] Emit(
        IReadOnlyCollection<NetworkSource> sources, Dictionary<string, NetworkModel> models, Compilation compilation, bool forDevice)
    {
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var fromGenerator);
        if (forDevice)
            generated = generated.RemoveSyntaxTrees(generated.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)));
        var adapters = models.Values.Select(model => CSharpSyntaxTree.ParseText(Adapter.Text(model), ParseOptions, model.Namespace + ".Adapter.cs"));
        var image = new MemoryStream();
        var result = generated.AddSyntaxTrees(adapters).Emit(image);
        if (!result.Success || fromGenerator.Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            // The driver keeps only the message of a bug of the compiler; this throws it with its stack.
            if (fromGenerator.Any(d => d.Id == "NG0901"))
                throw new AggregateException(models.Values.SelectMany(Bug).Take(3));
            var errors = fromGenerator.Concat(result.Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            var first = sources.FirstOrDefault(s => errors.Any(e => e.ToString().Contains(s.Case + ".", StringComparison.Ordinal))) ?? sources.First();
            throw Failure(first, errors);
        }
        return image.ToArray();
    }

    private static IEnumerable<Exception> Bug(NetworkModel model)
    {
        try
        {
            Compiler.Compile(model);
        }
        catch (Exception e)
        {
            return [new InvalidOperationException($"The compiler failed at {model.FullName}:\n{string.Join("\n", model.Methods.Select(m => m.Graph))}", e)];
        }
        return [];
    }

    private static InvalidOperationException Failure(NetworkSource source, params IEnumerable<Diagnostic>[] diagnostics) =>
        new($"{source.Case} does not compile.\n{string.Join("\n", diagnostics.SelectMany(d => d).Take(8))}\n{source.Text}");
}
