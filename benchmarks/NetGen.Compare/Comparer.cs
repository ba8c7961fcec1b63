using NetGen;

namespace Comparison;

/// <summary>Checks and measures, workload by workload.</summary>
internal sealed class Comparer(Options options, Action<Row> found)
{
    private readonly Effort effort = options.Quick ? Effort.Quick : Effort.Normal;
    private readonly Dictionary<string, PeerDescription> peers = [];
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, Agreement> agreements = [];
    private readonly List<string> disagreements = [];

    public Report Run(string command)
    {
        var roofline = Roofline.Measure(options.Threads);
        if (options.Peers.Contains("libtorch"))
        {
            AgainstTorch(roofline);
        }
        return new Report
        {
            Command = command,
            Machine = Machine.This(),
            Roofline = roofline,
            Version = Machine.Version(typeof(Device).Assembly),
            Peers = peers,
            Rows = rows,
            Agreements = agreements,
            Disagreements = disagreements,
        };
    }

    private void AgainstTorch(Roofline roofline)
    {
        var torch = new TorchComparison(options.Threads);
        peers.Add("libtorch", new(TorchComparison.Version, TorchComparison.Settings));
        var device = Device.Cpu(options.Threads);
        foreach (var group in Workload.AgainstTorch.Where(options.IsWanted).GroupBy(workload => (workload.Model, workload.Batch)))
        {
            var (model, count) = group.Key;
            var batch = new SampleBatch(model.Architecture, count);
            if (!Agree($"{model.Name}/{count}", TorchComparison.Agree(model, batch, device)))
            {
                continue;
            }
            foreach (var workload in group)
            {
                var subject = model.Create(batch, device);
                using var netGen = new NetGenSide(subject, workload.Pass);
                using var peer = torch.Create(workload, batch, PeerLayout.Parameters(model.Architecture, subject.Values()), effort);
                var times = Turns.Measure([netGen, peer], effort);
                Add(new Row
                {
                    Workload = workload.Name,
                    Peer = "libtorch",
                    Threads = options.Threads,
                    Setting = peer.Setting,
                    NetGen = Statistics.Of(times[0]),
                    PeerTime = Statistics.Of(times[1]),
                    Flops = workload.Flops,
                    Peak = roofline.FlopsPerSecond,
                });
            }
        }
    }

    private bool Agree(string name, Agreement agreement)
    {
        agreements[name] = agreement;
        if (!agreement.Holds)
        {
            disagreements.Add(name);
        }
        return agreement.Holds;
    }

    private void Add(Row row)
    {
        rows.Add(row);
        found(row);
    }
}
