using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Where windows find their numbers, against loops over an image.</summary>
public sealed class ImageWindowsTests
{
    [Fact]
    public void Windows_lie_where_the_kernel_is_laid()
    {
        ImageWindows[] all =
        [
            new(5, 7, 3, 3, 2), new(6, 6, 4, 3, 3, 2, 1), new(28, 28, 1, 3, 3), new(4, 4, 2, 4, 4), new(5, 6, 2, 2, 3, 3, 2, Top: 2, Bottom: 1, Left: 1, Right: 3),
            new(4, 4, 8, 3, 3, Top: 1, Bottom: 1, Left: 1, Right: 1),
        ];
        foreach (var windows in all)
        {
            const int Images = 2;
            Formula window = Formula.Variable("window"), number = Formula.Variable("number");
            Formula begin = windows.Begin(window), within = windows.Within(number);
            var inside = windows.Inside(window, number);
            var (w, n) = (0, 0);
            int Value(string name) => name == "window" ? w : n;
            for (w = 0; w < Images * windows.Count; w++)
            {
                for (n = 0; n < windows.Size; n++)
                {
                    var (image, down, across) = (w / (windows.Down * windows.Across), w / windows.Across % windows.Down, w % windows.Across);
                    var (i, j, channel) = (n / windows.Channels / windows.KernelWidth, n / windows.Channels % windows.KernelWidth, n % windows.Channels);
                    var (y, x) = ((down * windows.StrideDown) + i - windows.Top, (across * windows.StrideAcross) + j - windows.Left);
                    var exists = y >= 0 && y < windows.Height && x >= 0 && x < windows.Width;
                    Assert.Equal(exists, inside.All(edge => edge.Number.Evaluate(Value) >= 0 && edge.Number.Evaluate(Value) < edge.Limit));
                    if (exists)
                        Assert.Equal((((((image * windows.Height) + y) * windows.Width) + x) * windows.Channels) + channel, begin.Evaluate(Value) + within.Evaluate(Value));
                }
            }
        }
    }

    [Fact]
    public void A_padded_image_is_copied_by_whole_pixels()
    {
        Assert.Equal(4, MatMulOperand.Windows("x", new ImageWindows(13, 13, 32, 3, 3, Top: 1), true, TilePrecision.Float32).Vector);
        Assert.Equal(1, MatMulOperand.Windows("x", new ImageWindows(28, 28, 1, 3, 4, Top: 1), true, TilePrecision.Float32).Vector);
        // Without padding a row of a window may be one vector.
        Assert.Equal(4, MatMulOperand.Windows("x", new ImageWindows(28, 28, 1, 4, 4, 4, 4), true, TilePrecision.Float32).Vector);
    }
}
