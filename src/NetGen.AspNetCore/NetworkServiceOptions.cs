using static System.FormattableString;

namespace NetGen.AspNetCore;

/// <summary>How a network is served.</summary>
/// <example>
/// <code>
/// builder.Services.AddNetwork&lt;Digits>("digits.safetensors", options => options.MaximalWait = TimeSpan.FromMilliseconds(2));
/// </code>
/// </example>
public sealed class NetworkServiceOptions
{
    /// <summary>The weights: a file that the network's <c>Save</c> wrote, or PyTorch's.</summary>
    public string Path { get; set; } = "";

    /// <summary>The order of features in the file; see <see cref="FileOrder"/>.</summary>
    public FileOrder Order { get; set; } = FileOrder.Stated;

    /// <summary>Where it computes; null: the processor, with as many threads as <see cref="NetGenOptions.Threads"/> says.</summary>
    public Device? Device { get; set; }

    /// <summary>
    /// The most samples of different requests that are computed together; 1 computes each request by itself. A request with more samples
    /// than this is computed by itself, whole.
    /// </summary>
    public int MaximalBatchSize { get; set; } = 32;

    /// <summary>
    /// How long a batch waits to become full. Zero waits for nothing: what has come while the batch before it was computed is the next
    /// one, which is best where requests are many. Where they are few, waiting only makes each of them slower.
    /// </summary>
    public TimeSpan MaximalWait { get; set; } = TimeSpan.Zero;

    /// <summary>The most samples that wait to be computed; a request that would make them more is refused (503).</summary>
    public int MaximalQueue { get; set; } = 1024;

    /// <summary>The most samples of one request; one with more is refused (413).</summary>
    public int MaximalRequest { get; set; } = 1024;

    /// <summary>When a refused client is told to come again.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the service looks whether the file is another one, and then takes its weights; <see cref="Timeout.InfiniteTimeSpan"/>:
    /// never. Looking costs one call of the file system.
    /// </summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many samples are compared at a time with the distributions of the training, where the file has them (<see
    /// cref="Metrics.DriftReference"/>).
    /// </summary>
    public int DriftWindow { get; set; } = 1000;

    /// <summary>From which population stability index on the health check says that values have drifted; 0.25 is a common choice.</summary>
    public double DriftLimit { get; set; } = 0.25;

    /// <summary>What is wrong with them; null: nothing.</summary>
    internal string? Fault() =>
        string.IsNullOrEmpty(Path) ? "Path is empty; it names the file with the weights."
        : MaximalBatchSize < 1 ? Invariant($"MaximalBatchSize is {MaximalBatchSize}; the least is 1: each request by itself.")
        : MaximalQueue < 1 ? Invariant($"MaximalQueue is {MaximalQueue}; the least is 1.")
        : MaximalRequest < 1 ? Invariant($"MaximalRequest is {MaximalRequest}; the least is 1.")
        : MaximalWait < TimeSpan.Zero || MaximalWait > TimeSpan.FromMinutes(1)
            ? Invariant($"MaximalWait is {MaximalWait}; it is from zero to a minute.")
        : DriftWindow < 1 ? Invariant($"DriftWindow is {DriftWindow}; the least is 1.")
        : !(DriftLimit > 0) ? Invariant($"DriftLimit is {DriftLimit}; it is above zero.")
        : RetryAfter < TimeSpan.Zero ? Invariant($"RetryAfter is {RetryAfter}; it is no time to come.")
        : ReloadInterval <= TimeSpan.Zero && ReloadInterval != Timeout.InfiniteTimeSpan
            ? Invariant($"ReloadInterval is {ReloadInterval}; it is above zero, or Timeout.InfiniteTimeSpan for never.")
        : null;
}
