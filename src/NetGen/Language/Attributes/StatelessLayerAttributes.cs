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

/// <summary><see cref="Ops.Softplus"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary><see cref="Ops.Gelu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GeluAttribute : LayerAttribute;

/// <summary><see cref="Ops.Silu"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiluAttribute : LayerAttribute;

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

/// <summary><see cref="Layers.Reshape"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute(params int[] dims) : LayerAttribute
{
    /// <summary>The dimensions of one sample; one may be −1.</summary>
    public int[] Dims { get; } = dims;
}

/// <summary><see cref="Layers.Dropout"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(float p) : LayerAttribute
{
    /// <summary>The probability that an element becomes 0 in training.</summary>
    public float P { get; } = p;
}
