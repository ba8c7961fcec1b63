using System.Text.Json;
using System.Text.RegularExpressions;
using NetGen;
using NetGen.Text;

/// <summary>Mails as words, and whether each is spam.</summary>
public sealed partial class Mails
{
    /// <summary>Words with a token, the hole and the unknown one among them: a constant, for it is a size of the networks.</summary>
    public const int Words = 8000;

    /// <summary>The words of a mail that are read.</summary>
    public const int Longest = 128;

    private Mails(IReadOnlyList<(string Text, bool IsSpam)> all, string source)
    {
        var (train, test) = TokenDocuments.Split(all, validationFraction: 0.2, seed: 1);
        WordOptions options = new() { MinimumCount = 2, MaximumWords = Words - 2, Padding = "<hole>", Unknown = "<unknown>" };
        Tokenizer = WordTokenizer.Of(train.Select(mail => mail.Text), options);
        (Train, Test) = (Sorted(train), Sorted(test));
        TrainTokens = [.. train.Select(mail => Encode(mail.Text))];
        var spam = all.Count(mail => mail.IsSpam);
        Source = FormattableString.Invariant($"{source}: {train.Length} mails to learn from, {test.Length} for the test, {spam} of all are spam");
    }

    public string Source { get; }

    public WordTokenizer Tokenizer { get; }

    /// <summary>Columns "mail" and "spam".</summary>
    public Dataset Train { get; }

    public Dataset Test { get; }

    private int[][] TrainTokens { get; }

    /// <summary>The mails of get-mails.sh in a folder, or made-up ones.</summary>
    public static Mails Load()
    {
        var folder = Environment.GetEnvironmentVariable("NETGEN_DATA") is { } data ? Path.Combine(data, "mails") : null;
        return folder is not null && Directory.Exists(folder)
            ? new([.. Read(folder)], folder)
            : new([.. MadeUp.Mails(2000)], "Made-up mails (get-mails.sh brings real ones)");
    }

    /// <summary>Columns "holes" and "original": the mails to learn from, other words missing in each round.</summary>
    public Dataset WithHoles(int round)
    {
        MaskingOptions options = new() { MaskToken = 0, VocabularySize = Tokenizer.VocabularySize };
        int[][] holes = [.. TrainTokens.Select(tokens => new int[tokens.Length])];
        int[][] original = [.. TrainTokens.Select(tokens => new int[tokens.Length])];
        for (var i = 0; i < holes.Length; i++)
            MaskedTokens.Mask(TrainTokens[i], holes[i], original[i], options, seed: (ulong)i, round);
        return new(DataColumn.Sequences("holes", holes), DataColumn.Sequences("original", original));
    }

    /// <summary>The words of a text that a network reads.</summary>
    public int[] Encode(string text) => [.. Tokenizer.Encode(text).DefaultIfEmpty(1).Take(Longest)];

    private Dataset Sorted((string Text, bool IsSpam)[] mails) => new(
        DataColumn.Sequences("mail", [.. mails.Select(mail => Encode(mail.Text))]),
        new DataColumn("spam", mails.Select(mail => mail.IsSpam ? 1f : 0f).ToArray(), 1));

    private static IEnumerable<(string Text, bool IsSpam)> Read(string folder)
    {
        foreach (var group in new[] { "easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2" })
        {
            foreach (var path in Directory.GetFiles(Path.Combine(folder, group), "*.json").Order(StringComparer.Ordinal))
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(path));
                var text = json.RootElement.GetProperty("text").GetString()!;
                yield return (Content(text), group.StartsWith("spam", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Subject and text: headers say who sorted a mail, and where, and tags are not what it says.</summary>
    private static string Content(string mail)
    {
        var end = mail.IndexOf("\n\n", StringComparison.Ordinal);
        var (headers, body) = end < 0 ? (mail, "") : (mail[..end], mail[end..]);
        // Of quoted-printable what matters here: lines go on behind "=".
        body = body.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        return $"{Subject().Match(headers).Groups[1].Value}\n{Tag().Replace(body, " ")}";
    }

    [GeneratedRegex(@"^Subject:(.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(@"<[^>]{0,2000}>|&\w+;|\S{40,}")]
    private static partial Regex Tag();
}
