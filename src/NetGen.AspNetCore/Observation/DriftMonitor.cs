using NetGen.Metrics;

namespace NetGen.AspNetCore.Observation;

/// <summary>Compares so many requests at a time with the training of the weights that answer them.</summary>
internal sealed class DriftMonitor(DriftWindow window, int samples)
{
    private DriftScore[] latest = [];

    /// <summary>Of the last samples that were compared; empty: too few have come.</summary>
    public DriftScore[] Latest => Volatile.Read(ref latest);

    /// <summary>One caller at a time.</summary>
    public void Add(Batch batch, ReadOnlySpan<float> results)
    {
        window.Add(batch, results);
        if (window.Count < samples)
            return;
        Volatile.Write(ref latest, window.Scores());
        window.Clear();
    }
}
