namespace NetGen.Data;

/// <summary>Weights and what their network takes of a picture in one file.</summary>
/// <example><code>network.Save("flowers.safetensors", input);                   // ImageInput.Load reads it again</code></example>
public static class ImageInputFiles
{
    /// <summary>
    /// Writes the weights to a safetensors file as <see cref="INetwork.Save"/> does, with what the network takes of a picture beside them:
    /// <see cref="ImageInput.Load"/> reads that, the network's <c>Load</c> the weights.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="input">What makes its inputs.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite; without it they are refused.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. Nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, the file is read-only, or the process may not write in that
    /// folder.</exception>
    public static void Save(this INetwork network, string path, ImageInput input, bool allowNotFinite = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        SafeTensors.Save(path, network.Parameters, input.AsMetadata(), allowNotFinite);
    }
}
