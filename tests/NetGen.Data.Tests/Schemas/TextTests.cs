using NetGen.Data.Tests.Images;
using NetGen.Text;
using Xunit;
using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests;

[Network]
public sealed partial class Moods
{
    private readonly Layer embedding = Embedding(40, 8);
    private readonly Layer head = Sequential(Dense(2));

    public Tensor Forward([Sequence(max: 6)] Indices text) => head(MeanOfSteps(embedding(text)));

    [Objective]
    public Tensor Loss(Indices text, Labels mood) => CrossEntropy(Forward(text), mood);
}

public sealed class TextTests : IDisposable
{
    private const string Csv = """
        review,mood
        "A good, good film!",glad
        bad and dull,sad
        good fun,glad
        so bad,sad
        ,glad
        GOOD,glad
        a dull bad film,sad
        """;

    private readonly Pictures folder = new();

    public void Dispose() => folder.Dispose();

    private static Schema Of(TokenFeature feature, int longest = 6) => new(Output.Tokens("text", feature, longest), Output.Labels("mood", Feature.Category("mood").Index()));

    [Fact]
    public void Words_of_the_rows_for_training_have_tokens_and_others_are_unknown()
    {
        Table train = Table.ParseCsv(Csv);
        FittedSchema schema = Of(Feature.Text("review").MissingAs("").Words()).Fit(train);
        WordTokenizer words = (WordTokenizer)schema["text"].Tokenizer!;
        Assert.Equal(["<unk>", "good", "bad", "a", "dull", "film", "!", ",", "and", "fun", "so"], words.Words.ToArray());
        Assert.Equal("text: up to 6 of 11 tokens", schema["text"].ToString());
        Assert.Equal(["review"], schema["text"].Columns);

        DataColumn text = schema.Encode(train)["text"];
        Assert.True(text.IsSequence);
        // The first text is cut off after its sixth word; one without a word is the unknown one.
        Assert.Equal([6, 3, 2, 2, 1, 1, 4], text.Lengths.ToArray());
        Assert.Equal([3, 1, 7, 1, 5, 6], text.Labels[..6].ToArray());

        SchemaRow row = schema.NewRow().Set("review", "so good and GREAT");
        Assert.Equal([10, 1, 8, 0], row.EncodeLabels("text"));
        Assert.Equal([0], row.Set("review", (string?)null).EncodeLabels("text"));
    }

