using ILGPU.Runtime.Cuda;

namespace Gpu;

/// <summary>Times by the device's own clock, between two events of a stream.</summary>
internal static class DeviceClock
{
    /// <summary>Seconds per launch: many in a row, for at least some milliseconds.</summary>
    public static Comparison.Statistics Time(CudaStream stream, Action launch, bool quick)
    {
        var (samples, least) = quick ? (5, 2.0) : (15, 20.0);
        var count = 1;
        while (Milliseconds(stream, launch, count) < least && count < 1 << 16)
        {
            count *= 2;
        }
        return Comparison.Statistics.Of(Enumerable.Range(0, samples).Select(_ => Milliseconds(stream, launch, count) / 1000 / count));
    }

    private static double Milliseconds(CudaStream stream, Action launch, int count)
    {
        var api = CudaAPI.CurrentAPI;
        Driver.Check(api.CreateEvent(out var begin, CudaEventFlags.CU_EVENT_DEFAULT), "An event");
        Driver.Check(api.CreateEvent(out var end, CudaEventFlags.CU_EVENT_DEFAULT), "An event");
        Driver.Check(api.RecordEvent(begin, stream.StreamPtr), "An event");
        for (var i = 0; i < count; i++)
        {
            launch();
        }
        Driver.Check(api.RecordEvent(end, stream.StreamPtr), "An event");
        Driver.Check(api.SynchronizeEvent(end), "A kernel");
        Driver.Check(api.ElapsedTime(out var milliseconds, begin, end), "An event");
        Driver.Check(api.DestroyEvent(begin), "An event");
        Driver.Check(api.DestroyEvent(end), "An event");
        return milliseconds;
    }
}
