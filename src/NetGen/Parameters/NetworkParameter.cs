namespace NetGen;

/// <summary>One named parameter of a network and its values.</summary>
/// <example>
/// <code>
/// foreach (NetworkParameter parameter in network.Parameters)
///     Console.WriteLine($"{parameter.Name}: {parameter.Length} numbers, the first is {parameter.Values[0]}");
/// </code>
/// </example>
public sealed class NetworkParameter
{
    private readonly NetworkParameters owner;

    internal NetworkParameter(NetworkParameters owner, ParameterSpec spec)
    {
        this.owner = owner;
        Spec = spec;
    }

    /// <summary>The name in weight files: <c>features.0.weight</c>.</summary>
    public string Name => Spec.Name;

    /// <summary>The shape in memory: <c>[in, out]</c> for dense weights, <c>[kernel…, in, out]</c> for convolutions.</summary>
    public ReadOnlySpan<int> Shape => Spec.Shape;

    /// <summary>The number of values.</summary>
    public int Length => Spec.Length;

    /// <summary>
    /// Whether it is state, as the running statistics of <see cref="Layers.BatchNorm"/>: training steps change it and predictions read it,
    /// but no optimizer has to do with it.
    /// </summary>
    public bool IsState => Spec.IsState;

    /// <summary>The values in memory order, the network's own: what is written here is what it computes with next.</summary>
    /// <remarks>
    /// Memory has NetGen's order, not that of files: axes as in <see cref="Shape"/>, and a flattened image by height, width and channel. To
    /// exchange values with PyTorch, use files.
    /// <para>
    /// Loading a file gives the network other memory (so that predictions beside it see the old weights or the new ones): after that ask
    /// for it again, as what is written to the old one has no effect.
    /// </para>
    /// <para>
    /// A network on another device than the processor lends a copy: it is brought up to date when it is asked for, and what is written to
    /// it goes to the device before the next call. After that call ask for it again.
    /// </para>
    /// </remarks>
    public Span<float> Values => owner.Weights.Slice(Spec.Offset, Spec.Length);

    internal ParameterSpec Spec { get; }

    /// <summary>For example <c>classifier.1.weight [576, 64]</c>.</summary>
    public override string ToString() => Spec.ToString();
}
