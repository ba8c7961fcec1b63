namespace NetGen.Text;

/// <summary>Looks for the most probable texts, by following several at a time.</summary>
/// <example><code>IReadOnlyList&lt;BeamResult> results = session.BeamSearch(prompt);</code></example>
public static class Beams
{
    /// <summary>
    /// Finds probable texts that go on with a prompt: in each step the best of all ways to go on with the texts so far, by the sum of the
    /// logarithms of their probabilities. It ends when no text that is followed can become better than those that have ended.
    /// </summary>
    /// <param name="session">
    /// Reads the prompt behind what it has read before, and is forked for each text; its own state is then that behind the prompt.
    /// </param>
    /// <param name="prompt">One token or more to begin with.</param>
    /// <param name="options">How wide, and where it ends.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>At most <see cref="BeamOptions.Width"/> texts, the best first; fewer only where there are no more.</returns>
    /// <exception cref="ArgumentException">There is no prompt, or it is more than the session can read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number of the options is below 1, the penalty is not finite, or a stop token is none.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model gives a logit that is NaN or +∞.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static IReadOnlyList<BeamResult> BeamSearch(
        this ITokenSession session, ReadOnlySpan<int> prompt, BeamOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Generation.CheckPrompt(session, prompt.Length, options.StopTokens);
        OutOfRange.ThrowIfLess(options.Width, 1, nameof(options.Width));
        OutOfRange.ThrowIfLess(options.MaximumTokens, 1, nameof(options.MaximumTokens));
        if (!double.IsFinite(options.LengthPenalty))
            throw OutOfRange.Of(nameof(options.LengthPenalty), options.LengthPenalty, "The penalty of length is not a finite number.");
        cancellationToken.ThrowIfCancellationRequested();
        return new BeamSearcher(session, options).Search(prompt, cancellationToken);
    }
}
