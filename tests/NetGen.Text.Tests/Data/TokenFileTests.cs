using Xunit;

namespace NetGen.Text.Tests.Data;

public sealed class TokenFileTests
{
    private readonly string path = Path.Combine(TestTexts.TemporaryFolder("tokens"), "corpus.tokens");

    [Theory]
    [InlineData(1 << 16, 24 + (2 * 100_000))]
    [InlineData((1 << 16) + 1, 24 + (4 * 100_000))]
    public void Tokens_are_read_as_they_were_written(int vocabularySize, long bytes)
    {
        Random random = new(1);
        int[] tokens = [vocabularySize - 1, 0, .. Enumerable.Range(0, 99_998).Select(_ => random.Next(vocabularySize))];
        TokenFile.Write(path, vocabularySize, writer =>
        {
            writer.Append(tokens.AsSpan(0, 70_000));
            writer.Append(tokens[70_000]);
            writer.Append(tokens.AsSpan(70_001));
            Assert.Equal(tokens.Length, writer.Count);
        });
        Assert.Equal(bytes, new FileInfo(path).Length);
        using var file = TokenFile.Open(path);
        Assert.Equal((tokens.Length, vocabularySize), (file.Count, file.VocabularySize));
        foreach (var (start, count) in new[] { (0, tokens.Length), (0, 1), (77_777, 13), (99_999, 1), (100_000, 0) })
        {
            var read = new int[count];
            file.Read(start, read);
            Assert.Equal(tokens[start..(start + count)], read);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(99_999, new int[2]));
        var (_, validation) = file.Split(0.1);
        Assert.Equal(tokens[90_000..90_064], new TokenWindows(validation, 64).Consecutive(0, 1)["tokens"].Labels.ToArray());
        var (drawn, next) = (new int[64], new int[64]);
        var (same, follows) = (new int[64], new int[64]);
        new TokenWindows(file, 32).Draw(new Random(3), drawn, next);
        new TokenWindows(tokens, 32).Draw(new Random(3), same, follows);
        Assert.Equal(same, drawn);
        Assert.Equal(follows, next);
    }

    [Theory]
    [InlineData("pairs")]
    [InlineData("bytes")]
    [InlineData("characters")]
    [InlineData("words")]
    public void A_text_read_piece_by_piece_has_the_tokens_of_the_whole(string name)
    {
        var text = string.Concat(Enumerable.Repeat(TestTexts.Page + TestTexts.Odd, 8));
        Assert.True(text.Length > 2 << 16);
        ITokenizer tokenizer = name switch
        {
            "pairs" => BytePairTokenizer.Train([TestTexts.Page], 600),
            "bytes" => new ByteTokenizer(),
            "characters" => CharacterTokenizer.Of(text),
            _ => WordTokenizer.Of([text]),
        };
        TokenFile.Write(path, tokenizer, new StringReader(text));
        using var file = TokenFile.Open(path);
        var tokens = new int[file.Count];
        file.Read(0, tokens);
        Assert.Equal(tokenizer.Encode(text), tokens);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(50)]
    public void Pieces_end_before_the_last_white_space_of_several(int length)
    {
        var text = TestTexts.Odd + " a  b   c    d\n\n\n e" + new string('x', 200) + "   ";
        List<string> pieces = [];
        long start = 0;
        foreach (var (place, piece) in TextPieces.Of(new StringReader(text), length))
        {
            Assert.Equal(start, place);
            start += piece.Length;
            pieces.Add(piece.ToString());
        }

        Assert.Equal(text, string.Concat(pieces));
        Assert.True(pieces.Count > 1);
        Assert.All(pieces.Skip(1), piece => Assert.True(char.IsWhiteSpace(piece[0]) && !char.IsWhiteSpace(piece[1])));
        var tokenizer = BytePairTokenizer.Train([text, "      \n\n\n\n"], 300, new() { MinimumCount = 1 });
        Assert.Equal(tokenizer.Encode(text), pieces.SelectMany(piece => tokenizer.Encode(piece)));
    }

    [Fact]
    public void A_token_that_is_none_leaves_no_file()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenFile.Write(path, 10, writer => writer.Append([1, 10])));
        var error = Assert.Throws<InvalidDataException>(
            () => TokenFile.Write(path, new CharacterTokenizer("abc "), new StringReader("abc\nd")));
        Assert.Contains("from character 0 on: U+000A at 3 (line 1, column 4)", error.Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_damaged_file_is_an_error()
    {
        TokenFile.Write(path, 10, writer => writer.Append([1, 2, 3]));
        var bytes = File.ReadAllBytes(path);
        Rejected(bytes[..^1], "has 29 bytes; its 3 tokens need 30.");
        Rejected([.. bytes, 0], "has 31 bytes; its 3 tokens need 30.");
        Rejected(bytes[..10], "is damaged");
        Rejected([], "is not a file of tokens");
        Rejected([.. "NGTOKEN?"u8, .. bytes[8..]], "is not a file of tokens");
        Rejected([.. bytes[..12], 4, .. bytes[13..]], "is damaged");
        Rejected([.. bytes[..16], 255, 255, 255, 255, 255, 255, 255, 255, .. bytes[24..]], "is damaged");

        void Rejected(byte[] file, string message)
        {
            File.WriteAllBytes(path, file);
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => TokenFile.Open(path)).Message);
        }
    }
}
