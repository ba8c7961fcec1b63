using System.Reflection;
using NetGen.Cuda.Host;

namespace NetGen.Cuda.Tests.Host;

/// <summary>Runs nothing, and notes which kernels a program launches.</summary>
internal sealed class NotingSession(FakeDriver driver, List<(MethodInfo Kernel, CudaWork Work)> notes) : CudaSession(driver, "cuda:0 (noted)", 100)
{
    protected override CudaKernel Load(MethodInfo method, CudaSize size)
    {
        notes.Add((method, size.Work));
        return new CudaKernel(method, 0, driver.AddFunction(method));
    }

    protected override void Unload(CudaKernel kernel) => driver.RemoveFunction(kernel.Function);
}
