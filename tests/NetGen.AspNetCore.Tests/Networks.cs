using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.AspNetCore.Tests;

/// <summary>Its answer shows with which weights it was made: each number times its own weight.</summary>
[Network]
internal sealed partial class Scaled
{
    public const int Size = 64;

    private readonly Parameter scale = Parameter(Size, Init.Ones);

    public Tensor Forward([Shape(Size)] Tensor x) => x * scale;

    /// <summary>A file in which all weights are the same number.</summary>
    public static void Save(string path, float value)
    {
        using var network = new Scaled(device: Device.Cpu(1));
        network.Parameters[0].Values.Fill(value);
        network.Save(path);
    }
}

/// <summary>Two inputs, one of them with rows and columns.</summary>
[Network]
internal sealed partial class Pair
{
    private readonly Layer layers = Sequential(Dense(5), Tanh, Dense(2));

    public Tensor Forward([Shape(2, 3)] Tensor table, [Shape(2)] Tensor extra) => layers(Concat(Flatten(table), extra));

    [Objective]
    public Tensor Loss(Tensor table, Tensor extra, Labels label) => CrossEntropy(Forward(table, extra), label);
}

/// <summary>An input of many values, and one result.</summary>
[Network]
internal sealed partial class Image
{
    private readonly Layer layers = Sequential(Flatten, Dense(1));

    public Tensor Forward([Shape(10, 10, 1)] Tensor image) => layers(image);
}
