using System.Buffers;

namespace NetGen.Data;

/// <summary>
/// Values whose number is not known before the last is there. What a list would leave to the garbage collector while it grows goes back to
/// a pool.
/// </summary>
internal struct GrowingArray<T>()
    where T : unmanaged
{
    private T[] values = [];
    private int count;

    internal readonly int Count => count;

    internal void Add(T value)
    {
        if (count == values.Length)
            Grow();
        values[count++] = value;
    }

    internal void AddCopies(T value, int times)
    {
        for (int i = 0; i < times; i++)
            Add(value);
    }

    /// <summary>The values as an array; there are none left here.</summary>
    internal T[] Take()
    {
        T[] taken = values.AsSpan(0, count).ToArray();
        Return();
        return taken;
    }

    /// <summary>Forgets the values.</summary>
    internal void Return()
    {
        if (values.Length > 0)
            ArrayPool<T>.Shared.Return(values);
        (values, count) = ([], 0);
    }

    private void Grow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(1024, 2 * count));
        int kept = count;
        values.AsSpan(0, kept).CopyTo(larger);
        Return();
        (values, count) = (larger, kept);
    }
}
