namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// A tensor of [dims] for each sample of independent numbers from a normal distribution of mean 0 and standard deviation 1. In training
    /// they are others in each step; outside of it they are those of the network's seed and of its steps so far, the same in each call. No
    /// gradient flows to them.
    /// </summary>
    /// <param name="dims">The shape for one sample; none: one number.</param>
    /// <remarks>PyTorch: <c>torch.randn</c>; Keras: <c>keras.random.normal</c>.</remarks>
    /// <example>The reparametrization of a variational autoencoder: <code>var z = mean + Exp(0.5f * logVariance) * RandomNormal(20);</code></example>
    public static Tensor RandomNormal(params int[] dims) => throw NotExecuted.Error("RandomNormal");

    /// <summary>
    /// The same of numbers that are uniform between 0 and 1, both excluded: odd multiples of 2⁻²⁴. PyTorch: <c>torch.rand</c>.
    /// </summary>
    /// <param name="dims">The shape for one sample; none: one number.</param>
    public static Tensor RandomUniform(params int[] dims) => throw NotExecuted.Error("RandomUniform");

    /// <summary>The same of numbers that are 1 with probability <paramref name="p"/> and else 0. PyTorch: <c>torch.bernoulli</c>.</summary>
    /// <param name="p">From 0 to 1, to the next multiple of 2⁻²³.</param>
    /// <param name="dims">The shape for one sample; none: one number.</param>
    public static Tensor RandomBernoulli(float p, params int[] dims) => throw NotExecuted.Error("RandomBernoulli");
}
