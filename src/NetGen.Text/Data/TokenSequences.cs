using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Parts of token sequences.</summary>
/// <example><code>var (train, validation) = tokens.Split(validationFraction: 0.1);</code></example>
public static class TokenSequences
{
    /// <summary>A run of tokens, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches outside of the sequence.</exception>
    public static ITokenSequence Slice(this ITokenSequence tokens, long start, long count)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        CheckRun(tokens.Count, start, count);
        return tokens is TokenArray array ? new TokenArray(array.Memory.Slice((int)start, (int)count)) : new Part(tokens, start, count);
    }

    /// <summary>
    /// Keeps the end for validation, without a copy: <c>var (train, validation) = tokens.Split(0.1)</c>. One text is split so; of many
    /// short ones rather whole ones are kept (<see cref="TokenDocuments.Split"/>).
    /// </summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="validationFraction">The share for validation, in [0, 1); the number of its tokens is rounded to the nearest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="validationFraction"/> is not in [0, 1).</exception>
    public static (ITokenSequence Train, ITokenSequence Validation) Split(this ITokenSequence tokens, double validationFraction)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (!(validationFraction >= 0 && validationFraction < 1))
            throw OutOfRange.Of(
                nameof(validationFraction), validationFraction,
                Invariant($"The fraction for validation is {validationFraction}; expected a number in [0, 1)."));
        long validation = (long)Math.Round(tokens.Count * validationFraction);
        return (tokens.Slice(0, tokens.Count - validation), tokens.Slice(tokens.Count - validation, validation));
    }

    internal static void CheckRun(long available, long start, long count)
    {
        if (start < 0 || start > available)
            throw OutOfRange.Of(nameof(start), start, Invariant($"There are {available} tokens."));
        if (count < 0 || count > available - start)
            throw OutOfRange.Of(nameof(count), count, Invariant($"There are {available} tokens, {available - start} from {start} on."));
    }

    private sealed class Part(ITokenSequence whole, long first, long count) : ITokenSequence
    {
        public long Count => count;

        public void Read(long start, Span<int> tokens)
        {
            CheckRun(count, start, tokens.Length);
            whole.Read(first + start, tokens);
        }
    }
}
