using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>Where words begin and end.</summary>
internal static class WordCut
{
    /// <summary>The next word from a place on, which is then behind it; nothing at the end.</summary>
    internal static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int place, bool keepPunctuation)
    {
        while (place < text.Length)
        {
            int start = place;
            Rune rune = At(text, place, out int units);
            place += units;
            if (IsWord(rune))
            {
                place = End(text, place);
                return text[start..place];
            }

            if (keepPunctuation && !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                return text[start..place];
        }

        return [];
    }

    private static int End(ReadOnlySpan<char> text, int place)
    {
        while (place < text.Length)
        {
            Rune rune = At(text, place, out int units);
            if (IsJoint(rune) && place + units < text.Length && IsWord(At(text, place + units, out int second)))
                place += units + second;
            else if (IsWord(rune))
                place += units;
            else
                break;
        }

        return place;
    }

    /// <summary>Half of a surrogate pair is U+FFFD, a sign.</summary>
    private static Rune At(ReadOnlySpan<char> text, int place, out int units)
    {
        Rune.DecodeFromUtf16(text[place..], out Rune rune, out units);
        return rune;
    }

    private static bool IsWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsJoint(Rune rune) => rune.Value is '\'' or '’' or '-';
}
