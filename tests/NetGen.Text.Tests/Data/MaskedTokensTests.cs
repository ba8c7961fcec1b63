using Xunit;

namespace NetGen.Text.Tests.Data;

public sealed class MaskedTokensTests
{
    private const int Count = 200_000;
    private static readonly MaskingOptions Bert = new() { MaskToken = 999, VocabularySize = 1000 };
    private static readonly int[] Tokens = [.. Enumerable.Range(0, Count).Select(i => i % 500)];

    [Fact]
    public void A_share_of_tokens_is_asked_for_and_most_of_these_are_masked()
    {
        var (masked, labels) = Mask(Bert, seed: 1);
        int asked = 0, hidden = 0, changed = 0, kept = 0;
        HashSet<int> others = [];
        for (var i = 0; i < Count; i++)
        {
            if (labels[i] == -100)
            {
                Assert.Equal(Tokens[i], masked[i]);
                continue;
            }

            asked++;
            Assert.Equal(Tokens[i], labels[i]);
            if (masked[i] == 999)
                hidden++;
            else if (masked[i] == Tokens[i])
                kept++;
            else
                changed++;
            others.Add(masked[i]);
        }

        Near(0.15, asked, Count);
        Near(0.8, hidden, asked);
        // A token in a thousand is drawn for itself, or the mask is drawn.
        Near(0.1 * 0.998, changed, asked);
        Near(0.1, kept, asked);
        Assert.True(others.Count > 900);
        Assert.All(others, token => Assert.InRange(token, 0, 999));
    }

    [Fact]
    public void Which_depends_on_seed_round_and_place_only()
    {
        var (masked, labels) = Mask(Bert, seed: 1);
        var again = Mask(Bert, seed: 1);
        Assert.Equal(masked, again.Masked);
        Assert.Equal(labels, again.Labels);
        Assert.NotEqual(labels, Mask(Bert, seed: 2).Labels);
        Assert.NotEqual(labels, Mask(Bert, seed: 1, round: 1).Labels);
        // In place, and of a part the same.
        var (part, asked) = (Tokens[..1000], new int[1000]);
        MaskedTokens.Mask(part, part, asked, Bert, seed: 1);
        Assert.Equal(masked[..1000], part);
        Assert.Equal(labels[..1000], asked);
    }

    [Fact]
    public void Some_tokens_are_never_asked_for_and_shares_may_be_others()
    {
        var (masked, labels) = Mask(Bert with { Never = [3, 4], Probability = 1, MaskedShare = 0.5, RandomShare = 0, Ignored = -1 }, seed: 1);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(Tokens[i] is 3 or 4 ? -1 : Tokens[i], labels[i]);
            Assert.True(masked[i] == Tokens[i] || (masked[i] == 999 && labels[i] >= 0));
        }

        Near(0.5 * 498 / 500, masked.Count(token => token == 999), Count);
    }

    [Fact]
    public void Windows_are_columns_for_a_network()
    {
        var data = MaskedTokens.Windows(Tokens.AsSpan(0, 1030), 100, Bert, seed: 1);
        Assert.Equal("10 samples (tokens: Label [100]; labels: Label [100])", data.ToString());
        Assert.Equal(Mask(Bert, seed: 1).Labels[..1000], data["labels"].Labels.ToArray());
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        foreach (var options in new[]
        {
            Bert with { MaskToken = 1000 }, Bert with { MaskToken = -1 }, Bert with { Probability = 1.1 }, Bert with { Probability = double.NaN }, Bert with { MaskedShare = -1 },
            Bert with { RandomShare = 0.3 },
        })
            Assert.Throws<ArgumentOutOfRangeException>(() => Mask(options, 1));
        Assert.Throws<ArgumentException>(() => MaskedTokens.Mask(new int[3], new int[2], new int[3], Bert, 1));
        Assert.Throws<ArgumentException>(() => MaskedTokens.Windows(new int[3], 4, Bert, 1));
    }

    private static (int[] Masked, int[] Labels) Mask(MaskingOptions options, ulong seed, long round = 0)
    {
        var (masked, labels) = (new int[Count], new int[Count]);
        MaskedTokens.Mask(Tokens, masked, labels, options, seed, round);
        return (masked, labels);
    }

    /// <summary>Five standard deviations of a binomial distribution.</summary>
    private static void Near(double share, int found, int of) =>
        Assert.InRange(
            found, (share * of) - (5 * Math.Sqrt(of * share * (1 - share))), (share * of) + (5 * Math.Sqrt(of * share * (1 - share))));
}
