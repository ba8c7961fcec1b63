using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>An output whose features have learned what they need to know.</summary>
public sealed class FittedOutput
{
    /// <summary>Rows that are encoded feature by feature before the next ones are: their numbers stay in the cache.</summary>
    private const int Block = 128;

    private readonly FittedFeature[] features;
    private readonly FittedTokens? tokens;

    private FittedOutput(string name, ColumnType type, FittedFeature[] features)
    {
        Name = name;
        Type = type;
        this.features = features;
        long length = features.Sum(feature => (long)feature.Width);
        Length = length <= Array.MaxLength ? (int)length : throw new InvalidDataException(Invariant($"'{name}' would have {length} numbers in each row."));
    }

    private FittedOutput(string name, FittedTokens tokens)
    {
        (Name, Type, Length, features, this.tokens) = (name, ColumnType.Label, 1, [], tokens);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Real numbers or labels.</summary>
    public ColumnType Type { get; }

    /// <summary>How many numbers, or labels, each row has: the size of the network's input. Of tokens 1, for each of them.</summary>
    public int Length { get; }

    /// <summary>
    /// What makes tokens of texts, with the vocabulary of the rows for training: its size is that of the embedding. Null for other outputs.
    /// </summary>
    public NetGen.Text.ITokenizer? Tokenizer => tokens?.Tokenizer;

    internal bool IsTokens => tokens is not null;

    /// <summary>What each number is called: <c>age</c>, <c>workclass=Private</c>.</summary>
    public IReadOnlyList<string> FeatureNames => [.. features.SelectMany(feature => feature.Names)];

    /// <summary>
    /// The categories of each label in order, for a column of labels: what 0, 1, … mean. Of several features those of the first come first.
    /// </summary>
    /// <exception cref="InvalidOperationException">The output has real numbers.</exception>
    public IReadOnlyList<IReadOnlyList<string>> LabelNames => tokens is not null
        ? throw new InvalidOperationException($"'{Name}' has tokens, no labels: {nameof(Tokenizer)} knows what they mean.")
        : Type == ColumnType.Label
        ? [.. features.Select(feature => (IReadOnlyList<string>)[.. ((FittedCategory)feature).Categories])]
        : throw new InvalidOperationException($"'{Name}' has real numbers, no labels.");

    /// <summary>The columns of tables that it reads.</summary>
    public IReadOnlyList<string> Columns => tokens is not null ? [tokens.Column] : [.. features.Select(feature => feature.Column).Distinct(StringComparer.Ordinal)];

    /// <summary>Which of the numbers, or labels, of a row come of a column: all those of a one-hot category, for example.</summary>
    /// <exception cref="KeyNotFoundException">It reads no such column.</exception>
    public IReadOnlyList<int> NumbersOf(string column)
    {
        List<int> numbers = [];
        int offset = 0;
        foreach (FittedFeature feature in features)
        {
            if (feature.Column == column)
                numbers.AddRange(Enumerable.Range(offset, feature.Width));
            offset += feature.Width;
        }

        return numbers.Count > 0 ? numbers : throw new KeyNotFoundException($"'{Name}' reads no column '{column}'; it reads: {string.Join(", ", Columns)}.");
    }

    /// <summary>For example <c>person: Float [108]</c>.</summary>
    public override string ToString() => tokens is not null
        ? Invariant($"{Name}: up to {tokens.Longest} of {tokens.VocabularySize} tokens")
        : Invariant($"{Name}: {Type} [{Length}]");

    internal static FittedOutput Of(Output output, Table train) => output.TokenFeature is { } text
        ? new(output.Name, text.Fit(train, output.Longest))
        : output.LabelFeatures.Length > 0
        ? new(output.Name, ColumnType.Label, Array.ConvertAll(output.LabelFeatures, FittedFeature (feature) => feature.Fit(train)))
        : new(output.Name, ColumnType.Float, Array.ConvertAll(output.Features, feature => feature.Fit(train)));

    internal DataColumn Encode(Table table)
    {
        if (tokens is not null)
            return tokens.Encode(Name, table);
        long values = (long)table.Count * Length;
        if (values > Array.MaxLength)
            throw new InvalidDataException(Invariant($"'{Name}' has {Length} numbers in each of {table.Count} rows, more than an array can hold. Encode the rows in parts."));
        return Type == ColumnType.Label ? Labels(table, (int)values) : Numbers(table, (int)values);
    }

    /// <exception cref="InvalidDataException">A value cannot be encoded.</exception>
    internal void Encode(Func<string, Cell> cellOf, Span<float> target)
    {
        target.Clear();
        int offset = 0;
        foreach (FittedFeature feature in features)
        {
            try
            {
                feature.Encode(cellOf(feature.Column), target.Slice(offset, feature.Width));
            }
            catch (CellException exception)
            {
                throw exception.At(null, feature.Column);
            }

            offset += feature.Width;
        }
    }

    /// <exception cref="InvalidDataException">A value cannot be encoded.</exception>
    internal void Encode(Func<string, Cell> cellOf, Span<int> target)
    {
        for (int i = 0; i < features.Length; i++)
        {
            try
            {
                target[i] = ((FittedCategory)features[i]).LabelOf(cellOf(features[i].Column));
            }
            catch (CellException exception)
            {
                throw exception.At(null, features[i].Column);
            }
        }
    }

    /// <summary>The tokens of a row's text.</summary>
    /// <exception cref="InvalidDataException">It is missing, or no text.</exception>
    internal int[] Tokens(Func<string, Cell> cellOf)
    {
        try
        {
            return tokens!.Encode(cellOf(tokens.Column));
        }
        catch (CellException exception)
        {
            throw exception.At(null, tokens!.Column);
        }
    }

    /// <summary>The number of a column that becomes this one, for an output of a single number.</summary>
    internal double Decode(double value) => ((FittedNumber)features[0]).Decode(value);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.WriteString("type", Type.ToString());
        if (tokens is not null)
        {
            json.WriteStartObject("tokens");
            tokens.Write(json);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("features");
        foreach (FittedFeature feature in features)
        {
            json.WriteStartObject();
            feature.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static FittedOutput Read(SchemaJson json)
    {
        ColumnType type = json.Value<ColumnType>("type");
        if (json.Has("tokens"))
            return new(json.Text("name"), FittedTokens.Read(json.Object("tokens")));
        FittedFeature[] features = [.. json.Objects("features").Select(FittedFeature.Read)];
        bool isRight = features.Length > 0 && (type == ColumnType.Float || features.All(feature => feature is FittedCategory { IsIndex: true }));
        return isRight ? new(json.Text("name"), type, features) : throw json.Error("has an output with features that it cannot have");
    }

    private DataColumn Numbers(Table table, int values)
    {
        RowEncoder[] encoders = Array.ConvertAll(features, feature => feature.On(table[feature.Column]));
        // Cleared block by block, while a block is in the cache, not all of it before.
        float[] numbers = GC.AllocateUninitializedArray<float>(values);
        for (int start = 0; start < table.Count; start += Block)
        {
            int end = Math.Min(start + Block, table.Count);
            int offset = 0;
            numbers.AsSpan(start * Length, (end - start) * Length).Clear();
            for (int i = 0; i < features.Length; i++)
            {
                try
                {
                    encoders[i].Encode(start, end, numbers.AsSpan(start * Length + offset), Length);
                }
                catch (CellException exception)
                {
                    throw exception.At(table.Place(encoders[i].Row), features[i].Column);
                }

                offset += features[i].Width;
            }
        }

        return new(Name, numbers, Length);
    }

    private DataColumn Labels(Table table, int values)
    {
        int[] labels = new int[values];
        for (int i = 0; i < features.Length; i++)
        {
            Func<int, int> labelOf = ((FittedCategory)features[i]).LabelsOn(table[features[i].Column]);
            int row = 0;
            try
            {
                for (; row < table.Count; row++)
                    labels[row * Length + i] = labelOf(row);
            }
            catch (CellException exception)
            {
                throw exception.At(table.Place(row), features[i].Column);
            }
        }

        // Of a single one each sample is a label, not a vector of one.
        return Length == 1 ? new(Name, labels) : new(Name, labels, Length);
    }
}
