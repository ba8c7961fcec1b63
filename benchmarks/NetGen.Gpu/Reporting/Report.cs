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
