using System.Globalization;

namespace NetGen.Metrics;

/// <summary>Begins the report of a network.</summary>
/// <example><code>network.Report(history).Save("report.html");</code></example>
public static class NetworkReport
{
    /// <summary>A report with what the network is, and how its training went.</summary>
    /// <param name="network">The network.</param>
    /// <param name="history">What <c>Fit</c> gave; null: nothing is said of a training.</param>
    public static Report Report(this INetwork network, History? history = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Report report = new(network.Name);
        report.Facts(
            "Network",
            ("class", network.Name), ("weights", network.Parameters.TotalLength.ToString("N0", CultureInfo.InvariantCulture)),
            ("parameters", network.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture)), ("device", network.Device.Name));
        return history is null ? report : report.Training(history);
    }
}
