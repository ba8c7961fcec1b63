namespace NetGen.Text;

/// <summary>
/// A causal model that has read some tokens and says what may come next: what <see cref="Generation"/> and <see cref="Beams"/> go on with.
/// </summary>
/// <remarks>
/// A model with caches reads each token once; <see cref="WindowSession"/> makes one of any network with a constant context. A session is
/// for one thread at a time.
/// </remarks>
public interface ITokenSession : IDisposable
{
    /// <summary>The number of tokens, which is the number of logits.</summary>
    int VocabularySize { get; }

    /// <summary>How many tokens it has read.</summary>
    int Length { get; }

    /// <summary>How many tokens it can read in all; <see cref="int.MaxValue"/> where nothing limits it.</summary>
    int MaximumLength { get; }

    /// <summary>Reads tokens behind those that it has.</summary>
    /// <param name="tokens">One or more.</param>
    /// <param name="logits">Receives the logits of what follows the last of them, [<see cref="VocabularySize"/>].</param>
    /// <exception cref="ArgumentException">
    /// There is no token, they are more than the session can read, or there is not a place for each logit.
    /// </exception>
    void Append(ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>A second session that has read the same; each goes on by itself.</summary>
    ITokenSession Fork();
}
