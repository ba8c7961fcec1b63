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

    public OnnxSide(Architecture architecture, float[][] parameters, SampleBatch batch, int threads)
    {
        var model = new OnnxModel("network");
        var result = OnnxNetwork.Write(architecture, parameters, model);
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
        };
        options.AddFreeDimensionOverrideByName(OnnxModel.Batch, batch.Count);
        session = new InferenceSession(model.ToArray(), options);
        var shape = session.InputMetadata[OnnxNetwork.Input].Dimensions.Select(size => (long)size).ToArray();
        shape[0] = batch.Count;
        Outputs = new float[batch.Count * architecture.Outputs];
        input = OrtValue.CreateTensorValueFromMemory(PeerLayout.Images(batch.Inputs, architecture.Input), shape);
        output = OrtValue.CreateTensorValueFromMemory(Outputs, [batch.Count, architecture.Outputs]);
        binding = session.CreateIoBinding();
        binding.BindInput(OnnxNetwork.Input, input);
        binding.BindOutput(result, output);
        Setting = Numbers.Threads(threads);
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
