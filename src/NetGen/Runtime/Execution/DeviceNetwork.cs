using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// What a network owns on a device other than the processor; that device's package implements it. The host keeps a copy of the weights,
/// which <see cref="NetworkState"/> lends to readers and writers; the two are brought in step only where somebody looks.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeviceNetwork : IDisposable
{
    /// <summary>
    /// The host's copy, which is about to be read or written: it gets what training on the device has changed, and goes back to the device
    /// before the next call.
    /// </summary>
    public abstract Span<float> LendWeights();

    /// <summary>
    /// Does something with the host's copy between two calls, after it got what training on the device has changed; it goes back before the
    /// next one.
    /// </summary>
    /// <param name="action">May give the network another copy.</param>
    public abstract void BetweenCalls(Action action);

    /// <summary>Brings the columns that a network asks for to the device, for as long as it is trained with them.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="columns">What the network asks for.</param>
    /// <param name="classifications">Of how many classifications the network says how much is right.</param>
    /// <returns>Null: they do not fit into the device's memory.</returns>
    /// <exception cref="ArgumentException">The data set has not these columns, or a label or a target is out of range.</exception>
    public ResidentData? Keep(Dataset data, ReadOnlySpan<ColumnSpec> columns, int classifications)
    {
        ArgumentNullException.ThrowIfNull(data);
        var found = new DataColumn?[columns.Length];
        ColumnMatch.Find(columns, data, found);
        DataCheck.Ranges(columns, found!, nameof(data));
        return Keep(found!, classifications);
    }

    /// <summary>Brings columns to the device, if they fit.</summary>
    private protected abstract ResidentData? Keep(ReadOnlySpan<DataColumn> columns, int classifications);

    /// <summary>Forgets what the optimizers keep: the next step is as the first.</summary>
    public abstract void ResetOptimizers();

    /// <summary>Copies what an optimizer keeps for the steps on an objective, and how many steps have used it.</summary>
    internal abstract (long Steps, AlignedFloats[] Slots) CopyOptimizer<TOptimizer>(int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>;

    /// <summary>Goes on from what was copied.</summary>
    internal abstract void RestoreOptimizer<TOptimizer>(StepState state, int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>;

    /// <summary>Gives everything on the device back. A call that runs ends well; later ones throw.</summary>
    public abstract void Dispose();
}
