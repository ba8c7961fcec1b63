using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// Goes through the steps of a worker's sequences, a block of sequences side by side: the longest first, so that those that have not ended
/// are the first rows. The
/// kernels between are those of any batch of <see cref="Running"/> rows.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StepLoop
{
    /// <summary>Sequences side by side.</summary>
    public const int Rows = 64;

    private readonly ref int spans;
    private readonly int steps;
    private readonly bool isReverse;
    private readonly nint end;
    private nint next, first;
    private int rows, step;
    private Numbers starts, lengths, order;

    [InlineArray(Rows)]
    private struct Numbers
    {
        private int first;
    }

    /// <summary>Over sequences of any length.</summary>
    public StepLoop(ref int spans, bool isReverse, int batch, int worker, int workers)
    {
        this.spans = ref spans;
        this.isReverse = isReverse;
        (next, end) = StepKernels.Share(ref spans, batch, worker, workers);
    }

    /// <summary>Over so many steps of each sample.</summary>
    public StepLoop(int steps, bool isReverse, int batch, int worker, int workers)
    {
        (this.steps, this.isReverse) = (steps, isReverse);
        (next, end) = Partition.Items(batch, worker, workers);
    }

    /// <summary>The sequences of the block that have this step.</summary>
    public int Running { get; private set; }

    /// <summary>Stands for an operand that is all zeros.</summary>
    public static ref float Zeros => ref Unsafe.NullRef<float>();

    /// <summary>The thread's memory for the values of a step, from the start of a cache line.</summary>
    public static ref float Memory(int floats) => ref ThreadFloats.OfLoop(floats);

    /// <summary>Whether there is another block of sequences.</summary>
    public bool NextBlock()
    {
        if (next >= end)
            return false;
        first = next;
        rows = (int)Math.Min(Rows, end - first);
        (next, step, Running) = (first + rows, -1, rows);
        for (var r = 0; r < rows; r++)
        {
            if (steps > 0)
            {
                (starts[r], lengths[r], order[r]) = ((int)((first + r) * steps), steps, r);
                continue;
            }
            var span = new StepSpan(ref spans, first + r);
            var at = r;
            for (; at > 0 && lengths[at - 1] < span.Count; at--)
                (starts[at], lengths[at], order[at]) = (starts[at - 1], lengths[at - 1], order[at - 1]);
            (starts[at], lengths[at], order[at]) = (span.Start, span.Count, r);
        }
        return true;
    }

    /// <summary>Whether a sequence of the block has another step.</summary>
    public bool NextStep()
    {
        step++;
        while (Running > 0 && lengths[Running - 1] <= step)
            Running--;
        return Running > 0;
    }

    /// <summary>An operand's rows of the block's sequences.</summary>
    public readonly void Samples(ref float source, ref float target, int width)
    {
        for (var r = 0; r < rows; r++)
            Copy(ref source, first + order[r], ref target, r, width);
    }

    /// <summary>To a result's rows of the block's sequences.</summary>
    public readonly void PutSamples(ref float source, ref float target, int width)
    {
        for (var r = 0; r < rows; r++)
            Copy(ref source, r, ref target, first + order[r], width);
    }

    /// <summary>An operand's rows of this step.</summary>
    public readonly void Step(ref float source, ref float target, int width)
    {
        for (var r = 0; r < Running; r++)
            Copy(ref source, starts[r] + Place(r), ref target, r, width);
    }

    /// <summary>An operand's rows of the next step; behind the last one those of <paramref name="initial"/>, by sequence.</summary>
    public readonly void Next(ref float source, ref float initial, ref float target, int width)
    {
        for (var r = 0; r < Running; r++)
        {
            if (step + 1 < lengths[r])
                Copy(ref source, starts[r] + Place(r) + (isReverse ? -1 : 1), ref target, r, width);
            else
                Copy(ref initial, first + order[r], ref target, r, width);
        }
    }

    /// <summary>To a result's rows of this step.</summary>
    public readonly void Put(ref float source, ref float target, int width)
    {
        for (var r = 0; r < Running; r++)
            Copy(ref source, r, ref target, starts[r] + Place(r), width);
    }

    /// <summary>What goes on to the next step.</summary>
    public readonly void Keep(ref float source, ref float target, int width) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, Running * width).CopyTo(MemoryMarshal.CreateSpan(ref target, Running * width));

    /// <summary>What a session has left, or at its first step the initial rows.</summary>
    public readonly void Resume(ref int sessions, int memory, ref float initial, ref float target, int width)
    {
        for (var r = 0; r < rows; r++)
        {
            if (new StepSpan(ref spans, first + order[r]).First > 0)
                Copy(ref SessionMemory.Of(ref sessions, first + order[r], memory), 0, ref target, r, width);
            else
                Copy(ref initial, first + order[r], ref target, r, width);
        }
    }

    /// <summary>For the steps that a session reads next.</summary>
    public readonly void Save(ref float source, ref int sessions, int memory, int width)
    {
        for (var r = 0; r < rows; r++)
            Copy(ref source, r, ref SessionMemory.Of(ref sessions, first + order[r], memory), 0, width);
    }

    private readonly int Place(int row) => isReverse ? lengths[row] - 1 - step : step;

    private static void Copy(ref float source, nint from, ref float target, nint to, int width)
    {
        var row = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, to * width), width);
        if (Unsafe.IsNullRef(ref source))
            row.Clear();
        else
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, from * width), width).CopyTo(row);
    }
}
