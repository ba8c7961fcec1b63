using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>
/// How a <see cref="Sampler"/> chooses. Steps come in the order in which they stand here, as in Hugging Face's <c>generate</c>.
/// </summary>
/// <example>
/// <code>
/// var sampler = new Sampler(tokenizer.VocabularySize, new SamplerOptions { Temperature = 0.8f, TopP = 0.9f, Seed = 1 });
/// </code>
/// </example>
public sealed record SamplerOptions
{
    /// <summary>Always the most likely token.</summary>
    public static SamplerOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>
    /// What the logits of tokens that were there already are divided by where they are positive, and multiplied by where they are negative:
    /// above 1 they become less likely (Keskar et al. 2019). 1: nothing.
    /// </summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>
    /// What logits are divided by: below 1 likely tokens become more likely. 0: the most likely one, whatever else is said.
    /// </summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only so many tokens, the most likely ones (Fan et al. 2018), and those as likely as the last of them. 0: all.</summary>
    public int TopK { get; init; }

    /// <summary>
    /// Only the most likely tokens that together have at least this share of the probability that is left (nucleus; Holtzman et al. 2020),
    /// and those as likely as the last of them. 1: all.
    /// </summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only tokens that are at least so likely, as a share of the most likely one (Nguyen et al. 2024). 0: all.</summary>
    public float MinP { get; init; }

    /// <summary>Decides the draws: the same seed and logits give the same tokens.</summary>
    public ulong Seed { get; init; }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"RepetitionPenalty = {RepetitionPenalty}, Temperature = {Temperature}, TopK = {TopK}, "
            + $"TopP = {TopP}, MinP = {MinP}, Seed = {Seed}");
        return true;
    }
}
