namespace NetGen;

/// <summary>
/// Makes a parameter a sequence of any length: <c>[Sequence(max: 256)] Indices tokens</c> is one index a step, <c>[Sequence(100), Shape(6)]
/// Tensor readings</c> six numbers a step. Nothing is padded: the sequences of a batch stand one after the other, and what is generated
/// takes
/// their values and their lengths, <c>Predict(tokens, tokensLengths, result)</c>. Without lengths all steps are one sequence.
/// </summary>
/// <remarks>
/// What computes on one row (dense layers, norms, activations, losses) does so for each step. Recurrent layers, attention and positions
/// look at
/// the steps of one sequence, <c>First</c>, <c>Last</c>, <c>MeanOfSteps</c> … bring a sequence to one row, and <c>EachStep</c> brings a
/// sample's row to each of its
/// steps. A method's parameter without it is the sequence that <c>Forward</c>'s parameter of the same name is.
/// </remarks>
/// <param name="max">The most steps of a sequence, at least 1.</param>
/// <example><code>public Tensor Mood([Sequence(max: 200)] Indices words) => MeanOfSteps(embedding(words));</code></example>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SequenceAttribute(int max) : Attribute
{
    /// <summary>The most steps of a sequence.</summary>
    public int Max { get; } = max;
}

/// <summary>
/// A parameter with a value for each step of another: <c>Loss([Sequence(256)] Indices tokens, [StepsOf("tokens")] Labels next)</c>.
/// </summary>
/// <param name="sequence">The name of a parameter of the same method with a <see cref="SequenceAttribute"/>.</param>
/// <example>
/// <code>
/// public Tensor Errors([Sequence(max: 100), Shape(3)] Tensor series, [StepsOf("series"), Shape(3)] Tensor truth) =>
///     Square(series - truth);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class StepsOfAttribute(string sequence) : Attribute
{
    /// <summary>The name of the parameter whose steps these are.</summary>
    public string Sequence { get; } = sequence;
}
