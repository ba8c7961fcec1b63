using System.Globalization;
using NetGen.Generator.Common;

namespace NetGen.Generator;

/// <summary>
/// What the files of a network or table are called. Roslyn tells names apart without regard to case, and of two files of one name it takes none, nor any other file: so
/// networks whose files would be called alike have a number in theirs.
/// </summary>
internal static class HintNames
{
    /// <summary>Longer names are cut: a path may have 255 bytes.</summary>
    private const int Longest = 120;

    /// <summary>All kinds of files.</summary>
    private static readonly string[] Kinds = ["", "Programs", "Kernels", "Cuda", "Passes", "Table"];

    /// <param name="network">The full name of the class.</param>
    /// <param name="kind">Of the file; empty for the public half.</param>
    /// <param name="isAmbiguous">Another network's file would be called so too.</param>
    public static string Of(string network, string kind, bool isAmbiguous = false)
    {
        var name = string.Concat(network.Take(Longest).Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '_'));
        var number = isAmbiguous || name != network ? "-" + Number(network) : "";
        return $"{name}{number}.{(kind.Length == 0 ? "" : kind + ".")}g.cs";
    }

    /// <summary>The networks that have a file whose name another one's has.</summary>
    public static EquatableArray<string> Ambiguous(IEnumerable<string> networks) => networks.Distinct()
        .SelectMany(network => Kinds.Select(kind => (Network: network, Name: Of(network, kind))))
        .GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Where(files => files.Count() > 1)
        .SelectMany(files => files.Select(file => file.Network)).Distinct().OrderBy(network => network, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>The same for a name on every machine (FNV-1a).</summary>
    private static string Number(string name) =>
        name.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)).ToString("x8", CultureInfo.InvariantCulture);
}
