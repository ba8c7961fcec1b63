using System.Numerics;
using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>
/// Copies between the host and the device through page-locked memory, which the device reads and writes by itself. Each way has two halves: the host works
/// on one while the device works on the other. All copies are in the order of a network's queue; what lies in page-locked memory already is not staged.
/// </summary>
internal sealed unsafe class StagedCopies : IDisposable
{
    /// <summary>Of a half.</summary>
    private const int LeastBytes = 1 << 16, MostBytes = 1 << 22;

    /// <summary>Between two inputs that become one copy: padding, and values that no kernel has written yet. A copy more takes longer than so many bytes.</summary>
    private const int LargestGap = 1 << 14;

    private readonly CudaSession session;
    private readonly nint stream;
    private readonly Half[] up = new Half[2];
    private readonly Half[] down = new Half[2];

    /// <summary>Bytes that would have been one copy.</summary>
    private long wanted;

    private int filling;
    private int filled;
    private nint target;

    public StagedCopies(CudaSession session, nint stream)
    {
        this.session = session;
        this.stream = stream;
    }

    private IDriver Driver => session.Driver;

    /// <summary>Copies to the device, at the latest with <see cref="Flush"/>; the source may change at once, if it is not page-locked.</summary>
    public void Upload(nint to, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
        {
            return;
        }
        fixed (byte* first = source)
        {
            if (PinnedRanges.Contain((nint)first, source.Length))
            {
                Flush();
                session.Check(Driver.MemcpyHtoDAsync(to, (nint)first, (nuint)source.Length, stream), "Copying to the device");
                return;
            }
        }
        while (!source.IsEmpty)
        {
            var gap = to - (target + filled);
            if (filled > 0 && (gap < 0 || gap > LargestGap || filled + gap >= up[filling].Bytes))
            {
                Flush();
            }
            if (filled == 0)
            {
                Prepare(ref up[filling], Math.Max(source.Length, wanted));
                (target, gap) = (to, 0);
            }
            ref var half = ref up[filling];
            var at = filled + (int)gap;
            var count = Math.Min(source.Length, (int)half.Bytes - at);
            source[..count].CopyTo(new Span<byte>((void*)(half.Memory + at), count));
            filled = at + count;
            to += count;
            source = source[count..];
            if (filled == half.Bytes)
            {
                wanted = Math.Max(wanted, filled + (long)source.Length);
                Flush();
            }
        }
    }

    /// <summary>Begins the copies that have not begun.</summary>
    public void Flush()
    {
        if (filled == 0)
        {
            return;
        }
        ref var half = ref up[filling];
        var bytes = (nuint)filled;
        filled = 0;
        filling ^= 1;
        session.Check(Driver.MemcpyHtoDAsync(target, half.Memory, bytes, stream), "Copying to the device");
        Record(ref half);
    }

    /// <summary>Forgets the copies that have not begun: the call has failed.</summary>
    public void Discard() => filled = 0;

    /// <summary>Copies from the device, and waits.</summary>
    public void Download(Span<byte> to, nint from)
    {
        if (to.IsEmpty)
        {
            return;
        }
        fixed (byte* first = to)
        {
            if (PinnedRanges.Contain((nint)first, to.Length))
            {
                session.Check(Driver.MemcpyDtoHAsync((nint)first, from, (nuint)to.Length, stream), "Copying from the device");
                session.Check(Driver.StreamSynchronize(stream), "Computing");
                return;
            }
        }
        // The device is one chunk ahead of the host.
        var (begun, done, issue, take) = (0, 0, 0, 0);
        Span<int> counts = stackalloc int[2];
        while (done < to.Length)
        {
            while (begun < to.Length && counts[issue] == 0)
            {
                ref var half = ref down[issue];
                Prepare(ref half, to.Length - begun);
                counts[issue] = (int)Math.Min(half.Bytes, to.Length - begun);
                session.Check(Driver.MemcpyDtoHAsync(half.Memory, from + begun, (nuint)counts[issue], stream), "Copying from the device");
                Record(ref half);
                begun += counts[issue];
                issue ^= 1;
            }
            Await(ref down[take]);
            new ReadOnlySpan<byte>((void*)down[take].Memory, counts[take]).CopyTo(to[done..]);
            done += counts[take];
            counts[take] = 0;
            take ^= 1;
        }
    }

    /// <summary>Copies two results from the device with one wait, and with one copy where they lie side by side.</summary>
    /// <returns>The one behind the other, until the next call.</returns>
    public ReadOnlySpan<float> Fetch(nint first, int firstCount, nint second, int secondCount)
    {
        ref var half = ref down[0];
        var (firstBytes, secondBytes) = ((long)firstCount * sizeof(float), (long)secondCount * sizeof(float));
        Prepare(ref half, firstBytes + secondBytes, most: long.MaxValue);
        var isOne = secondCount > 0 && second == first + (nint)firstBytes;
        session.Check(Driver.MemcpyDtoHAsync(half.Memory, first, (nuint)(isOne ? firstBytes + secondBytes : firstBytes), stream), "Copying from the device");
        if (!isOne && secondCount > 0)
        {
            session.Check(Driver.MemcpyDtoHAsync(half.Memory + (nint)firstBytes, second, (nuint)secondBytes, stream), "Copying from the device");
        }
        Record(ref half);
        Await(ref half);
        return new ReadOnlySpan<float>((void*)half.Memory, firstCount + secondCount);
    }

    public void Dispose()
    {
        foreach (ref var half in up.AsSpan())
        {
            Free(ref half);
        }
        foreach (ref var half in down.AsSpan())
        {
            Free(ref half);
        }
    }

    /// <summary>Waits until the device is done with a half, and makes it large enough for what is left, or for a chunk of it.</summary>
    private void Prepare(ref Half half, long bytes, long most = MostBytes)
    {
        Await(ref half);
        bytes = Math.Min(bytes, most);
        if (half.Bytes >= bytes)
        {
            return;
        }
        if (half.Event == 0)
        {
            session.Check(Driver.EventCreate(out half.Event, EventFlags.DisableTiming), "Making an event");
        }
        if (half.Memory != 0)
        {
            _ = Driver.MemFreeHost(half.Memory);
            (half.Memory, half.Bytes) = (0, 0);
        }
        bytes = (long)Math.Max(LeastBytes, BitOperations.RoundUpToPowerOf2((ulong)bytes));
        half.Memory = session.AllocateHost(bytes, "The memory for copies");
        half.Bytes = bytes;
    }

    private void Record(ref Half half)
    {
        session.Check(Driver.EventRecord(half.Event, stream), "Marking a copy");
        half.IsInUse = true;
    }

    private void Await(ref Half half)
    {
        if (half.IsInUse)
        {
            half.IsInUse = false;
            session.Check(Driver.EventSynchronize(half.Event), "Computing");
        }
    }

    private void Free(ref Half half)
    {
        if (half.Memory != 0)
        {
            _ = Driver.MemFreeHost(half.Memory);
        }
        if (half.Event != 0)
        {
            _ = Driver.EventDestroy(half.Event);
        }
        half = default;
    }

    private struct Half
    {
        public nint Memory;
        public long Bytes;
        public nint Event;
        public bool IsInUse;
    }
}
