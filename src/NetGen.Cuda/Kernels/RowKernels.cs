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
    /// <summary>Brings what is new in a step to where its kernels look for it, and counts the step. One block.</summary>
    /// <param name="heads">Of all steps, one behind the other.</param>
    /// <param name="counter">How many steps have begun.</param>
    /// <param name="head">Of this step.</param>
    /// <param name="length">Of a head.</param>
    public static void BeginStep(ArrayView<int> heads, ArrayView<int> counter, ArrayView<int> head, int length)
    {
        var from = counter[0] * length;
        for (var i = Group.IdxX; i < length; i += Group.DimX)
        {
            head[i] = heads[from + i];
        }
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            counter[0] += 1;
        }
    }

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
