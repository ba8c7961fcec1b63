using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Kernels;

namespace NetGen.Cuda.Host;

/// <summary>
/// Kernels on ILGPU's CPU accelerator, which runs each thread of a block as a thread of the process: for tests on machines without a GPU. Where
/// threads do not wait for each other a block is one thread, and where any number will do it is a few; only tiles take as many as on a GPU. For each
/// number there is an accelerator of its own, made when it is needed first. An exception in a kernel ends the process.
/// </summary>
internal sealed class EmulatedSession : CudaSession
{
    /// <summary>Of a block that folds in shared memory.</summary>
    private const int FoldingThreads = 4;

    /// <summary>Of a block that makes a tile; ILGPU has powers of two.</summary>
    private const int MostWarps = 8;

    private readonly Context context;
    private readonly Dictionary<int, CPUAccelerator> accelerators = [];
    private readonly List<(MethodInfo Kernel, CudaWork Work)>? notes;

    /// <summary>Opens one.</summary>
    /// <param name="notes">Where kernels are noted instead of being run; null: they run.</param>
    public EmulatedSession(List<(MethodInfo Kernel, CudaWork Work)>? notes)
    {
        this.notes = notes;
        context = Context.Create(builder =>
        {
            builder.CPU(new CPUDevice(2, 1, 1)).CPU(new CPUDevice(FoldingThreads, 1, 1)).Optimize(OptimizationLevel.O1);
            for (var warps = 1; warps <= MostWarps; warps *= 2)
            {
                builder.CPU(new CPUDevice(WarpMatrix.Lanes, warps, 1));
            }
            PtxInstructions.Register(builder);
        });
    }

    public override Accelerator Accelerator => For(CudaWork.Elements);

    public override KernelConfig Configure(CudaSize size) => size.Config(size.Count, ThreadsOf(size.Work));

    public override AcceleratorStream StreamFor(AcceleratorStream stream, CudaWork work) => For(work).DefaultStream;

    public override void Release()
    {
        DisposeKernels();
        foreach (var accelerator in accelerators.Values)
        {
            accelerator.Dispose();
        }
        context.Dispose();
    }

    public override bool Notes(MethodInfo kernel, CudaWork work)
    {
        if (notes is not null && !notes.Contains((kernel, work)))
        {
            notes.Add((kernel, work));
        }
        return notes is not null;
    }

    protected override Kernel Load(MethodInfo kernel, CudaWork work)
    {
        var accelerator = For(work);
        var compiled = accelerator.GetBackend().Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(ThreadsOf(work), null));
        return accelerator.LoadKernel(compiled);
    }

    private static int ThreadsOf(CudaWork work) => work.Cooperation switch
    {
        CudaCooperation.Elements => 1,
        CudaCooperation.Blocks => FoldingThreads,
        _ => work.Threads,
    };

    /// <summary>The accelerator whose blocks have the threads of that work.</summary>
    private CPUAccelerator For(CudaWork work)
    {
        lock (accelerators)
        {
            var threads = ThreadsOf(work);
            if (!accelerators.TryGetValue(threads, out var accelerator))
            {
                var device = work.Cooperation == CudaCooperation.Tiles ? 2 + BitOperations.Log2((uint)(threads / WarpMatrix.Lanes)) : (int)work.Cooperation;
                accelerators.Add(threads, accelerator = context.GetCPUDevice(device).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel));
            }
            return accelerator;
        }
    }
}
