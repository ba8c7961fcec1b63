using System.Text.Json;
using NetGen.Text;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Tokens of the texts of a column, with the vocabulary of the rows for training.</summary>
internal sealed class FittedTokens
{
    private const string OfBytes = "bytes";

    private readonly string? missing;
    private readonly ITokenizer tokenizer;

    /// <summary>What stands for a text without a token: a sequence has at least one step.</summary>
    private readonly int empty;

    internal FittedTokens(string column, string? missing, int longest, ITokenizer tokenizer)
    {
        (Column, this.missing, Longest, this.tokenizer) = (column, missing, longest, tokenizer);
        empty = tokenizer switch
        {
            WordTokenizer words => words.Unknown!.Value,
            CharacterTokenizer characters => characters[characters.Unknown!.Value],
            BytePairTokenizer pairs => pairs.TokenOf(0),
            _ => 0,
        };
    }

    internal string Column { get; }

    /// <summary>The most tokens of a text; what is behind them is cut off.</summary>
    internal int Longest { get; }

    internal int VocabularySize => tokenizer.VocabularySize;

    internal ITokenizer Tokenizer => tokenizer;

    /// <exception cref="InvalidDataException">It holds no texts.</exception>
    internal static void CheckKind(TableColumn column)
    {
        if (column.Kind != ValueKind.Text)
            throw FittedNumber.WrongKind(column, ValueKind.Text);
    }

    internal static CellException Missing() => new("is missing, and nothing was said to stand for it (MissingAs).");

    /// <exception cref="CellException">The value is missing, or no text.</exception>
    internal int[] Encode(in Cell cell) => cell.Kind switch
    {
        null => Encode((string?)null),
        ValueKind.Text => Encode(cell.Text),
        _ => throw cell.Wrong("a text"),
    };

    internal DataColumn Encode(string name, Table table)
    {
        TableColumn column = table[Column];
        CheckKind(column);
        // A text that is in many rows is cut once.
        int[]?[] byCode = new int[column.Texts.Length][];
        int[][] tokens = new int[table.Count][];
        for (int row = 0; row < tokens.Length; row++)
        {
            try
            {
                int code = column.Codes[row];
                tokens[row] = code < 0 ? Encode((string?)null) : byCode[code] ??= Encode(column.Texts[code]);
            }
            catch (CellException exception)
            {
                throw exception.At(table.Place(row), Column);
            }
        }

        return DataColumn.Sequences(name, tokens);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("column", Column);
        json.WriteNumber("longest", Longest);
        if (missing is not null)
            json.WriteString("missing", missing);
        json.WritePropertyName("vocabulary");
        switch (tokenizer)
        {
            case WordTokenizer words:
                VocabularyFile.Write(json, WordTokenizer.Kind, words.Write);
                break;
            case CharacterTokenizer characters:
                VocabularyFile.Write(json, CharacterTokenizer.Kind, characters.Write);
                break;
            case BytePairTokenizer pairs:
                VocabularyFile.Write(json, BytePairJson.Kind, vocabulary => BytePairJson.Write(pairs, vocabulary));
                break;
            default:
                VocabularyFile.Write(json, OfBytes, _ => { });
                break;
        }
    }

    /// <exception cref="InvalidDataException">It is no such object.</exception>
    internal static FittedTokens Read(SchemaJson json)
    {
        SchemaJson vocabulary = json.Object("vocabulary");
        string kind = vocabulary.Text("tokenizer");
        try
        {
            ITokenizer tokenizer = kind switch
            {
                WordTokenizer.Kind when WordTokenizer.Read(vocabulary.Element) is { Unknown: not null } words => words,
                CharacterTokenizer.Kind when CharacterTokenizer.Read(vocabulary.Element) is { Unknown: not null } characters => characters,
                BytePairJson.Kind => BytePairJson.Read(vocabulary.Element),
                OfBytes => new ByteTokenizer(),
                _ => throw json.Error($"has a vocabulary of '{kind}' that this version does not know"),
            };
            return new(json.Text("column"), json.Has("missing") ? json.Text("missing") : null, json.Count("longest"), tokenizer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw json.Error($"has a vocabulary of '{kind}' that is none: {exception.Message}");
        }
    }

    /// <exception cref="CellException">It is missing, or has what no text has: half of a surrogate pair.</exception>
    private int[] Encode(string? text)
    {
        List<int> tokens = [];
        string known = text ?? missing ?? throw Missing();
        try
        {
            tokenizer.Encode(known, tokens);
        }
        catch (ArgumentException exception)
        {
            throw new CellException($"is no text: {exception.Message}");
        }

        if (tokens.Count == 0)
            return [empty];
        return tokens.Count <= Longest ? [.. tokens] : [.. tokens.Take(Longest)];
    }

    public override string ToString() => Invariant($"{Column}: up to {Longest} of {VocabularySize} tokens");
}
