using System.Text.Json;
using Comparison;
using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Benchmarks;

/// <summary>Reports become a page. All numbers here are made up.</summary>
public sealed class TableTests
{
    /// <summary>As peers.py writes it.</summary>
    private const string Peers =
        """
        {
          "command": "python3 peers.py --quick",
          "gpu": { "name": "Made-Up GPU 9", "driver": "12.4" },
          "date": "2026-11-26",
          "versions": { "PyTorch": "2.0" },
          "rows": [
            { "workload": "layer/32/forward/tf32", "peer": "pytorch", "seconds": { "minimum": 7e-05, "lowerQuartile": 7.5e-05, "median": 8e-05, "upperQuartile": 8.5e-05 } },
            { "workload": "layer/32/forward/tf32", "peer": "pytorch-compiled", "seconds": { "minimum": 2e-05, "lowerQuartile": 2e-05, "median": 2e-05, "upperQuartile": 2e-05 } },
            { "workload": "mlp/1/step/float32", "peer": "pytorch", "seconds": { "minimum": 0.001, "lowerQuartile": 0.001, "median": 0.001, "upperQuartile": 0.001 } }
          ],
          "missing": { "jax": "ModuleNotFoundError: No module named 'jax'" }
        }
        """;

    [Fact]
    public void Peers_stand_beside_NetGen_with_their_ratio()
    {
        var lines = Table.Write(NetGen(), Report.Parse(Peers)).Split('\n');
        Assert.Equal("# Made-Up GPU 9", lines[0]);
        Assert.Contains("NetGen 0.0, PyTorch 2.0; driver for CUDA 12.4; 2026-11-26.", lines);
        Assert.Contains("| workload | NetGen | TFLOP/s | pytorch | ratio | pytorch-compiled | ratio |", lines);
        Assert.Contains("| layer/32/forward/tf32 | 40.0 µs ±5 % | 0.50 | 80.0 µs ±6 % | **2.00×** | 20.0 µs ±0 % | **0.50×** |", lines);
        // What only one side has.
        Assert.Contains("| layer/1/forward/tf32 | 10.0 µs ±0 % | 0.10 |  |  |  |  |", lines);
        Assert.Contains("| mlp/1/step/float32 |  |  | 1.00 ms ±0 % |  |  |  |", lines);
        Assert.Contains("Not measured: jax: ModuleNotFoundError: No module named 'jax'", lines);
        Assert.Contains("Wrong, and not timed: layer/128/forward/tf32: an error of 2 where 0.5 is allowed.", lines);
    }

    [Fact]
    public void NetGen_stands_alone_where_there_are_no_peers() =>
        Assert.Contains("| layer/1/forward/tf32 | 10.0 µs ±0 % | 0.10 |", Table.Write(NetGen(), null).Split('\n'));

    [Fact]
    public void Reports_of_different_GPUs_are_not_joined() =>
        Assert.Contains("Made-Up GPU 8", Assert.Throws<ArgumentException>(() => Table.Write(NetGen() with { Gpu = new("Made-Up GPU 8", "12.4") }, Report.Parse(Peers))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        var json = NetGen().ToJson();
        Assert.Equal(json, Report.Parse(json).ToJson());
        Assert.Contains("\"gpu\": {", json, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => Report.Parse("{}"));
    }

    /// <summary>Twenty times is wanted and forty measured; three are wanted and two measured; 35 TFLOP/s are wanted and there is no row.</summary>
    [Fact]
    public void Targets_are_reached_or_not()
    {
        var fast = new Row { Workload = "mlp/128/step/float32", Seconds = new Statistics(1e-5, 1e-5, 1e-5, 1e-5) };
        var epoch = new Row { Workload = "mlp/128/epoch/float32", Seconds = new Statistics(0.02, 0.02, 0.02, 0.02) };
        var product = new Row { Workload = "dense-4096-4096/4096/forward/bf16", Seconds = new Statistics(4e-4, 4e-4, 4e-4, 4e-4), Flops = 2L * 4096 * 4096 * 4096 };
        Row[] rows = [fast with { Peer = "pytorch", Seconds = new Statistics(4e-4, 4e-4, 4e-4, 4e-4) }, fast with { Peer = "pytorch-compiled", Seconds = new Statistics(2e-5, 2e-5, 2e-5, 2e-5) }];
        var lines = Table.Write(NetGen() with { Rows = [fast, epoch, product] }, Report.Parse(Peers) with { Rows = rows }).Split('\n');
        Assert.Contains("| mlp/128/step/float32 | at least 20× pytorch | 40.0× | reached |", lines);
        Assert.Contains("| mlp/128/step/float32 | at least 3× pytorch-compiled | 2.00× | **not reached** |", lines);
        Assert.Contains("| mlp/128/epoch/float32 | at most 10.0 ms | 20.0 ms | **not reached** |", lines);
        Assert.Contains("| dense-4096-4096/4096/forward/bf16 | at least 300 TFLOP/s | 343.6 TFLOP/s | reached |", lines);
        Assert.Contains("| dense-4096-4096/4096/forward/float32 | at least 35 TFLOP/s |  | not measured |", lines);
        Assert.Contains("| cnn/128/step/float32 | at least 1.5× pytorch-compiled |  | not measured |", lines);
    }

    [Fact]
    public void What_the_GPU_is_stands_beside_what_is_assumed()
    {
        var facts = new Dictionary<string, Fact> { ["settle/launch/in-a-graph"] = new(2500, 2200, "cycles", "1.4 µs"), ["settle/driver"] = new(null, null, null, "found") };
        var lines = Table.Write(NetGen() with { Facts = facts }, null).Split('\n');
        Assert.Contains("| settle/launch/in-a-graph | 2500 cycles; 2200 cycles assumed; 1.4 µs |", lines);
        Assert.Contains("| settle/driver | found |", lines);
    }

    [Fact]
    public void The_folder_is_the_name_of_the_GPU() => Assert.Equal("made-up-gpu-9", Table.Folder(NetGen()));

    private static Report NetGen() => new()
    {
        Command = "NetGen.Gpu run",
        Gpu = new GpuDescription("Made-Up GPU 9", "12.4"),
        Date = "2026-11-26",
        Versions = new Dictionary<string, string> { ["NetGen"] = "0.0" },
        Rows =
        [
            new Row { Workload = "layer/1/forward/tf32", Seconds = new Statistics(1e-5, 1e-5, 1e-5, 1e-5), Flops = 1_000_000 },
            new Row { Workload = "layer/32/forward/tf32", Seconds = new Statistics(3e-5, 3.8e-5, 4e-5, 4.2e-5), Flops = 20_000_000 },
        ],
        Agreements = new Dictionary<string, Agreement> { ["layer/1/forward/tf32"] = new(0.1, 0.5, true), ["layer/128/forward/tf32"] = new(2, 0.5, false) },
    };
}
