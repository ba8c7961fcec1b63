using System.Runtime.ExceptionServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>An epoch of a source that gives samples by number.</summary>
internal sealed class IndexedReader : RingReader
{
    private readonly IndexedSource source;
    private readonly int[] rows;
    private readonly TeamLease lease;

    internal IndexedReader(IndexedSource source, EpochOrder order)
        : base(source.Columns, source.Count, order, WorkersOf(source, order), source.Ahead)
    {
        lease = new(order.Threads);
        this.source = source;
        rows = new int[source.Count];
        if (order.Shuffle)
            Rows.Shuffle(rows, order.Seed, order.Epoch);
        else
        {
            for (int i = 0; i < rows.Length; i++)
                rows[i] = i;
        }

        Start();
    }

    protected override void Fill(Slot slot, int batch, int count)
    {
        if (IsMadeWhenAskedFor && lease.Team is { } team && team.TryTake())
            Share(team, slot, batch, count);
        else
        {
            for (int i = 0; i < count; i++)
            {
                Stopping.ThrowIfCancellationRequested();
                Load(slot, batch, i);
            }
        }

        SampleRandom ofBatch = new(Order.Seed, Order.Epoch, batch, SampleRandom.OfBatches);
        source.Finish(slot.Buffer, count, ref ofBatch);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        lease.End();
    }

    private static int WorkersOf(IndexedSource source, EpochOrder order) =>
        source.Workers ?? (order.Threads > 0 ? 0 : Math.Max(1, NetGenOptions.Threads - 1));

    /// <summary>By the threads of the network, which does nothing now.</summary>
    private void Share(WorkerTeam team, Slot slot, int batch, int count)
    {
        int next = -1, failedAt = int.MaxValue;
        Exception? failure = null;
        Lock gate = new();
        team.Run(null!, (_, _, _) =>
        {
            int i;
            while (!Stopping.IsCancellationRequested && Volatile.Read(ref failedAt) == int.MaxValue && (i = Interlocked.Increment(ref next)) < count)
            {
                try
                {
                    Load(slot, batch, i);
                }
                catch (Exception exception)
                {
                    // Those before it were all begun, so the first that fails is always the same.
                    lock (gate)
                    {
                        if (i < failedAt)
                            (failedAt, failure) = (i, exception);
                    }
                }
            }
        }, team.Workers);
        Stopping.ThrowIfCancellationRequested();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private void Load(Slot slot, int batch, int index)
    {
        int row = rows[batch * Order.BatchSize + index];
        SampleRandom random = new(Order.Seed, Order.Epoch, row);
        source.Load(row, slot.Buffer.At(index), ref random);
    }

    protected override string Place(Slot slot, int batch, int index) => source.Place(rows[batch * Order.BatchSize + index]);
}
