using NetGen;
using NetGen.Text;

/// <summary>The lines of a text file as numbers, each a sequence as long as it is.</summary>
public sealed class Lines
{
    /// <summary>The characters that a line may have; the first stands before and behind each line.</summary>
    private const string Alphabet = "\nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>How many characters there are: a size of the network.</summary>
    public const int Symbols = 53;

    /// <summary>The characters of the longest line, and its end.</summary>
    public const int Longest = 40;

    public Lines(string path)
    {
        string[] all = [.. File.ReadLines(path).Where(line => line.Length > 0).Distinct()];
        // A character that is not in the alphabet is an error that names it; so is a line that is too long.
        if (all.FirstOrDefault(line => line.Length >= Longest) is { } line)
            throw new IOException($"{path}: '{line}' has {line.Length} characters; Lines.Longest says that a line and its end have {Longest} at most.");
        All = all.ToHashSet(StringComparer.Ordinal);
        var (train, test) = TokenDocuments.Split([.. all.Select(each => Characters.Encode(each))], validationFraction: 0.1, seed: 1);
        (Train, Test) = (TokenDocuments.Sequences(train, End), TokenDocuments.Sequences(test, End));
    }

    public static CharacterTokenizer Characters { get; } = new(Alphabet);

    public static int End => 0;

    public IReadOnlySet<string> All { get; }

    public Dataset Train { get; }

    public Dataset Test { get; }
}
