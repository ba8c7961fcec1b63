namespace NetGen;

/// <summary>
/// Functions of tensors without weights. Import them with <c>using static NetGen.Ops;</c>. Functions of one tensor serve as layers by their
/// name (<c>Sequential(Dense(64), Relu)</c>). Shapes are those of one sample; axes count from 0 in one sample, and −1 is the last.
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

    /// <summary>The sine of an angle in radians; NaN beyond ±2²² (4 million), where floats hardly say an angle. Any shape.</summary>
    public static Tensor Sin(Tensor x) => throw NotExecuted.Error("Sin");

    /// <summary>The cosine of an angle in radians; NaN beyond ±2²² (4 million), where floats hardly say an angle. Any shape.</summary>
    public static Tensor Cos(Tensor x) => throw NotExecuted.Error("Cos");

    /// <summary>The tangent of an angle in radians. Any shape.</summary>
    public static Tensor Tan(Tensor x) => throw NotExecuted.Error("Tan");

    /// <summary>1 / x. Any shape.</summary>
    public static Tensor Reciprocal(Tensor x) => throw NotExecuted.Error("Reciprocal");

    /// <summary>1 / √x. Any shape.</summary>
    public static Tensor Rsqrt(Tensor x) => throw NotExecuted.Error("Rsqrt");

    /// <summary>a·σ(b) of the halves a and b of the last axis (Dauphin et al. 2017): [.., 2·n] to [.., n].</summary>
    public static Tensor Glu(Tensor x) => throw NotExecuted.Error("Glu");

    /// <summary>a·σ(b) of the halves a and b of an axis (Dauphin et al. 2017).</summary>
    public static Tensor Glu(Tensor x, int axis) => throw NotExecuted.Error("Glu");

    /// <summary>1 / (1 + e⁻ˣ). Any shape.</summary>
    public static Tensor Sigmoid(Tensor x) => throw NotExecuted.Error("Sigmoid");

    /// <summary>tanh x. Any shape.</summary>
    public static Tensor Tanh(Tensor x) => throw NotExecuted.Error("Tanh");

    /// <summary>log(1 + eˣ), without overflow. Any shape.</summary>
    public static Tensor Softplus(Tensor x) => throw NotExecuted.Error("Softplus");

    /// <summary>log(1 + e^(beta·x)) / beta, without overflow; <paramref name="beta"/> is above 0. Any shape.</summary>
    public static Tensor Softplus(Tensor x, float beta) => throw NotExecuted.Error("Softplus");

    /// <summary>x·Φ(x), Φ the normal distribution function (the exact form by erf; Hendrycks and Gimpel 2016). Any shape.</summary>
    public static Tensor Gelu(Tensor x) => throw NotExecuted.Error("Gelu");

    /// <summary>
    /// x·Φ(x) as <see cref="Gelu(Tensor)"/>, or where <paramref name="approximate"/> is true x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))), as
    /// GPT-2 has it. Any shape.
    /// </summary>
    public static Tensor Gelu(Tensor x, bool approximate) => throw NotExecuted.Error("Gelu");

    /// <summary>x / (1 + e⁻ˣ), also called swish. Any shape.</summary>
    public static Tensor Silu(Tensor x) => throw NotExecuted.Error("Silu");

    /// <summary>
    /// 1.0507·(x for x ≥ 0, 1.6733·(eˣ − 1) below): activations keep mean 0 and variance 1 (Klambauer et al. 2017). Any shape.
    /// </summary>
    public static Tensor Selu(Tensor x) => throw NotExecuted.Error("Selu");

    /// <summary>x for x ≥ 0, eˣ − 1 below (Barron 2017). Any shape.</summary>
    public static Tensor Celu(Tensor x) => throw NotExecuted.Error("Celu");

    /// <summary>
    /// x for x ≥ 0, alpha·(e^(x/alpha) − 1) below, with a continuous derivative; <paramref name="alpha"/> is above 0. Any shape.
    /// </summary>
    public static Tensor Celu(Tensor x, float alpha) => throw NotExecuted.Error("Celu");

    /// <summary>x·tanh(log(1 + eˣ)) (Misra 2019). Any shape.</summary>
    public static Tensor Mish(Tensor x) => throw NotExecuted.Error("Mish");

    /// <summary>min(max(x, 0), 6). Any shape.</summary>
    public static Tensor Relu6(Tensor x) => throw NotExecuted.Error("Relu6");

    /// <summary>x for x &gt; 1, 0 below. Any shape.</summary>
    public static Tensor ThresholdedRelu(Tensor x) => throw NotExecuted.Error("ThresholdedRelu");

    /// <summary>x for x &gt; theta, 0 below (Konda et al. 2014). Any shape.</summary>
    public static Tensor ThresholdedRelu(Tensor x, float theta) => throw NotExecuted.Error("ThresholdedRelu");

    /// <summary>min(max(x/6 + ½, 0), 1). Any shape.</summary>
    public static Tensor HardSigmoid(Tensor x) => throw NotExecuted.Error("HardSigmoid");

    /// <summary>min(max(slope·x + offset, 0), 1). Any shape.</summary>
    public static Tensor HardSigmoid(Tensor x, float slope, float offset) => throw NotExecuted.Error("HardSigmoid");

    /// <summary>x·min(max(x/6 + ½, 0), 1) (Howard et al. 2019). Any shape.</summary>
    public static Tensor HardSwish(Tensor x) => throw NotExecuted.Error("HardSwish");

    /// <summary>x between −1 and 1, the nearer of them elsewhere. Any shape.</summary>
    public static Tensor HardTanh(Tensor x) => throw NotExecuted.Error("HardTanh");

    /// <summary>x between min and max, the nearer of them elsewhere; the derivative at the bounds is 0. Any shape.</summary>
    public static Tensor HardTanh(Tensor x, float min, float max) => throw NotExecuted.Error("HardTanh");

    /// <summary>x / (1 + |x|). Any shape.</summary>
    public static Tensor Softsign(Tensor x) => throw NotExecuted.Error("Softsign");

    /// <summary>log(1 / (1 + e⁻ˣ)), without overflow. Any shape.</summary>
    public static Tensor LogSigmoid(Tensor x) => throw NotExecuted.Error("LogSigmoid");

    /// <summary>x − tanh x. Any shape.</summary>
    public static Tensor Tanhshrink(Tensor x) => throw NotExecuted.Error("Tanhshrink");

    /// <summary>0 for |x| ≤ ½, elsewhere ½ nearer to 0. Any shape.</summary>
    public static Tensor Softshrink(Tensor x) => throw NotExecuted.Error("Softshrink");

    /// <summary>0 for |x| ≤ lambda, elsewhere lambda nearer to 0. Any shape.</summary>
    public static Tensor Softshrink(Tensor x, float lambda) => throw NotExecuted.Error("Softshrink");

    /// <summary>0 for |x| ≤ ½, x elsewhere. Any shape.</summary>
    public static Tensor Hardshrink(Tensor x) => throw NotExecuted.Error("Hardshrink");

    /// <summary>0 for |x| ≤ lambda, x elsewhere. Any shape.</summary>
    public static Tensor Hardshrink(Tensor x, float lambda) => throw NotExecuted.Error("Hardshrink");

    /// <summary>eˣ. Any shape.</summary>
    public static Tensor Exp(Tensor x) => throw NotExecuted.Error("Exp");

    /// <summary>eˣ − 1, accurate near 0. Any shape.</summary>
    public static Tensor Expm1(Tensor x) => throw NotExecuted.Error("Expm1");

    /// <summary>The natural logarithm. Any shape. Where x may be 0: Log(x + ε), for at 0 it is infinite.</summary>
    public static Tensor Log(Tensor x) => throw NotExecuted.Error("Log");

    /// <summary>
    /// √x. Any shape. Where x may be 0, as a distance may: Sqrt(x + ε), for the slope 1/(2·√x) is infinite there, and weights become NaN.
    /// </summary>
    public static Tensor Sqrt(Tensor x) => throw NotExecuted.Error("Sqrt");

    /// <summary>x². Any shape.</summary>
    public static Tensor Square(Tensor x) => throw NotExecuted.Error("Square");

    /// <summary>|x|; the derivative at 0 is 0. Any shape.</summary>
    public static Tensor Abs(Tensor x) => throw NotExecuted.Error("Abs");

    /// <summary>log(1 + x), accurate near 0. Any shape.</summary>
    public static Tensor Log1P(Tensor x) => throw NotExecuted.Error("Log1P");

    /// <summary>The error function 2/√π ∫₀ˣ e^(−t²) dt. Any shape.</summary>
    public static Tensor Erf(Tensor x) => throw NotExecuted.Error("Erf");

    /// <summary>−1, 0 or 1. Any shape. Its derivative is 0: no gradient flows through it.</summary>
    public static Tensor Sign(Tensor x) => throw NotExecuted.Error("Sign");

    /// <summary>The largest whole number that is not above x. Any shape. No gradient flows through it.</summary>
    public static Tensor Floor(Tensor x) => throw NotExecuted.Error("Floor");

    /// <summary>The smallest whole number that is not below x. Any shape. No gradient flows through it.</summary>
    public static Tensor Ceiling(Tensor x) => throw NotExecuted.Error("Ceiling");

    /// <summary>The nearest whole number; halves go to the even one. Any shape. No gradient flows through it.</summary>
    public static Tensor Round(Tensor x) => throw NotExecuted.Error("Round");

    /// <summary>
    /// x between min and max, the nearer of them elsewhere; one of them may be infinite. The derivative at the bounds is 1. Any shape.
    /// </summary>
    public static Tensor Clamp(Tensor x, float min, float max) => throw NotExecuted.Error("Clamp");

    /// <summary>
    /// The angle of the vector (x, y) in radians, between −π and π, as <see cref="MathF.Atan2"/>; shapes broadcast. It has no slope where
    /// both are 0: the gradient is NaN there, as PyTorch's.
    /// </summary>
    public static Tensor Atan2(Tensor y, Tensor x) => throw NotExecuted.Error("Atan2");

    /// <summary>The angle between −π/2 and π/2 whose tangent is x. Any shape.</summary>
    public static Tensor Atan(Tensor x) => throw NotExecuted.Error("Atan");

    /// <summary>
    /// left to the power of right; either may be a number, and shapes broadcast. 1 where the exponent is 0, NaN of a negative number to a
    /// power that is no integer. Where the exponent is 0 nothing flows to the base, where the base is 0 nothing to the exponent, as in
    /// PyTorch.
    /// </summary>
    public static Tensor Pow(Tensor left, Tensor right) => throw NotExecuted.Error("Pow");

    /// <inheritdoc cref="Pow(Tensor, Tensor)"/>
    public static Tensor Pow(Tensor left, float right) => throw NotExecuted.Error("Pow");

    /// <inheritdoc cref="Pow(Tensor, Tensor)"/>
    public static Tensor Pow(float left, Tensor right) => throw NotExecuted.Error("Pow");

    /// <summary>The larger of two elements; shapes broadcast. Equal ones share the gradient.</summary>
    public static Tensor Maximum(Tensor left, Tensor right) => throw NotExecuted.Error("Maximum");

    /// <summary>The larger of an element and a number. Equal ones share the gradient.</summary>
    public static Tensor Maximum(Tensor left, float right) => throw NotExecuted.Error("Maximum");

    /// <summary>The smaller of two elements; shapes broadcast. Equal ones share the gradient.</summary>
    public static Tensor Minimum(Tensor left, Tensor right) => throw NotExecuted.Error("Minimum");

    /// <summary>The smaller of an element and a number. Equal ones share the gradient.</summary>
    public static Tensor Minimum(Tensor left, float right) => throw NotExecuted.Error("Minimum");

    /// <summary>1 where two elements are equal, 0 elsewhere; shapes broadcast. No gradient flows through it.</summary>
    public static Tensor Equal(Tensor left, Tensor right) => throw NotExecuted.Error("Equal");

    /// <summary>1 where an element equals the number, 0 elsewhere.</summary>
    public static Tensor Equal(Tensor left, float right) => throw NotExecuted.Error("Equal");

    /// <summary>1 where two elements differ, 0 elsewhere; shapes broadcast. No gradient flows through it.</summary>
    public static Tensor NotEqual(Tensor left, Tensor right) => throw NotExecuted.Error("NotEqual");

    /// <summary>1 where an element differs from the number, 0 elsewhere.</summary>
    public static Tensor NotEqual(Tensor left, float right) => throw NotExecuted.Error("NotEqual");

    /// <summary>
    /// ifTrue where the mask is not 0, ifFalse elsewhere; shapes broadcast: <c>Where(x > 0f, a, b)</c>. What is not chosen has gradient 0,
    /// also where it is infinite or NaN.
    /// </summary>
    public static Tensor Where(Tensor mask, Tensor ifTrue, Tensor ifFalse) => throw NotExecuted.Error("Where");

    /// <summary>ifTrue where the mask is not 0, the number elsewhere.</summary>
    public static Tensor Where(Tensor mask, Tensor ifTrue, float ifFalse) => throw NotExecuted.Error("Where");

    /// <summary>One number where the mask is not 0, the other elsewhere.</summary>
    public static Tensor Where(Tensor mask, float ifTrue, float ifFalse) => throw NotExecuted.Error("Where");

    /// <summary>The number where the mask is not 0, ifFalse elsewhere.</summary>
    public static Tensor Where(Tensor mask, float ifTrue, Tensor ifFalse) => throw NotExecuted.Error("Where");
}
