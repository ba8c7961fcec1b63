using System.Globalization;
using System.Numerics;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Small helpers on shapes.</summary>
internal static class TensorShape
{
    /// <summary>The number of values in a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative or the product exceeds an int.</exception>
    internal static int Length(ReadOnlySpan<int> shape, string name)
    {
        long length = 1;
        bool empty = false;
        foreach (int size in shape)
        {
            if (size < 0)
                throw OutOfRange.Of(nameof(shape), size, $"'{name}' has the shape {Format(shape)}; a dimension cannot be negative.");
            empty |= size == 0;
        }

        if (empty)
            return 0;
        foreach (int size in shape)
        {
            length *= size;
            if (length > int.MaxValue)
                throw new ArgumentOutOfRangeException(nameof(shape), Invariant($"'{name}' has the shape {Format(shape)}, which is more than {int.MaxValue} values."));
        }

        return (int)length;
    }

    /// <summary><c>[3, 3, 32, 64]</c>.</summary>
    internal static string Format<T>(ReadOnlySpan<T> shape)
        where T : IBinaryInteger<T>
    {
        StringBuilder text = new("[");
        for (int i = 0; i < shape.Length; i++)
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{shape[i]}");
        return text.Append(']').ToString();
    }

    /// <summary>The indices of an element, counted from 0: <c>[0, 2, 17]</c>; empty for the only one of a single number.</summary>
    internal static string Element(ReadOnlySpan<int> shape, int element)
    {
        if (shape.IsEmpty)
            return "";
        int[] indices = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            (element, indices[axis]) = Math.DivRem(element, shape[axis]);
        return Format(indices);
    }
}
