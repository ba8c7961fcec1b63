namespace NetGen.Cuda.Driver;

/// <summary>The driver refused a call, or reports that a kernel failed.</summary>
internal sealed class DriverException(DriverResult result, string message) : InvalidOperationException(message)
{
    public DriverResult Result { get; } = result;
}
