using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>Which tokens are masked, and how. What is not said is as in BERT (Devlin et al. 2019).</summary>
/// <example>
/// <code>
/// var options = new MaskingOptions { MaskToken = mask, VocabularySize = tokenizer.VocabularySize, Probability = 0.15 };
/// </code>
/// </example>
public sealed record MaskingOptions
{
    /// <summary>The token that stands for a masked one.</summary>
    public required int MaskToken { get; init; }

    /// <summary>The number of tokens: those that stand in for others are drawn from all of them.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>How likely a token is to be asked for, each by itself.</summary>
    public double Probability { get; init; } = 0.15;

    /// <summary>The share of tokens that are asked for which are masked.</summary>
    public double MaskedShare { get; init; } = 0.8;

    /// <summary>The share of tokens that are asked for which become any token. The rest stays as it is.</summary>
    public double RandomShare { get; init; } = 0.1;

    /// <summary>Tokens that are never asked for: padding, begin and end.</summary>
    public IReadOnlyList<int> Never { get; init; } = [];

    /// <summary>The label of tokens that are not asked for: <c>ignoreIndex</c> of the loss.</summary>
    public int Ignored { get; init; } = -100;

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"MaskToken = {MaskToken}, VocabularySize = {VocabularySize}, Probability = {Probability}, MaskedShare = {MaskedShare}, "
            + $"RandomShare = {RandomShare}, Never = {Never}, Ignored = {Ignored}");
        return true;
    }
}
