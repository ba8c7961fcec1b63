namespace Gpu;

/// <summary>
/// A piece of the program that runs in a process of its own with a limit of time: a kernel that fails takes its process's GPU with it, and one that waits for ever never ends; neither keeps the
/// other pieces from running.
/// </summary>
/// <param name="Name">Also what starts it: <c>part NAME</c>.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Workloads">What it may be asked for.</param>
/// <param name="Needs">Which checks by name; if one failed, this is not run.</param>
/// <param name="Run">Does it.</param>
internal sealed record Part(string Name, TimeSpan Limit, IReadOnlyList<string> Workloads, Func<string, bool> Needs, Action<PartRun> Run)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(3), Long = TimeSpan.FromMinutes(10);

    /// <summary>In the order in which they run: what a GPU settles first, then whether networks are right, then how fast they are, then products by themselves.</summary>
    public static IReadOnlyList<Part> All { get; } =
    [
        new("settle", Short, Settle.Workloads, _ => false, Settle.Run),
        .. NetworkCase.All.Select(network => new Part($"check/{network.Title}", Long, NetworkParts.Checks(network), _ => false, run => NetworkParts.Check(network, run))),
        .. NetworkCase.All.Select(network => new Part($"memory/{network.Title}", Long, NetworkParts.Memories(network), _ => false, run => NetworkParts.Memory(network, run))),
        .. Timed("time", network => true, NetworkParts.Times, NetworkParts.Time),
        .. Timed("epoch", network => network.IsMnist, NetworkParts.Epochs, NetworkParts.Epoch),
        .. Timed("start", network => network.IsMnist, NetworkParts.Starts, NetworkParts.Start),
        .. ProductWorkload.All.GroupBy(workload => workload.Kernel.Layer).Select(
            layer => new Part(layer.Key, Long, [.. layer.Select(workload => workload.Name)], _ => false, run => Products([.. layer], run))),
    ];

    /// <summary>Whether it says what is right: several of those may run at a time.</summary>
    public bool IsCheck => Name.StartsWith("check/", StringComparison.Ordinal);

    /// <summary>Whether a name is a workload that is asked for: <c>mlp</c>, <c>mlp/128</c>, <c>mlp/128/step/float32</c>.</summary>
    public static bool IsWanted(string workload, string only) =>
        $"{workload}/".StartsWith($"{only.TrimEnd('/')}/", StringComparison.Ordinal);

    private static IEnumerable<Part> Timed(string name, Func<NetworkCase, bool> has, Func<NetworkCase, string[]> workloads, Action<NetworkCase, PartRun> run) =>
        from network in NetworkCase.All
        where network.Batches.Count > 0 && has(network)
        select new Part($"{name}/{network.Title}", Long, workloads(network), network.Owns, each => run(network, each));

    private static void Products(ProductWorkload[] workloads, PartRun run)
    {
        var (context, accelerator, _) = Driver.Open(run.Device);
        using var __ = context;
        using var ___ = accelerator;
        var runner = new ProductRunner(accelerator, run.Quick);
        foreach (var workload in workloads.Where(workload => run.Wants(workload.Name)))
        {
            var (agreement, row) = runner.Run(workload);
            run.Report(new Entry(workload.Name) { Agreement = agreement, Row = row });
        }
    }
}

/// <param name="Device">Which GPU.</param>
/// <param name="Quick">Rough times.</param>
/// <param name="Only">What is asked for: workloads that begin with one of these; none: all.</param>
/// <param name="Report">Takes each result at once.</param>
internal sealed record PartRun(int Device, bool Quick, IReadOnlyList<string> Only, Action<Entry> Report)
{
    public bool Wants(string workload) => Only.Count == 0 || Only.Any(only => Part.IsWanted(workload, only));
}
