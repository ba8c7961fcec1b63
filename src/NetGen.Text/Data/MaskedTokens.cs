using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Texts with holes, for models that learn to fill them: some tokens are asked for, and most of these are masked.</summary>
/// <remarks>
/// <code>
/// MaskingOptions options = new() { MaskToken = mask, VocabularySize = tokenizer.VocabularySize };
/// for (int epoch = 0; epoch &lt; 10; epoch++)                                               // other holes in each
///     network.Fit(MaskedTokens.Windows(tokens, 128, options, seed: 1, round: epoch), once, new AdamW(1e-4f));
/// </code>
/// </remarks>
public static class MaskedTokens
{
    // Far from the streams of parameters, dropout and shuffling.
    private const uint Asked = 0x4D41_5301, Kind = 0x4D41_5302, Other = 0x4D41_5303;

    /// <summary>Masks tokens. Which and how depends on seed, round and place only.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="masked">Receives them with holes; may be the same memory.</param>
    /// <param name="labels">Receives the tokens that are asked for, and <see cref="MaskingOptions.Ignored"/> at all other places.</param>
    /// <param name="options">Which and how.</param>
    /// <param name="seed">Decides it.</param>
    /// <param name="round">Decides it too: the number of the epoch, so that each asks for others.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A share is not from 0 to 1, the two shares are above 1, or the mask is none of the tokens.
    /// </exception>
    public static void Mask(ReadOnlySpan<int> tokens, Span<int> masked, Span<int> labels, MaskingOptions options, ulong seed, long round = 0)
    {
        Check(options);
        if (masked.Length != tokens.Length || labels.Length != tokens.Length)
            throw new ArgumentException(
                Invariant($"{tokens.Length} tokens, {masked.Length} masked and {labels.Length} labels; expected the same number."),
                nameof(masked));
        PhiloxKey asked = Philox.Key(seed, round, Asked), kind = Philox.Key(seed, round, Kind), other = Philox.Key(seed, round, Other);
        HashSet<int> never = [.. options.Never];
        for (int i = 0; i < tokens.Length; i++)
        {
            int token = tokens[i];
            if (Uniform(asked, i) >= options.Probability || never.Contains(token))
            {
                (masked[i], labels[i]) = (token, options.Ignored);
                continue;
            }

            double draw = Uniform(kind, i);
            masked[i] = draw < options.MaskedShare ? options.MaskToken
                : draw < options.MaskedShare + options.RandomShare ? (int)(Uniform(other, i) * options.VocabularySize)
                : token;
            labels[i] = token;
        }
    }

    /// <summary>Windows one behind the other, with holes. Tokens at the end that fill no window are left out.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="context">The number of tokens in a window.</param>
    /// <param name="options">Which are masked, and how.</param>
    /// <param name="seed">Decides it.</param>
    /// <param name="round">Decides it too: the number of the epoch, so that each asks for others.</param>
    /// <param name="tokensName">The name of the column of tokens, [<paramref name="context"/>] indices.</param>
    /// <param name="labelsName">The name of the column of what is asked for, [<paramref name="context"/>] labels.</param>
    /// <exception cref="ArgumentException">There are fewer tokens than <paramref name="context"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options are wrong, or <paramref name="context"/> is below 1.</exception>
    public static Dataset Windows(
        ReadOnlySpan<int> tokens, int context, MaskingOptions options, ulong seed, long round = 0,
        string tokensName = "tokens", string labelsName = "labels")
    {
        OutOfRange.ThrowIfLess(context, 1);
        if (tokens.Length < context)
            throw new ArgumentException(Invariant($"There are {tokens.Length} tokens; a window needs {context}."), nameof(tokens));
        int length = tokens.Length / context * context;
        (int[] masked, int[] labels) = (new int[length], new int[length]);
        Mask(tokens[..length], masked, labels, options, seed, round);
        return new(new DataColumn(tokensName, masked, context), new DataColumn(labelsName, labels, context));
    }

    private static double Uniform(PhiloxKey key, int element) => Philox.Bits(key, (uint)element) * (1.0 / 4294967296);

    private static void Check(MaskingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Share(options.Probability, nameof(options.Probability));
        Share(options.MaskedShare, nameof(options.MaskedShare));
        Share(options.RandomShare, nameof(options.RandomShare));
        // 0.8 + 0.2 is 1 for whoever writes it.
        if (options.MaskedShare + options.RandomShare > 1 + 1e-9)
            throw OutOfRange.Of(
                nameof(options.RandomShare), options.RandomShare,
                Invariant($"{options.MaskedShare} are masked and {options.RandomShare} become any token; together that is more than 1."));
        if ((uint)options.MaskToken >= (uint)options.VocabularySize)
            throw OutOfRange.Of(
                nameof(options.MaskToken), options.MaskToken,
                Invariant($"The mask is token {options.MaskToken}; the vocabulary has {options.VocabularySize}."));

        static void Share(double share, string name)
        {
            if (!(share >= 0 && share <= 1))
                throw OutOfRange.Of(name, share, Invariant($"'{name}' is {share}; expected a number from 0 to 1."));
        }
    }
}
