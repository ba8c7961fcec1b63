using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Comparison;

namespace Gpu;

/// <summary>Reports of NetGen and of peers as one page.</summary>
internal static partial class Table
{
    /// <summary>The GPU as the name of a folder.</summary>
    public static string Folder(Report report) => NotInNames().Replace(report.Gpu.Name.ToLowerInvariant(), "-").Trim('-');

    /// <exception cref="ArgumentException">The reports are of different GPUs.</exception>
    public static string Write(Report netGen, Report? peers)
    {
        if (peers is not null && peers.Gpu.Name != netGen.Gpu.Name)
        {
            throw new ArgumentException($"NetGen ran on {netGen.Gpu.Name} and the peers on {peers.Gpu.Name}: no ratio of them means anything.");
        }
        Report[] reports = peers is null ? [netGen] : [netGen, peers];
        var text = new StringBuilder($"# {netGen.Gpu.Name}\n\n{string.Join(", ", reports.SelectMany(report => report.Versions).Select(pair => $"{pair.Key} {pair.Value}").Distinct())}; ");
        text.Append($"driver for CUDA {netGen.Gpu.Driver}; {netGen.Date}.\n\n```\n{string.Join("\n", reports.Select(report => report.Command))}\n```\n\n");

        string[] names = [.. (peers?.Rows ?? []).Select(row => row.Peer!).Distinct()];
        text.Append($"| workload | NetGen | TFLOP/s |{string.Concat(names.Select(name => $" {name} | ratio |"))}\n|---|---|---|{string.Concat(names.Select(_ => "---|---|"))}\n");
        var byPeer = (peers?.Rows ?? []).ToDictionary(row => (row.Workload, row.Peer));
        var own = netGen.Rows.ToDictionary(row => row.Workload);
        // In NetGen's order; then what only peers have.
        foreach (var workload in netGen.Rows.Select(row => row.Workload).Concat((peers?.Rows ?? []).Select(row => row.Workload)).Distinct())
        {
            var mine = own.GetValueOrDefault(workload);
            text.Append($"| {workload} | {Time(mine)} | {Rate(mine)} |");
            foreach (var name in names)
            {
                var row = byPeer.GetValueOrDefault((OfPeers(workload), name));
                text.Append($" {Time(row)} | {(mine is null || row is null ? "" : $"**{Numbers.Ratio(row.Seconds.Median / mine.Seconds.Median)}**")} |");
            }
            text.Append('\n');
        }

        text.Append("\n| target | wanted | measured | |\n|---|---|---|---|\n");
        foreach (var target in Target.All)
        {
            text.Append($"{target.Line(own.GetValueOrDefault(target.Workload), peer => byPeer.GetValueOrDefault((OfPeers(target.Workload), peer)))}\n");
        }

        if (netGen.Facts is { Count: > 0 } facts)
        {
            text.Append("\n| of this GPU | |\n|---|---|\n").AppendJoin("", facts.Select(fact => $"| {fact.Key} | {fact.Value} |\n"));
        }

        foreach (var (what, why) in reports.SelectMany(report => report.Missing ?? new Dictionary<string, string>()))
        {
            text.Append($"\nNot measured: {what}: {why}\n");
        }
        foreach (var (workload, agreement) in (netGen.Agreements ?? new Dictionary<string, Agreement>()).Where(pair => !pair.Value.Holds))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nWrong, and not timed: {workload}: an error of {agreement.LargestError:G3} where {agreement.Bound:G3} is allowed.\n");
        }
        return text.ToString();
    }

    /// <summary>Peers' samples are on the device.</summary>
    private static string OfPeers(string workload) => workload.Replace("/resident-step/", "/step/", StringComparison.Ordinal);

    private static string Time(Row? row) => row is null ? "" : $"{Numbers.Time(row.Seconds.Median)} {Numbers.Spread(row.Seconds)}";

    private static string Rate(Row? row) => row?.Flops is { } flops ? (flops / row.Seconds.Median / 1e12).ToString("F2", CultureInfo.InvariantCulture) : "";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
