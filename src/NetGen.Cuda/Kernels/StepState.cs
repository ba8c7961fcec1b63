using System.ComponentModel;
using System.Runtime.CompilerServices;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>What a step brings to the device beside its inputs, as kernels read it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepState
{
    /// <summary>The optimizer, prepared for this step.</summary>
    /// <param name="bytes">Its structure; a view of it would need an unmanaged type, which not all code that names an optimizer promises.</param>
    public static TOptimizer Optimizer<TOptimizer>(ArrayView<float> bytes)
        where TOptimizer : struct => Unsafe.As<float, TOptimizer>(ref bytes[0]);
}
