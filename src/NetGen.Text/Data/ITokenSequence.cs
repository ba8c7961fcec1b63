namespace NetGen.Text;

/// <summary>
/// A long run of tokens, in memory (<see cref="TokenArray"/>) or in a file (<see cref="TokenFile"/>). Threads may read one at the same
/// time.
/// </summary>
public interface ITokenSequence
{
    /// <summary>The number of tokens.</summary>
    long Count { get; }

    /// <summary>Copies as many tokens as <paramref name="tokens"/> takes.</summary>
    /// <param name="start">The place of the first.</param>
    /// <param name="tokens">Receives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach outside of the sequence.</exception>
    void Read(long start, Span<int> tokens);
}
