using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// What a network owns on a device other than the processor; that device's package implements it. The host keeps a copy of the weights, which
/// <see cref="NetworkState"/> lends to readers and writers; the two are brought in step only where somebody looks.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeviceNetwork : IDisposable
{
    /// <summary>
    /// The host's copy is about to be read or written: it gets what training on the device has changed, and goes back to the device before the next call.
    /// </summary>
    public abstract void LendWeights(Span<float> weights);

    /// <summary>Gives everything on the device back. A call that runs ends well; later ones throw.</summary>
    public abstract void Dispose();
}
