using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Comparison;

/// <summary>All that a run found.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What made it.</summary>
    public required string Command { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>The peers that can be were held to NetGen's width.</summary>
    public bool Held { get; init; }

    /// <summary>NetGen's version.</summary>
    public required string NetGen { get; init; }

    /// <summary>By number of threads.</summary>
    public required IReadOnlyDictionary<int, Roofline> Rooflines { get; init; }

    /// <summary>Seconds that a cache line takes to another core and back, at the start and at the end; none on one core.</summary>
    public required IReadOnlyList<double> RoundTrips { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, PeerDescription> Peers { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The largest differences, by peer, network, batch and threads. What does not agree has no row.</summary>
    public required IReadOnlyDictionary<string, Agreement> Agreements { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}

/// <summary>A peer's version and what holds for all of its rows.</summary>
internal sealed record PeerDescription(string Version, string Settings);
