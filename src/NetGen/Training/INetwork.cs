namespace NetGen;

/// <summary>What every network can do, whatever its inputs are.</summary>
public interface INetwork : IDisposable
{
    /// <summary>The name of the network's class.</summary>
    string Name { get; }

    /// <summary>The parameters by position and by name.</summary>
    NetworkParameters Parameters { get; }

    /// <summary>Where the network computes.</summary>
    Device Device { get; }

    /// <summary>Writes the weights to a safetensors file, replacing it in one move.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowNotFinite">Whether to write weights that are NaN or infinite; without it they are refused.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; the message names it. Nothing was written.</exception>
    void Save(string path, bool allowNotFinite = false);

    /// <summary>Reads the weights from a safetensors file; on any error the network keeps those it has.</summary>
    /// <param name="path">The file.</param>
    /// <param name="order">The order of features in the file. The file says it itself, unless it was rewritten by another program.</param>
    /// <param name="allowNotFinite">Whether to take weights that are NaN or infinite; without it they are refused.</param>
    /// <exception cref="InvalidDataException">The file does not fit the network, or a weight is not finite; the message names it.</exception>
    void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false);
}
