using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Cuda.Tests.Host;

/// <summary>The parameters that a kernel's PTX states.</summary>
internal static partial class PtxParameters
{
    /// <summary>How many bytes each has.</summary>
    public static IReadOnlyList<int> Bytes(string ptx)
    {
        var entry = ptx[ptx.IndexOf(".visible .entry", StringComparison.Ordinal)..];
        return [.. Parameter().Matches(entry[..entry.IndexOf(')', StringComparison.Ordinal)])
            .Select(m => m.Groups[2].Success ? int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) : int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) / 8)];
    }

    /// <summary>Its bits, or for a structure its bytes.</summary>
    [GeneratedRegex(@"\.param (?:\.align \d+ )?\.[bfsu](\d+) \w+(?:\[(\d+)\])?")]
    private static partial Regex Parameter();
}
