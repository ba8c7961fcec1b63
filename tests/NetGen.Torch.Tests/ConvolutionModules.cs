using TorchSharp;
using static AgainstTorch.TorchNetworks;
using static TorchSharp.torch;

namespace AgainstTorch;

/// <summary>The networks of ConvolutionNetworks.cs by TorchSharp's modules.</summary>
internal static class ConvolutionModules
{
    public static Wired Convolutions()
    {
        var features = nn.Sequential(
            ("0", nn.Conv2d(6, 12, 3, padding: 1, padding_mode: PaddingModes.Reflect, groups: 3)), ("1", nn.Tanh()),
            ("2", nn.MaxPool2d(3, 2, 1, ceil_mode: true)), ("3", nn.Conv2d(12, 12, 3, padding: 2, dilation: 2, groups: 12)), ("4", nn.SiLU()),
            ("5", nn.ConvTranspose2d(12, 8, 3, stride: 2, padding: 1, output_padding: 1, groups: 2)), ("6", nn.Tanh()),
            ("7", nn.AvgPool2d(3, 2, 1, ceil_mode: true, count_include_pad: true)), ("8", nn.PixelShuffle(2)),
            ("9", nn.Upsample([9, 7], mode: UpsampleMode.Bilinear)),
            ("10", nn.Conv2d(2, 5, (3, 2), stride: (2, 1), padding: (0, 0), dilation: (1, 2), bias: false)),
            ("11", nn.AvgPool2d(2, 1, 1, count_include_pad: false)), ("12", nn.Upsample(scale_factor: [2.0, 2.0])),
            ("13", nn.Conv2d(5, 3, 3, padding: 1, padding_mode: PaddingModes.Replicate)), ("14", nn.AdaptiveAvgPool2d([3, 4])));
        var classifier = nn.Sequential(("1", nn.Linear(36, 10)));
        return new Wired(
            x => classifier.forward(features.forward(x.reshape(-1, 9, 9, 6).permute(0, 3, 1, 2)).flatten(1)),
            ("features", features), ("classifier", classifier));
    }

    public static Wired Convolutions1D()
    {
        var features = nn.Sequential(
            ("0", nn.Conv1d(5, 8, 3, stride: 2, padding: 1)), ("1", nn.Tanh()), ("2", nn.MaxPool1d(3, 2, 1)),
            ("3", nn.ConvTranspose1d(8, 6, 4, stride: 2, padding: 1)), ("4", nn.SiLU()),
            ("5", nn.Conv1d(6, 6, 3, dilation: 2, groups: 2, bias: false)), ("6", nn.AvgPool1d(2, 1)));
        var classifier = nn.Sequential(("1", nn.Linear(42, 10)));
        return new Wired(
            x => classifier.forward(features.forward(x.reshape(-1, 21, 5).transpose(1, 2)).flatten(1)),
            ("features", features), ("classifier", classifier));
    }
}
