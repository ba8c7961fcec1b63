using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NetGen.AspNetCore;

/// <summary>Which weights are in use.</summary>
/// <param name="Id">The first 16 hexadecimal digits of the SHA-256 sum of all weights: the same weights have the same, wherever they are
/// served.</param>
/// <param name="Loaded">When they were loaded.</param>
public sealed record WeightsVersion(string Id, DateTimeOffset Loaded)
{
    private const int Digits = 16;

    /// <summary>For example <c>9f86d081884c7d65 (2026-11-28T08:30:00Z)</c>.</summary>
    public override string ToString() => $"{Id} ({Loaded.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)})";

    /// <summary>Of the weights that a network has now: what a service says that has the file of these weights.</summary>
    /// <param name="network">The network; nobody may train it meanwhile.</param>
    public static WeightsVersion Of(INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Of(network, DateTimeOffset.UtcNow);
    }

    internal static WeightsVersion Of(INetwork network, DateTimeOffset loaded)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NetworkParameter parameter in network.Parameters)
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        return new(Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits], loaded);
    }
}
