using Xunit;

namespace NetGen.Text.Tests.Generation;

public sealed class GenerationTests
{
    private static readonly ByteTokenizer Bytes = new();

    [Fact]
    public void Tokens_are_what_the_sampler_chooses_one_after_the_other()
    {
        ToySession session = new(10);
        var generated = session.Generate(new[] { 1, 2 }, new(10, new() { Seed = 5, RepetitionPenalty = 1.5f }), new() { MaximumTokens = 30 }).ToArray();

        Sampler sampler = new(10, new() { Seed = 5, RepetitionPenalty = 1.5f });
        List<int> expected = [1, 2];
        for (var i = 0; i < 30; i++)
            expected.Add(sampler.Next(session.Logits(expected), expected.ToArray()));
        Assert.Equal(expected[2..], generated);
        // Nobody has asked what follows the last one.
        Assert.Equal(expected[..^1], session.Tokens);
    }

    [Fact]
    public void It_ends_at_a_stop_token_at_the_most_tokens_and_where_the_session_is_full()
    {
        Sampler greedy = new(256, SamplerOptions.Greedy);
        Assert.Equal(
            "cde"u8.ToArray().Select(value => (int)value), ToySession.Says("ab", "cdef").Generate(Bytes.Encode("ab"), greedy, new() { StopTokens = ['x', 'f'] }));
        Assert.Equal(2, ToySession.Says("ab", "cdef").Generate(Bytes.Encode("ab"), greedy, new() { MaximumTokens = 2 }).Count());
        Assert.Empty(ToySession.Says("ab", "cdef").Generate(Bytes.Encode("ab"), greedy, new() { MaximumTokens = 0 }));
        ToySession full = new(5, maximumLength: 6);
        // The session reads six; what follows the sixth is known and cannot be read.
        Assert.Equal(5, full.Generate(new[] { 1, 2 }, new(5)).Count());
        Assert.Equal(6, full.Length);
    }

    [Theory]
    [InlineData("Grüße 🚀!", "", "Grüße 🚀!...")]
    [InlineData("one\n\ntwo", "\n\n", "one")]
    [InlineData("one\n \n\ntwo", "\n\n", "one\n ")]
    [InlineData("ababac", "abac", "ab")]
    [InlineData("a STOP b", "OP b|STOP", "a ")]
    [InlineData("Gruß 🚀 end", "🚀", "Gruß ")]
    [InlineData("one", "...!", "one...")]
    public void Text_ends_before_a_stop_string_whatever_tokens_it_comes_in(string text, string stops, string expected)
    {
        GenerationOptions options = new()
        {
            MaximumTokens = System.Text.Encoding.UTF8.GetByteCount(text) + 3,
            StopStrings = stops.Split('|', StringSplitOptions.RemoveEmptyEntries),
        };
        var pieces = ToySession.Says("> ", text).GenerateText(Bytes, "> ", new(256, SamplerOptions.Greedy), options).ToArray();
        Assert.Equal(expected, string.Concat(pieces));
        Assert.DoesNotContain("", pieces);
    }

    [Fact]
    public void Text_comes_as_soon_as_it_is_known()
    {
        var session = ToySession.Says("> ", "ab--c");
        using var pieces = session.GenerateText(Bytes, "> ", new(256, SamplerOptions.Greedy), new() { StopStrings = ["--!"] }).GetEnumerator();
        foreach (var (piece, length) in new[] { ("a", 2), ("b", 3), ("--c", 6), (".", 7) })
        {
            Assert.True(pieces.MoveNext());
            Assert.Equal((piece, length), (pieces.Current, session.Length));
        }
    }

    [Fact]
    public async Task Awaited_it_is_the_same_and_not_on_the_callers_thread()
    {
        SynchronizationContext.SetSynchronizationContext(new NoContext());
        try
        {
            ToySession session = new(10);
            List<int> tokens = [];
            List<bool> pooled = [];
            session.BeforeAppend = () => pooled.Add(Thread.CurrentThread.IsThreadPoolThread);
            await foreach (var token in session.GenerateAsync(new[] { 1, 2 }, new(10), new() { MaximumTokens = 20 }, TestContext.Current.CancellationToken).ConfigureAwait(false))
                tokens.Add(token);
            Assert.Equal(new ToySession(10).Generate(new[] { 1, 2 }, new(10), new() { MaximumTokens = 20 }), tokens);
            Assert.All(pooled, Assert.True);

            System.Text.StringBuilder text = new();
            var says = ToySession.Says("> ", "Grüße!\n.");
            await foreach (var piece in says.GenerateTextAsync(
                Bytes, "> ", new(256, SamplerOptions.Greedy), new() { StopStrings = ["\n"] }, TestContext.Current.CancellationToken).ConfigureAwait(false))
                text.Append(piece);
            Assert.Equal("Grüße!", text.ToString());
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    [Fact]
    public async Task A_cancellation_ends_it_before_the_next_token_is_computed()
    {
        using CancellationTokenSource source = new();
        ToySession session = new(10);
        var count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in session.GenerateAsync(new[] { 1 }, new(10)).WithCancellation(source.Token))
            {
                if (++count == 5)
                    await source.CancelAsync();
            }
        });
        Assert.Equal((5, 5), (count, session.Length));
    }

    [Fact]
    public void A_token_allocates_nothing()
    {
        var logits = new float[50];
        ToySession session = new(50, model: _ => logits);
        using var tokens = session.Generate(new[] { 1 }, new(50, new() { TopK = 10, TopP = 0.9f }), new() { MaximumTokens = 1000 }).GetEnumerator();
        for (var i = 0; i < 600; i++)
            tokens.MoveNext();
        // The list of the toy itself has room up to 1,024.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300; i++)
            tokens.MoveNext();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_is_wrong_is_said_before_anything_is_computed()
    {
        ToySession session = new(10, maximumLength: 3);
        Assert.Throws<ArgumentException>(() => session.Generate(Array.Empty<int>(), new(10)));
        Assert.StartsWith(
            "The prompt has 4 tokens; the session has read 0 of 3.",
            Assert.Throws<ArgumentException>(() => session.Generate(new int[4], new(10))).Message);
        Assert.StartsWith(
            "The sampler has 9 tokens, the session 10.",
            Assert.Throws<ArgumentException>(() => session.Generate(new int[1], new(9))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Generate(new int[1], new(10), new() { MaximumTokens = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Generate(new int[1], new(10), new() { StopTokens = [10] }));
        Assert.StartsWith(
            "The tokenizer has 256 tokens, the session 10.",
            Assert.Throws<ArgumentException>(() => session.GenerateText(Bytes, "a", new(10))).Message);
        Assert.Throws<ArgumentException>(() => new ToySession(256).GenerateText(Bytes, "a", new(256), new() { StopStrings = [""] }));
        Assert.Throws<ArgumentException>(
            () => { session.GenerateAsync(Array.Empty<int>(), new(10), cancellationToken: TestContext.Current.CancellationToken); });
        Assert.Equal(0, session.Length);
    }

    /// <summary>A context whose work nobody does.</summary>
    private sealed class NoContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("On the caller's thread.");
    }
}
