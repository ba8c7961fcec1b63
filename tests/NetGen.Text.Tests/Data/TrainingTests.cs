using NetGen.Text.Tests.Networks;
using Xunit;

namespace NetGen.Text.Tests.Data;

/// <summary>What the data are for: a network learns from them, and a session of it goes on with a text.</summary>
public sealed class TrainingTests
{
    private static readonly CharacterTokenizer Letters = new(".abc");

    [Fact]
    public void A_network_learns_from_windows_and_goes_on_with_the_text()
    {
        var tokens = Letters.Encode(string.Concat(Enumerable.Repeat("abc.", 100)));
        using NextLetter network = new(seed: 1);
        var fit = network.Fit(new TokenWindows(tokens, NextLetter.Context).Consecutive(), new() { Epochs = 40, BatchSize = 16 }, new Adam(2e-2f));
        Assert.InRange(fit.Last!.Loss, 0, 0.05f);

        using WindowSession session = new(NextLetter.Context, Letters.VocabularySize, network.Predict);
        var text = string.Concat(session.GenerateText(Letters, "ab", new(4, SamplerOptions.Greedy), new() { MaximumTokens = 14 }));
        Assert.Equal("c.abc.abc.abc.", text);
    }

    [Fact]
    public void What_fills_windows_up_does_not_count()
    {
        int[][] documents = [Letters.Encode("abc"), Letters.Encode("b"), Letters.Encode("")];
        using NextLetter network = new(seed: 1);
        var together = network.Evaluate(TokenDocuments.Pad(documents, NextLetter.Context, end: 0)).Loss;
        var other = network.Evaluate(TokenDocuments.Pad(documents, NextLetter.Context, end: 0, padding: 2)).Loss;
        // Seven letters and ends, each as if it stood alone.
        var sum = documents.Sum(document => (document.Length + 1) * network.Evaluate(TokenDocuments.Pad([document], NextLetter.Context, end: 0)).Loss);
        Assert.Equal(sum / 7, together, 1e-5f);
        Assert.Equal(together, other);
    }

    [Fact]
    public void Masks_are_data_for_a_network()
    {
        var tokens = Letters.Encode(string.Concat(Enumerable.Repeat("abca", 100)));
        using NextLetter network = new(seed: 1);
        MaskingOptions options = new() { MaskToken = 0, VocabularySize = 4 };
        var masked = MaskedTokens.Windows(tokens, NextLetter.Context, options, seed: 1, labelsName: "next");
        var before = network.Evaluate(masked).Loss;
        network.Fit(masked, new() { Epochs = 5, BatchSize = 10 }, new Adam(1e-2f));
        Assert.True(network.Evaluate(masked).Loss < before);
    }
}
