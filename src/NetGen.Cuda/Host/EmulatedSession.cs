using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NetGen.Cuda.Compilation;

namespace NetGen.Cuda.Host;

/// <summary>
/// Kernels on ILGPU's CPU accelerator, which runs each thread of a block as a thread of the process: for tests on machines without a GPU. Where
/// threads do not wait for each other a block is one thread, and where any number will do it is a few; only tiles take as many as on a GPU. An
/// exception in a kernel ends the process.
/// </summary>
internal sealed class EmulatedSession : CudaSession
{
    /// <summary>Of a block that folds in shared memory.</summary>
    private const int FoldingThreads = 4;

    private readonly Context context;
    private readonly CPUAccelerator[] accelerators;
    private readonly AcceleratorStream[] streams;
    private readonly List<(MethodInfo Kernel, CudaWork Work)>? notes;

    /// <summary>Opens one.</summary>
    /// <param name="notes">Where kernels are noted instead of being run; null: they run.</param>
    public EmulatedSession(List<(MethodInfo Kernel, CudaWork Work)>? notes)
    {
        this.notes = notes;
        context = Context.Create(builder =>
        {
            builder.CPU(new CPUDevice(2, 1, 1)).CPU(new CPUDevice(FoldingThreads, 1, 1)).CPU(new CPUDevice(32, CudaSize.Threads / 32, 1)).Optimize(OptimizationLevel.O1);
            PtxInstructions.Register(builder);
        });
        accelerators = [.. Enumerable.Range(0, 3).Select(i => context.GetCPUDevice(i).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel))];
        streams = [.. accelerators.Select(accelerator => accelerator.DefaultStream)];
    }

    public override Accelerator Accelerator => accelerators[0];

    public override KernelConfig Configure(CudaSize size) => new((int)size.Count, ThreadsOf(size.Work));

    public override AcceleratorStream StreamFor(AcceleratorStream stream, CudaWork work) => streams[(int)work];

    public override void Release()
    {
        DisposeKernels();
        foreach (var accelerator in accelerators)
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
        var accelerator = accelerators[(int)work];
        var compiled = accelerator.GetBackend().Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(ThreadsOf(work), null));
        return accelerator.LoadKernel(compiled);
    }

    private static int ThreadsOf(CudaWork work) => work switch
    {
        CudaWork.Elements => 1,
        CudaWork.Blocks => FoldingThreads,
        _ => CudaSize.Threads,
    };
}
