using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Columns of sequences of any length: what a batch has of them, in which order, and what is refused.</summary>
public sealed class SequenceColumnTests
{
    private static readonly ColumnSpec[] Columns =
    [
        new("words", ColumnType.Label, [], 1) { StepsOf = "words", Classes = 100, AreIndices = true },
        new("wordsLengths", ColumnType.Label, [], 1) { LengthsOf = "words", Longest = 4 },
        new("points", ColumnType.Float, [2], 2) { StepsOf = "words" },
        new("kind", ColumnType.Label, [], 1) { Classes = 9 },
    ];

    private static readonly Dataset Data = new(
        DataColumn.Sequences("words", [[1, 2], [3], [4, 5, 6]]),
        DataColumn.Sequences("points", [[0.1f, 0.2f, 0.3f, 0.4f], [0.5f, 0.6f], [1, 2, 3, 4, 5, 6]], 2),
        new DataColumn("kind", [7, 8, 3]));

    [Fact]
    public void A_batch_has_the_steps_of_its_samples_and_their_lengths()
    {
        Batch batch = new(Columns, 3);
        batch.Fill(Data, 1, 2);
        Assert.Equal([3, 4, 5, 6], batch.Labels(0));
        Assert.Equal([1, 3], batch.Labels(1));
        Assert.Equal([0.5f, 0.6f, 1, 2, 3, 4, 5, 6], batch.Floats(2));
        Assert.Equal([8, 3], batch.Labels(3));
        batch.Fill(Data, [2, 0]);
        Assert.Equal([4, 5, 6, 1, 2], batch.Labels(0));
        Assert.Equal([3, 2], batch.Labels(1));
        Assert.Equal([1, 2, 3, 4, 5, 6, 0.1f, 0.2f, 0.3f, 0.4f], batch.Floats(2));
        batch.Fill(Data.Take(1), Data.Slice(1, 1));
        Assert.Equal([1, 2, 3], batch.Labels(0));
        Assert.Equal([2, 1], batch.Labels(1));
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void Parts_of_a_data_set_are_those_of_its_sequences()
    {
        Dataset selected = Data.Select([2, 1, 2]);
        Assert.Equal(3, selected.Count);
        Assert.Equal([3, 1, 3], selected["words"].Lengths);
        Assert.Equal([4, 5, 6, 3, 4, 5, 6], selected["words"].Labels.ToArray());
        Assert.Equal([5, 6, 4], Data.Skip(2)["points"].Floats.ToArray()[^2..].Append(Data.Skip(2)["points"].Floats.ToArray()[3]).Select(x => (int)x));
        Assert.Equal("words: Label [] per step", Data["words"].ToString());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("Sequence 1 of 'a' has 0 steps", Assert.Throws<ArgumentException>(() => DataColumn.Sequences("a", [[1], []])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The 2 lengths of 'a' are 4 steps together; it has 3.",
            Assert.Throws<ArgumentException>(() => DataColumn.Sequences("a", new[] { 1, 2, 3 }.AsMemory(), [2, 2])).Message, StringComparison.Ordinal);
        Dataset other = new(DataColumn.Sequences("words", [[1, 2], [3]]), DataColumn.Sequences("points", [[1, 2], [3, 4]], 2), new DataColumn("kind", [1, 2]));
        Assert.Contains(
            "'points' has a value for each step of 'words', but in sample 0 it has 1 steps and 'words' 2",
            Assert.Throws<ArgumentException>(() => new Batch(Columns, 2).Fill(other, 0, 2)).Message, StringComparison.Ordinal);
        Dataset rows = new(new DataColumn("words", [1, 2]), DataColumn.Sequences("points", [[1, 2], [3, 4]], 2), new DataColumn("kind", [1, 2]));
        Assert.Contains(
            "'words' is a sequence of any length: make its column by DataColumn.Sequences",
            Assert.Throws<ArgumentException>(() => new Batch(Columns, 2).Fill(rows, 0, 2)).Message, StringComparison.Ordinal);
        Dataset tooLong = new(DataColumn.Sequences("words", [[1, 2, 3, 4, 5]]), DataColumn.Sequences("points", [new float[10]], 2), new DataColumn("kind", [1]));
        Assert.Contains("has 5 steps in row 0", Assert.Throws<ArgumentOutOfRangeException>(() => DataCheck.Ranges(Columns, tooLong, "data")).Message, StringComparison.Ordinal);
        Dataset wrong = new(DataColumn.Sequences("words", [[1], [2, 200]]), DataColumn.Sequences("points", [new float[2], new float[4]], 2), new DataColumn("kind", [1, 2]));
        Assert.Contains("'words' is 200 in row 1 in step 1", Assert.Throws<ArgumentOutOfRangeException>(() => DataCheck.Ranges(Columns, wrong, "data")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_similar_length_come_together()
    {
        int[] lengths = [.. Enumerable.Range(0, 1000).Select(i => 1 + (i * 37 % 100))], rows = new int[1000];
        Rows.Shuffle(rows, 5, 1);
        Rows.GroupByLength(rows, lengths, 10, 5, 1);
        Assert.Equal(Enumerable.Range(0, 1000), rows.Order());
        Assert.All(rows.Chunk(10), batch => Assert.InRange(batch.Max(row => lengths[row]) - batch.Min(row => lengths[row]), 0, 8));
        Assert.NotEqual(rows.Chunk(10).Select(batch => lengths[batch[0]]).Order(), rows.Chunk(10).Select(batch => lengths[batch[0]]));
    }
}
