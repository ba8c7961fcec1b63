using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace NetGen.Cuda.Compilation;

/// <summary>Kernels to PTX; no device is needed.</summary>
internal static class KernelCompiler
{
    /// <summary>What the PTX is written for: ISA 7.8 is known to every driver from CUDA 11.8 on.</summary>
    private static readonly (CudaArchitecture Architecture, CudaInstructionSet Instructions) Target = (CudaArchitecture.SM_90, CudaInstructionSet.ISA_78);

    /// <summary>The target, and how it is compiled for: PTX that is kept is of this.</summary>
    public static string TargetName => $"{Target.Architecture} {Target.Instructions} {OptimizationLevel.O1}";

    /// <summary>The PTX of an explicitly grouped kernel.</summary>
    /// <param name="kernel">A static method whose parameters are views and structures.</param>
    /// <param name="threads">Of a block, at most.</param>
    /// <param name="blocks">On a multiprocessor at a time, at least: bounds the registers of a thread.</param>
    /// <exception cref="NotSupportedException">ILGPU cannot compile it; the message has the chain of methods that led there.</exception>
    public static string Compile(MethodInfo kernel, int threads, int blocks)
    {
        // A context of its own: a failed compilation leaves half-made methods in it.
        using var context = Context.Create(builder =>
        {
            // ILGPU wants some device to be there.
            builder.CPU(new CPUDevice(32, 8, 1)).Optimize(OptimizationLevel.O1);
            PtxInstructions.Register(builder);
        });
        using var backend = new PTXBackend(context, Target.Architecture, Target.Instructions, null!);
        try
        {
            var compiled = backend.Compile(
                EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(threads, blocks), default(GlobalAddressSpace));
            return ((PTXCompiledKernel)compiled).PTXAssembly;
        }
        catch (InternalCompilerException e)
        {
            throw new NotSupportedException($"{kernel.DeclaringType?.Name}.{kernel.Name} cannot be compiled for CUDA: {e.InnerException?.Message ?? e.Message}\n{e.Message}", e);
        }
    }
}
