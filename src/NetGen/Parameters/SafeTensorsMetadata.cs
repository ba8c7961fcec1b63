using System.Text.Json;
using static System.FormattableString;

namespace NetGen;

/// <summary>What a file says of the order of features in it.</summary>
/// <param name="most">Of how many parameters it may say something.</param>
internal sealed class SafeTensorsMetadata(int most)
{
    internal const string Format = "format", PyTorch = "pt";

    /// <summary>NetGen has written the network's name from the beginning, the order of features since that is PyTorch's.</summary>
    private const string Network = "network", Features = "features";

    private const string ChannelsFirst = "channels first", AsInMemory = "as in memory";

    /// <summary>The names that have the order of memory.</summary>
    private readonly HashSet<string> asInMemory = new(StringComparer.Ordinal);

    private string? features;
    private bool hasFormat;
    private bool hasNetwork;

    internal static void Write(Utf8JsonWriter json, ParameterLayout layout)
    {
        json.WriteString(Network, layout.NetworkName);
        json.WriteString(Features, ChannelsFirst);
        foreach (ParameterSpec spec in layout.Parameters)
        {
            if (!spec.IsOrderKnown)
                json.WriteString($"{Features}.{spec.Name}", AsInMemory);
        }
    }

    /// <summary>Whether it is a name of NetGen's own.</summary>
    internal static bool IsReserved(string name) => name is Format or Network or Features or CheckpointFile.State || name.StartsWith(Features + ".", StringComparison.Ordinal);

    /// <summary>Receives all that the file says, for who asks for that; otherwise null, and what NetGen does not know is passed over.</summary>
    internal Dictionary<string, string>? Texts { get; init; }

    /// <exception cref="InvalidDataException">It has been said before, and <see cref="Texts"/> cannot have both; or too much has been said.</exception>
    internal void Add(string key, string value)
    {
        if (Texts?.TryAdd(key, value) == false)
            throw new InvalidDataException($"the metadata have '{SafeTensorsHeader.Printable(key)}' twice.");
        switch (key)
        {
            case Format:
                hasFormat = value == PyTorch;
                break;
            case Network:
                hasNetwork = true;
                break;
            case Features:
                features = value;
                break;
            default:
                if (value == AsInMemory && key.StartsWith(Features + ".", StringComparison.Ordinal))
                {
                    asInMemory.Add(key[(Features.Length + 1)..]);
                    if (asInMemory.Count > most)
                        throw new InvalidDataException(Invariant($"the metadata name more than {most} parameters."));
                }

                break;
        }
    }

    /// <summary>The parameters that have the order of memory in this file; all others have PyTorch's.</summary>
    /// <exception cref="InvalidDataException">The order of the file, or of a parameter, is not known.</exception>
    internal HashSet<ParameterSpec> InMemoryOrder(ParameterLayout layout, FileOrder order)
    {
        if (order is < FileOrder.Stated or > FileOrder.Memory)
            throw OutOfRange.Of(nameof(order), order, Invariant($"There is no order of a file {(int)order}."));
        if (features is not (null or ChannelsFirst) && order == FileOrder.Stated)
        {
            string stated = SafeTensorsHeader.Printable(features);
            throw new InvalidDataException($"the file states its order of features as '{stated}'; this version of NetGen knows '{ChannelsFirst}'.");
        }

        bool isOld = hasFormat && hasNetwork && features is null;
        HashSet<ParameterSpec> found = [];
        foreach (ParameterSpec spec in layout.Parameters)
        {
            bool isAsInMemory = order switch
            {
                FileOrder.Memory => true,
                FileOrder.PyTorch => !spec.IsOrderKnown,
                _ => isOld || asInMemory.Contains(spec.Name),
            };
            if (isAsInMemory)
                found.Add(spec);
            else if (!spec.IsOrderKnown)
            {
                throw new InvalidDataException(
                    $"how PyTorch orders the features of '{spec.Name}' is not known, and the file does not say that they are as in memory. If they "
                    + $"are, state it: Load(…, {nameof(FileOrder)}.{nameof(FileOrder.PyTorch)}) takes these as in memory, and all others in PyTorch's order.");
            }
        }

        return found;
    }
}
