using Xunit;

namespace NetGen.Text.Tests.Generation;

public sealed class BeamTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(2.0)]
    public void A_search_wide_enough_finds_the_best_of_all_texts(double penalty)
    {
        // 4 tokens, one of which ends: at most 3⁴ texts of 4 tokens, and those that end before.
        using ToySession session = new(4);
        var found = session.BeamSearch([1, 2], new() { Width = 125, MaximumTokens = 4, StopTokens = [0], LengthPenalty = penalty });
        List<BeamResult> all = [];
        Enumerate(session, [], 0, all, penalty);
        BeamResult[] expected = [.. all.OrderByDescending(text => text.Score)];
        Assert.Equal(1 + 3 + 9 + 27 + 81, expected.Length);
        Assert.Equal(expected.Length, found.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Tokens, found[i].Tokens);
            Assert.Equal(expected[i].Score, found[i].Score, 1e-9);
            Assert.Equal(expected[i].LogProbability, found[i].LogProbability, 1e-9);
            Assert.Equal(expected[i].HasEnded, found[i].HasEnded);
        }

        Assert.Equal((1, 2), (session.Open, session.Length));
    }

    [Fact]
    public void A_search_of_width_one_is_greedy()
    {
        using ToySession session = new(20);
        var found = Assert.Single(session.BeamSearch([3], new() { Width = 1, MaximumTokens = 12 }));
        Assert.Equal(new ToySession(20).Generate(new[] { 3 }, new(20, SamplerOptions.Greedy), new() { MaximumTokens = 12 }), found.Tokens);
        Assert.False(found.HasEnded);
        Assert.Equal(1, session.Open);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Texts_are_in_order_and_as_likely_as_is_said(int width)
    {
        using ToySession session = new(12);
        var found = session.BeamSearch([5, 7, 1], new() { Width = width, MaximumTokens = 8, StopTokens = [0, 1], LengthPenalty = 0.7 });
        Assert.Equal(width, found.Count);
        Assert.Equal(found.OrderByDescending(text => text.Score), found);
        foreach (var text in found)
        {
            var places = text.Tokens.Select((token, i) => LogProbability(session, [5, 7, 1, .. text.Tokens[..i]], token)).Sum();
            // Two stop tokens: the text is one of two, which differ in their ends.
            double[] ends = text.HasEnded ? [LogProbability(session, [5, 7, 1, .. text.Tokens], 0), LogProbability(session, [5, 7, 1, .. text.Tokens], 1)] : [0];
            Assert.Contains(ends, end => Math.Abs(places + end - text.LogProbability) < 1e-9);
            Assert.Equal(text.LogProbability / Math.Pow(text.Tokens.Length + (text.HasEnded ? 1 : 0), 0.7), text.Score, 1e-9);
        }

        Assert.Equal(1, session.Open);
    }

    [Fact]
    public void It_ends_where_the_session_is_full_and_when_canceled_and_disposes_its_sessions()
    {
        using ToySession session = new(6, maximumLength: 5);
        Assert.All(session.BeamSearch([1, 2], new() { Width = 3 }), text => Assert.Equal(4, text.Tokens.Length));
        Assert.Equal(1, session.Open);

        using CancellationTokenSource source = new();
        using ToySession canceled = new(6, model: history =>
        {
            if (history.Count == 4)
                source.Cancel();
            return [1, 2, 3, 4, 5, 6];
        });
        Assert.Throws<OperationCanceledException>(() => canceled.BeamSearch([1, 2], cancellationToken: source.Token));
        Assert.Equal(1, canceled.Open);

        using ToySession broken = new(3, model: history => history.Count < 4 ? [1, 2, 3] : [1, float.NaN, 3]);
        Assert.StartsWith(
            "The model gives token 1 the logit NaN;", Assert.Throws<InvalidOperationException>(() => broken.BeamSearch([1])).Message);
        Assert.Equal(1, broken.Open);
    }

    [Fact]
    public void Tokens_that_cannot_be_are_in_no_text()
    {
        using ToySession session = new(3, model: _ => [0, float.NegativeInfinity, 0]);
        var found = session.BeamSearch([1], new() { Width = 8, MaximumTokens = 3 });
        Assert.Equal(8, found.Count);
        Assert.All(found, text => Assert.DoesNotContain(1, text.Tokens));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using ToySession session = new(3);
        Assert.Throws<ArgumentException>(() => session.BeamSearch([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.BeamSearch([1], new() { Width = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.BeamSearch([1], new() { MaximumTokens = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.BeamSearch([1], new() { StopTokens = [3] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.BeamSearch([1], new() { LengthPenalty = double.NaN }));
    }

    private static double LogProbability(ToySession session, int[] history, int token)
    {
        double[] weights = [.. session.Logits(history).Select(logit => Math.Exp(logit))];
        return Math.Log(weights[token] / weights.Sum());
    }

    private static void Enumerate(ToySession session, int[] text, double sum, List<BeamResult> all, double penalty)
    {
        double[] weights = [.. session.Logits([1, 2, .. text]).Select(logit => Math.Exp(logit))];
        for (var token = 0; token < weights.Length; token++)
        {
            var with = sum + Math.Log(weights[token] / weights.Sum());
            var score = with / Math.Pow(text.Length + 1, penalty);
            if (token == 0)
                all.Add(new(text, with, score, HasEnded: true));
            else if (text.Length == 3)
                all.Add(new([.. text, token], with, score, HasEnded: false));
            else
                Enumerate(session, [.. text, token], with, all, penalty);
        }
    }
}
