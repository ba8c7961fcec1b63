using CsCheck;
using Microsoft.ML.Tokenizers;
using Xunit;

namespace NetGen.Text.Tests.Tokenizers;

public sealed class BytePairTokenizerTests
{
    private static readonly BytePairTokenizer OfPage = BytePairTokenizer.Train([TestTexts.Page], 800);

    /// <summary>Sennrich, Haddow, Birch 2016, section 3.2, in bytes: low ×5, lowest ×2, newer ×6, wider ×3.</summary>
    [Fact]
    public void The_papers_words_give_the_papers_merges()
    {
        var words = Enumerable.Repeat("low", 5).Concat(Enumerable.Repeat("lowest", 2)).Concat(Enumerable.Repeat("newer", 6)).Concat(Enumerable.Repeat("wider", 3));
        var tokenizer = BytePairTokenizer.Train(words, 256 + 4, new() { SpecialTokens = [] });
        // er 9 times; lo and ow 7 times each, of which lo has the lower first token; low; of ne, ew and w·er, 6 times each, ew.
        Assert.Equal(["er", "lo", "low", "ew"], Enumerable.Range(256, 4).Select(token => tokenizer.Decode([token])));
    }

    [Fact]
    public void Training_is_what_the_definition_says()
    {
        var tokenizer = BytePairTokenizer.Train([TestTexts.Odd, TestTexts.Page[..3000]], 256 + 120, new() { SpecialTokens = [], MinimumCount = 2 });
        Assert.Equal(ByDefinition([TestTexts.Odd, TestTexts.Page[..3000]], 120), tokenizer.Merged);
    }

    [Fact]
    public void A_vocabulary_ends_where_no_pair_is_frequent_enough()
    {
        Assert.Equal(256 + 1, BytePairTokenizer.Train(["abcd"], 1000).VocabularySize);
        Assert.Equal(256 + 3 + 1, BytePairTokenizer.Train(["abcd"], 1000, new() { MinimumCount = 1 }).VocabularySize);
        // aa, aa·aa, aaaa·aaaa.
        Assert.Equal([258], BytePairTokenizer.Train(["aaaaaaaa aaaaaaaa"], 1000).Encode("aaaaaaaa"));
    }

    [Fact]
    public void Special_tokens_are_last_and_no_text_is_encoded_to_them()
    {
        var tokenizer = BytePairTokenizer.Train(["a b"], 300, new() { SpecialTokens = ["<|endoftext|>", "<mask>"] });
        Assert.Equal(256, tokenizer.SpecialTokens["<|endoftext|>"]);
        Assert.Equal(257, tokenizer.SpecialTokens["<mask>"]);
        Assert.All(tokenizer.Encode("<|endoftext|><mask>"), token => Assert.True(token < 256));
        Assert.Equal("a<mask>b", tokenizer.Decode(['a', 257, 'b']));
        Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train(["a"], 300, new() { SpecialTokens = ["x"] }));
        Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train(["a"], 300, new() { SpecialTokens = ["<s>", "<s>"] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTokenizer.Train(["a"], 256));
    }

