using System.Text;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Where something stands in a text, for messages.</summary>
internal static class TextPlace
{
    /// <summary>For example <c>17 (line 2, column 5)</c>: counted in UTF-16 units from 0, line and column from 1.</summary>
    internal static string Of(ReadOnlySpan<char> text, int position)
    {
        ReadOnlySpan<char> before = text[..position];
        return Invariant($"{position} (line {before.Count('\n') + 1}, column {position - before.LastIndexOf('\n')})");
    }

    /// <summary>For example <c>'é' (U+00E9)</c>.</summary>
    internal static string Name(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? Invariant($"U+{rune.Value:X4}") : Invariant($"'{rune}' (U+{rune.Value:X4})");

    /// <summary>A text must be characters of Unicode: a half of a surrogate pair is none.</summary>
    /// <exception cref="ArgumentException">It is not; the message says where.</exception>
    internal static void CheckUnicode(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length;)
        {
            int next = text[i..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0)
                return;
            i += next;
            if (Rune.DecodeFromUtf16(text[i..], out _, out int units) != System.Buffers.OperationStatus.Done)
                throw HalfPair(text, i);
            i += units;
        }
    }

    internal static ArgumentException HalfPair(ReadOnlySpan<char> text, int position) =>
        new(Invariant($"Half of a surrogate pair (U+{(int)text[position]:X4}) stands alone at {Of(text, position)}; that is no character."), nameof(text));
}