    [Theory]
    [InlineData("words")]
    [InlineData("characters")]
    [InlineData("bytes")]
    [InlineData("byte pairs")]
    public void A_schema_that_was_saved_makes_the_same_tokens(string kind)
    {
        Table train = Table.ParseCsv(Csv);
        TextFeature review = Feature.Text("review").MissingAs("?");
        FittedSchema schema = Of(kind switch { "words" => review.Words(), "bytes" => review.Bytes(), "byte pairs" => review.BytePairs(270), _ => review.Characters() }, longest: 12).Fit(train);
        FittedSchema read = FittedSchema.FromJson(schema.ToJson());
        Assert.Equal(schema.ToJson(), read.ToJson());
        foreach (string text in (string[])["so good", "", "größer", "a very long text that is cut off somewhere"])
        {
            int[] tokens = schema.NewRow().Set("review", text).EncodeLabels("text");
            Assert.InRange(tokens.Length, 1, 12);
            Assert.Equal(tokens, read.NewRow().Set("review", text).EncodeLabels("text"));
        }

        DataColumn table = schema.Encode(train)["text"];
        Assert.Equal(schema.NewRow().Set("review", "bad and dull").EncodeLabels("text"), table.Labels.Span.Slice(table.Lengths[0], table.Lengths[1]).ToArray());
        foreach ((string from, string to) in (ReadOnlySpan<(string, string)>)[("\"tokenizer\":\"" + kind, "\"tokenizer\":\"other"), ("\"longest\":12", "\"longest\":0"), ("\"vocabulary\"", "\"none\"")])
            Assert.Throws<InvalidDataException>(() => FittedSchema.FromJson(schema.ToJson().Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Byte_pairs_are_those_of_the_rows_for_training()
    {
        Table train = Table.ParseCsv(Csv);
        TextFeature review = Feature.Text("review").MissingAs("");
        FittedSchema schema = Of(review.BytePairs(vocabularySize: 265)).Fit(train);
        string[] texts = [.. Enumerable.Range(0, train.Count).Select(row => train["review"].Text(row) ?? "")];
        BytePairTokenizer alone = BytePairTokenizer.Train(texts, 265);
        Assert.Equal("text: up to 6 of 265 tokens", schema["text"].ToString());
        foreach (string text in (string[])["so good", "größer", "\U0001F600 good bad"])
            Assert.Equal(alone.Encode(text).Take(6), schema.NewRow().Set("review", text).EncodeLabels("text"));
        Assert.Equal([0], schema.NewRow().Set("review", (string?)null).EncodeLabels("text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => review.BytePairs(256));
        Assert.Contains(
            "'review' is no text: Half of a surrogate pair",
            Assert.Throws<InvalidDataException>(() => schema.NewRow().Set("review", "a \uD83D").EncodeLabels("text")).Message, StringComparison.Ordinal);
    }

    /// <summary>A vocabulary whose bytes have other numbers, and special tokens among the others, as GPT-2's.</summary>
    [Fact]
    public void Byte_pairs_that_there_are_already_are_taken_and_saved_with_the_schema()
    {
        string gpt = Path.Combine(folder.Folder, "gpt");
        BytePairTokenizer.Train(["good film good fun", "bad film"], 265, new BytePairOptions { SpecialTokens = ["<end>", "<pad>"] }).Save(gpt);
        string vocabulary = Path.Combine(gpt, "vocab.json");
        // Its first and its last token change places.
        File.WriteAllText(vocabulary, File.ReadAllText(vocabulary).Replace(":0,", ":-1,", StringComparison.Ordinal).Replace(":264", ":0", StringComparison.Ordinal).Replace(":-1,", ":264,", StringComparison.Ordinal));
        BytePairTokenizer tokenizer = BytePairTokenizer.Load(gpt);
        FittedSchema schema = Of(Feature.Text("review").MissingAs("").BytePairs(tokenizer), longest: 50).Fit(Table.ParseCsv(Csv));
        BytePairTokenizer read = (BytePairTokenizer)FittedSchema.FromJson(schema.ToJson())["text"].Tokenizer!;
        Assert.Equal(0, read.SpecialTokens["<pad>"]);
        Assert.Equal(tokenizer.SpecialTokens, read.SpecialTokens);
        Assert.Equal([264], schema.NewRow().Set("review", "").EncodeLabels("text"));
        Assert.Equal(tokenizer.Encode("a good film, größer"), read.Encode("a good film, größer"));
        for (int token = 0; token < tokenizer.VocabularySize; token++)
            Assert.Equal(tokenizer.BytesOf(token), read.BytesOf(token));
    }

    [Theory]
    [InlineData("\"bytes\":[0,1,", "\"bytes\":[1,", "there are 255 bytes")]
    [InlineData("\"bytes\":[0,1,", "\"bytes\":[1,1,", "1 is no token of")]
    [InlineData("\"bytes\":[0,1,", "\"bytes\":[0,9999,", "9999 is no token of")]
    [InlineData("\"merges\":[", "\"merges\":[0,", "expected 256, and three for each merge")]
    [InlineData("\"merges\":[", "\"merges\":[300,0,257,", "300 is merged before it is a token")]
    [InlineData("\"special\":{", "\"special\":{\"x\":5,", "5 is the special token 'x' and another one")]
    [InlineData("\"special\":{", "\"special\":{\"x\":\"y\",", "is none")]
    [InlineData("\"special\"", "\"other\"", "is none")]
    public void A_damaged_vocabulary_of_byte_pairs_is_refused(string from, string to, string message)
    {
        string json = Of(Feature.Text("review").MissingAs("").BytePairs(260)).Fit(Table.ParseCsv(Csv)).ToJson();
        Assert.Contains(from, json, StringComparison.Ordinal);
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => FittedSchema.FromJson(json.Replace(from, to, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_texts_is_said_with_their_line()
    {
        Table train = Table.ParseCsv(Csv);
        string message = Assert.Throws<InvalidDataException>(() => Of(Feature.Text("review").Words()).Fit(train)).Message;
        Assert.Equal("text(6): 'review' is missing, and nothing was said to stand for it (MissingAs).", message);
        Assert.Throws<InvalidDataException>(() => Of(Feature.Text("n").Words()).Fit(Table.ParseCsv("n,mood\n1,a\n2,b\n")));
        Assert.Throws<ArgumentException>(() => Feature.Text("review").Words(new WordOptions { Unknown = null }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Output.Tokens("text", Feature.Text("review").Bytes(), 0));
        FittedSchema schema = Of(Feature.Text("review").MissingAs("").Words()).Fit(train);
        Assert.Throws<InvalidOperationException>(() => schema["text"].LabelNames);
        Assert.Throws<InvalidOperationException>(() => schema.NewRow().Encode("text"));
        Assert.Contains("expected a text", Assert.Throws<InvalidDataException>(() => schema.NewRow().Set("review", 7).EncodeLabels("text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_learns_from_texts_and_is_served_with_the_same_bits()
    {
        Table train = Table.ParseCsv(Csv);
        FittedSchema schema = Of(Feature.Text("review").MissingAs("good").Words()).Fit(train);
        Dataset data = schema.Encode(train);
        using Moods network = new(seed: 1);
        network.Fit(data, new FitOptions { Epochs = 60, BatchSize = 3 }, new Adam(0.05f));
        Assert.Equal(1, network.Evaluate(data).Accuracy);
        string path = Path.Combine(folder.Folder, "moods.safetensors");
        network.Save(path, schema);

        using Moods loaded = new(seed: 2);
        loaded.Load(path);
        FittedSchema served = FittedSchema.Load(path);
        int[] tokens = served.NewRow().Set("review", "what a dull film").EncodeLabels("text");
        float[] scores = loaded.Predict(tokens, [tokens.Length]);
        Assert.Equal(network.Predict(tokens, [tokens.Length]), scores);
        Assert.Equal("sad", served["mood"].LabelNames[0][scores[0] > scores[1] ? 0 : 1]);
    }
}
