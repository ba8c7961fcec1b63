using System.Linq.Expressions;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Host;

namespace NetGen.Cuda.Tests.Host;

/// <summary>
/// Kernels on ILGPU's CPU accelerator, which runs each thread of a block as a thread of the process. Where threads do not wait for each other a block is one
/// thread, and where any number will do it is a few; only tiles take as many as on a GPU. An exception in a kernel ends the process. Everything before the
/// kernel, memory, copies, arguments and graphs, goes the way that it goes on a GPU, through <see cref="FakeDriver"/>.
/// </summary>
internal sealed class EmulatedSession : CudaSession
{
    /// <summary>Of a block that folds in shared memory.</summary>
    private const int FoldingThreads = 4;

    private readonly Context context;
    private readonly CPUAccelerator[] accelerators;
    private readonly FakeDriver driver;
    private readonly Dictionary<nint, Kernel> loaded = [];

    public EmulatedSession(FakeDriver driver)
        : base(driver, "cuda:0 (emulated)", 100)
    {
        this.driver = driver;
        driver.Execute = Run;
        context = Context.Create(builder =>
        {
            builder.CPU(new CPUDevice(2, 1, 1)).CPU(new CPUDevice(FoldingThreads, 1, 1)).CPU(new CPUDevice(32, CudaSize.Threads / 32, 1)).Optimize(OptimizationLevel.O1);
            PtxInstructions.Register(builder);
        });
        accelerators = [.. Enumerable.Range(0, 3).Select(i => context.GetCPUDevice(i).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel))];
    }

    public override KernelConfig Configure(CudaSize size) => new((int)size.Count, ThreadsOf(size.Work));

    public override void Dispose()
    {
        base.Dispose();
        foreach (var accelerator in accelerators)
        {
            accelerator.Dispose();
        }
        context.Dispose();
    }

    protected override CudaKernel Load(MethodInfo method, CudaSize size)
    {
        var accelerator = accelerators[(int)size.Work];
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

    private static void Run(FakeFunction function, (int Blocks, int Threads) grid, object[] arguments)
    {
        var (accelerator, launcher) = (Emulated)function.Tag!;
        List<MemoryBuffer> buffers = [];
        try
        {
            var values = arguments.Select(argument => argument is FakeView view ? View(accelerator, view, buffers) : argument);
            launcher.DynamicInvoke([accelerator.DefaultStream, new KernelConfig(grid.Blocks, grid.Threads), .. values]);
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

    private static int ThreadsOf(CudaWork work) => work switch
    {
        CudaWork.Elements => 1,
        CudaWork.Blocks => FoldingThreads,
        _ => CudaSize.Threads,
    };

    private sealed record Emulated(CPUAccelerator Accelerator, Delegate Launcher);
}
