using System.ComponentModel;

namespace NetGen.Cuda.Kernels;

/// <summary>NetGen.Runtime.RecurrenceShape, as kernels read it.</summary>
/// <param name="kind">0: tanh; 1: ReLU; 2: LSTM; 3: GRU.</param>
/// <param name="steps">Steps of a sequence.</param>
/// <param name="units">Numbers of the state.</param>
/// <param name="outer">Sequences of a sample.</param>
/// <param name="reverse">1: from the last step to the first.</param>
/// <param name="bias">1: there is a bias.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecurrenceShape(int kind, int steps, int units, int outer = 1, int reverse = 0, int bias = 0)
{
    internal readonly int Kind = kind, Steps = steps, Units = units, Outer = outer, IsReverse = reverse, HasBias = bias;

    internal int Gates => Kind == 2 ? 4 * Units : Kind == 3 ? 3 * Units : Units;

    internal int Kept => Kind == 2 ? 5 * Units : Kind == 3 ? 4 * Units : Units;

    /// <summary>The place of the i-th step that is computed.</summary>
    internal int Step(int i) => IsReverse != 0 ? Steps - 1 - i : i;
}
