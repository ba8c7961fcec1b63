using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <summary>What the locals are called that say how many steps the sequences of an input have together.</summary>
internal static class StepNames
{
    /// <summary>All there can be: an input that brings steps takes two of a call's spans.</summary>
    public static readonly string[] All = ["steps", "steps2", "steps3", "steps4"];

    /// <summary>The same of what there is of values, where no lengths say of how many sequences they are.</summary>
    public static readonly string[] Whole = ["all", "all2", "all3", "all4"];

    /// <summary>The sequences of a method, in the order of its inputs.</summary>
    public static IReadOnlyList<RowSpace> Of(MethodModel method) =>
        [.. method.Inputs.Select(input => input.Type.Rows).Where(rows => rows.IsSteps).Distinct().OrderBy(rows => rows.Lengths)];

    public static string Of(IReadOnlyList<RowSpace> sequences, RowSpace rows) => All[sequences.IndexOf(rows)];

    public static int IndexOf(this IReadOnlyList<RowSpace> sequences, RowSpace rows) => sequences.ToList().IndexOf(rows);
}
