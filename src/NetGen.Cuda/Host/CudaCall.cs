using System.ComponentModel;
using ILGPU;
using ILGPU.Runtime;
using NetGen.Cuda.Host;
using NetGen.Runtime;

namespace NetGen.Cuda;

/// <summary>One call of a network's entry point on a GPU: where its values lie, and its launches. Generated programs work through it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CudaCall
{
    private readonly CudaNetwork network;
    private ArrayView<float> weights;
    private ArrayView<float> arena;
    private CudaOptimizerState? optimizer;
    private long step;
    private bool isStep;
    private float[] sums = [];

    internal CudaCall(CudaNetwork network) => this.network = network;

    /// <summary>The number of samples.</summary>
    public int Batch { get; private set; }

    /// <summary>Begins a call that changes no weights. <see cref="End"/> must follow, on the same thread.</summary>
    /// <param name="state">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="memory">What its values take.</param>
    public static CudaCall Begin(NetworkState state, int batch, CudaMemory memory) => ((CudaNetwork)state.OnDevice!).Enter(batch, memory);

    /// <summary>Begins a training step. <see cref="End"/> must follow, on the same thread.</summary>
    /// <param name="state">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="memory">What its values take.</param>
    /// <param name="optimizer">Its hyper-parameters. Its state is kept as long as the type stays the same.</param>
    /// <param name="objective">Which objective of the network is stepped; each has an optimizer state of its own.</param>
    public static CudaCall BeginStep<TOptimizer>(NetworkState state, int batch, CudaMemory memory, in TOptimizer optimizer, int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        optimizer.Validate();
        state.BeginStep();
        try
        {
            var network = (CudaNetwork)state.OnDevice!;
            var call = network.Enter(batch, memory);
            try
            {
                call.optimizer = network.Optimizer(in optimizer, objective);
                call.step = state.CountStep();
                call.isStep = true;
                network.Trains();
                return call;
            }
            catch
            {
                network.Leave();
                throw;
            }
        }
        catch
        {
            state.LeaveStep();
            throw;
        }
    }

    /// <summary>Ends the call.</summary>
    public void End()
    {
        var wasStep = isStep;
        isStep = false;
        optimizer = null;
        network.Leave();
        if (wasStep)
        {
            network.Network.LeaveStep();
        }
    }

    /// <summary>The floats of a value: <paramref name="count"/> from float <paramref name="at"/> of the call's memory on.</summary>
    public ArrayView<float> Floats(long at, long count) => arena.SubView(at, count);

    /// <summary>The integers of a value.</summary>
    public ArrayView<int> Ints(long at, long count) => arena.SubView(at, count).Cast<int>();

    /// <summary>The numbers of 16 bits of a value.</summary>
    public ArrayView<ushort> BFloat16s(long at, long count) => arena.SubView(at, (count + 1) / 2).Cast<ushort>().SubView(0, count);

    /// <summary>The bytes of a value.</summary>
    public ArrayView<byte> Bytes(long at, long count) => arena.SubView(at, (count + 3) / 4).Cast<byte>().SubView(0, count);

    /// <summary>A weight.</summary>
    public ArrayView<float> Weights(long at, long count) => weights.SubView(at, count);

    /// <summary>What the optimizer keeps of a weight first.</summary>
    public ArrayView<float> Slot0(long at, long count) => optimizer!.Slot0.SubView(at, count);

    /// <summary>What the optimizer keeps of a weight second.</summary>
    public ArrayView<float> Slot1(long at, long count) => optimizer!.Slot1.SubView(at, count);

    /// <summary>The optimizer, prepared for this step.</summary>
    public TOptimizer Optimizer<TOptimizer>()
        where TOptimizer : struct, IOptimizer<TOptimizer> => ((CudaOptimizerState<TOptimizer>)optimizer!).Prepared;

    /// <summary>A stream of random numbers, the same as on the processor.</summary>
    public PhiloxKey Key(uint stream) => Philox.Key(network.Network.Seed, step, stream);

    /// <summary>Copies an input to the device.</summary>
    public void Write(ReadOnlySpan<float> input, long at) => Floats(at, input.Length).CopyFromCPU(network.Stream, in input);

    /// <summary>Copies an input to the device.</summary>
    public void Write(ReadOnlySpan<int> input, long at) => Ints(at, input.Length).CopyFromCPU(network.Stream, in input);

    /// <summary>Waits for all launches and copies a result from the device.</summary>
    public void Read(Span<float> result, long at) => Floats(at, result.Length).CopyToCPU(network.Stream, in result);

    /// <summary>Waits for all launches; the mean of an objective's values.</summary>
    public float Mean(long at, int count) => Objective.Mean(ref ReadSums(at, count)[0], count);

    /// <summary>Waits for all launches; how many samples are right.</summary>
    public int Count(long at, int count) => Objective.Count(ref ReadSums(at, count)[0], count);

    internal void Begin(int batch, long steps, ArrayView<float> weights, ArrayView<float> arena)
    {
        Batch = batch;
        step = steps;
        this.weights = weights;
        this.arena = arena;
    }

    private Span<float> ReadSums(long at, int count)
    {
        if (sums.Length < count)
        {
            sums = new float[count];
        }
        var values = sums.AsSpan(0, count);
        Read(values, at);
        return values;
    }
}
