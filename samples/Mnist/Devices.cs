using System.Globalization;
using NetGen;

/// <summary>The devices that <c>--device</c> names. GPUs are in the program if it is built with <c>-p:Cuda=true</c>.</summary>
internal static class Devices
{
    /// <summary>The processor with that many threads, or a GPU.</summary>
    /// <exception cref="InvalidOperationException">There is no such GPU; the message says what is missing.</exception>
    public static Device Open(string name, int threads) => name switch
    {
        "cpu" => Device.Cpu(threads),
#if CUDA
        "best" => Device.Best() is var best and not CpuDevice ? best : Device.Cpu(threads),
        _ => Device.Cuda(Index(name)!.Value),
#else
        "best" => Device.Cpu(threads),
        _ => throw new InvalidOperationException($"'{name}' is not in this program: build it with -p:Cuda=true."),
#endif
    };

    /// <summary>Whether this names a device, be it here or not.</summary>
    public static bool IsName(string name) => name is "cpu" or "best" || Index(name) is not null;

    /// <summary>The number of a GPU: 0 for <c>cuda</c>, 1 for <c>cuda:1</c>.</summary>
    private static int? Index(string name) =>
        name == "cuda" ? 0
        : name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index
        : null;
}
