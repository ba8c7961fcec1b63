using System.Globalization;
using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Tests.Networks;
using NetGen.Generator;
using NetGen.Generator.Emission.Cuda;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>The memory that a Plan states is the memory that a network allocates.</summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData("MnistMlp_Float32", 1)]
    [InlineData("MnistMlp_TensorFloat32", 128)]
    [InlineData("MnistCnn_Float32", 1)]
    [InlineData("MnistCnn_BFloat16", 32)]
    [InlineData("MnistCnn_Float32", 128)]
    [InlineData("Hosted", 32)]
    public void The_plan_has_what_is_allocated(string name, int batch)
    {
        var network = name == "Hosted" ? FakeGpu.Network : Samples.Get(name);
        var driver = new FakeDriver();
        using var compiled = network.Create(1, new CudaDevice(0, "cuda:0 (noted)", 0, () => new NotingSession(driver, [])));
        foreach (var method in network.Model.Methods)
        {
            var inputs = network.Inputs(method.Name, batch, 1);
            if (method.IsObjective)
            {
                compiled.Step(method.Name, inputs, Adam.Default);
                compiled.Loss(method.Name, inputs);
            }
            else
            {
                compiled.Predict(method.Name, inputs, new float[method.Graph[method.Graph.Output("result")].Type.Count * batch]);
            }
        }
        var programs = Compiler.CudaPrograms(network.Model);
        var use = CudaMemoryUse.Of(network.Model, programs, batch);
        Assert.Equal(driver.DeviceBytes, use.Sum);
        Assert.Equal(2 * use.Weights, use.Adam);
        var line = string.Create(CultureInfo.InvariantCulture, $"  {batch,10}") + CudaPlanText.Mebibytes(use.Weights) + CudaPlanText.Mebibytes(use.Adam) + CudaPlanText.Mebibytes(use.Workspace)
            + CudaPlanText.Mebibytes(use.Sum) + "\n";
        Assert.Contains(line, CudaPlanText.Of(network.Model, programs), StringComparison.Ordinal);
    }

    [Fact]
    public void What_trains_nothing_keeps_no_optimizer()
    {
        var network = CompiledNetworks.Compile("[Network] public sealed partial class Net { private readonly Layer a = Dense(4); public Tensor Forward([Shape(3)] Tensor x) => a(x); }");
        var gpu = new FakeGpu();
        using var compiled = network.Create(1, gpu.Device);
        compiled.Predict("Forward", network.Inputs("Forward", 7, 1), new float[28]);
        var use = CudaMemoryUse.Of(network.Model, Compiler.CudaPrograms(network.Model), 7);
        Assert.Equal((gpu.Driver.DeviceBytes, 0), (use.Sum, use.Adam));
        Assert.Contains("Forward: 1 launch; memory", CudaPlanText.Of(network.Model, Compiler.CudaPrograms(network.Model)), StringComparison.Ordinal);
    }
}
