namespace NetGen;

/// <summary>
/// On a <c>Forward</c> over one sequence, whose result at a step depends on that step and those before it: generates <c>Start()</c>, which
/// gives a
/// <see cref="Session{T}"/> that reads a sequence piece by piece, and computes for the new steps only.
/// </summary>
/// <remarks>
/// What is needed of earlier steps, keys and values of attentions and the states of recurrent layers, is in the session's memory. An
/// operation that looks at later steps
/// is an error at the operation.
/// </remarks>
/// <example>
/// <code>
/// [Sessions]
/// public Tensor Forward([Sequence(max: 64)] Indices tokens) => head(CausalSelfAttention(heads: 2)(embedding(tokens)));
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SessionsAttribute : Attribute;
