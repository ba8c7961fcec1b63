using System.Reflection;
using System.Text;
using NetGen.Text;

/// <summary>A text as numbers: the printable characters of ASCII and the end of a line.</summary>
public sealed class Corpus
{
    /// <summary>How many there are: a constant, for it is a size of the network.</summary>
    public const int Symbols = 96;

    private Corpus(string text, string source)
    {
        int[] tokens = Characters.Encode(text.Replace("\r", "", StringComparison.Ordinal));
        Source = source;
        Training = tokens.AsMemory(0, tokens.Length / 10 * 9);
        Validation = tokens.AsMemory(tokens.Length / 10 * 9);
        if (Validation.Length <= CharGpt.Context)
            throw new IOException($"{source} has {tokens.Length} characters; a tenth of it must be more than {CharGpt.Context}.");
    }

    /// <summary>What is not among them is a question mark.</summary>
    public static CharacterTokenizer Characters { get; } = new("\n" + string.Concat(Enumerable.Range(' ', Symbols - 1).Select(i => (char)i)), unknown: new Rune('?'));

    public string Source { get; }

    /// <summary>The first nine tenths.</summary>
    public ReadOnlyMemory<int> Training { get; }

    /// <summary>The rest.</summary>
    public ReadOnlyMemory<int> Validation { get; }

    /// <summary>A file, tinyshakespeare of the folder NETGEN_DATA, or what is built in: the pages of docs/.</summary>
    public static Corpus Load(string? path)
    {
        var folder = Environment.GetEnvironmentVariable("NETGEN_DATA");
        path ??= folder is null ? null : Path.Combine(folder, "text", "tinyshakespeare.txt");
        if (path is not null)
            return new(File.ReadAllText(path), path);
        var assembly = Assembly.GetExecutingAssembly();
        var pages = assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
        return new(string.Concat(pages), "The pages of docs/, which are built in");
    }
}
