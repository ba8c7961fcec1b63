using System.Text.Json;

namespace NetGen.Data;

/// <summary>A feature with what it has learned. Rows of tables and single rows go through the same code, so they get the same bits.</summary>
internal abstract class FittedFeature(string column)
{
    internal string Column => column;

    /// <summary>How many numbers each row gets.</summary>
    internal abstract int Width { get; }

    /// <summary>What the numbers are called.</summary>
    internal abstract IEnumerable<string> Names { get; }

    /// <summary>What encodes rows of a column into as many numbers, which are 0 before.</summary>
    /// <exception cref="InvalidDataException">The column is not of the kind that the feature was fitted on.</exception>
    internal abstract RowEncoder On(TableColumn column);

    /// <summary>Encodes one value into as many numbers, which are 0 before.</summary>
    /// <exception cref="CellException">The value cannot be encoded.</exception>
    internal abstract void Encode(in Cell cell, Span<float> target);

    internal abstract void Write(Utf8JsonWriter json);

    internal static FittedFeature Read(SchemaJson json) => json.Text("feature") switch
    {
        FittedNumber.Name => FittedNumber.ReadFrom(json),
        FittedCycle.Name => FittedCycle.ReadFrom(json),
        FittedCategory.Name => FittedCategory.ReadFrom(json),
        FittedHash.Name => FittedHash.ReadFrom(json),
        string other => throw json.Error($"has a feature '{other}' that this version does not know"),
    };

    /// <summary>A number of the network's precision.</summary>
    /// <exception cref="CellException">It is missing, or too large for that.</exception>
    private protected static float Single(double value)
    {
        float single = (float)value;
        if (float.IsFinite(single))
            return single;
        throw new CellException(
            double.IsNaN(value) ? "is missing, and nothing was said to stand for it (FillMedian(), Fill(0), …)."
            : FormattableString.Invariant($"becomes {value}, which is too large for a 32-bit number."));
    }
}
