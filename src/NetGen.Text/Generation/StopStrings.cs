using System.Text;

namespace NetGen.Text;

/// <summary>Looks for texts in a text that comes piece by piece, and holds back what may be the beginning of one.</summary>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    private readonly StringBuilder held = new();

    /// <summary>Whether one was found; then there is nothing more to come.</summary>
    internal bool IsFound { get; private set; }

    /// <summary>Takes a piece; returns what is sure to stand before all stop strings.</summary>
    internal string Add(ReadOnlySpan<char> piece)
    {
        if (IsFound)
            return "";
        if (stops.Count == 0)
            return piece.ToString();
        held.Append(piece);
        string text = held.ToString();
        held.Clear();
        int found = int.MaxValue;
        foreach (string stop in stops)
        {
            if (text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and int place)
                found = Math.Min(found, place);
        }

        IsFound = found < int.MaxValue;
        int sure = IsFound ? found : text.Length - Begun(text);
        if (!IsFound)
            held.Append(text.AsSpan(sure));
        return text[..sure];
    }

    /// <summary>What was held back, once nothing more comes.</summary>
    internal string Rest()
    {
        string rest = held.ToString();
        held.Clear();
        return rest;
    }

    /// <summary>The length of the longest end of a text that begins a stop string.</summary>
    private int Begun(string text)
    {
        int longest = 0;
        foreach (string stop in stops)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                    longest = length;
            }
        }

        return longest;
    }
}
