using System.Text.Json;
using Xunit;

namespace Comparison;

public sealed class ReportTests
{
    private static readonly Row Row = new()
    {
        Workload = "cnn/32/step",
        Peer = "libtorch",
        Threads = 2,
        Setting = "channels_last, 2 threads",
        NetGen = new(1.9e-3, 1.96e-3, 2e-3, 2.04e-3),
        PeerTime = new(8e-3, 8e-3, 9e-3, 10e-3),
        Flops = 300_000_000,
        Peak = 200e9,
        Bound = 1.8e-3,
    };

    private static readonly Report Report = new()
    {
        Command = "the command",
        Machine = Machine.This() with { Processor = "Some(R) Processor @ 2.0 GHz", Model = "26-2", VectorBits = 256 },
        NetGen = "1.2.3",
        Rooflines = new Dictionary<int, Roofline>(),
        RoundTrips = [78.4e-9, 320e-9],
        Peers = new Dictionary<string, PeerDescription> { ["libtorch"] = new("libtorch 9", "all settings") },
        Rows = [Row, Row with { Peer = null, PeerTime = null, Setting = null }],
        Agreements = new Dictionary<string, Agreement> { ["libtorch, cnn/32"] = new(1e-7, 2e-7, 3e-7) },
    };

    [Fact]
    public void Ratios_are_of_medians()
    {
        Assert.Equal(4.5, Row.Ratio!.Value, 1e-12);
        Assert.Equal(0.75, Row.Share, 1e-12);
        Assert.Equal(0.9, Row.OfBound, 1e-12);
        Assert.Equal(1 / 6d, Row.PeerShare!.Value, 1e-12);
    }

    [Fact]
    public void The_page_has_a_row_for_each_comparison()
    {
        var page = Markdown.Write(Report);
        Assert.Contains("| cnn/32/step | 2 | 2.00 ms ±2 % | 75 % | 90 % | 9.00 ms ±11 % | 17 % | **4.50×** | channels_last, 2 threads |\n", page, StringComparison.Ordinal);
        Assert.Contains("| cnn/32/step | 2 | 2.00 ms ±2 % | 75 % | 90 % |\n", page, StringComparison.Ordinal);
        Assert.Contains("A cache line to another core and back: 78 ns at the start, 320 ns at the end.\n", page, StringComparison.Ordinal);
        Assert.Contains("libtorch 9", page, StringComparison.Ordinal);
        Assert.Contains("all settings", page, StringComparison.Ordinal);
        Assert.Contains("256-bit vectors (the peers choose for themselves", page, StringComparison.Ordinal);
        Assert.Contains("```\nthe command\n```", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_all_numbers()
    {
        var json = JsonDocument.Parse(Report.ToJson()).RootElement;
        var row = json.GetProperty("rows")[0];
        Assert.Equal(4.5, row.GetProperty("ratio").GetDouble(), 1e-12);
        Assert.Equal(2e-3, row.GetProperty("netGen").GetProperty("median").GetDouble());
        Assert.Equal(256, json.GetProperty("machine").GetProperty("vectorBits").GetInt32());
        Assert.Equal(3e-7, json.GetProperty("agreements").GetProperty("libtorch, cnn/32").GetProperty("gradients").GetDouble());
        Assert.False(json.GetProperty("rows")[1].TryGetProperty("ratio", out _));
    }

    [Fact]
    public void The_page_says_which_peers_were_held_to_the_same_width()
    {
        Assert.Contains("256-bit vectors and so the peers; ", Markdown.Write(Report with { Held = true }), StringComparison.Ordinal);
        var peers = new Dictionary<string, PeerDescription> { ["onnxruntime"] = new("ONNX Runtime 9", "all settings") };
        Assert.Contains("256-bit vectors and so the peers, but for ONNX Runtime", Markdown.Write(Report with { Held = true, Peers = peers, Rows = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_has_the_name_of_the_processor_and_its_model()
    {
        Assert.Equal("some-r-processor-2-0-ghz-26-2", Report.Machine.Folder);
        Assert.Equal("some-r-processor-2-0-ghz", (Report.Machine with { Model = "" }).Folder);
    }

    [Theory]
    [InlineData(3.805e-6, "3.81 µs")]
    [InlineData(0.9996e-3, "1.00 ms")]
    [InlineData(99.96e-6, "100 µs")]
    [InlineData(26.44e-3, "26.4 ms")]
    [InlineData(1.5, "1.50 s")]
    public void Times_have_three_figures(double seconds, string text) => Assert.Equal(text, Numbers.Time(seconds));
}
