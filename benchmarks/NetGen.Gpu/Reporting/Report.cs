using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gpu;

/// <summary>What a run of this program, or of <c>peers.py</c>, found.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // An error that is not a number is a result as well.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What made it.</summary>
    public required string Command { get; init; }

    public required GpuDescription Gpu { get; init; }

    /// <summary>UTC.</summary>
    public required string Date { get; init; }

    /// <summary>Programs and their versions.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>By workload and check; what does not agree has no row. Peers have none.</summary>
    public IReadOnlyDictionary<string, Agreement>? Agreements { get; init; }

    /// <summary>About the machine, by name. Peers have none.</summary>
    public IReadOnlyDictionary<string, Fact>? Facts { get; init; }

    /// <summary>What could not be measured, and why; by peer or workload.</summary>
    public IReadOnlyDictionary<string, string>? Missing { get; init; }

    /// <summary>Of several runs on one GPU; of what is in more than one of them the last.</summary>
    /// <exception cref="InvalidOperationException">They are of several GPUs.</exception>
    public static Report Joined(IReadOnlyList<Report> reports)
    {
        var last = reports[^1];
        if (reports.Count == 1)
        {
            return last;
        }
        if (reports.Select(report => report.Gpu).Distinct().Count() > 1)
        {
            throw new InvalidOperationException(
                $"These reports are of several GPUs: {string.Join(", ", reports.Select(report => report.Gpu.Name).Distinct())}.");
        }
        var rows = Last(
            reports.SelectMany(report => report.Rows).Select(row => KeyValuePair.Create((row.Workload, row.Peer), row))).Values.ToArray();
        return last with
        {
            Command = string.Join("; ", reports.Select(report => report.Command)),
            Versions = Last(reports.SelectMany(report => report.Versions)),
            Rows = rows,
            Agreements = Last(reports.SelectMany(report => report.Agreements ?? Empty<Agreement>())),
            Facts = Last(reports.SelectMany(report => report.Facts ?? Empty<Fact>())),
            // What a later run has measured is missing no more.
            Missing = Last(reports.SelectMany(report => report.Missing ?? Empty<string>()).Where(pair => !rows.Any(row => pair.Key == (row.Peer is null ? row.Workload : $"{row.Peer} {row.Workload}")))),
        };
    }

    private static Dictionary<string, T> Empty<T>() => [];

    private static Dictionary<TKey, TValue> Last<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
        where TKey : notnull
    {
        var last = new Dictionary<TKey, TValue>();
        foreach (var (key, value) in pairs)
        {
            last[key] = value;
        }
        return last;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <exception cref="JsonException">It is none.</exception>
    public static Report Parse(string json) => JsonSerializer.Deserialize<Report>(json, Format) ?? throw new JsonException("The file is empty.");
}

/// <param name="Name">As the driver calls it.</param>
/// <param name="Driver">The CUDA version that the driver is for.</param>
internal sealed record GpuDescription(string Name, string Driver);

/// <summary>One time.</summary>
internal sealed record Row
{
    /// <summary>Network or layer, batch, pass and precision: <c>dense-4096-4096/1024/forward/tf32</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>Which of several peers; null: NetGen.</summary>
    public string? Peer { get; init; }

    public required Comparison.Statistics Seconds { get; init; }

    /// <summary>Where they are known.</summary>
    public long? Flops { get; init; }
}
