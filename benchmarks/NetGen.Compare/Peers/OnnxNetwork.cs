using NetGen.Onnx;

namespace Comparison;

/// <summary>A network as an ONNX model.</summary>
internal static class OnnxNetwork
{
    public const string Input = "input";

    /// <summary>Writes it, with its weights; gives the name of its result.</summary>
    public static string Write(Architecture architecture, float[][] parameters, OnnxModel model)
    {
        var (height, width, channels) = architecture.Input;
        var image = architecture.Layers.Any(layer => layer is ConvolutionSpec);
        var value = image ? model.AddInput(Input, channels, height, width) : model.AddInput(Input, channels);
        var next = 0;
        foreach (var layer in architecture.Layers)
        {
            value = layer switch
            {
                ConvolutionSpec c => model.AddNode(
                    "Conv",
                    [value, Weight(c.Output.Channels, c.Input.Channels, c.Kernel, c.Kernel), Weight(c.Output.Channels)],
                    OnnxAttribute.Ints("kernel_shape", c.Kernel, c.Kernel),
                    OnnxAttribute.Ints("pads", c.Padding, c.Padding, c.Padding, c.Padding)),
                DenseSpec { Bias: true } d => model.AddNode(
                    "Gemm", [value, Weight(d.Outputs, d.Input.Length), Weight(d.Outputs)], OnnxAttribute.Int("transB", 1)),
                DenseSpec d => model.AddNode("Gemm", [value, Weight(d.Outputs, d.Input.Length)], OnnxAttribute.Int("transB", 1)),
                MaxPoolSpec p => model.AddNode(
                    "MaxPool", [value], OnnxAttribute.Ints("kernel_shape", p.Size, p.Size), OnnxAttribute.Ints("strides", p.Size, p.Size)),
                ReluSpec => model.AddNode("Relu", [value]),
                FlattenSpec => model.AddNode("Flatten", [value]),
                // In prediction it is the identity.
                DropoutSpec => value,
                _ => throw new NotSupportedException(layer.ToString()),
            };
        }
        model.AddOutput(value, architecture.Outputs);
        return value;

        string Weight(params ReadOnlySpan<int> shape) => model.AddWeight($"weight_{next}", parameters[next++], shape);
    }
}
