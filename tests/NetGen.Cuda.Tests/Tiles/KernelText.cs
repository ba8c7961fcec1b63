using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Emission;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Emitted kernels as methods: compiled by the C# compiler as a user's project would.</summary>
internal static class KernelText
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The class <c>Kernels</c> around methods.</summary>
    public static string Class(Action<CodeWriter> methods)
    {
        var code = new CodeWriter();
        code.Line("using ILGPU;");
        code.Line("using ILGPU.Runtime;");
        code.Line("using NetGen.Cuda.Kernels;");
        code.Line();
        code.Open("public static class Kernels");
        methods(code);
        code.Close();
        return code.ToString();
    }

    /// <summary>The methods of a class <c>Kernels</c>, by name. What does not compile, or with a warning, is an error.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Compile(string text)
    {
        var compilation = CSharpCompilation.Create(
            "Kernels", [CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14))], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        var wrong = emitted.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToArray();
        if (wrong.Length > 0)
            throw new InvalidOperationException($"{string.Join("\n", wrong.Select(d => d.ToString()))}\n{text}");
        image.Position = 0;
        var context = new AssemblyLoadContext("Kernels", isCollectible: false);
        context.Resolving += (_, name) => AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        return context.LoadFromStream(image).GetType("Kernels")!.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).ToDictionary(method => method.Name);
    }
}
