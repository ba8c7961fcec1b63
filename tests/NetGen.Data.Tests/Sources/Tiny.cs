using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests.Sources;

[Network]
public sealed partial class Tiny
{
    private readonly Layer layers = Sequential(Flatten, Dense(6), Relu, Dropout(0.2f), Dense(3));

    public Tensor Forward([Shape(6, 6, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

[Network]
public sealed partial class TinyOfShares
{
    private readonly Layer layers = Sequential(Flatten, Dense(6), Relu, Dense(3));

    public Tensor Forward([Shape(6, 6, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, [Shape(3)] Tensor label) => CrossEntropy(Forward(image), label);
}

internal static class TinyData
{
    /// <summary>Bright stripes at one of three heights, and noise.</summary>
    internal static Dataset Of(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] images = new float[count * 36];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (int k = 0; k < 36; k++)
                images[i * 36 + k] = 0.3f * random.NextSingle() + (k / 12 == labels[i] ? 0.7f : 0);
        }

        return new(new DataColumn("image", images, 6, 6, 1), new DataColumn("label", labels));
    }

    internal static float[] Weights(INetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
