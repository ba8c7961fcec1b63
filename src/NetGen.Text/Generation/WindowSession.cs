using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Predicts a window: tokens to logits [tokens, vocabulary], where those behind a token must not change what is said of it.
/// </summary>
/// <param name="tokens">The tokens, as many as the context has.</param>
/// <param name="logits">Receives the logits behind each of them.</param>
public delegate void PredictWindow(ReadOnlySpan<int> tokens, Span<float> logits);

/// <summary>
/// A session of a network with a constant context, which computes the whole window again for each call: the last tokens as far as they fit
/// in. So it reads as many tokens as one likes, and forgets the first.
/// </summary>
/// <remarks>
/// <code>
/// using var session = new WindowSession(CharGpt.Context, tokenizer.VocabularySize, gpt.Predict);
/// foreach (string text in session.GenerateText(tokenizer, "\n", sampler))
///     Console.Write(text);
/// </code>
/// </remarks>
public sealed class WindowSession : ITokenSession
{
    private readonly PredictWindow predict;
    private readonly int[] window;
    private readonly float[] predictions;

    /// <summary>Makes a session that has read nothing.</summary>
    /// <param name="context">The number of tokens in a window.</param>
    /// <param name="vocabularySize">The number of tokens that there are.</param>
    /// <param name="predict">The network's <c>Predict</c>. What stands behind the last token of a window is token 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public WindowSession(int context, int vocabularySize, PredictWindow predict)
    {
        OutOfRange.ThrowIfLess(context, 1);
        OutOfRange.ThrowIfLess(vocabularySize, 1);
        ArgumentNullException.ThrowIfNull(predict);
        (this.predict, VocabularySize) = (predict, vocabularySize);
        (window, predictions) = (new int[context], new float[checked(context * vocabularySize)]);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <summary>Nothing limits it.</summary>
    public int MaximumLength => int.MaxValue;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        if (tokens.IsEmpty)
            throw new ArgumentException("There is no token to read.", nameof(tokens));
        if (logits.Length != VocabularySize)
            throw new ArgumentException(
                Invariant($"There are {logits.Length} places for logits; the vocabulary has {VocabularySize} tokens."), nameof(logits));
        int known = Math.Min(Length, window.Length), added = Math.Min(tokens.Length, window.Length);
        int kept = Math.Min(known, window.Length - added);
        window.AsSpan(known - kept, kept).CopyTo(window);
        tokens[^added..].CopyTo(window.AsSpan(kept));
        window.AsSpan(kept + added).Clear();
        predict(window, predictions);
        predictions.AsSpan((kept + added - 1) * VocabularySize, VocabularySize).CopyTo(logits);
        Length = checked(Length + tokens.Length);
    }

    /// <inheritdoc/>
    public ITokenSession Fork()
    {
        WindowSession fork = new(window.Length, VocabularySize, predict) { Length = Length };
        window.CopyTo(fork.window, 0);
        return fork;
    }

    /// <summary>Nothing is held; the network is its owner's.</summary>
    public void Dispose()
    {
    }
}
