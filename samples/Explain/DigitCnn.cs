using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>A convolutional network for handwritten digits that says why: each of its methods is compiled as the forward pass is.</summary>
[Network]
public sealed partial class DigitCnn
{
    private readonly Layer features = Sequential(
        Conv2D(16, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(32, kernel: 3), Relu);

    private readonly Layer head = Sequential(MaxPool2D(2), Flatten, Dropout(0.5f), Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => head(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);

    /// <summary>What the last convolution sees: 32 maps of 11×11.</summary>
    public Tensor FeatureMaps(Tensor image) => features(image);

    /// <summary>
    /// How much the score of a digit changes with each pixel (Simonyan et al. 2013; integrated along a path, Sundararajan et al. 2017).
    /// </summary>
    public Tensor Slope(Tensor image, Indices digit) => Gradient(Pick(Forward(image), digit), image);

    /// <summary>Where the maps speak for a digit: each weighed by the mean of its slopes (Grad-CAM, Selvaraju et al. 2017).</summary>
    public Tensor Activation(Tensor image, Indices digit)
    {
        var maps = features(image);
        var slopes = Gradient(Pick(head(maps), digit), maps);
        return Relu(Sum(maps * Mean(slopes, [0, 1], keepDims: true), -1));
    }
}
