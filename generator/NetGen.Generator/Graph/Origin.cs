namespace NetGen.Generator.Graph;

/// <summary>Where a node comes from: a layer, or a method over tensors, in the user's class; and on which way through it.</summary>
/// <param name="Name">"features_0".</param>
/// <param name="IsGradient">It belongs to the backward pass.</param>
internal readonly record struct Origin(string Name, bool IsGradient = false)
{
    /// <summary>What a gradient is called is also a name that a user may give: whether a node is one is told by nothing but the flag.</summary>
    public override string ToString() => IsGradient ? "d_" + Name : Name ?? "";

    public static implicit operator Origin(string name) => new(name);
}
