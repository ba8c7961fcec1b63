namespace NetGen.Text;

/// <summary>A network's own session (<see cref="SessionsAttribute"/>), whose results are logits of the next token.</summary>
/// <param name="session">The session; disposed with this.</param>
/// <example>
/// <code>
/// using var session = new NetworkSession(network.Start());
/// </code>
/// </example>
public sealed class NetworkSession(Session<int> session) : ITokenSession
{
    private readonly Session<int> session = session ?? throw new ArgumentNullException(nameof(session));

    /// <inheritdoc/>
    public int VocabularySize => session.ResultWidth;

    /// <inheritdoc/>
    public int Length => session.Length;

    /// <inheritdoc/>
    public int MaximumLength => session.MaximumLength;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        if (logits.Length != VocabularySize)
            throw new ArgumentException(FormattableString.Invariant($"There are {logits.Length} places for {VocabularySize} logits."), nameof(logits));
        session.Append(tokens, logits);
    }

    /// <inheritdoc/>
    public ITokenSession Fork() => new NetworkSession(session.Fork());

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
