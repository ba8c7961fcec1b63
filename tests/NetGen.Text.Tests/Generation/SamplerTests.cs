using Xunit;

namespace NetGen.Text.Tests.Generation;

public sealed class SamplerTests
{
    private static readonly float[] Logits = [1f, 3f, -2f, 0.5f, 2.9f, float.NegativeInfinity, 2f, -0.5f];

    public static TheoryData<SamplerOptions> All =>
    [
        new SamplerOptions(), SamplerOptions.Greedy,
        new SamplerOptions { Temperature = 0.5f }, new SamplerOptions { Temperature = 3 }, new SamplerOptions { Temperature = 1e-30f },
        new SamplerOptions { TopK = 1 }, new SamplerOptions { TopK = 3 }, new SamplerOptions { TopK = 100 },
        new SamplerOptions { TopP = 0.05f }, new SamplerOptions { TopP = 0.5f }, new SamplerOptions { TopP = 0.9f }, new SamplerOptions { TopP = 0.999f },
        new SamplerOptions { MinP = 0.1f }, new SamplerOptions { MinP = 1 },
        new SamplerOptions { RepetitionPenalty = 1.3f }, new SamplerOptions { RepetitionPenalty = 0.5f },
        new SamplerOptions { RepetitionPenalty = 1.2f, Temperature = 0.7f, TopK = 5, TopP = 0.8f, MinP = 0.1f },
        new SamplerOptions { RepetitionPenalty = 2, Temperature = 0 },
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Probabilities_are_those_of_the_definition(SamplerOptions options)
    {
        int[] history = [1, 1, 2, 6];
        var probabilities = new float[Logits.Length];
        new Sampler(Logits.Length, options).Probabilities(Logits, history, probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-6f);
        var expected = HuggingFace(Logits, history, options);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], probabilities[i], 1e-6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tokens_are_drawn_as_often_as_they_are_likely(SamplerOptions options)
    {
        const int draws = 20_000;
        Sampler sampler = new(Logits.Length, options with { Seed = 3 });
        var (probabilities, counts) = (new float[Logits.Length], new int[Logits.Length]);
        sampler.Probabilities(Logits, [], probabilities);
        for (var i = 0; i < draws; i++)
            counts[sampler.Next(Logits)]++;
        for (var i = 0; i < counts.Length; i++)
        {
            // Five standard deviations of a binomial distribution: none in a million.
            var deviation = Math.Sqrt(draws * probabilities[i] * (1.0 - probabilities[i]));
            Assert.InRange(
                counts[i], (draws * (double)probabilities[i]) - (5 * deviation) - 0.01, (draws * (double)probabilities[i]) + (5 * deviation) + 0.01);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens()
    {
        var first = Draw(new(Logits.Length, new() { Seed = 1 }));
        Assert.Equal(first, Draw(new(Logits.Length, new() { Seed = 1 })));
        Assert.NotEqual(first, Draw(new(Logits.Length, new() { Seed = 2 })));
        Sampler sampler = new(Logits.Length, new() { Seed = 1 }) { Draws = 10 };
        Assert.Equal(first[10..], Draw(sampler)[..^10]);
        Assert.Equal(110, sampler.Draws);

        static int[] Draw(Sampler sampler) => [.. Enumerable.Range(0, 100).Select(_ => sampler.Next(Logits))];
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_for_a_token(SamplerOptions options)
    {
        const int size = 5000;
        Random random = new(1);
        float[] logits = [.. Enumerable.Range(0, size).Select(_ => 10 * random.NextSingle())];
        int[] history = [.. Enumerable.Range(0, 100)];
        Sampler sampler = new(size, options);
        for (var i = 0; i < 3; i++)
            sampler.Next(logits, history);
        // The runtime itself may allocate on this thread while it prepares faster code; five times are no coincidence.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
                sampler.Next(logits, history);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void Tokens_of_equal_logits_are_kept_together()
    {
        var probabilities = new float[4];
        new Sampler(4, new() { TopK = 2 }).Probabilities([1f, 5f, 1f, 0f], [], probabilities);
        Assert.Equal(probabilities[0], probabilities[2]);
        Assert.True(probabilities[0] > 0 && probabilities[3] == 0);
        Assert.Equal(1, new Sampler(4, SamplerOptions.Greedy).Next([0f, 7f, 7f, 7f]));
    }

    [Fact]
    public void Large_vocabularies_have_the_nucleus_of_the_definition()
    {
        Random random = new(7);
        float[] logits = [.. Enumerable.Range(0, 3000).Select(_ => (float)(4 * Math.Log(random.NextDouble())))];
        foreach (var topP in new[] { 0.3f, 0.9f, 0.99f, 0.99999f })
        {
            SamplerOptions options = new() { TopP = topP };
            var probabilities = new float[logits.Length];
            new Sampler(logits.Length, options).Probabilities(logits, [], probabilities);
            var expected = HuggingFace(logits, [], options);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], probabilities[i], 1e-6);
        }
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Sampler sampler = new(3, new() { RepetitionPenalty = 2 });
        Assert.StartsWith(
            "The logit of token 1 is NaN; ", Assert.Throws<ArgumentException>(() => sampler.Next([0f, float.NaN, 0f])).Message);
        Assert.StartsWith(
            "The logit of token 2 is Infinity; ",
            Assert.Throws<ArgumentException>(() => sampler.Next([0f, 0f, float.PositiveInfinity])).Message);
        Assert.StartsWith(
            "All logits are −∞; ",
            Assert.Throws<ArgumentException>(() => sampler.Next([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity])).Message);
        Assert.StartsWith(
            "There are 2 logits; the vocabulary has 3 tokens.", Assert.Throws<ArgumentException>(() => sampler.Next([0f, 0f])).Message);
        Assert.StartsWith(
            "There is a token 3 in the history; ", Assert.Throws<ArgumentException>(() => sampler.Next([0f, 1f, 0.5f], [1, 3])).Message);
        // The history that was refused has left nothing.
        var probabilities = new float[3];
        sampler.Probabilities([0f, 1f, 0.5f], [], probabilities);
        Assert.Equal(HuggingFace([0f, 1f, 0.5f], [], new())[1], probabilities[1], 1e-6);
    }

    public static TheoryData<SamplerOptions> Wrong =>
    [
        new SamplerOptions { Temperature = -1 }, new SamplerOptions { Temperature = float.NaN }, new SamplerOptions { Temperature = float.PositiveInfinity },
        new SamplerOptions { TopK = -1 }, new SamplerOptions { TopP = 0 }, new SamplerOptions { TopP = 1.1f }, new SamplerOptions { TopP = float.NaN },
        new SamplerOptions { MinP = -0.1f }, new SamplerOptions { MinP = 1.1f }, new SamplerOptions { MinP = float.NaN },
        new SamplerOptions { RepetitionPenalty = 0 }, new SamplerOptions { RepetitionPenalty = float.NaN }, new SamplerOptions { RepetitionPenalty = float.PositiveInfinity },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_that_cannot_be_are_errors(SamplerOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler(3, options));

    [Fact]
    public void A_vocabulary_has_a_token() => Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler(0));

    /// <summary>
    /// Hugging Face's processors in the order of generate(): penalty, temperature, top-k, top-p, min-p, as its source says them
    /// (logits_process.py).
    /// </summary>
    private static double[] HuggingFace(float[] logits, int[] history, SamplerOptions options)
    {
        double[] scores = [.. logits.Select(logit => (double)logit)];
        foreach (var token in history.Distinct())
            scores[token] = scores[token] < 0 ? scores[token] * options.RepetitionPenalty : scores[token] / options.RepetitionPenalty;
        if (options.Temperature == 0)
        {
            var best = Array.IndexOf(scores, scores.Max());
            return [.. scores.Select((_, i) => i == best ? 1.0 : 0.0)];
        }

        scores = [.. scores.Select(score => score / options.Temperature)];
        if (options.TopK > 0)
        {
            var last = scores.OrderDescending().ElementAt(Math.Min(options.TopK, scores.Length) - 1);
            scores = [.. scores.Select(score => score < last ? double.NegativeInfinity : score)];
        }

        if (options.TopP < 1)
        {
            // Ascending; those are removed whose sum up to them is at most 1 − p; one stays.
            var (probabilities, sum) = (Softmax(scores), 0.0);
            var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
            foreach (var i in order[..^1])
            {
                sum += probabilities[i];
                if (sum <= 1 - (double)options.TopP)
                    scores[i] = double.NegativeInfinity;
            }
        }

        if (options.MinP > 0)
        {
            var probabilities = Softmax(scores);
            var least = options.MinP * probabilities.Max();
            scores = [.. scores.Select((score, i) => probabilities[i] < least ? double.NegativeInfinity : score)];
        }

        return Softmax(scores);
    }

    private static double[] Softmax(double[] scores)
    {
        var most = scores.Max();
        double[] weights = [.. scores.Select(score => Math.Exp(score - most))];
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
