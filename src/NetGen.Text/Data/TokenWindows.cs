using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Windows of a run of tokens for models that say what comes next: some tokens, and behind each of them the next one.
/// </summary>
/// <remarks>
/// <code>
/// TokenWindows windows = new(tokens, context: 64);
/// network.Fit(windows.Consecutive(), options, new AdamW(1e-3f));      // each token once in an epoch
///
/// windows.Draw(random, input, next);                                  // or windows at random places, step by step
/// float loss = network.Step(input, next, new AdamW(1e-3f));
/// </code>
/// </remarks>
public sealed class TokenWindows
{
    // Far from the streams of parameters, dropout and shuffling.
    private const uint PlaceStream = 0x5749_4E44;

    private readonly ITokenSequence tokens;

    /// <summary>Windows of tokens that may lie in a file.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="context">The number of tokens in a window.</param>
    /// <exception cref="ArgumentException">There are not more tokens than <paramref name="context"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="context"/> is below 1.</exception>
    public TokenWindows(ITokenSequence tokens, int context)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        OutOfRange.ThrowIfLess(context, 1);
        if (tokens.Count <= context)
            throw new ArgumentException(
                Invariant($"There are {tokens.Count} tokens; a window of {context} and the token behind it need {context + 1L}."),
                nameof(tokens));
        (this.tokens, Context) = (tokens, context);
    }

    /// <inheritdoc cref="TokenWindows(ITokenSequence, int)"/>
    public TokenWindows(ReadOnlyMemory<int> tokens, int context)
        : this(new TokenArray(tokens), context)
    {
    }

    /// <summary>The number of tokens in a window.</summary>
    public int Context { get; }

    /// <summary>The number of windows that follow each other. Up to <see cref="Context"/> tokens at the end are in none.</summary>
    public long Count => (tokens.Count - 1) / Context;

    /// <summary>All windows one behind the other: each token is asked for once. Tokens in memory are not copied.</summary>
    /// <param name="tokensName">The name of the column of tokens, [<see cref="Context"/>] indices.</param>
    /// <param name="nextName">The name of the column of next tokens, [<see cref="Context"/>] labels.</param>
    /// <exception cref="OverflowException">There are more tokens than an array has; take a part of the windows.</exception>
    public Dataset Consecutive(string tokensName = "tokens", string nextName = "next") => Consecutive(0, checked((int)Count), tokensName, nextName);

    /// <summary>Some of the windows that follow each other: a part of a file that fits into memory.</summary>
    /// <param name="first">The first window.</param>
    /// <param name="count">How many.</param>
    /// <param name="tokensName">The name of the column of tokens.</param>
    /// <param name="nextName">The name of the column of next tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach outside of the windows that there are.</exception>
    public Dataset Consecutive(long first, int count, string tokensName = "tokens", string nextName = "next")
    {
        if (first < 0 || first > Count)
            throw OutOfRange.Of(nameof(first), first, Invariant($"There are {Count} windows."));
        if (count < 0 || count > Count - first)
            throw OutOfRange.Of(nameof(count), count, Invariant($"There are {Count} windows, {Count - first} from {first} on."));
        int length = checked(count * Context);
        ReadOnlyMemory<int> run;
        if (tokens is TokenArray array)
        {
            run = array.Memory.Slice((int)(first * Context), length + 1);
        }
        else
        {
            int[] read = new int[length + 1];
            tokens.Read(first * Context, read);
            run = read;
        }

        return new(new DataColumn(tokensName, run[..length], Context), new DataColumn(nextName, run[1..], Context));
    }

    /// <summary>Windows at random places, which depend on the seed only.</summary>
    /// <param name="count">How many. They may overlap, and be the same.</param>
    /// <param name="seed">Decides the places.</param>
    /// <param name="tokensName">The name of the column of tokens.</param>
    /// <param name="nextName">The name of the column of next tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Dataset Sample(int count, ulong seed, string tokensName = "tokens", string nextName = "next")
    {
        OutOfRange.ThrowIfLess(count, 0);
        int length = checked(count * Context);
        (int[] drawn, int[] next) = (new int[length], new int[length]);
        PhiloxKey key = Philox.Key(seed, 0, PlaceStream);
        ulong places = (ulong)(tokens.Count - Context);
        for (int i = 0; i < count; i++)
        {
            ulong bits = (ulong)Philox.Bits(key, 2 * (uint)i) << 32 | Philox.Bits(key, 2 * (uint)i + 1);
            Read((long)Math.BigMul(bits, places, out _), drawn.AsSpan(i * Context, Context), next.AsSpan(i * Context, Context));
        }

        return new(new DataColumn(tokensName, drawn, Context), new DataColumn(nextName, next, Context));
    }

    /// <summary>Fills a batch with windows at random places.</summary>
    /// <param name="random">Decides the places.</param>
    /// <param name="tokens">Receives as many windows as it takes, one after the other.</param>
    /// <param name="next">Receives for each of their tokens the next one.</param>
    /// <exception cref="ArgumentException">The two differ in length, or hold no whole number of windows.</exception>
    public void Draw(Random random, Span<int> tokens, Span<int> next)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (tokens.Length != next.Length || tokens.Length % Context != 0)
            throw new ArgumentException(
                Invariant($"{tokens.Length} tokens and {next.Length} next ones; expected the same multiple of {Context}."), nameof(tokens));
        long places = this.tokens.Count - Context;
        for (int i = 0; i < tokens.Length; i += Context)
            Read(places <= int.MaxValue ? random.Next((int)places) : random.NextInt64(places), tokens.Slice(i, Context), next.Slice(i, Context));
    }

    private void Read(long start, Span<int> window, Span<int> next)
    {
        tokens.Read(start, window);
        window[1..].CopyTo(next);
        tokens.Read(start + Context, next[^1..]);
    }
}
