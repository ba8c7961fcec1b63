using NetGen.Text;

namespace NetGen.Data;

/// <summary>A column of texts that becomes tokens, made by <see cref="TextFeature"/>.</summary>
/// <example><code>TokenFeature words = Feature.Text("review").MissingAs("").Words();</code></example>
public sealed class TokenFeature
{
    private readonly string? missing;
    private readonly Func<IEnumerable<string>, ITokenizer> tokenizerOf;

    internal TokenFeature(string column, string? missing, Func<IEnumerable<string>, ITokenizer> tokenizerOf) =>
        (Column, this.missing, this.tokenizerOf) = (column, missing, tokenizerOf);

    /// <summary>The column of the table.</summary>
    public string Column { get; }

    /// <exception cref="InvalidDataException">A text is missing, or the column is not one of texts.</exception>
    internal FittedTokens Fit(Table train, int longest)
    {
        TableColumn column = train[Column];
        FittedTokens.CheckKind(column);
        string[] texts = new string[train.Count];
        for (int row = 0; row < texts.Length; row++)
            texts[row] = column.Text(row) ?? missing ?? throw FittedTokens.Missing().At(train.Place(row), Column);
        ITokenizer tokenizer;
        try
        {
            tokenizer = tokenizerOf(texts);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"'{Column}': {exception.Message}", exception);
        }

        return new(Column, missing, longest, tokenizer);
    }
}
