using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading.Variants;

/// <summary>Reads the variants of a network that is right itself.</summary>
internal static class VariantReader
{
    /// <param name="type">The network.</param>
    /// <param name="compilation">Its project.</param>
    /// <param name="network">What reading it gave.</param>
    /// <param name="read">Reads a network as if it had no variants.</param>
    /// <param name="cancellation">Looked at inside.</param>
    public static ReadResult Read(
        INamedTypeSymbol type, Compilation compilation, ReadResult network, Func<INamedTypeSymbol, Compilation, ReadResult> read, CancellationToken cancellation)
    {
        if (network.Model is not { Variants.Count: > 0 } model)
            return network;
        var diagnostics = network.Diagnostics.ToList();
        // What is said of the network itself, or of one variant, is not said again of the others.
        var said = new HashSet<(string, Location)>(diagnostics.Select(d => (d.Id, d.Location)));
        var models = new Dictionary<VariantModel, NetworkModel>();
        var variants = new List<NetworkModel?>();
        foreach (var variant in model.Variants)
        {
            cancellation.ThrowIfCancellationRequested();
            var project = VariantProject.Of(type, variant, compilation, cancellation);
            var result = read(project.Type, project.Compilation);
            diagnostics.AddRange(result.Diagnostics.Select(d => project.AsWritten(d, variant)).Where(d => said.Add((d.Id, d.Location))));
            if (result.Model is { } of)
                models.Add(variant, of);
            variants.Add(result.Model?.AsVariant(model.Name, variant));
        }
        diagnostics.AddRange(WithoutEffect(type, model, models));
        return network with { Diagnostics = diagnostics, Variants = variants };
    }

    /// <summary>Constants that may be anything without the network being another one.</summary>
    private static IEnumerable<Diagnostic> WithoutEffect(INamedTypeSymbol type, NetworkModel model, Dictionary<VariantModel, NetworkModel> models)
    {
        foreach (var size in model.Variants[0].Sizes)
        {
            var alike = model.Variants.Where(variant => variant.Sizes.All(s => s.Constant == size.Constant || model.Variants[0].Sizes.Contains(s)))
                .Select(variant => models.TryGetValue(variant, out var network) ? network : null).ToArray();
            if (alike.Length > 1 && alike.All(network => network is not null && network == alike[0]))
                yield return VariantDeclaration.At(type, size.Constant, $"'{size.Constant}' changes nothing: '{type.Name}' is the same network with each of these values. Use it as a size of a layer.");
        }
    }
}
