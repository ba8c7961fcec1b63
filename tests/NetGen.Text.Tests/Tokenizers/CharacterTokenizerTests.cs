using System.Text;
using Xunit;

namespace NetGen.Text.Tests.Tokenizers;

public sealed class CharacterTokenizerTests
{
    [Fact]
    public void Characters_of_a_text_are_in_Unicodes_order()
    {
        var tokenizer = CharacterTokenizer.Of("to be 🚀, or");
        Assert.Equal(" ,beort🚀", string.Concat(tokenizer.Characters.ToArray()));
        Assert.Equal([6, 4, 0, 2, 3, 7], tokenizer.Encode("to be🚀"));
        Assert.Equal(8, tokenizer.VocabularySize);
    }

    [Fact]
    public void An_unknown_character_is_an_error_that_names_it_and_its_place()
    {
        var tokenizer = CharacterTokenizer.Of("abc\n");
        Assert.StartsWith(
            "'é' (U+00E9) at 6 (line 2, column 3) is none of the 4 characters;",
            Assert.Throws<ArgumentException>(() => tokenizer.Encode("abc\nabéc")).Message);
        Assert.StartsWith("U+0009 at 0 (line 1, column 1) ", Assert.Throws<ArgumentException>(() => tokenizer.Encode("\t")).Message);
        Assert.StartsWith("'🚀' (U+1F680) at 1 (line 1, column 2) ", Assert.Throws<ArgumentException>(() => tokenizer.Encode("a🚀")).Message);
        Assert.StartsWith(
            "Half of a surrogate pair (U+D83D) stands alone at 1 (line 1, column 2);",
            Assert.Throws<ArgumentException>(() => tokenizer.Encode("a\uD83D")).Message);
    }

    [Theory]
    [InlineData('b', 3, 1)]
    [InlineData('?', 4, 3)]
    public void An_unknown_character_becomes_the_one_for_it(char unknown, int size, int token)
    {
        CharacterTokenizer tokenizer = new("abc", new Rune(unknown));
        Assert.Equal(size, tokenizer.VocabularySize);
        Assert.Equal([0, token, 2], tokenizer.Encode("a🚀c"));
        Assert.Equal($"a{unknown}c", tokenizer.Decode([0, token, 2]));
    }

    [Fact]
    public void A_vocabulary_is_saved_and_loaded()
    {
        var path = Path.Combine(TestTexts.TemporaryFolder("characters"), "characters.json");
        foreach (Rune? unknown in new Rune?[] { null, new Rune('\u2603'), new Rune('"') })
        {
            var tokenizer = CharacterTokenizer.Of(TestTexts.Odd, unknown);
            tokenizer.Save(path);
            var loaded = CharacterTokenizer.Load(path);
            Assert.Equal(tokenizer.Characters, loaded.Characters);
            Assert.Equal(unknown, loaded.Unknown);
        }
    }

    [Theory]
    [InlineData("", "is not the vocabulary of 'characters'")]
    [InlineData("[1]", "is not the vocabulary of 'characters'")]
    [InlineData("""{"tokenizer":"words","characters":"ab"}""", "is the vocabulary of 'words', not of 'characters'")]
    [InlineData("""{"tokenizer":"characters"}""", "is not the vocabulary of 'characters'")]
    [InlineData("""{"tokenizer":"characters","characters":"aba"}""", "'a' (U+0061) is there a second time at 2")]
    [InlineData("""{"tokenizer":"characters","characters":"ab","unknown":"cd"}""", "an 'unknown' that is not one character")]
    [InlineData("""{"tokenizer":"characters","characters":"ab","unknown":null}""", "an 'unknown' that is not one character")]
    public void A_damaged_file_is_an_error(string json, string message)
    {
        var path = Path.Combine(TestTexts.TemporaryFolder("characters"), "characters.json");
        File.WriteAllText(path, json);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => CharacterTokenizer.Load(path)).Message);
    }

    [Fact]
    public void A_character_twice_and_none_at_all_are_errors()
    {
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer("aa"));
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer(""));
        Assert.Throws<ArgumentException>(() => CharacterTokenizer.Of(""));
    }
}
