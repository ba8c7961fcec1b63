using Xunit;

namespace NetGen.Text.Tests.Generation;

public sealed class WindowSessionTests
{
    /// <summary>A causal network: at each place 10 × the sum of the tokens so far, and the number of them.</summary>
    private static void Predict(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        var sum = 0;
        for (var i = 0; i < tokens.Length; i++)
            (logits[2 * i], logits[(2 * i) + 1]) = (10 * (sum += tokens[i]), i + 1);
    }

    [Fact]
    public void It_predicts_the_last_tokens_that_fit()
    {
        using WindowSession session = new(4, 2, Predict);
        Assert.Equal([10f, 1f], Append(session, 1));
        Assert.Equal([60f, 3f], Append(session, 2, 3));
        Assert.Equal([100f, 4f], Append(session, 4));
        Assert.Equal([140f, 4f], Append(session, 5));
        using var fork = session.Fork();
        Assert.Equal([70f, 4f], Append(session, 0, 0, 0, 0, 7, 0, 0, 0)[..2]);
        Assert.Equal([180f, 4f], Append(fork, 6));
        Assert.Equal((13, 6), (session.Length, fork.Length));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using WindowSession session = new(4, 2, Predict);
        Assert.Throws<ArgumentException>(() => session.Append([], new float[2]));
        Assert.Throws<ArgumentException>(() => session.Append([1], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowSession(0, 2, Predict));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowSession(1, 0, Predict));
    }

    private static float[] Append(ITokenSession session, params int[] tokens)
    {
        var logits = new float[2];
        session.Append(tokens, logits);
        return logits;
    }
}
