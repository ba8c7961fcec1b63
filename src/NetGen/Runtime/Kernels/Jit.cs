using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>What kernels ask of the JIT.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Jit
{
    /// <summary>
    /// Optimized code from the first call on: a training run may be over before tiering has noticed its loops. And never a part of the caller:
    /// there the many small members of a vector exceed the JIT's inlining budget, and each of them becomes a call.
    /// </summary>
    public const MethodImplOptions Kernel = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
