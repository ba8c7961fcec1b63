namespace NetGen.Metrics;

/// <summary>Distributions of the training in files of weights.</summary>
/// <example><code>network.Save("churn.safetensors", DriftReference.Of(network, train));</code></example>
public static class DriftFiles
{
    /// <summary>
    /// Saves the weights, and beside them in the file how inputs and predictions were distributed. The network's <c>Load</c> reads it as
    /// any other.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="reference">The distributions.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite; without it they are refused.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. Nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, the file is read-only, or the process may not write in that
    /// folder.</exception>
    public static void Save(this INetwork network, string path, DriftReference reference, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        SafeTensors.Save(path, network.Parameters, reference.AsMetadata(), allowNotFinite);
    }
}
