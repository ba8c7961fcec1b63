using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>A worker's view of <see cref="PassBlocks"/>.</summary>
internal readonly struct WeightPass
{
    /// <summary>Of all groups.</summary>
    private const int All = -1;

    private readonly PassBlocks blocks;
    private readonly CallFrame frame;
    private readonly int worker;
    private readonly int workers;
    private readonly int firstSlot;
    private readonly int group;

    internal WeightPass(PassBlocks blocks, CallFrame frame, int worker, int workers)
        : this(blocks, frame, worker, workers, firstSlot: 0, All)
    {
    }

    private WeightPass(PassBlocks blocks, CallFrame frame, int worker, int workers, int firstSlot, int group)
    {
        this.blocks = blocks;
        this.frame = frame;
        this.worker = worker;
        this.workers = workers;
        this.firstSlot = firstSlot;
        this.group = group;
    }

    /// <summary>The network's weights.</summary>
    internal ref float Weights => ref frame.Weights;

    /// <summary>Two numbers for each chunk, for all workers.</summary>
    internal double[] Sums => blocks.Sums;

    /// <summary>The parameters that the step changes.</summary>
    internal ReadOnlySpan<int> Trained => blocks.Trained;

    /// <summary>One of them.</summary>
    internal ParameterSpec Parameter(int position) => blocks.Layout.Parameters[position];

    /// <summary>What is kept of all weights; a null reference where nothing is.</summary>
    internal ref float Slot(int slot) =>
        ref firstSlot + slot < blocks.Slots.Length && blocks.Slots[firstSlot + slot] is { } kept ? ref kept.Start : ref Unsafe.NullRef<float>();

    /// <summary>The same as an optimizer sees it whose floats come after others.</summary>
    /// <param name="slots">The others.</param>
    internal WeightPass After(int slots) => new(blocks, frame, worker, workers, firstSlot + slots, group);

    /// <summary>The same of the parameters of a group.</summary>
    internal WeightPass Of(int group) => new(blocks, frame, worker, workers, firstSlot, group);

    /// <summary>Floats for all workers: as many as were asked for (<see cref="PassBlocks.Reserve"/>).</summary>
    internal ref float Scratch => ref blocks.Scratch;

    /// <summary>Whether a parameter is of the group.</summary>
    internal bool Has(int parameter) => group == All || blocks.GroupOf(parameter) == group;

    /// <summary>Whether work that is cut into parts by itself has this one for this worker.</summary>
    internal bool Takes(int part) => part % workers == worker;

    /// <summary>Waits for all workers.</summary>
    internal void Barrier()
    {
        if (workers > 1)
        {
            frame.Barrier();
        }
    }

    /// <summary>This worker's next chunk.</summary>
    /// <param name="at">0 at first.</param>
    /// <param name="chunk">The chunk.</param>
    internal bool Next(ref int at, out WeightChunk chunk)
    {
        for (; at < blocks.Chunks.Length; at++)
        {
            chunk = blocks.Chunks[at];
            if (blocks.WorkerOf(in chunk, workers) == worker && (group == All || blocks.GroupOf(chunk.Parameter) == group))
            {
                at++;
                return true;
            }
        }
        chunk = default;
        return false;
    }

    /// <summary>
    /// The sum over all chunks of the trained parameters, in their order, of the first of their two numbers. After a barrier.
    /// </summary>
    internal double Sum()
    {
        double sum = 0;
        for (var i = 0; i < blocks.Chunks.Length; i++)
        {
            sum += Sums[2 * i];
        }
        return sum;
    }

    /// <summary>The sum over the chunks of one parameter, in their order, of the first of their two numbers. After a barrier.</summary>
    internal double SumOf(int parameter)
    {
        double sum = 0;
        foreach (ref readonly var chunk in blocks.Chunks)
        {
            if (chunk.Parameter == parameter)
            {
                sum += Sums[2 * chunk.Index];
            }
        }
        return sum;
    }

    /// <summary>The sums of both numbers over the chunks of one parameter, in their order. After a barrier.</summary>
    /// <param name="chunk">One of them.</param>
    internal (double First, double Second) SumsOf(in WeightChunk chunk)
    {
        var chunks = blocks.Chunks;
        var first = chunk.Index;
        while (first > 0 && chunks[first - 1].Parameter == chunk.Parameter)
        {
            first--;
        }
        (double First, double Second) sums = default;
        for (; first < chunks.Length && chunks[first].Parameter == chunk.Parameter; first++)
        {
            sums.First += Sums[2 * first];
            sums.Second += Sums[(2 * first) + 1];
        }
        return sums;
    }
}
