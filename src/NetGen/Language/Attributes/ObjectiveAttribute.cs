namespace NetGen;

/// <summary>
/// What training minimizes. On a method: the mean over the batch of the number per sample that it returns (a number without batch, such as
/// <see cref="Ops.L2(Layer)"/>, may be added). On a class in attribute form: the loss between the stack's output and the target.
/// </summary>
/// <example>
/// <code>
/// [Objective]
/// public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class ObjectiveAttribute : Attribute
{
    /// <summary>The method below is an objective.</summary>
    public ObjectiveAttribute()
    {
    }

    /// <summary>The class below, in attribute form, minimizes this loss.</summary>
    public ObjectiveAttribute(Loss loss) => Loss = loss;

    /// <summary>The loss of the attribute form.</summary>
    public Loss? Loss { get; }

    /// <summary>
    /// Names of the fields whose weights a step on this objective changes (<c>[Objective(Updates = new[] { nameof(generator) })]</c>); all
    /// that the objective depends on where empty.
    /// </summary>
    public string[] Updates { get; set; } = [];
}
