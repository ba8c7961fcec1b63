using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Features of one axis that lie in memory as [positions, channels], as an image that was flattened here does, and in a weight file as
/// [channels, positions], as PyTorch flattens it. With one position, or one channel, both are the same.
/// </summary>
/// <param name="Positions">Pixels: height · width.</param>
/// <param name="Channels">Numbers of each pixel.</param>
public readonly record struct FeatureBlock(int Positions, int Channels)
{
    /// <summary>The number of features.</summary>
    internal long Length => (long)Positions * Channels;

    /// <summary>Where in the file each feature of an axis goes; null where blocks change nothing.</summary>
    internal static int[]? FilePlaces(ReadOnlySpan<FeatureBlock> blocks)
    {
        int length = 0;
        bool moves = false;
        foreach (FeatureBlock block in blocks)
        {
            length += (int)block.Length;
            moves |= block.Positions > 1 && block.Channels > 1;
        }

        if (!moves)
            return null;
        int[] places = new int[length];
        int start = 0;
        foreach (FeatureBlock block in blocks)
        {
            for (int position = 0; position < block.Positions; position++)
            {
                for (int channel = 0; channel < block.Channels; channel++)
                    places[start + position * block.Channels + channel] = start + channel * block.Positions + position;
            }

            start += (int)block.Length;
        }

        return places;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Positions = {Positions}, Channels = {Channels}");
        return true;
    }
}
