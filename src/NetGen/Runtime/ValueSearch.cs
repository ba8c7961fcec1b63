using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>Looks for numbers that must not be there, at the speed of memory.</summary>
internal static class ValueSearch
{
    /// <summary>The place of the first value that is NaN or infinite; −1 if there is none.</summary>
    internal static int FirstNotFinite(ReadOnlySpan<float> values) => FirstOutside(values, float.MinValue, float.MaxValue);

    /// <summary>The place of the first value that is not from <paramref name="minimum"/> to <paramref name="maximum"/>, as NaN never is; −1 if there is none.</summary>
    internal static int FirstOutside(ReadOnlySpan<float> values, float minimum, float maximum)
    {
        Vector<float> low = new(minimum), high = new(maximum);
        int i = 0;
        foreach (Vector<float> vector in MemoryMarshal.Cast<float, Vector<float>>(values))
        {
            if (!Vector.GreaterThanOrEqualAll(vector, low) || !Vector.LessThanOrEqualAll(vector, high))
                break;
            i += Vector<float>.Count;
        }

        for (; i < values.Length; i++)
        {
            if (!(values[i] >= minimum && values[i] <= maximum))
                return i;
        }

        return -1;
    }

    /// <summary>
    /// The place of the first label that is neither from 0 to <paramref name="classes"/> − 1 nor the ignored one; −1 if there is none.
    /// </summary>
    internal static int FirstNoClass(ReadOnlySpan<int> labels, int classes, int? ignored)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes && labels[i] != ignored)
                return i;
        }

        return -1;
    }
}
