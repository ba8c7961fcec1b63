using System.Text.Json;
using System.Text.Json.Serialization;

namespace Comparison;

/// <summary>All that a run found.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>With all threads.</summary>
    public required Roofline Roofline { get; init; }

    /// <summary>NetGen's.</summary>
    public required string Version { get; init; }

    /// <summary>Versions and settings, by name.</summary>
    public required IReadOnlyDictionary<string, PeerDescription> Peers { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The largest differences found, by network and batch.</summary>
    public required IReadOnlyDictionary<string, Agreement> Agreements { get; init; }

    /// <summary>What was not timed, because the sides do not agree.</summary>
    public required IReadOnlyList<string> Disagreements { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}

/// <summary>A peer's version and what holds for all of its rows.</summary>
internal sealed record PeerDescription(string Version, string Settings);
