namespace Comparison;

/// <summary>How much a network computes and moves.</summary>
internal interface IWork
{
    /// <summary>How many numbers the network learns.</summary>
    long ParameterCount { get; }

    /// <summary>How many of them a prediction reads, whatever the samples.</summary>
    long ParametersRead => ParameterCount;

    /// <summary>How often a prediction reads these.</summary>
    int Readings => 1;

    /// <summary>Bytes of one sample that are read, and written where the network's result is as large as what it reads.</summary>
    long SampleBytes { get; }

    /// <summary>
    /// Operations of a framework that leaves nothing out, two for each multiplication and addition of a product; those of activations and
    /// biases do not count. In a training step each product is computed once forward, once for the gradient of its weights, and once for
    /// that of its input, which the first layer does not need.
    /// </summary>
    long Flops(int batch, Pass pass);
}
