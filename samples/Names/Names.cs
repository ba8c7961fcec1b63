using NetGen;
using NetGen.Text;

/// <summary>Names in small letters, each a sequence as long as it is.</summary>
public sealed class Names
{
    /// <summary>The letters and the end of a name: constants, for they are sizes of the networks.</summary>
    public const int Symbols = 27;

    /// <summary>The longest name has fifteen letters, and an end.</summary>
    public const int Longest = 16;

    private Names(IEnumerable<string> lines, string source)
    {
        string[] all = [.. lines.Select(line => line.ToLowerInvariant()).Where(IsName).Distinct()];
        if (all.Length < 100)
            throw new IOException($"{source}: {all.Length} names of letters from a to z; to learn from them there must be a hundred.");
        All = all.ToHashSet(StringComparer.Ordinal);
        var (train, validation) = TokenDocuments.Split(all.Select(name => Letters.Encode(name)).ToArray(), validationFraction: 0.1, seed: 1);
        (Train, Validation) = (TokenDocuments.Sequences(train, End), TokenDocuments.Sequences(validation, End));
        Source = $"{source}: {train.Length} names to learn from, {validation.Length} for validation";
    }

    public static CharacterTokenizer Letters { get; } = new("\nabcdefghijklmnopqrstuvwxyz");

    /// <summary>What stands before and behind a name.</summary>
    public static int End => 0;

    public string Source { get; }

    /// <summary>All of them, to see which are new.</summary>
    public IReadOnlySet<string> All { get; }

    public Dataset Train { get; }

    public Dataset Validation { get; }

    /// <summary>
    /// A file with a name in each line, names.txt of the folder NETGEN_DATA, or what is always there: the names of .NET's types.
    /// </summary>
    public static Names Load(string? path)
    {
        var folder = Environment.GetEnvironmentVariable("NETGEN_DATA");
        path ??= folder is null ? null : Path.Combine(folder, "text", "names.txt");
        return path is null
            ? new(typeof(object).Assembly.GetTypes().Select(type => type.Name), "The types of .NET's core library")
            : new(File.ReadLines(path), path);
    }

    private static bool IsName(string line) => line.Length is > 1 and < Longest && line.All(char.IsAsciiLetterLower);
}
