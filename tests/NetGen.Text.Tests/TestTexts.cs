namespace NetGen.Text.Tests;

/// <summary>Texts that tests share.</summary>
internal static class TestTexts
{
    /// <summary>
    /// White space of all kinds, contractions, numbers, accents, an emoji of two UTF-16 units, marks that combine, other scripts.
    /// </summary>
    internal const string Odd =
        "It's  naïve, they'll say: 3.14159!\r\n\n\n\tDon’t – “quote” x²  \n 👩‍🚀🚀 e\u0301 日本語 кириллица ＡＢ\u00A0\u2003end   \n";

    /// <summary>Some pages of English with C#.</summary>
    internal static string Page { get; } = Read();

    internal static string TemporaryFolder(string name) => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"netgen-text-{Guid.NewGuid():N}", name)).FullName;

    private static string Read()
    {
        using StreamReader reader = new(typeof(TestTexts).Assembly.GetManifestResourceStream("training.md")!);
        return reader.ReadToEnd();
    }
}
