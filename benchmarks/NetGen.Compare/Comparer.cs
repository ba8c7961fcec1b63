using NetGen;

namespace Comparison;

/// <summary>Checks and measures, workload by workload.</summary>
internal sealed class Comparer(Options options, Action<Row> found)
{
    private readonly Effort effort = options.Quick ? Effort.Quick : Effort.Normal;
    private readonly SortedDictionary<int, Roofline> rooflines = [];
    private readonly Dictionary<string, PeerDescription> peers = [];
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, Agreement> agreements = [];

    public Report Run(string command)
    {
        // Before a peer is there, whose threads might run.
        foreach (var threads in new[] { 1, options.Threads }.Distinct())
        {
            rooflines.Add(threads, new Roofline(threads));
        }
        var atStart = RoundTrip.Measure();
        foreach (var name in options.Peers)
        {
            var peer = Peer.All[name](options);
            peers.Add(name, peer.Description);
            Against(peer);
        }
        if (options.Peers.Count == 0)
        {
            Alone();
        }
        return new Report
        {
            Command = command,
            Machine = Machine.This(),
            NetGen = Machine.Version(typeof(Device).Assembly),
            Rooflines = rooflines,
            RoundTrips = [.. new[] { atStart, RoundTrip.Measure() }.OfType<double>()],
            Peers = peers,
            Rows = rows,
            Agreements = agreements,
        };
    }

    private void Against(Peer peer)
    {
        foreach (var group in peer.Workloads.Where(workload => options.IsWanted(workload.Name)).GroupBy(workload => (workload.Model, workload.Batch, workload.Threads)))
        {
            var (model, count, threads) = group.Key;
            var batch = model.NewBatch(count);
            var agreement = peer.Agree(model, batch, threads);
            agreements.Add($"{peer.Name}, {model.Name}/{count}, {threads} threads", agreement);
            if (!agreement.Holds)
            {
                continue;
            }
            foreach (var workload in group)
            {
                var subject = model.Create(batch, Device.Cpu(threads));
                using var netGen = new NetGenSide(subject, workload.Pass);
                var parameters = model.Parameters(subject);
                var fastest = Runner.Fastest(peer.Settings(workload, batch, parameters), effort);
                using var side = fastest.Side;
                var times = Runner.Turns([new Runner(netGen, effort), fastest], effort.Rounds);
                Add(workload, times[0], peer.Name, side.Setting, times[1]);
            }
        }
    }

    private void Alone()
    {
        foreach (var workload in Workload.All(options.Threads).Where(workload => options.IsWanted(workload.Name)))
        {
            var batch = workload.Model.NewBatch(workload.Batch);
            using var netGen = new NetGenSide(workload.Model.Create(batch, Device.Cpu(workload.Threads)), workload.Pass);
            Add(workload, Runner.Turns([new Runner(netGen, effort)], effort.Rounds)[0]);
        }
    }

    private void Add(Workload workload, double[] times, string? peer = null, string? setting = null, double[]? peerTimes = null)
    {
        var roofline = rooflines[workload.Threads];
        var row = new Row
        {
            Workload = workload.Name,
            Threads = workload.Threads,
            Peer = peer,
            Setting = setting,
            NetGen = Statistics.Of(times),
            PeerTime = peerTimes is null ? null : Statistics.Of(peerTimes),
            Flops = workload.Flops,
            Peak = roofline.FlopsPerSecond,
            Bound = roofline.Seconds(workload.Model.Work, workload.Batch, workload.Pass),
        };
        rows.Add(row);
        found(row);
    }
}
