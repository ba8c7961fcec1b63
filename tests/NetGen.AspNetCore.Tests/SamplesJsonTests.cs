using System.Buffers;
using System.Text;
using System.Text.Json;
using NetGen.AspNetCore.Http;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>Samples from JSON, and what is said where there are none.</summary>
public sealed class SamplesJsonTests
{
    private static readonly ColumnSpec Table = new("table", ColumnType.Float, [2, 3], 6);
    private static readonly ColumnSpec Word = new("word", ColumnType.Label, [], 1) { Classes = 10 };

    [Theory]
    [InlineData("""{"table": [1, 2, 3, 4, 5, 6], "word": 7}""")]
    [InlineData("""{"word": 7, "table": [[1, 2, 3], [4, 5, 6]]}""")]
    [InlineData("""{"table": [[1e0, 2.0, 3], [4, 5, 6]], "word": 7}""")]
    public void A_sample_is_its_numbers_in_a_row_or_in_its_shape(string json)
    {
        var samples = Read(json, severalSamples: false);
        Assert.Equal(1, samples.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], samples["table"].Floats.ToArray());
        Assert.Equal([7], samples["word"].Labels.ToArray());
    }

    [Fact]
    public void Several_samples_are_an_array_of_them()
    {
        var samples = Read("""{"table": [[1, 2, 3, 4, 5, 6], [[7, 8, 9], [10, 11, 12]], [0, 0, 0, 0, 0, 0]], "word": [1, 2, 3]}""", severalSamples: true);
        Assert.Equal(3, samples.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0, 0, 0, 0], samples["table"].Floats.ToArray());
        Assert.Equal([1, 2, 3], samples["word"].Labels.ToArray());
    }

    [Theory]
    [InlineData("""[1, 2]""", "The body is an object with a value for each input: table: Float [2, 3]; word: Label [].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5, 6]}""", "The input 'word' is missing; there are: table: Float [2, 3]; word: Label [].")]
    [InlineData("""{"word": 1, "word": 1}""", "The input 'word' is there twice.")]
    [InlineData("""{"image": [1]}""", "There is no input 'image'; there are: table: Float [2, 3]; word: Label [].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5]}""", "Sample 0 of 'table' has 5 numbers where 6 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5, 6, 7]}""", "Sample 0 of 'table' has more than 6 numbers; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": []}""", "Sample 0 of 'table' has 0 numbers where 6 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": 1}""", "Sample 0 of 'table' is a number, not an array; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2, 3], [4, 5]]}""", "Sample 0 of 'table' has an array of 2 where 3 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2], [3, 4], [5, 6]]}""", "Sample 0 of 'table' has an array of 2 where 3 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]}""", "Sample 0 of 'table' has an array of more than 2; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2, 3]]}""", "Sample 0 of 'table' has an array of 1 where 2 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2, 3], 4]}""", "Sample 0 of 'table' has a number where an array is asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5, "6"]}""", "Sample 0 of 'table' has a text where a number is asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5, null]}""", "Sample 0 of 'table' has null where a number is asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [1, 2, 3, 4, 5, 1e40]}""", "Sample 0 of 'table' has a number that is too large for a 32-bit float; a sample is table: Float [2, 3].")]
    [InlineData("""{"word": 1.5}""", "Sample 0 of 'word' has a number that is no label; labels are whole; a sample is word: Label [].")]
    [InlineData("""{"word": 10}""", "'word' has the label 10; its labels are from 0 to 9.")]
    [InlineData("""{"word": -1}""", "'word' has the label -1; its labels are from 0 to 9.")]
    [InlineData("""{"word": [1]}""", "Sample 0 of 'word' has an array where a number is asked for; a sample is word: Label [].")]
    public void What_is_no_sample_is_named(string json, string message)
    {
        var refused = Assert.Throws<InvalidSamplesException>(() => Read(json, severalSamples: false));
        Assert.Equal(message, refused.Message);
        Assert.Equal(400, refused.Status);
    }

    [Theory]
    [InlineData("""{"table": [1, 2, 3, 4, 5, 6], "word": 1}""", 400, "Sample 0 of 'table' is a number, not an array; a sample is table: Float [2, 3].")]
    [InlineData("""{"table": [[1, 2, 3, 4, 5, 6], [1, 2, 3]]}""", 400, "Sample 1 of 'table' has 3 numbers where 6 are asked for; a sample is table: Float [2, 3].")]
    [InlineData("""{"word": 1}""", 400, "'word' is an array of samples here; one sample is word: Label [].")]
    [InlineData("""{"word": [1, 2], "table": [[1, 2, 3, 4, 5, 6]]}""", 400, "'word' has 2 samples, 'table' 1.")]
    [InlineData("""{"word": [], "table": []}""", 400, "There is no sample.")]
    [InlineData("""{"word": [1, 2, 3, 4]}""", 413, "'word' has more than the 3 samples that one request may have.")]
    public void What_are_no_samples_is_named(string json, int status, string message)
    {
        var refused = Assert.Throws<InvalidSamplesException>(() => Read(json, severalSamples: true));
        Assert.Equal(message, refused.Message);
        Assert.Equal(status, refused.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"table": [1, 2""")]
    [InlineData("""{"table": [1, NaN]}""")]
    [InlineData("""{"word": 1, "table": [1, 2, 3, 4, 5, 6]} {}""")]
    public void What_is_no_JSON_is_the_readers_error(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(json, severalSamples: false));

    /// <summary>Whatever a client sends is samples or one of the two errors: bodies with some bytes changed.</summary>
    [Fact]
    public void Damaged_bodies_are_never_another_exception()
    {
        var random = new Random(1);
        var body = """{"table": [[1, 2.5, 3], [4, 5, -6e1]], "word": 7}"""u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = body.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                damaged[random.Next(damaged.Length)] = "[]{}\",:0123456789eE+-.ntfalse \u0000\u00ff"u8[random.Next(33)];
            try
            {
                SamplesJson.Read(new ReadOnlySequence<byte>(damaged), [Table, Word], severalSamples: false, maximal: 3);
            }
            catch (Exception exception) when (exception is InvalidSamplesException or JsonException)
            {
            }
        }
    }

    private static Dataset Read(string json, bool severalSamples) =>
        SamplesJson.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), [Table, Word], severalSamples, maximal: 3);
}
