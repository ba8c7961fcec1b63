using NetGen.Generator.Common;

namespace NetGen.Generator.Operations.Views;

/// <summary>C#'s Index: a place on an axis, counted from its start, or back from its end.</summary>
internal sealed record AxisIndex(int Value, bool FromEnd)
{
    public static readonly AxisIndex Start = new(0, false), End = new(0, true);

    public int In(int length) => FromEnd ? length - Value : Value;

    public override string ToString() => Text.Invariant($"{(FromEnd ? "^" : "")}{Value}");
}

/// <summary>C#'s Range: from a place to before another.</summary>
internal sealed record AxisRange(AxisIndex From, AxisIndex To)
{
    public override string ToString() => $"{From}..{To}";
}
