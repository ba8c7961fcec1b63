using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Kernels that bring the samples of a step from data that the device keeps, and note what the step gave. The cursor has one number: how many rows the
/// steps before have taken. A thread moves one element.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowKernels
{
    /// <summary>target[i, j] = column[rows[cursor + i], j] of real numbers, for <paramref name="length"/> j.</summary>
    public static void GatherFloats(ArrayView<float> column, ArrayView<int> rows, ArrayView<int> cursor, ArrayView<float> target, int length, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * length)
        {
            target[i] = column[(rows[cursor[0] + (i / length)] * length) + (i % length)];
        }
    }

    /// <summary>The same of labels.</summary>
    public static void GatherLabels(ArrayView<int> column, ArrayView<int> rows, ArrayView<int> cursor, ArrayView<int> target, int length, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * length)
        {
            target[i] = column[(rows[cursor[0] + (i / length)] * length) + (i % length)];
        }
    }

    /// <summary>notes[cursor + i] = values[i].</summary>
    public static void Note(ArrayView<float> values, ArrayView<int> cursor, ArrayView<float> notes, int count)
    {
        var i = Grid.GlobalIndex.X;
        if (i < count)
        {
            notes[cursor[0] + i] = values[i];
        }
    }
}
