using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>The sizes of a recurrent layer: of a sample the operands are [outer, steps, …].</summary>
/// <param name="kind">0: tanh; 1: ReLU; 2: LSTM; 3: GRU.</param>
/// <param name="steps">Steps of a sequence; 0: what its span says.</param>
/// <param name="units">Numbers of the state.</param>
/// <param name="outer">Sequences of a sample.</param>
/// <param name="reverse">1: from the last step to the first.</param>
/// <param name="memory">Where the state is in a session's memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecurrenceShape(int kind, int steps, int units, int outer = 1, int reverse = 0, int memory = 0)
{
    internal readonly int Kind = kind, Steps = steps, Units = units, Outer = outer, Memory = memory;
    internal readonly bool IsReverse = reverse != 0;

    /// <summary>Numbers of a step's projections: one, three (r, z, n) or four (i, f, g, o) for each unit.</summary>
    internal int Gates => Kind switch { 2 => 4 * Units, 3 => 3 * Units, _ => Units };

    /// <summary>Numbers of a step that backward reads: i, f, g, o, c; or r, z, n and what r is multiplied with.</summary>
    internal int Kept => Kind switch { 2 => 5 * Units, 3 => 4 * Units, _ => Units };

    /// <summary>The place of the i-th step that is computed.</summary>
    internal int Step(int i, int steps) => IsReverse ? steps - 1 - i : i;
}
