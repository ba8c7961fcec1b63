using System.Globalization;
using Comparison;

namespace Gpu;

/// <summary>What the project wants of an H100.</summary>
/// <param name="Workload">Of which.</param>
/// <param name="Wanted">In words.</param>
/// <param name="Measure">NetGen's row, and a peer's by name; what was measured in words and whether that is enough, or null where there is nothing.</param>
internal sealed record Target(string Workload, string Wanted, Func<Row, Func<string, Row?>, (string Text, bool IsReached)?> Measure)
{
    public static IReadOnlyList<Target> All { get; } =
    [
        Faster("mlp/128/step/float32", "pytorch", 20),
        Faster("mlp/128/resident-step/float32", "pytorch", 20),
        Faster("mlp/128/step/float32", "pytorch-compiled", 3),
        Within("mlp/128/epoch/float32", 10e-3),
        Faster("cnn/128/step/float32", "pytorch", 5),
        Faster("cnn/128/step/float32", "pytorch-compiled", 1.5),
        AtRate("dense-4096-4096/4096/forward/float32", 35),
        AtRate("dense-4096-4096/4096/forward/bf16", 300),
    ];

    /// <summary>As a row of a table: the workload, what is wanted, what was measured, whether that is enough.</summary>
    public string Line(Row? own, Func<string, Row?> peer) => own is null || Measure(own, peer) is not var (text, isReached)
        ? $"| {Workload} | {Wanted} |  | not measured |"
        : $"| {Workload} | {Wanted} | {text} | {(isReached ? "reached" : "**not reached**")} |";

    private static Target Faster(string workload, string peer, double ratio) => new(
        workload, string.Create(CultureInfo.InvariantCulture, $"at least {ratio}× {peer}"),
        (own, peers) => peers(peer) is { } other ? (Numbers.Ratio(other.Seconds.Median / own.Seconds.Median), other.Seconds.Median >= ratio * own.Seconds.Median) : null);

    private static Target Within(string workload, double seconds) => new(
        workload, $"at most {Numbers.Time(seconds)}", (own, _) => (Numbers.Time(own.Seconds.Median), own.Seconds.Median <= seconds));

    private static Target AtRate(string workload, double teraFlops) => new(
        workload, string.Create(CultureInfo.InvariantCulture, $"at least {teraFlops} TFLOP/s"),
        (own, _) => own.Flops is { } flops ? (string.Create(CultureInfo.InvariantCulture, $"{flops / own.Seconds.Median / 1e12:F1} TFLOP/s"), flops / own.Seconds.Median >= teraFlops * 1e12) : null);
}
