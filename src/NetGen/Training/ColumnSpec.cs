namespace NetGen;

/// <summary>One input of a network's objective: what a batch must bring.</summary>
/// <param name="Name">The name of the objective's parameter.</param>
/// <param name="Type">Real numbers or labels.</param>
/// <param name="Shape">The shape of one sample; empty for a single number.</param>
/// <param name="Length">The number of values per sample.</param>
public sealed record ColumnSpec(string Name, ColumnType Type, int[] Shape, int Length)
{
    /// <summary>
    /// How many classes there are, or rows: labels and indices are from 0 to one below it. <see cref="int.MaxValue"/> where any number is a
    /// label.
    /// </summary>
    public int Classes { get; init; } = int.MaxValue;

    /// <summary>Whether the parameter is one of <see cref="Indices"/>: messages call its integers so, and not labels.</summary>
    public bool AreIndices { get; init; }

    /// <summary>
    /// The label of a sample without one, which does not count (<c>ignoreIndex</c> of a loss); null where there is none but the classes.
    /// </summary>
    public int? Ignored { get; init; }

    /// <summary>
    /// The name of the sequence for each of whose steps there is a value, its own where it is one (<see cref="SequenceAttribute"/>); null:
    /// there is one for each
    /// sample.
    /// </summary>
    public string? StepsOf { get; init; }

    /// <summary>
    /// Of the lengths of sequences, the name of the column that these are; null for everything else. No data set has such a column.
    /// </summary>
    public string? LengthsOf { get; init; }

    /// <summary>Of lengths, the most steps of a sequence; else 0.</summary>
    public int Longest { get; init; }

    /// <summary>The least that a number may be: 0 for the targets of cross entropies, or what the objective makes 0 of.</summary>
    public float Minimum { get; init; } = float.NegativeInfinity;

    /// <summary>The most that a number may be: 1 for the targets of a binary cross entropy, or what the objective makes 1 of.</summary>
    public float Maximum { get; init; } = float.PositiveInfinity;

    /// <summary>For example <c>image: Float [28, 28, 1]</c>.</summary>
    public override string ToString() => $"{Name}: {Type} {TensorShape.Format(Shape)}{(StepsOf is null ? "" : " per step")}";
}
