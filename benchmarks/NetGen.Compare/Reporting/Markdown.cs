using System.Text;

namespace Comparison;

/// <summary>A report as a page.</summary>
internal static class Markdown
{
    public static string Write(Report report)
    {
        var machine = report.Machine;
        var text = new StringBuilder()
            .Append($"# NetGen beside {string.Join(" and ", report.Peers.Values.Select(peer => peer.Version))}\n\n")
            .Append($"{machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}; NetGen {report.Version} with {machine.VectorBits}-bit vectors; {machine.Date}.\n")
            .Append($"Measured on the spot with {report.Rows.Max(row => row.Threads)} threads: {report.Roofline.FlopsPerSecond / 1e9:F0} GFLOP/s (fused multiply-adds between registers), ")
            .Append($"{report.Roofline.BytesPerSecond / 1e9:F0} GB/s (read from memory).\n\n")
            .Append($"```\n{report.Command}\n```\n");
        foreach (var table in report.Rows.GroupBy(row => row.Peer))
        {
            text.Append($"\n## {table.Key ?? "NetGen"}\n\n");
            if (table.Key is { } peer)
            {
                text.Append($"{report.Peers[peer].Version}: {report.Peers[peer].Settings}.\n\n");
            }
            text.Append("| workload | threads | NetGen | of peak | peer | of peak | ratio | peer's setting |\n|---|---|---|---|---|---|---|---|\n");
            foreach (var row in table)
            {
                text.Append($"| {row.Workload} | {row.Threads} | {Numbers.Time(row.NetGen.Median)} {Numbers.Spread(row.NetGen)} | {Numbers.Share(row.Share)} |");
                text.Append(row.PeerTime is { } time
                    ? $" {Numbers.Time(time.Median)} {Numbers.Spread(time)} | {Numbers.Share(row.PeerShare!.Value)} | **{Numbers.Ratio(row.Ratio!.Value)}** | {row.Setting} |\n"
                    : " | | | |\n");
            }
        }
        return text.ToString();
    }
}
