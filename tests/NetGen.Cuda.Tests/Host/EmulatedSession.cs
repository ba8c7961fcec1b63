using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Host;
using NetGen.Cuda.Kernels;

namespace NetGen.Cuda.Tests.Host;

/// <summary>
/// Kernels on ILGPU's CPU accelerator, which runs each thread of a block as a thread of the process. Where threads do not wait for each other a block is one
/// thread, and where any number will do it is a few; only tiles take as many as on a GPU. For each number there is an accelerator of its own, made when it is
/// needed first. An exception in a kernel ends the process. Everything before the kernel, memory, copies, arguments and graphs, goes the way that it goes on a GPU, through <see cref="FakeDriver"/>.
/// </summary>
internal sealed class EmulatedSession : CudaSession
{
    /// <summary>Of a block that folds in shared memory.</summary>
    private const int FoldingThreads = 4;

    /// <summary>Of a block that makes a tile; ILGPU has powers of two.</summary>
    private const int MostWarps = 8;

    private readonly Context context;
    private readonly Dictionary<int, CPUAccelerator> accelerators = [];
    private readonly FakeDriver driver;
    private readonly Dictionary<nint, Kernel> loaded = [];

    public EmulatedSession(FakeDriver driver)
        : base(driver, "cuda:0 (emulated)", 100)
    {
        this.driver = driver;
        driver.Execute = Run;
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

    public override KernelConfig Configure(CudaSize size) => size.Config(size.Count, ThreadsOf(size.Work));

    public override void Dispose()
    {
        base.Dispose();
        foreach (var accelerator in accelerators.Values)
        {
            accelerator.Dispose();
        }
        context.Dispose();
    }

    protected override CudaKernel Load(MethodInfo method, CudaSize size)
    {
        var accelerator = For(size.Work);
        var compiled = accelerator.GetBackend().Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(method), new KernelSpecialization(ThreadsOf(size.Work), null));
        var kernel = accelerator.LoadKernel(compiled);
        Type[] types = [typeof(AcceleratorStream), typeof(KernelConfig), .. method.GetParameters().Select(p => p.ParameterType), typeof(void)];
        var launcher = (Delegate)typeof(Kernel).GetMethod(nameof(Kernel.CreateLauncherDelegate))!.MakeGenericMethod(Expression.GetDelegateType(types)).Invoke(kernel, [])!;
        var function = driver.AddFunction(method, new Emulated(accelerator, launcher));
        loaded.Add(function, kernel);
        return new CudaKernel(method, 0, function);
    }

    protected override void Unload(CudaKernel kernel)
    {
        driver.RemoveFunction(kernel.Function);
        loaded.Remove(kernel.Function, out var emulated);
        emulated!.Dispose();
    }

    private static void Run(FakeFunction function, KernelConfig grid, object[] arguments)
    {
        var (accelerator, launcher) = (Emulated)function.Tag!;
        List<MemoryBuffer> buffers = [];
        try
        {
            var values = arguments.Select(argument => argument is FakeView view ? View(accelerator, view, buffers) : argument);
            launcher.DynamicInvoke([accelerator.DefaultStream, grid, .. values]);
        }
        finally
        {
            buffers.ForEach(buffer => buffer.Dispose());
        }
    }

    private static object View(CPUAccelerator accelerator, FakeView view, List<MemoryBuffer> buffers)
    {
        var buffer = CPUMemoryBuffer.Create(accelerator, view.Address, view.Length, Interop.SizeOf(view.Element));
        buffers.Add(buffer);
        return Activator.CreateInstance(typeof(ArrayView<>).MakeGenericType(view.Element), buffer, 0L, view.Length)!;
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

    private sealed record Emulated(CPUAccelerator Accelerator, Delegate Launcher);
}
