using System.ComponentModel;

namespace NetGen;

/// <summary>A data set in a device's memory; the device's package implements it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ResidentData : IDisposable
{
    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Gives the memory back.</summary>
    public abstract void Dispose();
}
