using System.Globalization;
using System.Text.Json;
using Xunit;

namespace NetGen.Metrics.Tests;

/// <summary>What scikit-learn says of some inputs: <c>oracle.json</c>, made by <c>oracle.py</c>.</summary>
internal static class Oracle
{
    private static readonly JsonElement All = Read();

    /// <summary>The names of all cases of a kind.</summary>
    public static TheoryData<string> Names(string kind) => [.. All.GetProperty(kind).EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    public static JsonElement Of(string kind) => All.GetProperty(kind);

    public static JsonElement Of(string kind, string name) => All.GetProperty(kind).EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);

    public static float[] Floats(this JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(value => (float)value.GetDouble())];

    public static int[] Ints(this JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    public static double[] Numbers(this JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(Number)];

    public static double Number(this JsonElement entry, string name) => Number(entry.GetProperty(name));

    public static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Both sum numbers in double, in another order: some units in the last place, of numbers that may be small differences.</summary>
    public static void Agree(double expected, double actual, string what)
    {
        if (double.IsNaN(expected) ? !double.IsNaN(actual) : !(Math.Abs(expected - actual) <= 1e-12 * Math.Max(1, Math.Abs(expected))))
            Assert.Fail(FormattableString.Invariant($"{what} is {actual:R}; scikit-learn says {expected:R}."));
    }

    public static void Agree(double[] expected, IEnumerable<double> actual, string what)
    {
        double[] values = [.. actual];
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Agree(expected[i], values[i], FormattableString.Invariant($"{what}[{i}]"));
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(Oracle).Assembly.GetManifestResourceStream("oracle.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
