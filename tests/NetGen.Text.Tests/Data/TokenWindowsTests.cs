using Xunit;

namespace NetGen.Text.Tests.Data;

public sealed class TokenWindowsTests
{
    private static readonly int[] Tokens = [.. Enumerable.Range(100, 23)];

    [Fact]
    public void Windows_follow_each_other_and_next_is_what_follows()
    {
        var data = new TokenWindows(Tokens, 5).Consecutive();
        Assert.Equal("4 samples (tokens: Label [5]; next: Label [5])", data.ToString());
        Assert.Equal(Tokens[..20], data["tokens"].Labels.ToArray());
        Assert.Equal(Tokens[1..21], data["next"].Labels.ToArray());
        // The 22 pairs of neighbours are four windows of five; of eleven, two.
        Assert.Equal(2, new TokenWindows(Tokens, 11).Count);
        Assert.Equal(1, new TokenWindows(Tokens, 22).Consecutive("text", "label")["label"].Count);
    }

    [Fact]
    public void Tokens_in_memory_are_not_copied()
    {
        var tokens = Tokens.ToArray();
        var data = new TokenWindows(tokens, 5).Consecutive(1, 2);
        tokens[5] = 7;
        Assert.Equal([7, 106, 107, 108, 109, 110, 111, 112, 113, 114], data["tokens"].Labels.ToArray());
    }

    [Fact]
    public void Random_windows_are_pieces_and_depend_on_the_seed_only()
    {
        TokenWindows windows = new(Tokens, 5);
        var data = windows.Sample(2000, seed: 1);
        HashSet<int> starts = [];
        for (var i = 0; i < data.Count; i++)
        {
            var window = data["tokens"].Labels.Span.Slice(5 * i, 5);
            var next = data["next"].Labels.Span.Slice(5 * i, 5);
            starts.Add(window[0]);
            for (var j = 0; j < 5; j++)
                Assert.Equal((window[0] + j, window[0] + j + 1), (window[j], next[j]));
        }

        // All places, the first and the last too.
        Assert.Equal(Enumerable.Range(100, 18), starts.Order());
        Assert.Equal(data["next"].Labels.ToArray(), windows.Sample(2000, seed: 1)["next"].Labels.ToArray());
        Assert.NotEqual(data["next"].Labels.ToArray(), windows.Sample(2000, seed: 2)["next"].Labels.ToArray());
    }

    [Fact]
    public void A_batch_is_drawn_by_a_random_number_for_each_window()
    {
        var (random, tokens, next) = (new Random(1), new int[15], new int[15]);
        new TokenWindows(Tokens, 5).Draw(new Random(1), tokens, next);
        for (var i = 0; i < 3; i++)
        {
            var start = random.Next(Tokens.Length - 5);
            Assert.Equal(Tokens[start..(start + 5)], tokens[(5 * i)..(5 * i + 5)]);
            Assert.Equal(Tokens[(start + 1)..(start + 6)], next[(5 * i)..(5 * i + 5)]);
        }
    }

    [Fact]
    public void The_end_of_a_text_is_for_validation()
    {
        var (train, validation) = new TokenArray(Tokens).Split(0.2);
        Assert.Equal((18, 5), (train.Count, validation.Count));
        Assert.Equal(Tokens[18..22], new TokenWindows(validation, 4).Consecutive()["tokens"].Labels.ToArray());
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.StartsWith(
            "There are 23 tokens; a window of 23 and the token behind it need 24.",
            Assert.Throws<ArgumentException>(() => new TokenWindows(Tokens, 23)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenWindows(Tokens, 0));
        TokenWindows windows = new(Tokens, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Consecutive(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Consecutive(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Sample(-1, 1));
        Assert.Throws<ArgumentException>(() => windows.Draw(new Random(1), new int[6], new int[6]));
        Assert.Throws<ArgumentException>(() => windows.Draw(new Random(1), new int[5], new int[10]));
        TokenArray array = new(Tokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Slice(20, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Slice(10, 5).Read(3, new int[3]));
    }
}
