namespace NetGen.Generator.Graph;

/// <summary>
/// The rows that a value has, of which only their number is not known at build time: none of its own (weights: one for all), one a
/// sample, or one a step of the sequences of an input, which stand one after the other without padding. What works on one row is the
/// same in all of them.
/// </summary>
/// <param name="Name">The input whose steps they are.</param>
/// <param name="Longest">The most steps of a sequence; 0: the rows are no steps.</param>
/// <param name="Lengths">The position of the input that has the lengths of the sequences.</param>
/// <param name="LengthsName">Its name.</param>
internal sealed record RowSpace(string Name, int Longest, int Lengths, string LengthsName)
{
    public static readonly RowSpace None = new("", 0, -1, ""), Samples = new("B", 0, -1, "");

    public bool IsSteps => Longest > 0;

    /// <summary>The rows of what is computed of two operands at once: those of the one that has its own.</summary>
    /// <exception cref="LanguageException">Both have their own.</exception>
    public RowSpace With(RowSpace other)
    {
        if (this == None || this == other)
            return other;
        if (other == None)
            return this;
        throw new LanguageException("NG0414", IsSteps && other.IsSteps
            ? $"One operand has a row for each step of '{Name}', the other for each step of '{other.Name}', and these are other sequences. Bring one to the samples first: First, Last, MeanOfSteps …, or let one attend to the other."
            : $"One operand has a row for each step of '{(IsSteps ? Name : other.Name)}', the other for each sample. EachStep brings what a sample has to each of its steps; First, Last, MeanOfSteps … bring steps to their sample.");
    }

    public override string ToString() => Name;
}
