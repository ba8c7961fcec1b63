namespace NetGen;

/// <summary>
/// How weights start. Where you name none, weights start from <see cref="GlorotUniform"/> and biases from <see cref="Zeros"/>.
/// </summary>
/// <remarks>
/// Fans: a dense layer has fan_in = inputs and fan_out = units; a convolution has fan_in = kh·kw·input channels and
/// fan_out = kh·kw·filters; a bare <see cref="Parameter"/> of dimensions [.., i, o] has fan_in = (product of the leading ones)·i and
/// fan_out = (product of the leading ones)·o, and one of a single dimension n has both equal to n. A bias has the fans of its layer.
/// Values come from the network's seed and the parameter alone, so the same seed gives the same network.
/// </remarks>
/// <example>
/// <code>
/// private readonly Layer first = Dense(64, init: Init.HeNormal), last = Dense(10, init: Init.Normal(0.01f));
/// </code>
/// </example>
public sealed class Init
{
    private static readonly Init Stub = new();

    private Init()
    {
    }

    /// <summary>Uniform in ±√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    public static Init GlorotUniform => Stub;

    /// <summary>Normal with mean 0 and standard deviation √(2 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    public static Init GlorotNormal => Stub;

    /// <summary>Uniform in ±√(6 / fan_in), for layers before a ReLU (He et al. 2015).</summary>
    public static Init HeUniform => Stub;

    /// <summary>Normal with mean 0 and standard deviation √(2 / fan_in), for layers before a ReLU (He et al. 2015).</summary>
    public static Init HeNormal => Stub;

    /// <summary>Uniform in ±√(3 / fan_in), for layers before a SELU (LeCun et al. 1998).</summary>
    public static Init LeCunUniform => Stub;

    /// <summary>Normal with mean 0 and standard deviation √(1 / fan_in), for layers before a SELU (LeCun et al. 1998).</summary>
    public static Init LeCunNormal => Stub;

    /// <summary>
    /// What PyTorch starts from: uniform in ±1/√fan_in. A layer whose weight starts so has such a bias as well, where no <c>biasInit</c> is
    /// named.
    /// </summary>
    public static Init PyTorch => Stub;

    /// <summary>All 0.</summary>
    public static Init Zeros => Stub;

    /// <summary>All 1.</summary>
    public static Init Ones => Stub;

    /// <summary>Normal with this standard deviation and mean.</summary>
    public static Init Normal(float std = 1f, float mean = 0f) => Stub;

    /// <summary>
    /// Normal with this standard deviation and mean, but drawn again where it is more than two standard deviations from the mean; what is
    /// left has a standard deviation of 0.88·std.
    /// </summary>
    public static Init TruncatedNormal(float std = 1f, float mean = 0f) => Stub;

    /// <summary>
    /// Orthogonal columns or rows, whichever are fewer, of length <paramref name="gain"/> (Saxe et al. 2014); the rows of [.., i, o] are
    /// all dimensions but the last. For weights of two dimensions and more.
    /// </summary>
    public static Init Orthogonal(float gain = 1f) => Stub;

    /// <summary>
    /// <paramref name="gain"/> on the diagonal of [i, o], 0 elsewhere; of a convolution in the middle of its kernel, so that it gives what
    /// it gets. For weights of two dimensions and more.
    /// </summary>
    public static Init Identity(float gain = 1f) => Stub;

    /// <summary>
    /// Mean 0 and variance <paramref name="scale"/> / n, n being one of the layer's fans: Keras's <c>VarianceScaling</c>, of which
    /// Glorot's, He's and LeCun's are cases.
    /// </summary>
    /// <param name="scale">Above 0.</param>
    /// <param name="fan">n.</param>
    /// <param name="spread">The distribution.</param>
    public static Init VarianceScaling(float scale = 1f, Fan fan = Fan.In, Spread spread = Spread.TruncatedNormal) => Stub;

    /// <summary>Uniform from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Init Uniform(float low, float high) => Stub;

    /// <summary>All of this value.</summary>
    public static Init Constant(float value) => Stub;
}
