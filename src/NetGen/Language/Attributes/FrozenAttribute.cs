namespace NetGen;

/// <summary>
/// What the field or property below holds is not trained: no step changes its weights, and no code for their gradients exists. Gradients still flow through it to what is trained
/// before it. A <see cref="Layers.BatchNorm"/> in it normalizes by its running statistics in steps too, and they stay.
/// </summary>
/// <example><code>[Frozen] private readonly Encoder encoder = new(128);</code></example>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class FrozenAttribute : Attribute;
