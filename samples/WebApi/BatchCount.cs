using System.Diagnostics.Metrics;

namespace WebApi;

/// <summary>Listens to the service's own measurement of its batches.</summary>
internal sealed class BatchCount : IDisposable
{
    private readonly MeterListener listener = new();
    private long batches;
    private long samples;

    public BatchCount()
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "netgen.batch.size")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref batches);
            Interlocked.Add(ref samples, size);
        });
        listener.Start();
    }

    public double Mean => (double)samples / batches;

    public void Dispose() => listener.Dispose();
}
