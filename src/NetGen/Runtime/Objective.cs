using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>What is left of a batch when its objective is computed: one number, summed in double and in order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Objective
{
    /// <summary>The mean of the per-sample values.</summary>
    public static float Mean(ref readonly float values, int count) => (float)(Sum(in values, count) / count);

    /// <summary>The sum of the per-sample values.</summary>
    public static double Sum(ref readonly float values, int count)
    {
        double sum = 0;
        for (var i = 0; i < count; i++)
            sum += Unsafe.Add(ref Unsafe.AsRef(in values), i);
        return sum;
    }
}