    [Fact]
    public void Saved_files_are_read_again_and_give_Microsofts_tokenizers_the_same_tokens()
    {
        var folder = TestTexts.TemporaryFolder("pairs");
        OfPage.Save(folder);
        var loaded = BytePairTokenizer.Load(folder);
        Assert.Equal(OfPage.Merged, loaded.Merged);
        Assert.Equal(OfPage.SpecialTokens, loaded.SpecialTokens);

        var theirs = BpeTokenizer.Create(new BpeOptions(Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"))
        {
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(Gpt2Files.Words(), specialTokens: null),
        });
        foreach (var text in new[] { TestTexts.Page, TestTexts.Odd, "aaaaaaaaaaaaa", "    \n\n  x" })
        {
            int[] expected = [.. theirs.EncodeToIds(text)];
            Assert.Equal(expected, OfPage.Encode(text));
            Assert.Equal(expected, loaded.Encode(text));
            Assert.Equal(text, loaded.Decode(expected));
        }
    }

    [Fact]
    public void Any_text_comes_back() => Gen.String.Where(text => text.EnumerateRunes().All(rune => rune.Value != 0xFFFD)).Sample(
        text => Assert.Equal(text, OfPage.Decode(OfPage.Encode(text))), iter: 300);

    [Fact]
    public void A_long_word_takes_no_squared_time()
    {
        var word = string.Concat(Enumerable.Repeat("ration", 50_000));
        Assert.Equal(word, OfPage.Decode(OfPage.Encode(word)));
    }

    /// <summary>GPT-2's own vocabulary: the merge that made each token is that of its two last parts.</summary>
    [Fact]
    public void GPT2s_vocabulary_gives_GPT2s_tokens()
    {
        var folder = TestTexts.TemporaryFolder("gpt2");
        var gpt2 = TiktokenTokenizer.CreateForModel("gpt-2");
        Gpt2Files.Write(folder);
        var ours = BytePairTokenizer.Load(folder);
        Assert.Equal((50257, 50000), (ours.VocabularySize, ours.Merged.Count));
        Assert.Equal(50256, ours.SpecialTokens["<|endoftext|>"]);
        foreach (var text in new[] { TestTexts.Page, TestTexts.Odd, "Hello world, it's  me\n\n x" })
            Assert.Equal(gpt2.EncodeToIds(text), ours.Encode(text));
        Assert.Equal([15496, 995, 11], ours.Encode("Hello world,"));
    }

    [Theory]
    [InlineData("""{"a":0}""", "", "has no token for the byte")]
    [InlineData("nothing", "", "is not an object of tokens")]
    [InlineData("BYTES", "#version: 0.2\na b c\n", "Line 2 of")]
    [InlineData("BYTES", "a b\n", "needs the token 'ab', which is not in the vocabulary")]
    [InlineData("""BYTES,"ab":257""", "a b\n", "gives 'ab' the number 257")]
    [InlineData("""BYTES,"ab":256""", "a b\na b\n", "is there twice")]
    public void Damaged_files_are_errors(string vocabulary, string merges, string message)
    {
        var folder = TestTexts.TemporaryFolder("damaged");
        BytePairTokenizer.Train([""], 256, new() { SpecialTokens = [] }).Save(folder);
        var path = Path.Combine(folder, "vocab.json");
        if (vocabulary.StartsWith("BYTES", StringComparison.Ordinal))
            vocabulary = string.Concat(File.ReadAllText(path).AsSpan()[..^1], vocabulary.AsSpan("BYTES".Length), "}");
        File.WriteAllText(path, vocabulary);
        File.WriteAllText(Path.Combine(folder, "merges.txt"), merges);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => BytePairTokenizer.Load(folder)).Message);
    }

    /// <summary>All words again in each step, and all pairs counted.</summary>
    private static List<(int, int, int)> ByDefinition(string[] texts, int merges)
    {
        List<List<int>> words = [];
        foreach (var text in texts)
        {
            foreach (var piece in BytePairPieces.Of(text))
                words.Add([.. System.Text.Encoding.UTF8.GetBytes(text.Substring(piece.Index, piece.Length)).Select(value => (int)value)]);
        }

        Dictionary<int, string> names = Enumerable.Range(0, 256).ToDictionary(i => i, i => ((char)i).ToString());
        List<(int, int, int)> merged = [];
        while (names.Count < 256 + merges)
        {
            var (left, right) = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First).ThenBy(group => group.Key.Second).First().Key;
            var name = names[left] + names[right];
            var token = names.Where(other => other.Value == name).Select(other => other.Key).DefaultIfEmpty(names.Count).First();
            names[token] = name;
            merged.Add((left, right, token));
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) == (left, right))
                    {
                        word[i] = token;
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merged;
    }
}
