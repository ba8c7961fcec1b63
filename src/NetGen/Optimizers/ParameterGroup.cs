using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Parameters with an optimizer of their own: another rate or weight decay for some of the network.</summary>
/// <typeparam name="TOptimizer">The optimizer, the same type for all groups.</typeparam>
/// <param name="Optimizer">Its hyper-parameters for this group.</param>
/// <example>
/// <code>
/// network.Fit(train, options, new AdamW(1e-3f, weightDecay: 0.01f).StoreGradients() with
/// {
///     Groups = [new(new AdamW(1e-3f, weightDecay: 0)) { OnlyVectors = true }],        // no decay of biases and norms
/// });
/// </code>
/// </example>
public sealed record ParameterGroup<TOptimizer>(TOptimizer Optimizer)
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>
    /// Which ones, by the field that holds them or the begin of their name: <c>["head", "encoder.hidden"]</c> has <c>head.weight</c>,
    /// <c>head.0.bias</c> and <c>encoder.hidden.weight</c>. Empty: of all fields.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// Of them those alone that are vectors or numbers: biases, and the gains of norms, which recipes with weight decay leave out of it.
    /// </summary>
    public bool OnlyVectors { get; init; }

    internal bool Has(ParameterSpec parameter) =>
        (!OnlyVectors || parameter.Shape.Length < 2) && (Fields.Count == 0 || Fields.Any(field => ParameterFields.Has(parameter, field)));

    // The compiler's own would name the list's type.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Optimizer = {Optimizer}, Fields = [{string.Join(", ", Fields)}], OnlyVectors = {OnlyVectors}");
        return true;
    }
}
