using Spectre.Console;

namespace Comparison;

/// <summary>The table on the terminal, which grows while it is measured. Where there is none, the table comes at the end.</summary>
internal static class Terminal
{
    /// <summary>Runs a program that tells of each row it has found.</summary>
    public static T Show<T>(Func<Action<Row>, T> program)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("workload", "threads", "NetGen", "", "of peak", "of roof", "peer", "time", "", "of peak", "ratio", "peer's setting");
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 200;
            var result = program(row => table.AddRow(Cells(row)));
            AnsiConsole.Write(table);
            return result;
        }
        return AnsiConsole.Live(table).Start(live => program(row =>
        {
            table.AddRow(Cells(row));
            live.Refresh();
        }));
    }

    private static string[] Cells(Row row) =>
    [
        row.Workload, $"{row.Threads}", Numbers.Time(row.NetGen.Median), Numbers.Spread(row.NetGen), Numbers.Share(row.Share), Numbers.Share(row.OfBound),
        .. row.PeerTime is { } peer
            ? [
                row.Peer!, Numbers.Time(peer.Median), Numbers.Spread(peer), Numbers.Share(row.PeerShare!.Value), Numbers.Ratio(row.Ratio!.Value),
                // Brackets are markup to the table.
                Markup.Escape(row.Setting!),
            ]
            : Array.Empty<string>(),
    ];
}
