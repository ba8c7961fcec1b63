using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetGen.Cuda.Compilation;

namespace NetGen.Cuda.Host;

/// <summary>An NVIDIA GPU in use.</summary>
internal sealed class GpuSession : CudaSession
{
    private static readonly Lock Opening = new();
    private static readonly Dictionary<int, GpuSession> Sessions = [];

    private readonly int index;
    private readonly Context context;
    private readonly CudaAccelerator accelerator;
    private int users;

    private GpuSession(int index)
    {
        this.index = index;
        context = Context.Create(builder =>
        {
            builder.Cuda(_ => true).Optimize(OptimizationLevel.O1);
            PtxInstructions.Register(builder);
        });
        try
        {
            accelerator = context.CreateCudaAccelerator(index);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public override Accelerator Accelerator => accelerator;

    /// <summary>The session of a device, for one more network.</summary>
    public static GpuSession Open(int index)
    {
        lock (Opening)
        {
            if (!Sessions.TryGetValue(index, out var session))
            {
                Sessions.Add(index, session = new GpuSession(index));
            }
            session.users++;
            return session;
        }
    }

    public override KernelConfig Configure(CudaSize size) => size.OnGpu;

    public override AcceleratorStream StreamFor(AcceleratorStream stream, CudaWork work) => stream;

    public override void Release()
    {
        lock (Opening)
        {
            if (--users > 0)
            {
                return;
            }
            Sessions.Remove(index);
            DisposeKernels();
            accelerator.Dispose();
            context.Dispose();
        }
    }

    protected override Kernel Load(MethodInfo kernel, CudaWork work)
    {
        if (kernel.IsGenericMethod && kernel.GetGenericArguments().Any(type => type.Assembly != typeof(Adam).Assembly))
        {
            // The optimizer is the user's own. A compilation that fails leaves half-made methods in its context, so it is tried in another one.
            KernelCompiler.Compile(kernel, work.Threads, work.Resident);
        }
        var compiled = accelerator.GetBackend().Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(work.Threads, work.Resident), default(GlobalAddressSpace));
        var loaded = accelerator.LoadKernel(compiled);
        if (work.SharedBytes > 0)
        {
            CudaDriver.AllowSharedBytes(((CudaKernel)loaded).FunctionPtr, work.SharedBytes, kernel.Name);
        }
        return loaded;
    }
}
