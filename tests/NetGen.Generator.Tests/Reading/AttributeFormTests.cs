using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>A layer of the attribute form is the layer of the field form with the same numbers.</summary>
public sealed class AttributeFormTests
{
    [Theory]
    [InlineData("Conv2D(4, 3, Dilation = 2, Groups = 2, Padding = 2)", "Conv2D(4, 3, dilation: 2, groups: 2, padding: 2)", "8, 9, 4")]
    [InlineData("Conv2D(4, 3, Same = true, PaddingMode = PaddingMode.Reflect)", "Conv2D(4, 3, padding: Padding.Same, paddingMode: PaddingMode.Reflect)", "8, 9, 4")]
    [InlineData("DepthwiseConv2D(3, Stride = 2, Multiplier = 3, Dilation = 2, Bias = false)", "DepthwiseConv2D(3, stride: 2, multiplier: 3, dilation: 2, bias: false)", "8, 9, 4")]
    [InlineData("ConvTranspose2D(6, 3, Stride = 2, Padding = 1, OutputPadding = 1, Groups = 2)", "ConvTranspose2D(6, 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)", "8, 9, 4")]
    [InlineData("ConvTranspose2D(6, 3, Stride = 2, Same = true, Dilation = 2)", "ConvTranspose2D(6, 3, stride: 2, padding: Padding.Same, dilation: 2)", "8, 9, 4")]
    [InlineData("MaxPool2D(3, Stride = 2, CeilMode = true)", "MaxPool2D(3, stride: 2, ceilMode: true)", "8, 8, 4")]
    [InlineData("AveragePool2D(3, Padding = 1, CeilMode = true, CountPadding = true)", "AveragePool2D(3, padding: 1, ceilMode: true, countPadding: true)", "8, 9, 4")]
    [InlineData("AdaptiveAveragePool2D(3)", "AdaptiveAveragePool2D(3)", "8, 9, 4")]
    [InlineData("GlobalMaxPool", "GlobalMaxPool", "8, 9, 4")]
    [InlineData("Upsample2D(2, Mode = UpsampleMode.Bilinear, AlignCorners = true)", "Upsample2D(2, UpsampleMode.Bilinear, alignCorners: true)", "8, 9, 4")]
    [InlineData("PixelShuffle(2), PixelUnshuffle(4)", "Sequential(PixelShuffle(2), PixelUnshuffle(4))", "8, 10, 4")]
    [InlineData("Pad2D(1, 2, 3, 4, PaddingMode.Replicate), Crop2D(2, 0, 1, 3)", "Sequential(Pad2D(1, 2, 3, 4, PaddingMode.Replicate), Crop2D(2, 0, 1, 3))", "8, 9, 4")]
    [InlineData("Conv1D(6, 3, Stride = 2, Padding = 1, Groups = 2), MaxPool1D(2, Stride = 1)", "Sequential(Conv1D(6, 3, stride: 2, padding: 1, groups: 2), MaxPool1D(2, stride: 1))", "19, 4")]
    [InlineData("ConvTranspose1D(6, 3, Stride = 2, OutputPadding = 1, Same = true)", "ConvTranspose1D(6, 3, stride: 2, padding: Padding.Same, outputPadding: 1)", "19, 4")]
    [InlineData("AveragePool1D(3, Padding = 1, CountPadding = true, CeilMode = true), Conv1D(2, 3, Same = true, Dilation = 2, Bias = false)", "Sequential(AveragePool1D(3, padding: 1, countPadding: true, ceilMode: true), Conv1D(2, 3, padding: Padding.Same, dilation: 2, bias: false))", "19, 4")]
    public void Is_what_the_field_form_is(string attributes, string layer, string dims)
    {
        var written = Operations($"[Network, Input({dims})] [{attributes}] public partial class Net;");
        var field = Operations(
            $"[Network] public partial class Net {{ private readonly Layer f = {layer}; public Tensor Forward([Shape({dims})] Tensor x) => f(x); }}");
        Assert.Equal(field, written);
        Assert.True(field.Length > 1);
    }

    private static string[] Operations(string source) =>
        [.. Compiled.Model(source).Methods[0].Graph.Nodes.Select(n => n.Operation is NetGen.Generator.Operations.Leaves.Weight ? $"{n.Type}" : $"{n.Operation.Title} {n.Type}")];
}
