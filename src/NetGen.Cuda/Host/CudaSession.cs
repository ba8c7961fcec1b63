using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace NetGen.Cuda.Host;

/// <summary>
/// A device in use: its memory, and the kernels loaded into it. All networks on a device share one; the last that is disposed closes it.
/// </summary>
internal abstract class CudaSession
{
    private readonly Lock gate = new();
    private readonly Dictionary<(MethodInfo Kernel, CudaWork Work), Kernel> kernels = [];

    /// <summary>Where memory is allocated.</summary>
    public abstract Accelerator Accelerator { get; }

    /// <summary>Notes a kernel instead of running it, where that is what the session is for.</summary>
    public virtual bool Notes(MethodInfo kernel, CudaWork work) => false;

    /// <summary>What a kernel is launched with.</summary>
    public abstract KernelConfig Configure(CudaSize size);

    /// <summary>A network's own queue of launches, for kernels of that kind.</summary>
    public abstract AcceleratorStream StreamFor(AcceleratorStream stream, CudaWork work);

    /// <summary>The launcher of a kernel, which is compiled and loaded when it is asked for first.</summary>
    public TLauncher Launcher<TLauncher>(MethodInfo kernel, CudaWork work)
        where TLauncher : Delegate
    {
        lock (gate)
        {
            if (!kernels.TryGetValue((kernel, work), out var loaded))
            {
                kernels.Add((kernel, work), loaded = Load(kernel, work));
            }
            return loaded.CreateLauncherDelegate<TLauncher>();
        }
    }

    /// <summary>One network less uses the device.</summary>
    public abstract void Release();

    protected abstract Kernel Load(MethodInfo kernel, CudaWork work);

    protected void DisposeKernels()
    {
        lock (gate)
        {
            foreach (var kernel in kernels.Values)
            {
                kernel.Dispose();
            }
            kernels.Clear();
        }
    }
}
