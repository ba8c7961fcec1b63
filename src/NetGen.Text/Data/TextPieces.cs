namespace NetGen.Text;

/// <summary>Reads a text piece by piece, so that no word is cut.</summary>
internal static class TextPieces
{
    /// <summary>
    /// The pieces, each with the place of its first character. The memory of one is used again for the next. A piece ends before the last
    /// white space in front of a word, for there ends a word whatever stands behind: of several spaces GPT-2's words leave the last one to
    /// the word (<see cref="BytePairPieces"/>). A text without such a place is one piece.
    /// </summary>
    internal static IEnumerable<(long Start, ReadOnlyMemory<char> Text)> Of(TextReader reader, int length)
    {
        char[] buffer = new char[length];
        long start = 0;
        for (int have = 0; ;)
        {
            have += reader.ReadBlock(buffer, have, buffer.Length - have);
            bool isEnd = have < buffer.Length;
            int cut = isEnd ? have : Cut(buffer);
            if (cut > 0)
                yield return (start, buffer.AsMemory(0, cut));
            if (isEnd)
                yield break;
            if (cut == 0)
            {
                Array.Resize(ref buffer, checked(2 * buffer.Length));
                continue;
            }

            Array.Copy(buffer, cut, buffer, 0, have - cut);
            have -= cut;
            start += cut;
        }
    }

    private static int Cut(ReadOnlySpan<char> text)
    {
        for (int i = text.Length - 2; i > 0; i--)
        {
            if (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i + 1]))
                return i;
        }

        return 0;
    }
}
