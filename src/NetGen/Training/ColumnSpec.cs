namespace NetGen;

/// <summary>One input of a network's objective: what a batch must bring.</summary>
/// <param name="Name">The name of the objective's parameter.</param>
/// <param name="Type">Real numbers or labels.</param>
/// <param name="Shape">The shape of one sample; empty for a single number.</param>
/// <param name="Length">The number of values per sample.</param>
public sealed record ColumnSpec(string Name, ColumnType Type, int[] Shape, int Length)
{
    /// <summary>For example <c>image: Float [28, 28, 1]</c>.</summary>
    public override string ToString() => $"{Name}: {Type} {TensorShape.Format(Shape)}";
}
