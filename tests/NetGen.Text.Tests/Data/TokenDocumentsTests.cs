using Xunit;

namespace NetGen.Text.Tests.Data;

public sealed class TokenDocumentsTests
{
    private static readonly int[][] Documents = [[1, 2, 3], [], [4], [5, 6]];

    [Fact]
    public void Packed_documents_are_one_run_with_an_end_behind_each()
    {
        var tokens = TokenDocuments.Pack(Documents, end: 9);
        Assert.Equal([1, 2, 3, 9, 9, 4, 9, 5, 6, 9], tokens);
        // Windows go across documents: nothing is filled up.
        Assert.Equal([1, 2, 3, 9, 9, 4, 9, 5, 6], new TokenWindows(tokens, 3).Consecutive()["tokens"].Labels.ToArray());
    }

    [Fact]
    public void Padded_documents_have_a_window_each()
    {
        var data = TokenDocuments.Pad(Documents, context: 4, end: 9);
        Assert.Equal([9, 1, 2, 3, 9, 9, 9, 9, 9, 4, 9, 9, 9, 5, 6, 9], data["tokens"].Labels.ToArray());
        Assert.Equal([1, 2, 3, 9, 9, -100, -100, -100, 4, 9, -100, -100, 5, 6, 9, -100], data["next"].Labels.ToArray());
        var other = TokenDocuments.Pad(Documents, context: 5, end: 9, padding: 0, ignored: -1, tokensName: "name", nextName: "letter");
        Assert.Equal([9, 4, 0, 0, 0], other["name"].Labels.ToArray()[10..15]);
        Assert.Equal([4, 9, -1, -1, -1], other["letter"].Labels.ToArray()[10..15]);
        Assert.StartsWith(
            "Document 0 has 3 tokens; with its end it needs a context of 4, not 3.",
            Assert.Throws<ArgumentException>(() => TokenDocuments.Pad(Documents, 3, 9)).Message);
    }

    [Fact]
    public void A_sequence_is_as_long_as_its_document()
    {
        var data = TokenDocuments.Sequences(Documents, end: 9);
        Assert.Equal([9, 1, 2, 3, 9, 9, 4, 9, 5, 6], data["tokens"].Labels.ToArray());
        Assert.Equal([1, 2, 3, 9, 9, 4, 9, 5, 6, 9], data["next"].Labels.ToArray());
        Assert.Equal([4, 1, 2, 3], data["tokens"].Lengths);
    }

    [Fact]
    public void Whole_documents_are_for_validation()
    {
        var documents = Enumerable.Range(0, 100).Select(i => new[] { i }).ToArray();
        var (train, validation) = TokenDocuments.Split(documents, 0.1, seed: 1);
        Assert.Equal((90, 10), (train.Length, validation.Length));
        Assert.Equal(documents, train.Concat(validation).OrderBy(document => document[0]));
        Assert.Equal(validation, TokenDocuments.Split(documents, 0.1, seed: 1).Validation);
        Assert.NotEqual(validation, TokenDocuments.Split(documents, 0.1, seed: 2).Validation);
        Assert.Throws<ArgumentException>(() => TokenDocuments.Split(documents, 0.001, seed: 1));
    }
}
