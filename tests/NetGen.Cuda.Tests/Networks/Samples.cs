using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>The networks of samples/Mnist, from their source files, in every precision.</summary>
internal static class Samples
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([.. Names!.Select(Source)], forDevice: true));

    public static IReadOnlyList<string> Names { get; } = [.. from precision in Enum.GetNames<Precision>() from name in new[] { "MnistMlp", "MnistCnn" } select $"{name}_{precision}"];

    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    private static NetworkSource Source(string name)
    {
        var (network, precision) = (name.Split('_')[0], name.Split('_')[1]);
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", network + ".cs")).Replace($"class {network}", "class Net", StringComparison.Ordinal)
            .Replace($"cref=\"{network}\"", "cref=\"Net\"", StringComparison.Ordinal);
        return new NetworkSource(name, text.Replace("[Network]", $"[Network(Precision = Precision.{precision})]", StringComparison.Ordinal));
    }
}
