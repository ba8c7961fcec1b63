using System.Globalization;
using NetGen;
using NetGen.Text;

/// <summary>Dates as people write them, and as ISO 8601 does.</summary>
public static class WrittenDates
{
    /// <summary>The characters, and what stands before and behind a date: constants, for they are sizes of the network.</summary>
    public const int Symbols = 43;

    /// <summary>"wednesday, 30 september 2026" has the most.</summary>
    public const int Longest = 32;

    /// <summary>"2026-11-28".</summary>
    public const int IsoLength = 10;

    private static readonly string[] Formats =
    [
        "d MMMM yyyy", "MMMM d, yyyy", "d MMM yyyy", "MMM d yyyy", "dddd, d MMMM yyyy", "dddd d MMM yyyy", "dd/MM/yyyy", "d.M.yyyy", "M-d-yyyy",
        "yyyy/M/d", @"d MMMM \'yy", @"MMM d, \'yy", "ddd MMM dd yyyy",
    ];

    public static CharacterTokenizer Characters { get; } = new("\n0123456789abcdefghijklmnopqrstuvwxyz ,-./'");

    /// <summary>What stands before and behind a date.</summary>
    public static int End => 0;

    /// <summary>A day from 1970 to 2069, in one of the formats. Two digits of a year are of these hundred years.</summary>
    public static (string Written, string Iso) Draw(Random random)
    {
        var date = new DateOnly(1970, 1, 1).AddDays(random.Next(36_525));
        var written = date.ToString(Formats[random.Next(Formats.Length)], CultureInfo.InvariantCulture).ToLowerInvariant();
        return (written, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>Pairs to learn from: the decoder sees all characters before the one that it is asked for.</summary>
    public static Dataset Pairs(int count, int seed)
    {
        var random = new Random(seed);
        var (written, iso, next) = (new int[count][], new int[count][], new int[count][]);
        for (var i = 0; i < count; i++)
        {
            var pair = Draw(random);
            var answer = Characters.Encode(pair.Iso);
            (written[i], iso[i], next[i]) = (Characters.Encode(pair.Written), [End, .. answer], [.. answer, End]);
        }
        return new Dataset(DataColumn.Sequences("written", written), DataColumn.Sequences("iso", iso), DataColumn.Sequences("next", next));
    }

    /// <summary>The likeliest next character after another, until all dates have their end.</summary>
    public static string[] Translate(DateTranslator network, IReadOnlyList<string> written)
    {
        int[][] tokens = [.. written.Select(text => Characters.Encode(text))];
        var answers = written.Select(_ => new List<int> { End }).ToArray();
        for (var length = 1; length <= IsoLength; length++)
        {
            var logits = network.Predict(
                tokens.SelectMany(t => t).ToArray(), tokens.Select(t => t.Length).ToArray(),
                answers.SelectMany(a => a).ToArray(), answers.Select(a => a.Count).ToArray());
            for (var i = 0; i < answers.Length; i++)
                answers[i].Add(Likeliest(logits.AsSpan(((i * length) + length - 1) * Symbols, Symbols)));
        }
        return [.. answers.Select(answer => Characters.Decode(answer.Skip(1).TakeWhile(token => token != End).ToArray()))];
    }

    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
            best = logits[i] > logits[best] ? i : best;
        return best;
    }
}
