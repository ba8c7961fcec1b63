namespace NetGen.Data;

/// <summary>Weights and the schema of their inputs in one file.</summary>
/// <example><code>network.Save("churn.safetensors", fitted);                    // FittedSchema.Load reads it again</code></example>
public static class SchemaFiles
{
    /// <summary>
    /// Writes the weights to a safetensors file as <see cref="INetwork.Save"/> does, with the schema beside them:
    /// <see cref="FittedSchema.Load"/> reads it, the network's <c>Load</c> the weights.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="schema">What makes its inputs.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite; without it they are refused.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. Nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, the file is read-only, or the process may not write in that
    /// folder.</exception>
    public static void Save(this INetwork network, string path, FittedSchema schema, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schema);
        SafeTensors.Save(path, network.Parameters, schema.AsMetadata(), allowNotFinite);
    }
}
