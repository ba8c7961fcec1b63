using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>What becomes of a step's projections and state; the numbers are those of NetGen.Runtime.RecurrenceShape.</summary>
internal enum CellKind
{
    Tanh,
    Relu,
    Lstm,
    Gru,
}

/// <summary>A recurrent layer of so many units.</summary>
/// <param name="Kind">Its cell.</param>
/// <param name="Units">Numbers of the state.</param>
/// <param name="IsReverse">From the last step to the first.</param>
internal sealed record RecurrenceShape(CellKind Kind, int Units, bool IsReverse)
{
    /// <summary>Numbers of a step's projections.</summary>
    public int Gates => Kind switch { CellKind.Lstm => 4 * Units, CellKind.Gru => 3 * Units, _ => Units };

    /// <summary>Numbers of a step that backward reads.</summary>
    public int Kept => Kind switch { CellKind.Lstm => 5 * Units, CellKind.Gru => 4 * Units, _ => Units };

    /// <summary>Over the rows' steps, of sequences of any length; their spans are the last operand.</summary>
    public bool OfSteps { get; init; }

    public static int Steps(TensorType type) => type.Dims[type.Rank - 2];

    private IEnumerable<(string, int)> Reverse => IsReverse ? [("reverse", 1)] : Array.Empty<(string, int)>();

    /// <summary>The place of the i-th step that is computed.</summary>
    public int Step(int i, int steps) => IsReverse ? steps - 1 - i : i;

    /// <summary>The arguments of the run-time struct.</summary>
    public (string Name, int Value)[] Arguments(TensorType rows)
    {
        var outer = rows.Dims.Take(rows.Rank - 2).Aggregate(1, (product, dim) => product * dim);
        if (OfSteps)
            return [("kind", (int)Kind), ("steps", 0), ("units", Units), .. Reverse];
        (string, int)[] first = [("kind", (int)Kind), ("steps", Steps(rows)), ("units", Units)];
        return [.. first, .. outer == 1 ? Array.Empty<(string, int)>() : [("outer", outer)], .. Reverse];
    }

    public override string ToString() => Text.Invariant($"{Kind}, {Units} units{(IsReverse ? ", reverse" : "")}");
}
