using System.Runtime.InteropServices;
using ILGPU;
using NetGen.Cuda.Kernels;

namespace NetGen.Cuda.Host;

/// <summary>
/// A data set in the device's memory, with room for the order of its samples and for what the steps through them give: the host writes the order, the device makes
/// its steps, and the host reads what they gave.
/// </summary>
internal sealed class CudaResidentData : ResidentData
{
    private static readonly Delegate GatherFloats = (Action<ArrayView<float>, ArrayView<int>, ArrayView<int>, ArrayView<float>, int, int>)RowKernels.GatherFloats;
    private static readonly Delegate GatherLabels = (Action<ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, int, int>)RowKernels.GatherLabels;
    private static readonly Delegate BeginStep = (Action<ArrayView<int>, ArrayView<int>, ArrayView<int>, int>)RowKernels.BeginStep;
    private static readonly Delegate Note = (Action<ArrayView<float>, ArrayView<int>, ArrayView<float>, int>)RowKernels.Note;

    private readonly CudaNetwork network;
    private readonly (nint Address, int Length, ColumnType Type)[] columns;

    /// <summary>By the program that they are made of: a graph is known by its delegate.</summary>
    private readonly Dictionary<Action<CudaCall>, CudaProgram> programs = [];

    private readonly nint rows;
    private readonly nint losses;
    private readonly nint corrects;
    private readonly nint counter;

    /// <summary>Room for what is new in each of some steps.</summary>
    private nint heads;

    private int headsBytes;

    /// <summary>Brings the columns to the device. Within a call of the network.</summary>
    /// <exception cref="OutOfMemoryException">They do not fit.</exception>
    public CudaResidentData(CudaNetwork network, ReadOnlySpan<DataColumn> columns, int classifications)
    {
        this.network = network;
        Count = columns[0].Count;
        this.columns = new (nint, int, ColumnType)[columns.Length];
        try
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var bytes = columns[i].Type == ColumnType.Float ? MemoryMarshal.AsBytes(columns[i].Floats.Span) : MemoryMarshal.AsBytes(columns[i].Labels.Span);
                this.columns[i] = (Allocate(bytes.Length), columns[i].Length, columns[i].Type);
                network.Copies.Upload(this.columns[i].Address, bytes);
                // Each is memory of its own: one copy must not reach over to the next.
                network.Copies.Flush();
            }
            counter = Allocate(sizeof(int));
            rows = Allocate(Count * sizeof(int));
            losses = Allocate(Count * sizeof(float));
            corrects = classifications == 0 ? 0 : Allocate((long)Count * classifications * sizeof(float));
        }
        catch
        {
            Free();
            throw;
        }
    }

    public override int Count { get; }


    /// <summary>What some columns take of the device's memory, in bytes.</summary>
    public static long Bytes(ReadOnlySpan<DataColumn> columns, int classifications)
    {
        var bytes = (2L + classifications) * sizeof(float) * columns[0].Count;
        foreach (var column in columns)
        {
            bytes += (long)column.Count * column.Length * sizeof(float);
        }
        return bytes;
    }

    /// <summary>A step's program with what brings its samples before it, and what notes its results behind it.</summary>
    public CudaProgram Program(in CudaProgram step, CudaRows places)
    {
        if (!programs.TryGetValue(step.Launch, out var program))
        {
            var launch = step.Launch;
            programs.Add(launch, program = step with
            {
                Launch = call => Launch(call, launch, places),
                Launches = step.Launches + 1 + columns.Length + 1 + places.Correct.Length,
            });
        }
        return program;
    }

    /// <summary>The order of the next samples. Within a call.</summary>
    public void Write(ReadOnlySpan<int> order)
    {
        network.Copies.Upload(rows, MemoryMarshal.AsBytes(order));
        network.Copies.Flush();
    }

    /// <summary>Makes room for what is new in each of some steps. Within a call.</summary>
    public void Reserve(int steps, int headBytes)
    {
        if (headsBytes >= steps * headBytes)
        {
            return;
        }
        // As many as Fit makes at once: graphs know the place, and moving it costs them.
        var bytes = Math.Max(steps, 1024) * headBytes;
        var larger = Allocate(bytes);
        if (heads != 0)
        {
            _ = network.Session.Driver.StreamSynchronize(network.Stream);
            network.Graphs.Clear();
            _ = network.Session.Driver.MemFree(heads);
        }
        (heads, headsBytes) = (larger, bytes);
    }

    /// <summary>What is new in each of the next steps. Within a call.</summary>
    public void WriteHeads(ReadOnlySpan<byte> ofSteps)
    {
        network.Copies.Upload(heads, ofSteps);
        network.Copies.Flush();
        var begun = 0;
        network.Copies.Upload(counter, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in begun)));
        network.Copies.Flush();
    }

    /// <summary>Waits, and reads what the steps through so many samples have noted. Within a call.</summary>
    /// <param name="losses">As many as there were samples.</param>
    /// <param name="corrects">As many for one classification after the other; or none.</param>
    public void Read(Span<float> losses, Span<float> corrects)
    {
        network.Copies.Download(MemoryMarshal.AsBytes(losses), this.losses);
        for (var first = 0; first < corrects.Length; first += losses.Length)
        {
            network.Copies.Download(MemoryMarshal.AsBytes(corrects.Slice(first, losses.Length)), Corrects(first / losses.Length));
        }
    }

    /// <summary>What is noted of a classification.</summary>
    private nint Corrects(int classification) => corrects + (nint)((long)classification * Count * sizeof(float));

    public override void Dispose() => network.Forget(this);

    /// <summary>Gives the memory back. Within a call, and when nothing runs.</summary>
    public void Free()
    {
        foreach (var address in columns.Select(column => column.Address).Concat([rows, losses, corrects, counter, heads]))
        {
            if (address != 0)
            {
                _ = network.Session.Driver.MemFree(address);
            }
        }
    }

    /// <summary>The programs that work on this memory.</summary>
    public IEnumerable<Action<CudaCall>> Programs => programs.Values.Select(program => program.Launch);

    private void Launch(CudaCall call, Action<CudaCall> step, CudaRows places)
    {
        var (batch, order) = (call.Batch, new CudaView<int>(rows, Count));
        var (ofSteps, begun) = (new CudaView<int>(heads, headsBytes / sizeof(int)), new CudaView<int>(counter, 1));
        call.Launch(BeginStep, CudaSize.Blocks(1), ofSteps, begun, call.Head, call.HeadBytes / sizeof(int));
        for (var i = 0; i < columns.Length; i++)
        {
            var (address, length, type) = columns[i];
            var (at, count, all) = (places.Inputs[i].At(batch), (long)length * batch, (long)length * Count);
            if (type == ColumnType.Float)
            {
                call.Launch(GatherFloats, CudaSize.Elements(count), new CudaView<float>(address, all), order, call.Cursor, call.Floats(at, count), length, batch);
            }
            else
            {
                call.Launch(GatherLabels, CudaSize.Elements(count), new CudaView<int>(address, all), order, call.Cursor, call.Ints(at, count), length, batch);
            }
        }
        step(call);
        NoteValues(places.Loss, places.LossOfSamples ? batch : 1, losses);
        for (var i = 0; i < places.Correct.Length; i++)
        {
            NoteValues(places.Correct[i], batch, Corrects(i));
        }

        void NoteValues(CudaPlace place, int count, nint notes) =>
            call.Launch(Note, CudaSize.Elements(count), call.Floats(place.At(batch), count), call.Cursor, new CudaView<float>(notes, Count), count);
    }

    private nint Allocate(long bytes) => network.Session.Allocate(bytes, "The data set");
}
