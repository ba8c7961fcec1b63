using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Lets a session go on with a text, token by token.</summary>
/// <remarks>
/// <code>
/// await foreach (string text in session.GenerateTextAsync(tokenizer, "Once upon a time", sampler, cancellationToken: token))
///     Console.Write(text);
/// </code>
/// A generation ends at a stop token or a stop string, after <see cref="GenerationOptions.MaximumTokens"/>, or where the session can read
/// no more. The session has then read the prompt and the tokens that were generated, but not the last one: nobody has asked what follows
/// it. Tokens are computed as they are asked for; nothing is allocated for one.
/// </remarks>
public static class Generation
{
    /// <summary>Generates tokens.</summary>
    /// <param name="session">Reads the prompt behind what it has read before.</param>
    /// <param name="prompt">One token or more to begin with.</param>
    /// <param name="sampler">Chooses tokens.</param>
    /// <param name="options">Where it ends.</param>
    /// <exception cref="ArgumentException">
    /// There is no prompt, or it is more than the session can read; sampler and session have other tokens.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The options have a negative number, or a stop token that is none.</exception>
    public static IEnumerable<int> Generate(
        this ITokenSession session, ReadOnlyMemory<int> prompt, Sampler sampler, GenerationOptions? options = null)
    {
        Check(session, prompt, sampler, options ??= new());
        return Tokens(session, prompt, sampler, options, default);
    }

    /// <summary>Generates tokens, each computed on the thread pool while the caller's thread is free.</summary>
    /// <inheritdoc cref="Generate"/>
    /// <param name="session">Reads the prompt behind what it has read before.</param>
    /// <param name="prompt">One token or more to begin with.</param>
    /// <param name="sampler">Chooses tokens.</param>
    /// <param name="options">Where it ends.</param>
    /// <param name="cancellationToken">Ends it with an <see cref="OperationCanceledException"/> before the next token is computed.</param>
    public static IAsyncEnumerable<int> GenerateAsync(
        this ITokenSession session, ReadOnlyMemory<int> prompt, Sampler sampler, GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Check(session, prompt, sampler, options ??= new());
        return OnThreadPool(stop => Tokens(session, prompt, sampler, options, stop), cancellationToken);
    }

    /// <summary>Generates text, in pieces as they become known: whole characters, and nothing that may yet become a stop string.</summary>
    /// <param name="session">Reads the prompt behind what it has read before.</param>
    /// <param name="tokenizer">Makes tokens of the prompt and text of tokens.</param>
    /// <param name="prompt">A text to begin with.</param>
    /// <param name="sampler">Chooses tokens.</param>
    /// <param name="options">Where it ends.</param>
    /// <exception cref="ArgumentException">
    /// There is no prompt, it has something that is no token, or is more than the session can read; tokenizer, sampler and session have
    /// other tokens; a stop string is empty.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The options have a negative number, or a stop token that is none.</exception>
    public static IEnumerable<string> GenerateText(
        this ITokenSession session, ITokenizer tokenizer, string prompt, Sampler sampler, GenerationOptions? options = null)
    {
        int[] tokens = Check(session, tokenizer, prompt, sampler, options ??= new());
        return Pieces(Tokens(session, tokens, sampler, options, default), tokenizer, options);
    }

    /// <summary>
    /// Generates text, in pieces as they become known, each computed on the thread pool while the caller's thread is free.
    /// </summary>
    /// <inheritdoc cref="GenerateText"/>
    /// <param name="session">Reads the prompt behind what it has read before.</param>
    /// <param name="tokenizer">Makes tokens of the prompt and text of tokens.</param>
    /// <param name="prompt">A text to begin with.</param>
    /// <param name="sampler">Chooses tokens.</param>
    /// <param name="options">Where it ends.</param>
    /// <param name="cancellationToken">Ends it with an <see cref="OperationCanceledException"/> before the next token is computed.</param>
    public static IAsyncEnumerable<string> GenerateTextAsync(
        this ITokenSession session, ITokenizer tokenizer, string prompt, Sampler sampler, GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        int[] tokens = Check(session, tokenizer, prompt, sampler, options ??= new());
        return OnThreadPool(stop => Pieces(Tokens(session, tokens, sampler, options, stop), tokenizer, options), cancellationToken);
    }

