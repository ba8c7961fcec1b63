using ILGPU.Backends;
using ILGPU.IR;
using ILGPU.IR.Transformations;

namespace NetGen.Cuda.Compilation;

/// <summary>
/// The half of ILGPU's level O2 that is right: views in a kernel's parameters point to global memory, so that loads are ld.global. The other half
/// moves reads of shared memory across barriers, so kernels are compiled at O1.
/// </summary>
internal readonly struct GlobalAddressSpace : IBackendHook
{
    private static readonly Transformer Passes = Create();

    public void FinishedCodeGeneration(IRContext context, Method entryPoint)
    {
    }

    public void InitializedKernelContext(IRContext context, Method entryPoint)
    {
    }

    public void OptimizedKernelContext(IRContext context, Method entryPoint) => context.Transform(Passes);

    private static Transformer Create()
    {
        var builder = Transformer.CreateBuilder(TransformerConfiguration.Empty);
        Transformation[] passes =
        [
            new InferKernelAddressSpaces(MemoryAddressSpace.Global), new LowerStructures(), new UnreachableCodeElimination(), new DeadCodeElimination(),
            new InferLocalAddressSpaces(), new CleanupBlocks(), new SimplifyControlFlow(), new DeadCodeElimination(),
        ];
        foreach (var pass in passes)
        {
            builder.Add(pass);
        }
        return builder.ToTransformer();
    }
}
