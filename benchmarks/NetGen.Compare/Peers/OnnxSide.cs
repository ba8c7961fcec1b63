using Microsoft.ML.OnnxRuntime;
using NetGen.Onnx;

namespace Comparison;

/// <summary>ONNX Runtime.</summary>
internal sealed class OnnxSide : Side
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly OrtIoBinding binding;
    private readonly OrtValue input;
    private readonly OrtValue output;

    public OnnxSide(Model network, float[][] parameters, SampleBatch batch, int threads)
    {
        var model = new OnnxModel("network");
        var (result, inputs) = network.WriteOnnx(parameters, batch, model);
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
        };
        options.AddFreeDimensionOverrideByName(OnnxModel.Batch, batch.Count);
        session = new InferenceSession(model.ToArray(), options);
        Outputs = new float[batch.Outputs.Length];
        input = OrtValue.CreateTensorValueFromMemory(inputs, Of(session.InputMetadata[OnnxNetwork.Input]));
        output = OrtValue.CreateTensorValueFromMemory(Outputs, Of(session.OutputMetadata[result]));
        binding = session.CreateIoBinding();
        binding.BindInput(OnnxNetwork.Input, input);
        binding.BindOutput(result, output);
        Setting = Numbers.Threads(threads);

        long[] Of(NodeMetadata value) => [batch.Count, .. value.Dimensions.Skip(1).Select(size => (long)size)];
    }

    public override string Setting { get; }

    /// <summary>What the last run predicted.</summary>
    public float[] Outputs { get; }

    public override void Run() => session.RunWithBinding(runOptions, binding);

    public override void Dispose()
    {
        binding.Dispose();
        input.Dispose();
        output.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }
}
