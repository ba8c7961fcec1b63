using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace NetGen.Cuda;

// A launch for each number of parameters: the launcher that ILGPU makes has the kernel's own types, so nothing is boxed.
public sealed partial class CudaCall
{
    /// <summary>By the delegate itself: C# makes one for each kernel and keeps it.</summary>
    private readonly Dictionary<Delegate, Delegate> launchers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The launcher of a kernel with more parameters than <see cref="Action"/> has; null where kernels are only noted.</summary>
    public TLauncher? Launcher<TLauncher>(Delegate kernel, CudaSize size)
        where TLauncher : Delegate
    {
        if (launchers.TryGetValue(kernel, out var known))
        {
            return Unsafe.As<TLauncher>(known);
        }
        if (network.Session.Notes(kernel.Method, size.Work))
        {
            return null;
        }
        var launcher = network.Session.Launcher<TLauncher>(kernel.Method, size.Work);
        launchers.Add(kernel, launcher);
        return launcher;
    }

    /// <summary>The queue that a launch goes to.</summary>
    public AcceleratorStream Stream(CudaSize size) => network.Session.StreamFor(network.Stream, size.Work);

    /// <summary>The blocks and threads of a launch.</summary>
    public KernelConfig Config(CudaSize size) => network.Session.Configure(size);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1>(Action<T1> kernel, CudaSize size, T1 a1) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1>>(kernel, size)?.Invoke(Stream(size), Config(size), a1);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2>(Action<T1, T2> kernel, CudaSize size, T1 a1, T2 a2) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3>(Action<T1, T2, T3> kernel, CudaSize size, T1 a1, T2 a2, T3 a3) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6>(Action<T1, T2, T3, T4, T5, T6> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7>(Action<T1, T2, T3, T4, T5, T6, T7> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);

    /// <summary>Launches a kernel.</summary>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> kernel, CudaSize size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14) =>
        Launcher<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>>(kernel, size)?.Invoke(Stream(size), Config(size), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14);
}
