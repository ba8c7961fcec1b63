using System.Reflection;

/// <summary>A text as numbers: the printable characters of ASCII and the end of a line.</summary>
public sealed class Text
{
    /// <summary>How many there are.</summary>
    public const int Symbols = 96;

    private readonly int[] numbers;

    private Text(string text, string source)
    {
        numbers = [.. text.Replace("\r", "", StringComparison.Ordinal).Select(Number)];
        Source = source;
        if (Validation.Length <= CharGpt.Context)
            throw new IOException($"{source} has {numbers.Length} characters; a tenth of it must be more than {CharGpt.Context}.");
    }

    public string Source { get; }

    /// <summary>The first nine tenths.</summary>
    public ReadOnlySpan<int> Training => numbers.AsSpan(0, numbers.Length / 10 * 9);

    /// <summary>The rest.</summary>
    public ReadOnlySpan<int> Validation => numbers.AsSpan(numbers.Length / 10 * 9);

    /// <summary>A file, tinyshakespeare of the folder NETGEN_DATA, or what is built in: the pages of docs/.</summary>
    public static Text Load(string? path)
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

    public static int Number(char character) => character == '\n' ? 0 : character is >= ' ' and <= '~' ? character - ' ' + 1 : Number('?');

    public static char Character(int number) => number == 0 ? '\n' : (char)(number - 1 + ' ');

    /// <summary>Windows at random places of a part, and for each of their characters the next one.</summary>
    public static void Draw(ReadOnlySpan<int> part, Random random, int[] text, int[] next)
    {
        for (var window = 0; window < text.Length; window += CharGpt.Context)
        {
            var start = random.Next(part.Length - CharGpt.Context);
            part.Slice(start, CharGpt.Context).CopyTo(text.AsSpan(window));
            part.Slice(start + 1, CharGpt.Context).CopyTo(next.AsSpan(window));
        }
    }
}
