namespace NetGen;

/// <summary>
/// This partial class is a neural network: NetGen compiles its <c>Forward</c> (or its stack of layer attributes) and its objectives and
/// writes the other half of the class.
/// </summary>
/// <remarks>
/// A class with primary-constructor parameters is a component: its parameters are compile-time hyper-parameters, nothing is generated
/// for it, and other networks hold it in a field (<c>private readonly Encoder encoder = new(128);</c>) and call its methods.
/// </remarks>
/// <example>
/// <code>
/// [Network]
/// public sealed partial class Line
/// {
///     private readonly Layer layer = Dense(1);
///
///     public Tensor Forward([Shape(3)] Tensor x) => layer(x);
///
///     [Objective]
///     public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// What products round their operands to on a CUDA device; <see cref="Precision.Float32"/> unless stated otherwise. It is decided when
    /// the project is built, and said in the network's <c>Plan</c>. A component computes with the precision of the network that holds it.
    /// </summary>
    public Precision Precision { get; set; }
}
