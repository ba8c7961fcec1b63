namespace NetGen;

/// <summary>What messages call an optimizer: as C# writes its type.</summary>
internal static class OptimizerName
{
    /// <summary>For example <c>StoredGradients&lt;Adam&gt;</c>.</summary>
    internal static string Of<TOptimizer>() => Of(typeof(TOptimizer));

    private static string Of(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
