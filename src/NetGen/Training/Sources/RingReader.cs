using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>An epoch whose batches are made ahead by threads, into a ring of memory.</summary>
internal abstract class RingReader : SampleReader
{
    private readonly int samples, batches;
    private readonly Slot[] ring;
    private readonly Thread[] workers;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim made = new(0), free;
    private readonly CancellationTokenSource stop;

    /// <summary>The next batch that a worker takes, and the next that is asked for.</summary>
    private int taken, asked;

    /// <param name="columns">Of the samples.</param>
    /// <param name="samples">How many an epoch has.</param>
    /// <param name="order">Which of them are wanted.</param>
    /// <param name="threads">How many make batches; 0: who asks for them.</param>
    /// <param name="ahead">How many batches are made before they are asked for.</param>
    protected RingReader(Dataset columns, int samples, EpochOrder order, int threads, int ahead)
    {
        OutOfRange.ThrowIfLess(order.BatchSize, 1);
        this.samples = samples;
        Order = order;
        batches = (int)(((long)samples + order.BatchSize - 1) / order.BatchSize);
        taken = asked = order.FirstBatch;
        int left = Math.Max(0, batches - order.FirstBatch);
        ring = new Slot[threads == 0 ? 1 : Math.Min(ahead + 1, Math.Max(1, left))];
        for (int i = 0; i < ring.Length; i++)
            ring[i] = new(new SampleBuffer(columns, order.BatchSize, order.Device));
        free = new(ring.Length);
        stop = CancellationTokenSource.CreateLinkedTokenSource(order.CancellationToken);
        workers = new Thread[Math.Min(threads, left)];
    }

    protected EpochOrder Order { get; }

    /// <summary>Whether the thread that trains makes each batch.</summary>
    protected bool IsMadeWhenAskedFor => ring.Length == 1 && workers.Length == 0;

    protected CancellationToken Stopping => stop.Token;

    public override Dataset Next()
    {
        if (asked >= batches)
            throw new InvalidOperationException("The epoch is over: all of its batches were taken.");
        Order.CancellationToken.ThrowIfCancellationRequested();
        int batch = asked;
        Slot slot = SlotOf(batch);
        if (workers.Length == 0)
            Fill(slot, batch, CountOf(batch));
        else
        {
            // The batch before this one is not used any more.
            if (batch > Order.FirstBatch)
                free.Release();
            while (Volatile.Read(ref slot.Batch) != batch)
                made.Wait(Order.CancellationToken);
            slot.Error?.Throw();
        }

        asked++;
        return slot.Buffer.Take(CountOf(batch));
    }

    public sealed override string Place(int index) => Place(SlotOf(asked - 1), asked - 1, index);

    /// <summary>Begins to work; the last thing that a constructor does.</summary>
    protected void Start()
    {
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new(Work) { IsBackground = true, Name = "NetGen samples" };
            workers[i].Start();
        }
    }

    /// <summary>Makes a batch. Where there is one thread, they are asked for in their order.</summary>
    protected abstract void Fill(Slot slot, int batch, int count);

    protected abstract string Place(Slot slot, int batch, int index);

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        stop.Cancel();
        foreach (Thread worker in workers)
            worker.Join();
        foreach (Slot slot in ring)
            slot?.Buffer.Dispose();
        stop.Dispose();
        made.Dispose();
        free.Dispose();
    }

    private Slot SlotOf(int batch) => ring[batch % ring.Length];

    private int CountOf(int batch) => Math.Min(Order.BatchSize, samples - batch * Order.BatchSize);

    private void Work()
    {
        try
        {
            while (true)
            {
                free.Wait(stop.Token);
                int batch;
                lock (gate)
                {
                    if (taken >= batches)
                        return;
                    batch = taken++;
                }

                Slot slot = SlotOf(batch);
                try
                {
                    Fill(slot, batch, CountOf(batch));
                }
                catch (Exception exception)
                {
                    slot.Error = ExceptionDispatchInfo.Capture(exception);
                }

                Volatile.Write(ref slot.Batch, batch);
                made.Release();
                if (slot.Error is not null)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever waits for a batch is told by the token itself.
        }
    }

    protected sealed class Slot(SampleBuffer buffer)
    {
        /// <summary>The batch that is in it; −1 before the first.</summary>
        internal int Batch = -1;

        internal SampleBuffer Buffer { get; } = buffer;

        /// <summary>Where the samples came from, for who needs that.</summary>
        internal long[] Origins { get; } = new long[buffer.Capacity];

        internal ExceptionDispatchInfo? Error { get; set; }
    }
}
