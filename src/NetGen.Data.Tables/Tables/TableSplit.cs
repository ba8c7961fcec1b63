namespace NetGen.Data;

/// <summary>A table in two parts that share no row.</summary>
public sealed class TableSplit
{
    internal TableSplit(Table train, Table test)
    {
        Train = train;
        Test = test;
    }

    /// <summary>The rows to train on, which is what a <see cref="Schema"/> is fitted on.</summary>
    public Table Train { get; }

    /// <summary>The rows to test on, which nothing can be fitted on.</summary>
    public Table Test { get; }

    /// <summary>For <c>var (train, test) = table.TrainTestSplit(…)</c>.</summary>
    public void Deconstruct(out Table train, out Table test) => (train, test) = (Train, Test);

    /// <summary>Both parts, with their columns.</summary>
    public override string ToString() => $"train: {Train}; test: {Test}";
}
