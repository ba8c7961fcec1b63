namespace NetGen;

/// <summary><see cref="Ops.Relu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReluAttribute : LayerAttribute;

/// <summary><see cref="Ops.Sigmoid"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary><see cref="Ops.Tanh"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhAttribute : LayerAttribute;

/// <summary><see cref="Layers.Softplus"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute(float beta = 1f) : LayerAttribute
{
    /// <summary>log(1 + e^(beta·x)) / beta; above 0.</summary>
    public float Beta { get; } = beta;
}

/// <summary><see cref="Layers.Gelu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GeluAttribute(bool approximate = false) : LayerAttribute
{
    /// <summary>Whether by tanh, as GPT-2 has it.</summary>
    public bool Approximate { get; } = approximate;
}

/// <summary><see cref="Ops.Silu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiluAttribute : LayerAttribute;

/// <summary><see cref="Ops.Selu(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SeluAttribute : LayerAttribute;

/// <summary><see cref="Ops.Mish(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MishAttribute : LayerAttribute;

/// <summary><see cref="Ops.Relu6(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Relu6Attribute : LayerAttribute;

/// <summary><see cref="Ops.HardSigmoid(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSigmoidAttribute : LayerAttribute;

/// <summary><see cref="Ops.HardSwish(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary><see cref="Ops.Softsign(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary><see cref="Ops.LogSigmoid(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSigmoidAttribute : LayerAttribute;

/// <summary><see cref="Ops.Tanhshrink(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhshrinkAttribute : LayerAttribute;

/// <summary><see cref="Ops.Softmax"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary><see cref="Ops.LogSoftmax"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSoftmaxAttribute : LayerAttribute;

/// <summary><see cref="Ops.Flatten"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;

/// <summary><see cref="Ops.GlobalAveragePool"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePoolAttribute : LayerAttribute;

/// <summary><see cref="Layers.LeakyRelu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReluAttribute(float slope = 0.01f) : LayerAttribute
{
    /// <summary>The factor of negative values.</summary>
    public float Slope { get; } = slope;
}

/// <summary><see cref="Layers.Elu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EluAttribute(float alpha = 1f) : LayerAttribute
{
    /// <summary>Minus the limit for negative values.</summary>
    public float Alpha { get; } = alpha;
}

/// <summary><see cref="Layers.Celu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CeluAttribute(float alpha = 1f) : LayerAttribute
{
    /// <summary>Minus the limit for negative values; above 0.</summary>
    public float Alpha { get; } = alpha;
}

/// <summary><see cref="Layers.PRelu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReluAttribute(bool perChannel = false) : LayerAttribute
{
    /// <summary>Whether each channel has its own slope.</summary>
    public bool PerChannel { get; } = perChannel;
}

/// <summary><see cref="Layers.ThresholdedRelu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ThresholdedReluAttribute(float theta = 1f) : LayerAttribute
{
    /// <summary>What passes is above it.</summary>
    public float Theta { get; } = theta;
}

/// <summary><see cref="Layers.Softshrink"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftshrinkAttribute(float lambda = 0.5f) : LayerAttribute
{
    /// <summary>How much nearer to 0 everything gets.</summary>
    public float Lambda { get; } = lambda;
}

/// <summary><see cref="Layers.Hardshrink"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardshrinkAttribute(float lambda = 0.5f) : LayerAttribute
{
    /// <summary>What passes is further from 0.</summary>
    public float Lambda { get; } = lambda;
}

/// <summary><see cref="Layers.HardTanh"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardTanhAttribute(float min = -1f, float max = 1f) : LayerAttribute
{
    /// <summary>The lower bound.</summary>
    public float Min { get; } = min;

    /// <summary>The upper bound.</summary>
    public float Max { get; } = max;
}

/// <summary><see cref="Layers.Reshape"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute(params int[] dims) : LayerAttribute
{
    /// <summary>The dimensions of one sample; one may be −1.</summary>
    public int[] Dims { get; } = dims;
}

/// <summary><see cref="Layers.Permute"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PermuteAttribute(params int[] axes) : LayerAttribute
{
    /// <summary>Each axis of a sample once.</summary>
    public int[] Axes { get; } = axes;
}

/// <summary><see cref="Layers.Dropout"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(float p) : LayerAttribute
{
    /// <summary>The probability that an element becomes 0 in training.</summary>
    public float P { get; } = p;
}

/// <summary><see cref="Layers.SpatialDropout"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SpatialDropoutAttribute(float p) : LayerAttribute
{
    /// <summary>The probability that a channel becomes 0 in training.</summary>
    public float P { get; } = p;
}

/// <summary><see cref="Layers.AlphaDropout"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AlphaDropoutAttribute(float p) : LayerAttribute
{
    /// <summary>The probability that an element is dropped in training.</summary>
    public float P { get; } = p;
}

/// <summary><see cref="Layers.GaussianNoise"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GaussianNoiseAttribute(float std) : LayerAttribute
{
    /// <summary>The noise's standard deviation.</summary>
    public float Std { get; } = std;
}
