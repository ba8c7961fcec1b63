using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// What all classes with <see cref="TableAttribute"/> do, once they have learned from rows for training. It never changes; any number of
/// threads may use it at once.
/// </summary>
/// <typeparam name="TRow">The type of a row, which the compiler writes.</typeparam>
public abstract class FittedTable<TRow>
    where TRow : struct
{
    private const string Features = "features", Label = "label";

    private readonly RowType<TRow> type;
    private readonly FittedOutput features;

    /// <summary>For generated code.</summary>
    /// <param name="fitted">Has the outputs <c>features</c> and <c>label</c>.</param>
    /// <param name="type">What columns a row has.</param>
    /// <param name="featureCount">As many numbers as the program was compiled for.</param>
    /// <exception cref="InvalidDataException">The schema is of another table, or of an earlier state of this one.</exception>
    protected FittedTable(FittedSchema fitted, RowType<TRow> type, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(fitted);
        ArgumentNullException.ThrowIfNull(type);
        Fitted = fitted;
        this.type = type;
        string table = GetType().Name;
        if (!fitted.Outputs.Select(output => output.Name).SequenceEqual([Features, Label]))
            throw new InvalidDataException(
                $"The schema is not that of {table}: it has the outputs ({fitted}), expected {Features} and {Label}.");
        features = fitted[Features];
        if (features.Length != featureCount)
        {
            throw new InvalidDataException(
                Invariant(
                    $"The schema has {features.Length} features, and {table} was compiled for {featureCount}: it was fitted for another state of the table's file."));
        }

        string[] others = [.. fitted.Outputs.SelectMany(output => output.Columns).Except(type.Names, StringComparer.Ordinal)];
        if (others.Length > 0)
            throw new InvalidDataException(
                $"The schema reads a column '{others[0]}', which the rows of {table} have not; they have: {string.Join(", ", type.Names)}.");
    }

    /// <summary>The schema, with what it has learned: <c>network.Save(path, table.Fitted)</c> puts it beside the weights.</summary>
    public FittedSchema Fitted { get; }

    /// <summary>Features and labels of a table, for <c>Fit</c> and <c>Evaluate</c>.</summary>
    /// <exception cref="InvalidOperationException">The table was set apart to test on, and has a row that the schema has learned
    /// from.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has place, column and value.</exception>
    /// <exception cref="KeyNotFoundException">The table has not the columns.</exception>
    public Dataset Encode(Table rows) => Fitted.Encode(rows);

    /// <summary>The features of a row: the same bits that it has in a table.</summary>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    public float[] Encode(in TRow row) => Fitted.Encode(Features, row, type);

    /// <summary>The class that a network takes for the likeliest.</summary>
    /// <exception cref="ArgumentException">The network does not take the features, or does not give a number for each class.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    protected ClassPrediction PredictClass(IPredictor network, in TRow row)
    {
        IReadOnlyList<string> classes = Fitted[Label].LabelNames[0];
        float[] logits = Run(network, row, classes.Count);
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        double sum = logits.Sum(logit => Math.Exp(logit - logits[best]));
        return new(classes[best], (float)(1 / sum));
    }

    /// <summary>The probability of the positive class: the sigmoid of what the network gives.</summary>
    /// <exception cref="ArgumentException">The network does not take the features, or does not give one number.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    protected float PredictProbability(IPredictor network, in TRow row) => (float)(1 / (1 + Math.Exp(-(double)Run(network, row, 1)[0])));

    /// <summary>The quantity, in the units of its column: the steps of the label are undone.</summary>
    /// <exception cref="ArgumentException">The network does not take the features, or does not give one number.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    protected double PredictNumber(IPredictor network, in TRow row) => Fitted[Label].Decode(Run(network, row, 1)[0]);

    private float[] Run(IPredictor network, in TRow row, int outputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Inputs is not [{ Type: ColumnType.Float, StepsOf: null } input] || input.Length != features.Length)
            throw new ArgumentException(
                Invariant(
                $"The network takes ({string.Join("; ", network.Inputs.ToArray())}), not the {features.Length} features of a row."),
                nameof(network));
        if (network.Output.Length != outputs || network.Output.StepsOf is not null)
            throw new ArgumentException(
                Invariant($"The network gives {network.Output.Length} numbers for a row; expected {outputs}."), nameof(network));
        Batch batch = new(network.Inputs, 1);
        batch.Fill(new Dataset(new DataColumn(input.Name, Encode(in row), input.Length)), 0, 1);
        float[] result = new float[outputs];
        network.PredictBatch(batch, result);
        return result;
    }
}
