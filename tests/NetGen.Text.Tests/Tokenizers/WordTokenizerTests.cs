using Xunit;

namespace NetGen.Text.Tests.Tokenizers;

public sealed class WordTokenizerTests
{
    private static readonly string[] Texts = ["The cat, the dog.", "the CAT sat"];

    [Fact]
    public void Words_are_in_the_order_of_their_counts()
    {
        Assert.Equal(["<unk>", "the", "cat", ",", ".", "dog", "sat"], WordTokenizer.Of(Texts).Words);
        Assert.Equal(["the", "CAT", "The", "cat", "dog", "sat"],
            WordTokenizer.Of(Texts, new() { LowerCase = false, KeepPunctuation = false, Unknown = null }).Words);
        Assert.Equal(
            ["<pad>", "?", "the", "cat"], WordTokenizer.Of(Texts, new() { MinimumCount = 2, Unknown = "?", Padding = "<pad>" }).Words);
        Assert.Equal(["<unk>", "the"], WordTokenizer.Of(Texts, new() { MaximumWords = 1 }).Words);
    }

    [Fact]
    public void Words_keep_what_stands_inside_of_them()
    {
        var tokenizer = WordTokenizer.Of([TestTexts.Odd + " well-known -x- rock'n'roll '90s"], new() { Unknown = null });
        Assert.Superset(
            new HashSet<string> { "it's", "don’t", "well-known", "rock'n'roll", "90s", "naïve", "e\u0301", "3", "日本語", "кириллица", "x", "-", "🚀", "," },
            tokenizer.Words.ToArray().ToHashSet());
    }

    [Fact]
    public void An_unknown_word_is_an_error_or_the_token_for_it()
    {
        var tokenizer = WordTokenizer.Of(Texts, new() { Unknown = null });
        Assert.StartsWith(
            "The word 'bird' at 8 (line 2, column 5) is none of the 6;",
            Assert.Throws<ArgumentException>(() => tokenizer.Encode("cat\nthe Bird")).Message);
        var padded = WordTokenizer.Of(Texts, new() { Padding = "<pad>" });
        Assert.Equal((0, 1), (padded.Padding, padded.Unknown));
        Assert.Equal([3, 1, 2], padded.Encode("cat bird the"));
        Assert.Equal("cat <unk> the <pad>", padded.Decode([3, 1, 2, 0]));
    }

    [Fact]
    public void A_vocabulary_is_saved_and_loaded_with_its_options()
    {
        var path = Path.Combine(TestTexts.TemporaryFolder("words"), "words.json");
        foreach (var options in new WordOptions[] { new(), new() { LowerCase = false, Padding = "<pad>" }, new() { Unknown = null, KeepPunctuation = false } })
        {
            var tokenizer = WordTokenizer.Of([TestTexts.Page], options);
            tokenizer.Save(path);
            var loaded = WordTokenizer.Load(path);
            Assert.Equal(tokenizer.Words, loaded.Words);
            Assert.Equal(tokenizer.Encode(TestTexts.Page), loaded.Encode(TestTexts.Page));
            Assert.Equal((tokenizer.Padding, tokenizer.Unknown), (loaded.Padding, loaded.Unknown));
        }
    }

    [Fact]
    public void What_cannot_be_a_vocabulary_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => WordTokenizer.Of(["a b"], new() { MinimumCount = 2, Unknown = null }));
        Assert.Throws<ArgumentException>(() => WordTokenizer.Of(["a b"], new() { Unknown = "x", Padding = "x" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTokenizer.Of(["a b"], new() { MinimumCount = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTokenizer.Of(["a b"], new() { MaximumWords = 0 }));
    }
}
