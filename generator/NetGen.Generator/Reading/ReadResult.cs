using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>
/// What reading a class gives: the generator takes the model, the analyzer the diagnostics. No model: the class has errors, NetGen's or
/// C#'s, or is a component of other networks.
/// </summary>
internal sealed record ReadResult(NetworkModel? Model, IReadOnlyList<Diagnostic> Diagnostics)
{
    public static ReadResult Nothing { get; } = new(null, []);

    /// <summary>Those of <see cref="NetworkModel.Variants"/>, in their order; null: one with errors.</summary>
    public IReadOnlyList<NetworkModel?> Variants { get; init; } = [];
}
