namespace Gpu;

/// <summary>There is no GPU that can be used, or it fails: one line for people.</summary>
internal sealed class GpuException(string message) : Exception(message);
