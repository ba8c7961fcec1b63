namespace NetGen;

/// <summary>
/// Functions of tensors without weights. Import them with <c>using static NetGen.Ops;</c>. Functions of one tensor serve as layers by their name
/// (<c>Sequential(Dense(64), Relu)</c>). Shapes are those of one sample; axes count from 0 in one sample, and −1 is the last.
/// </summary>
public static partial class Ops
{
    /// <summary>max(x, 0). Any shape.</summary>
    public static Tensor Relu(Tensor x) => throw NotExecuted.Error("Relu");

    /// <summary>x for x ≥ 0, 0.01·x below. Any shape.</summary>
    public static Tensor LeakyRelu(Tensor x) => throw NotExecuted.Error("LeakyRelu");

    /// <summary>x for x ≥ 0, slope·x below. Any shape.</summary>
    public static Tensor LeakyRelu(Tensor x, float slope) => throw NotExecuted.Error("LeakyRelu");

    /// <summary>x for x ≥ 0, eˣ − 1 below (Clevert et al. 2015). Any shape.</summary>
    public static Tensor Elu(Tensor x) => throw NotExecuted.Error("Elu");

    /// <summary>x for x ≥ 0, alpha·(eˣ − 1) below. Any shape.</summary>
    public static Tensor Elu(Tensor x, float alpha) => throw NotExecuted.Error("Elu");

    /// <summary>1 / (1 + e⁻ˣ). Any shape.</summary>
    public static Tensor Sigmoid(Tensor x) => throw NotExecuted.Error("Sigmoid");

    /// <summary>tanh x. Any shape.</summary>
    public static Tensor Tanh(Tensor x) => throw NotExecuted.Error("Tanh");

    /// <summary>log(1 + eˣ), without overflow. Any shape.</summary>
    public static Tensor Softplus(Tensor x) => throw NotExecuted.Error("Softplus");

    /// <summary>x·Φ(x), Φ the normal distribution function (the exact form by erf; Hendrycks and Gimpel 2016). Any shape.</summary>
    public static Tensor Gelu(Tensor x) => throw NotExecuted.Error("Gelu");

    /// <summary>x / (1 + e⁻ˣ), also called swish. Any shape.</summary>
    public static Tensor Silu(Tensor x) => throw NotExecuted.Error("Silu");

    /// <summary>eˣ. Any shape.</summary>
    public static Tensor Exp(Tensor x) => throw NotExecuted.Error("Exp");

    /// <summary>The natural logarithm. Any shape. Where x may be 0: Log(x + ε), for at 0 it is infinite.</summary>
    public static Tensor Log(Tensor x) => throw NotExecuted.Error("Log");

    /// <summary>√x. Any shape. Where x may be 0, as a distance may: Sqrt(x + ε), for the slope 1/(2·√x) is infinite there, and weights become NaN.</summary>
    public static Tensor Sqrt(Tensor x) => throw NotExecuted.Error("Sqrt");

    /// <summary>x². Any shape.</summary>
    public static Tensor Square(Tensor x) => throw NotExecuted.Error("Square");

    /// <summary>|x|; the derivative at 0 is 0. Any shape.</summary>
    public static Tensor Abs(Tensor x) => throw NotExecuted.Error("Abs");
}
