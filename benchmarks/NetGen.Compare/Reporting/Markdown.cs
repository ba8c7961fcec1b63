using System.Text;

namespace Comparison;

/// <summary>A report as a page.</summary>
internal static class Markdown
{
    public static string Write(Report report)
    {
        var machine = report.Machine;
        var text = new StringBuilder()
            .Append($"# {string.Join(", ", report.Peers.Values.Select(peer => peer.Version).Prepend($"NetGen {report.NetGen}"))}\n\n")
            .Append($"{machine.Processor}, {machine.Cores} cores, NetGen with {machine.VectorBits}-bit vectors")
            .Append(Peers(report))
            .Append($"; {machine.System}, {machine.Runtime}; {machine.Date}.\n\n```\n{report.Command}\n```\n\n");
        text.Append(Measured(report));
        foreach (var table in report.Rows.GroupBy(row => row.Peer))
        {
            if (table.Key is not { } peer)
            {
                text.Append("\n## NetGen alone\n\n| workload | threads | NetGen | of peak | of roofline |\n|---|---|---|---|---|\n");
                foreach (var row in table)
                {
                    text.Append($"{NetGen(row)}\n");
                }
                continue;
            }
            var (version, settings) = report.Peers[peer];
            text.Append($"\n## {version}\n\n{settings}.\n\n| workload | threads | NetGen | of peak | of roofline | {peer} | of peak | ratio | {peer}'s setting |\n|---|---|---|---|---|---|---|---|---|\n");
            foreach (var row in table)
            {
                text.Append($"{NetGen(row)} {Time(row.PeerTime!)} | {Numbers.Share(row.PeerShare!.Value)} | **{Numbers.Ratio(row.Ratio!.Value)}** | {row.Setting} |\n");
            }
        }
        return text.ToString();
    }

    /// <summary>What the machine can do at most, measured on the spot.</summary>
    public static string Measured(Report report)
    {
        var text = new StringBuilder("| measured on the spot | multiply-adds between registers | read from memory |\n|---|---|---|\n");
        foreach (var roofline in report.Rooflines.Values)
        {
            text.Append($"| {Numbers.Threads(roofline.Threads)} | {roofline.FlopsPerSecond / 1e9:F0} GFLOP/s | {roofline.BytesPerSecond / 1e9:F0} GB/s |\n");
        }
        if (report.RoundTrips is [var start, var end])
        {
            text.Append($"\nA cache line to another core and back: {start * 1e9:F0} ns at the start, {end * 1e9:F0} ns at the end.\n");
        }
        return text.ToString();
    }

    private static string Peers(Report report) => (report.Peers.Count, report.Held, report.Machine.VectorBits) switch
    {
        (0, _, _) or (_, false, 512) => "",
        (_, true, _) => report.Peers.ContainsKey("onnxruntime") ? " and so the peers, but for ONNX Runtime, which has no switch for that" : " and so the peers",
        _ => " (the peers choose for themselves, and may use wider ones)",
    };

    private static string NetGen(Row row) =>
        $"| {row.Workload} | {row.Threads} | {Time(row.NetGen)} | {Numbers.Share(row.Share)} | {Numbers.Share(row.OfBound)} |";

    private static string Time(Statistics time) => $"{Numbers.Time(time.Median)} {Numbers.Spread(time)}";
}
