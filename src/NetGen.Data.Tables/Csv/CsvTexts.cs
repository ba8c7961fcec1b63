using System.Text;

namespace NetGen.Data;

/// <summary>How the values of a file are written.</summary>
internal sealed class CsvTexts
{
    private readonly HashSet<string> missing;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly bool hasMissingNumbers;

    internal CsvTexts(CsvOptions options)
    {
        Numbers = new(options);
        Dates = new(options);
        missing = [.. options.Missing];
        lookup = missing.GetAlternateLookup<ReadOnlySpan<char>>();
        // A −999 that stands for a missing value must not be taken for a number.
        hasMissingNumbers = missing.Any(text => Numbers.TryRead(text, out _, out _));
    }

    internal NumberText Numbers { get; }

    internal DateText Dates { get; }

    internal bool IsMissing(ReadOnlySpan<char> text) => text.IsWhiteSpace() || lookup.Contains(text);

    /// <summary>Whether a text that may be a number stands for a missing value.</summary>
    internal bool IsMissingNumber(ReadOnlySpan<char> text) => hasMissingNumbers && lookup.Contains(text);

    /// <summary>The texts that stand for a missing value, with the code of that.</summary>
    internal Dictionary<string, int> MissingCodes() => missing.ToDictionary(text => text, _ => -1, StringComparer.Ordinal);

    /// <summary>A text of a file, fit for a message: short and in one line.</summary>
    internal static string Printable(ReadOnlySpan<char> text)
    {
        const int Longest = 60;
        StringBuilder clean = new();
        foreach (char c in text[..Math.Min(text.Length, Longest)])
            clean.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return text.Length > Longest ? clean.Append('…').ToString() : clean.ToString();
    }
}