    /// <summary>What all ways to go on with a prompt ask for.</summary>
    internal static void CheckPrompt(ITokenSession session, int prompt, IReadOnlyList<int> stopTokens)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (prompt == 0)
            throw new ArgumentException(
                "There is no prompt; a model says what follows a token. An end of a text, or of a line, is one to begin with.",
                nameof(prompt));
        if (prompt > session.MaximumLength - session.Length)
            throw new ArgumentException(
                Invariant($"The prompt has {prompt} tokens; the session has read {session.Length} of {session.MaximumLength}."),
                nameof(prompt));
        foreach (int token in stopTokens)
            TokenDecoder.Check(token, session.VocabularySize);
    }

    private static void Check(ITokenSession session, ReadOnlyMemory<int> prompt, Sampler sampler, GenerationOptions options)
    {
        CheckPrompt(session, prompt.Length, options.StopTokens);
        ArgumentNullException.ThrowIfNull(sampler);
        if (sampler.VocabularySize != session.VocabularySize)
            throw new ArgumentException(
                Invariant($"The sampler has {sampler.VocabularySize} tokens, the session {session.VocabularySize}."), nameof(sampler));
        OutOfRange.ThrowIfLess(options.MaximumTokens, 0, nameof(options.MaximumTokens));
    }

    private static int[] Check(ITokenSession session, ITokenizer tokenizer, string prompt, Sampler sampler, GenerationOptions options)
    {
        int[] tokens = tokenizer.Encode(prompt);
        Check(session, tokens, sampler, options);
        // A model may have more tokens than the tokenizer uses; it must not be asked for one that it does not have.
        if (tokenizer.VocabularySize > session.VocabularySize)
            throw new ArgumentException(
                Invariant($"The tokenizer has {tokenizer.VocabularySize} tokens, the session {session.VocabularySize}."),
                nameof(tokenizer));
        foreach (string stop in options.StopStrings)
            ArgumentException.ThrowIfNullOrEmpty(stop, nameof(options.StopStrings));
        return tokens;
    }

    private static IEnumerable<int> Tokens(
        ITokenSession session, ReadOnlyMemory<int> prompt, Sampler sampler, GenerationOptions options, CancellationToken cancellationToken)
    {
        if (options.MaximumTokens == 0)
            yield break;
        // Room for all that is generated, so that the list does not grow; who asks for a million tokens and takes ten gets more as it goes.
        List<int> history = new(prompt.Length + Math.Min(options.MaximumTokens, 1 << 12));
        history.AddRange(prompt.Span);
        float[] logits = new float[session.VocabularySize];
        cancellationToken.ThrowIfCancellationRequested();
        session.Append(prompt.Span, logits);
        for (int i = 1; ; i++)
        {
            int token = sampler.Next(logits, CollectionsMarshal.AsSpan(history));
            if (options.StopTokens.Contains(token))
                yield break;
            history.Add(token);
            yield return token;
            if (i == options.MaximumTokens || session.Length == session.MaximumLength)
                yield break;
            cancellationToken.ThrowIfCancellationRequested();
            session.Append(CollectionsMarshal.AsSpan(history)[^1..], logits);
        }
    }

    private static IEnumerable<string> Pieces(IEnumerable<int> tokens, ITokenizer tokenizer, GenerationOptions options)
    {
        TokenDecoder decoder = tokenizer.CreateDecoder();
        StopStrings stops = new(options.StopStrings);
        foreach (int token in tokens)
        {
            if (stops.Add(decoder.Append(token)) is { Length: > 0 } piece)
                yield return piece;
            if (stops.IsFound)
                yield break;
        }

        if (stops.Add(decoder.Flush()) + stops.Rest() is { Length: > 0 } last)
            yield return last;
    }

    /// <summary>Each item is computed by a thread of the pool: whoever awaits it, a window's thread maybe, does not wait.</summary>
    private static async IAsyncEnumerable<T> OnThreadPool<T>(
        Func<CancellationToken, IEnumerable<T>> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using IEnumerator<T> item = items(cancellationToken).GetEnumerator();
        while (true)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (!item.MoveNext())
                yield break;
            yield return item.Current;
        }
    }
}
