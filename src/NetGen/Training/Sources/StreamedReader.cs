using static System.FormattableString;

namespace NetGen;

/// <summary>An epoch of a stream: one thread reads, keeps a window of samples, and takes those of a batch out of it at random.</summary>
internal sealed class StreamedReader : RingReader
{
    private readonly SampleStream stream;
    private readonly int[] parts;
    private readonly SampleBuffer window;
    private readonly long[] origins;
    private readonly DataColumn[] columns;
    private IAsyncEnumerator<Dataset>? blocks;
    private Dataset? block;
    private SampleRandom random;

    /// <summary>The part that is read, the row of the part that comes next, the row of the block that does, and all rows so far.</summary>
    private int part, inBlock;
    private long inPart, rows;

    /// <summary>Samples in the window.</summary>
    private int held;

    internal StreamedReader(SampleStream stream, EpochOrder order)
        : base(stream.Columns, stream.Count, order, threads: 1, stream.Ahead)
    {
        this.stream = stream;
        columns = stream.Columns.Columns.ToArray();
        parts = new int[stream.Parts];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = i;
        if (order.Shuffle)
            Rows.Shuffle(parts, order.Seed, order.Epoch);
        random = new(order.Seed, order.Epoch, 0, SampleRandom.OfBlocks);
        window = new(stream.Columns, order.Shuffle ? Math.Min(stream.Window, stream.Count) : 1);
        origins = new long[window.Capacity];
        Start();
    }

    protected override void Fill(Slot slot, int batch, int count)
    {
        if (rows == 0)
            Pass((long)Order.FirstBatch * Order.BatchSize);
        for (int i = 0; i < count; i++)
        {
            Stopping.ThrowIfCancellationRequested();
            int taken = Take();
            for (int column = 0; column < columns.Length; column++)
            {
                int length = columns[column].Length;
                if (columns[column].Type == ColumnType.Float)
                    window.Floats(column).Slice(taken * length, length).CopyTo(slot.Buffer.Floats(column).Slice(i * length, length));
                else
                    window.Labels(column).Slice(taken * length, length).CopyTo(slot.Buffer.Labels(column).Slice(i * length, length));
            }

            slot.Origins[i] = origins[taken];
            Refill(taken);
        }
    }

    protected override string Place(Slot slot, int batch, int index) => stream.Place((int)(slot.Origins[index] >> 40), slot.Origins[index] & 0xFF_FFFF_FFFF);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Close();
    }

    /// <summary>Samples that were trained with before a checkpoint: the draws are the same.</summary>
    private void Pass(long count)
    {
        for (long i = 0; i < count; i++)
        {
            Stopping.ThrowIfCancellationRequested();
            Refill(Take());
        }
    }

    /// <summary>The place in the window of the next sample.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    private int Take()
    {
        while (held < window.Capacity && TryRead(held))
            held++;
        if (held == 0)
            throw new InvalidDataException(Invariant($"{stream.Name} ended after {rows} samples; {stream.Count} were said to be there."));
        return window.Capacity == 1 ? 0 : random.Next(held);
    }

    /// <summary>Puts another sample into the place of one that was taken.</summary>
    private void Refill(int place)
    {
        if (TryRead(place))
            return;
        held--;
        if (place == held)
            return;
        for (int column = 0; column < columns.Length; column++)
        {
            int length = columns[column].Length;
            if (columns[column].Type == ColumnType.Float)
                window.Floats(column).Slice(held * length, length).CopyTo(window.Floats(column).Slice(place * length, length));
            else
                window.Labels(column).Slice(held * length, length).CopyTo(window.Labels(column).Slice(place * length, length));
        }

        origins[place] = origins[held];
    }

    private bool TryRead(int place)
    {
        while (block is null || inBlock >= block.Count)
        {
            if (blocks is null)
            {
                if (part >= parts.Length)
                    return false;
                (blocks, inPart) = (stream.Open(parts[part], Stopping).GetAsyncEnumerator(Stopping), 0);
            }

            if (!blocks.MoveNextAsync().AsTask().GetAwaiter().GetResult())
            {
                Close();
                part++;
                continue;
            }

            (block, inBlock) = (blocks.Current, 0);
            Check(block);
        }

        if (rows >= stream.Count)
            throw new InvalidDataException(Invariant($"{stream.Name} goes on after {rows} samples, as many as were said to be there."));
        for (int column = 0; column < columns.Length; column++)
        {
            (DataColumn source, int length) = (block.Columns[column], columns[column].Length);
            if (source.Type == ColumnType.Float)
                source.Floats.Span.Slice(inBlock * length, length).CopyTo(window.Floats(column).Slice(place * length, length));
            else
                source.Labels.Span.Slice(inBlock * length, length).CopyTo(window.Labels(column).Slice(place * length, length));
        }

        origins[place] = (long)parts[part] << 40 | inPart;
        inBlock++;
        inPart++;
        rows++;
        return true;
    }

    /// <exception cref="InvalidDataException">The block has other columns than the stream.</exception>
    private void Check(Dataset next)
    {
        bool isSame = next.Columns.Length == columns.Length;
        for (int i = 0; isSame && i < columns.Length; i++)
        {
            DataColumn column = next.Columns[i];
            isSame = column.Name == columns[i].Name && column.Type == columns[i].Type && column.Length == columns[i].Length && !column.IsSequence;
        }

        if (!isSame)
        {
            throw new InvalidDataException(
                $"The block from {stream.Place(parts[part], inPart)} on has the columns ({string.Join("; ", (object[])next.Columns.ToArray())}); the stream has ({string.Join("; ", (object[])columns)}).");
        }
    }

    private void Close()
    {
        blocks?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        (blocks, block) = (null, null);
    }
}
