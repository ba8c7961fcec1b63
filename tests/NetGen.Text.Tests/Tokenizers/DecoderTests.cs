using System.Text;
using Xunit;

namespace NetGen.Text.Tests.Tokenizers;

/// <summary>What holds for all tokenizers.</summary>
public sealed class DecoderTests
{
    public static TheoryData<string> Names => ["characters", "bytes", "words", "pairs", "Microsoft's"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_token_by_token_gives_the_text_of_all(string name)
    {
        var tokenizer = Tokenizer(name);
        var tokens = tokenizer.Encode(TestTexts.Odd);
        Assert.All(tokens, token => Assert.InRange(token, 0, tokenizer.VocabularySize - 1));
        var decoder = tokenizer.CreateDecoder();
        for (var round = 0; round < 2; round++)
        {
            StringBuilder text = new();
            foreach (var token in tokens)
            {
                var piece = decoder.Append(token);
                // Nothing is cut: neither a pair nor the bytes of a character.
                Assert.True(piece.IsEmpty || !char.IsHighSurrogate(piece[^1]));
                Assert.False(piece.Contains('\uFFFD'));
                text.Append(piece);
            }

            text.Append(decoder.Flush());
            Assert.Equal(tokenizer.Decode(tokens), text.ToString());
            if (name != "words")
                Assert.Equal(TestTexts.Odd, text.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_token_that_is_none_is_an_error(string name)
    {
        var tokenizer = Tokenizer(name);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([tokenizer.VocabularySize]));
        Assert.Throws<ArgumentOutOfRangeException>(() => { tokenizer.CreateDecoder().Append(tokenizer.VocabularySize); });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_has_no_tokens(string name)
    {
        Assert.Empty(Tokenizer(name).Encode(""));
        Assert.Equal("", Tokenizer(name).Decode([]));
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("pairs")]
    public void Half_a_character_is_an_error_of_text_and_a_sign_of_tokens(string name)
    {
        var tokenizer = Tokenizer(name);
        Assert.StartsWith(
            "Half of a surrogate pair (U+DE80) stands alone at 2",
            Assert.Throws<ArgumentException>(() => tokenizer.Encode("ab\uDE80c")).Message);
        var decoder = tokenizer.CreateDecoder();
        Assert.Equal("", decoder.Append(0xE2).ToString());
        Assert.Equal("\uFFFD", decoder.Flush().ToString());
        Assert.Equal("a", decoder.Append('a').ToString());
    }

    [Fact]
    public void Tokens_are_added_behind_those_of_a_list()
    {
        List<int> tokens = [7];
        new ByteTokenizer().Encode("ü", tokens);
        Assert.Equal([7, 0xC3, 0xBC], tokens);
    }

    private static ITokenizer Tokenizer(string name) => name switch
    {
        "characters" => CharacterTokenizer.Of(TestTexts.Odd),
        "bytes" => new ByteTokenizer(),
        "words" => WordTokenizer.Of([TestTexts.Odd]),
        "pairs" => BytePairTokenizer.Train([TestTexts.Page], 400),
        _ => Microsoft.ML.Tokenizers.TiktokenTokenizer.CreateForModel("gpt-2").AsTokenizer(vocabularySize: 50257),
    };
}
