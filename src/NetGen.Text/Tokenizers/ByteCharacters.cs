namespace NetGen.Text;

/// <summary>
/// Bytes as printable characters, as GPT-2's files write them: printable ones of Latin-1 as themselves, the others as U+0100, U+0101, … in
/// order. A space is 'Ġ'.
/// </summary>
internal static class ByteCharacters
{
    private static readonly char[] Characters = Make();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((character, i) => (character, (byte)i)).ToDictionary();

    internal static string Of(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, (characters, from) =>
    {
        for (int i = 0; i < from.Length; i++)
            characters[i] = Characters[from[i]];
    });

    /// <summary>The bytes; null where a character stands for none.</summary>
    internal static byte[]? ToBytes(string characters)
    {
        byte[] bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!Bytes.TryGetValue(characters[i], out bytes[i]))
                return null;
        }

        return bytes;
    }

    private static char[] Make()
    {
        char[] characters = new char[256];
        int others = 0;
        for (int i = 0; i < characters.Length; i++)
            characters[i] = i is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)i : (char)(256 + others++);
        return characters;
    }
}
