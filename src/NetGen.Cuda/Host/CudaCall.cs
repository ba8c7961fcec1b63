using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Cuda.Host;
using NetGen.Runtime;

namespace NetGen.Cuda;

/// <summary>
/// One call of a network's entry point on a GPU: where its values lie, and its launches. Generated programs work through it. What changes from call to call,
/// the prepared optimizer and the keys of random numbers, lies in the device's memory too, before the values: so the launches of two steps are the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CudaCall
{
    /// <summary>What the driver's allocations are aligned to, and values are.</summary>
    private const int Alignment = 256;

    private readonly CudaNetwork network;

    /// <summary>By the delegate that C# makes for each kernel.</summary>
    private readonly Dictionary<Delegate, CudaKernel> kernels = [];

    /// <summary>Buffers that the collector must leave alone.</summary>
    private readonly List<object> held = [];

    private CudaProgram program;
    private CudaOptimizerState? optimizer;
    private nint weights;
    private nint state;
    private nint keys;
    private nint cursor;
    private nint values;
    private long step;
    private int? firstRow;
    private bool onlyLoads;

    internal CudaCall(CudaNetwork network) => this.network = network;

    /// <summary>The number of samples.</summary>
    public int Batch { get; private set; }

    private CudaSession Session => network.Session;

    /// <summary>Begins a call that changes no weights. <see cref="End"/> must follow, on the same thread.</summary>
    /// <param name="state">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="program">What runs.</param>
    public static CudaCall Begin(NetworkState state, int batch, in CudaProgram program) => ((CudaNetwork)state.OnDevice!).Enter(batch, in program);

    /// <summary>Begins a training step. <see cref="End"/> must follow, on the same thread.</summary>
    /// <param name="state">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="program">What runs.</param>
    /// <param name="optimizer">Its hyper-parameters. Its state is kept as long as the type stays the same.</param>
    /// <param name="objective">Which objective of the network is stepped; each has an optimizer state of its own.</param>
    public static CudaCall BeginStep<TOptimizer>(NetworkState state, int batch, in CudaProgram program, in TOptimizer optimizer, int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        optimizer.Validate();
        state.BeginStep();
        try
        {
            return ((CudaNetwork)state.OnDevice!).EnterStep(batch, in program, in optimizer, objective);
        }
        catch
        {
            state.LeaveStep();
            throw;
        }
    }

    /// <summary>Makes some steps on data that the device keeps, one behind the other, and waits for the last.</summary>
    /// <param name="state">The network.</param>
    /// <param name="data">What its device keeps.</param>
    /// <param name="rows">The samples of all steps.</param>
    /// <param name="batchSize">Those of a step; the last may have fewer.</param>
    /// <param name="program">The step.</param>
    /// <param name="places">Where it has its inputs and results.</param>
    /// <param name="optimizers">Of each step.</param>
    /// <param name="objective">Which objective of the network is stepped.</param>
    /// <param name="results">Receives what each step gave.</param>
    /// <param name="correct">Receives of each step the sum of each classification; empty where nobody asks.</param>
    public static void StepRows<TOptimizer>(
        NetworkState state, ResidentData data, ReadOnlySpan<int> rows, int batchSize, in CudaProgram program, CudaRows places, ReadOnlySpan<TOptimizer> optimizers,
        int objective, Span<BatchResult> results, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        foreach (ref readonly var optimizer in optimizers)
        {
            optimizer.Validate();
        }
        state.BeginStep();
        try
        {
            ((CudaNetwork)state.OnDevice!).StepRows((CudaResidentData)data, rows, batchSize, in program, places, optimizers, objective, results, correct);
        }
        finally
        {
            state.LeaveStep();
        }
    }

    /// <summary>Ends the call.</summary>
    public void End()
    {
        var wasStep = optimizer is not null;
        optimizer = null;
        held.Clear();
        network.Leave();
        if (wasStep)
        {
            network.Network.LeaveStep();
        }
    }

    /// <summary>The floats of a value: <paramref name="count"/> from float <paramref name="at"/> of the call's memory on.</summary>
    public CudaView<float> Floats(long at, long count) => new(values + (nint)(at * sizeof(float)), count);

    /// <summary>The integers of a value.</summary>
    public CudaView<int> Ints(long at, long count) => new(values + (nint)(at * sizeof(float)), count);

    /// <summary>The numbers of 16 bits of a value.</summary>
    public CudaView<ushort> BFloat16s(long at, long count) => new(values + (nint)(at * sizeof(float)), count);

    /// <summary>The bytes of a value.</summary>
    public CudaView<byte> Bytes(long at, long count) => new(values + (nint)(at * sizeof(float)), count);

    /// <summary>A weight.</summary>
    public CudaView<float> Weights(long at, long count) => new(weights + (nint)(at * sizeof(float)), count);

    /// <summary>What the optimizer keeps of a weight first.</summary>
    public CudaView<float> Slot0(long at, long count) => new(optimizer!.Slot0 + (nint)(at * sizeof(float)), count);

    /// <summary>What the optimizer keeps of a weight second.</summary>
    public CudaView<float> Slot1(long at, long count) => new(optimizer!.Slot1 + (nint)(at * sizeof(float)), count);

    /// <summary>The optimizer, prepared for this step: the bytes of its structure, which kernels know the type of.</summary>
    public CudaView<float> Optimizer() => new(state, (optimizer!.Prepared.Length + sizeof(float) - 1) / sizeof(float));

    /// <summary>A stream of random numbers, the same as on the processor.</summary>
    /// <param name="place">Among the program's streams.</param>
    public CudaView<PhiloxKey> Key(int place) => new(keys + (place * Unsafe.SizeOf<PhiloxKey>()), 1);

    /// <summary>How many rows of data that the device keeps the steps before have taken.</summary>
    internal CudaView<int> Cursor => new(cursor, 1);

    /// <summary>Copies an input to the device.</summary>
    public void Write(ReadOnlySpan<float> input, long at) => network.Copies.Upload(Floats(at, 0).Address, MemoryMarshal.AsBytes(input));

    /// <summary>Copies an input to the device.</summary>
    public void Write(ReadOnlySpan<int> input, long at) => network.Copies.Upload(Floats(at, 0).Address, MemoryMarshal.AsBytes(input));

    /// <summary>Copies an input that is on the device.</summary>
    public void Write(CudaBuffer<float> input, long at) => Copy(Held(input), Floats(at, 0).Address, input.Length);

    /// <summary>Copies an input that is on the device.</summary>
    public void Write(CudaBuffer<int> input, long at) => Copy(Held(input), Floats(at, 0).Address, input.Length);

    /// <summary>Runs the program, when all inputs are written.</summary>
    public void Run()
    {
        network.Copies.Flush();
        if (program.Launches > 1)
        {
            network.Graphs.Run(program.Launch, Batch, this);
        }
        else
        {
            program.Launch(this);
        }
    }

    /// <summary>Launches a kernel.</summary>
    /// <param name="kernel">A static method.</param>
    /// <param name="size">Its threads.</param>
    /// <param name="arguments">Of its parameters' types, where a <see cref="CudaView{T}"/> is for an ArrayView.</param>
    public void Launch(Delegate kernel, CudaSize size, params ReadOnlySpan<CudaArgument> arguments)
    {
        if (!kernels.TryGetValue(kernel, out var known))
        {
            kernels.Add(kernel, known = Session.Find(kernel.Method, size));
        }
        if (onlyLoads)
        {
            known.Check(arguments);
            return;
        }
        Session.Launch(known, size, arguments, network.Graphs.Branches?.Current ?? network.Stream);
    }

    /// <summary>The kernels behind this, up to <see cref="Branch"/>, do not wait for those behind that, up to the next one, and so on up to <see cref="Join"/>.</summary>
    public void Fork() => network.Graphs.Branches?.Fork();

    /// <summary>See <see cref="Fork"/>.</summary>
    public void Branch() => network.Graphs.Branches?.Branch();

    /// <summary>What follows waits for all kernels since <see cref="Fork"/>.</summary>
    public void Join() => network.Graphs.Branches?.Join();

    /// <summary>Waits for all launches and copies a result from the device.</summary>
    public void Read(Span<float> result, long at) => network.Copies.Download(MemoryMarshal.AsBytes(result), Floats(at, 0).Address);

    /// <summary>Copies a result to a buffer of the device, and waits for it.</summary>
    public void Read(CudaBuffer<float> result, long at)
    {
        Copy(Floats(at, 0).Address, Held(result), result.Length);
        Session.Check(Session.Driver.StreamSynchronize(network.Stream), "Computing");
    }

    /// <summary>Waits for all launches; what the objective's values come to.</summary>
    /// <param name="loss">Where the values lie.</param>
    /// <param name="losses">How many they are: the batch or 1.</param>
    /// <param name="shares">Where it lies how much of each sample's answers is right, for one classification after the other.</param>
    /// <param name="correct">Receives the sum of each; empty where nobody asks.</param>
    public BatchResult Result(long loss, int losses, long shares = 0, Span<double> correct = default)
    {
        var all = network.Copies.Fetch(
            Floats(loss, 0).Address, losses, correct.IsEmpty ? 0 : Floats(shares, 0).Address, checked(correct.Length * Batch));
        for (var i = 0; i < correct.Length; i++)
        {
            correct[i] = Objective.Sum(in all[losses + (i * Batch)], Batch);
        }
        return new BatchResult(Objective.Mean(in all[0], losses), Batch);
    }

    /// <summary>What a program takes of the device's memory, beside the weights and the optimizer's state.</summary>
    /// <param name="program">It.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="optimizerBytes">Of a prepared optimizer.</param>
    /// <param name="hasCursor">Whether it takes its samples from data that the device keeps.</param>
    internal static long Bytes(in CudaProgram program, int batch, int optimizerBytes, bool hasCursor = false) =>
        Aligned(optimizerBytes) + Aligned(KeyBytes(in program)) + Aligned(hasCursor ? sizeof(int) : 0) + (((batch * program.PerSample) + program.Fixed) * sizeof(float));

    internal void Begin(int batch, in CudaProgram program, long step, nint weights, nint arena, CudaOptimizerState? optimizer, int? firstRow = null)
    {
        Batch = batch;
        this.program = program;
        this.step = step;
        this.weights = weights;
        this.optimizer = optimizer;
        state = arena;
        keys = state + (nint)Aligned(optimizer?.Prepared.Length ?? 0);
        this.firstRow = firstRow;
        cursor = keys + (nint)Aligned(KeyBytes(in program));
        values = cursor + (nint)Aligned(firstRow is null ? 0 : sizeof(int));
    }

    /// <summary>Loads what the program launches.</summary>
    internal void Load(Action<CudaCall> program)
    {
        onlyLoads = true;
        try
        {
            program(this);
        }
        finally
        {
            onlyLoads = false;
        }
    }

    /// <summary>Bytes of what is this call's own, beside the inputs.</summary>
    internal int HeadBytes => (int)(values - state);

    /// <summary>What is this call's own, as it lies in the device's memory.</summary>
    internal CudaView<int> Head => new(state, HeadBytes / sizeof(int));

    /// <summary>
    /// Writes what is this call's own: the prepared optimizer, the keys of random numbers, how many rows of kept data the steps before have
    /// taken.
    /// </summary>
    /// <param name="head">As many as <see cref="HeadBytes"/>.</param>
    internal void WriteHead(Span<byte> head)
    {
        if (optimizer is not null)
        {
            optimizer.Prepared.CopyTo(head);
        }
        if (program.Streams is { } streams)
        {
            var values = MemoryMarshal.Cast<byte, PhiloxKey>(head[(int)(keys - state)..]);
            for (var i = 0; i < streams.Length; i++)
            {
                values[i] = Philox.Key(network.Network.Seed, step, streams[i]);
            }
        }
        if (firstRow is { } first)
        {
            MemoryMarshal.Write(head[(int)(cursor - state)..], first);
        }
    }

    /// <summary>Copies what is this call's own to the device.</summary>
    internal void Prepare()
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        WriteHead(head);
        network.Copies.Upload(state, head);
    }

    /// <summary>The address of a buffer, which lives until the call ends.</summary>
    private nint Held<T>(CudaBuffer<T> buffer)
        where T : unmanaged
    {
        held.Add(buffer);
        return buffer.AddressOn(network.Device, "A buffer");
    }

    /// <summary>Copies from the device to the device, after what is staged: the two must not become one copy.</summary>
    private void Copy(nint source, nint target, long elements)
    {
        network.Copies.Flush();
        Session.Check(Session.Driver.MemcpyDtoDAsync(target, source, (nuint)(elements * sizeof(float)), network.Stream), "Copying on the device");
    }

    private static int KeyBytes(in CudaProgram program) => (program.Streams?.Length ?? 0) * Unsafe.SizeOf<PhiloxKey>();

    private static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
