using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>The networks of samples/Mnist, from their source files.</summary>
internal static class Samples
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([.. Names!.Select(Source)], forDevice: true));

    public static IReadOnlyList<string> Names { get; } = ["MnistMlp", "MnistCnn"];

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    private static NetworkSource Source(string name) => new(
        name, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name + ".cs")).Replace($"class {name}", "class Net", StringComparison.Ordinal)
            .Replace($"cref=\"{name}\"", "cref=\"Net\"", StringComparison.Ordinal));
}
