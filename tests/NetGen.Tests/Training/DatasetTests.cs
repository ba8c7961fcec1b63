using Xunit;

namespace NetGen.Tests.Training;

public class DatasetTests
{
    [Fact]
    public void Columns_are_made_of_doubles_and_of_arrays_for_each_sample()
    {
        DataColumn doubles = DataColumn.Of("x", [0.1, -2, double.NaN, 1e-60], 2);
        Assert.Equal([0.1f, -2, float.NaN, 0], doubles.Floats.ToArray());
        Assert.Equal(2, doubles.Count);
        Assert.Contains("1E+39 at 1", Assert.Throws<ArgumentException>(() => DataColumn.Of("x", [0, 1e39])).Message);

        DataColumn rows = DataColumn.Of("x", [[1f, 2], [3f, 4], [5f, 6]]);
        Assert.Equal((3, 2), (rows.Count, rows.Length));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Floats.ToArray());
        Assert.Contains("Sample 1 of 'x' has 1 values; sample 0 has 2", Assert.Throws<ArgumentException>(() => DataColumn.Of("x", [[1f, 2], [3f]])).Message);
        Assert.Throws<ArgumentException>(() => DataColumn.Of("x", Array.Empty<float[]>()));
        Assert.Throws<ArgumentException>(() => DataColumn.Of("x", [[], [3f]]));
    }

    [Fact]
    public void Columns_know_their_samples()
    {
        DataColumn image = new("image", new float[24], 2, 3);
        Assert.Equal(4, image.Count);
        Assert.Equal(6, image.Length);
        Assert.Equal("image: Float [2, 3]", image.ToString());
        Assert.Equal(1, new DataColumn("label", new int[5]).Length);

        Dataset data = new(image, new DataColumn("label", new int[4]));
        Assert.Equal(4, data.Count);
        Assert.Equal("4 samples (image: Float [2, 3]; label: Label [])", data.ToString());
        Assert.Same(image, data["image"]);
        Assert.Contains("no column 'x'", Assert.Throws<KeyNotFoundException>(() => data["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        Assert.Contains("'x' has 7 values; expected a multiple of 6 ([2, 3] per sample).", Assert.Throws<ArgumentException>(() => new DataColumn("x", new float[7], 2, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DataColumn("x", new float[7], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataColumn("x", new float[7], -1));
        Assert.Throws<ArgumentException>(() => new DataColumn("", new float[7]));
        Assert.Throws<ArgumentNullException>(() => new DataColumn("x", (float[])null!));
        Assert.Contains("'b' has 3 samples; 'a' has 2.", Assert.Throws<ArgumentException>(() => new Dataset(new DataColumn("a", new int[2]), new DataColumn("b", new int[3]))).Message, StringComparison.Ordinal);
        Assert.Contains("Two columns are named 'a'", Assert.Throws<ArgumentException>(() => new Dataset(new DataColumn("a", new int[2]), new DataColumn("a", new int[2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dataset());
        Assert.Throws<ArgumentNullException>(() => new Dataset((DataColumn)null!));
    }

    [Fact]
    public void Parts_share_the_memory()
    {
        float[] x = [0, 0, 1, 1, 2, 2, 3, 3];
        Dataset data = new(new DataColumn("x", x, 2), new DataColumn("id", [0, 1, 2, 3]));
        Dataset part = data.Slice(1, 2);
        x[2] = 9;
        Assert.Equal([9f, 1f, 2f, 2f], part["x"].Floats.ToArray());
        Assert.Equal([1, 2], part["id"].Labels.ToArray());
        Assert.Equal([3], data.Skip(3)["id"].Labels.ToArray());
        Assert.Equal([0], data.Take(1)["id"].Labels.ToArray());
        Assert.Equal(0, data.Skip(4).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Skip(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Slice(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Slice(5, 0));
    }

    [Theory]
    [InlineData(60000, 0.1f, 6000)]
    [InlineData(60000, 0.1, 6000)]
    [InlineData(10, 0.25, 2)]
    [InlineData(10, 0.0, 0)]
    [InlineData(3, 0.99, 3)]
    public void Split_takes_the_last_samples(int count, double fraction, int last)
    {
        (Dataset first, Dataset rest) = ScriptedNetwork.Data(count).TrainTestSplit(fraction);
        Assert.Equal(count - last, first.Count);
        Assert.Equal(last, rest.Count);
        if (last > 0)
            Assert.Equal(count - last, rest["id"].Labels.Span[0]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Split_refuses_other_fractions(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScriptedNetwork.Data(3).TrainTestSplit(fraction));

    [Fact]
    public void Shuffle_is_a_permutation_of_whole_samples_that_the_seed_decides()
    {
        float[] x = new float[2000];
        for (int i = 0; i < x.Length; i++)
            x[i] = i / 2;
        Dataset data = new(new DataColumn("x", x, 2), new DataColumn("id", Enumerable.Range(0, 1000).ToArray()));
        Dataset shuffled = data.Shuffle(5);
        int[] ids = shuffled["id"].Labels.ToArray();

        Assert.Equal(ids, data.Shuffle(5)["id"].Labels.ToArray());
        Assert.NotEqual(ids, data.Shuffle(6)["id"].Labels.ToArray());
        Assert.Equal(Enumerable.Range(0, 1000), ids.Order());
        for (int i = 0; i < 1000; i++)
            Assert.Equal([ids[i], (float)ids[i]], shuffled["x"].Floats.Slice(2 * i, 2).ToArray());
    }

    [Fact]
    public void Shuffle_favours_no_order()
    {
        // All 24 orders of 4 samples, each expected 500 times; the chi square of 23 degrees is below 60 but once in 30,000.
        Dataset data = ScriptedNetwork.Data(4);
        Dictionary<string, int> seen = [];
        for (ulong seed = 0; seed < 12_000; seed++)
        {
            string order = string.Join("", data.Shuffle(seed)["id"].Labels.ToArray());
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, seen.Count);
        Assert.InRange(seen.Values.Sum(n => (n - 500.0) * (n - 500.0) / 500), 0, 60);
    }

    [Fact]
    public void Select_copies_samples_in_the_order_asked_for()
    {
        Assert.Equal([2, 0, 2], ScriptedNetwork.Data(3).Select([2, 0, 2])["id"].Labels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => ScriptedNetwork.Data(3).Select([3]));
    }

    private static readonly ColumnSpec[] Wanted = [new("image", ColumnType.Float, [2, 2], 4), new("label", ColumnType.Label, [], 1)];

    [Fact]
    public void A_batch_finds_its_columns_by_name_or_by_position()
    {
        DataColumn image = new("image", new float[8], 4);
        DataColumn label = new("label", [3, 4]);
        Fits(new(image, label));
        Fits(new(label, image));
        Fits(new(new DataColumn("other", new float[2]), label, image));
        Fits(new(new DataColumn("pixels", new float[8], 2, 2, 1), new DataColumn("digit", [3, 4])));
        Fits(new(image, new DataColumn("digit", [3, 4])));

        Refused(new(image), "the numbers of columns");
        Refused(new(image, new DataColumn("digit", [3, 4]), new DataColumn("other", new float[2])), "the numbers of columns");
        Refused(new(new DataColumn("x", new float[8], 4), new DataColumn("image", new float[8], 4)), "'image' is at another position");
        Refused(new(new DataColumn("image", new float[6], 3), label), "'image' needs 4 values of type Float per sample; 'image' has 3 of type Float");
        Refused(new(image, new DataColumn("label", new float[2])), "'label' has 1 of type Float");
        Refused(new(image, new DataColumn("label", new int[4], 2)), "The network asks for (image: Float [2, 2]; label: Label []); the data set has (image: Float [4]; label: Label [2]).");

        static void Fits(Dataset data)
        {
            Batch batch = new(Wanted, 2);
            batch.Fill(data, 0, 2);
            Assert.Equal([3, 4], batch.Labels(1).ToArray());
            Assert.Equal(8, batch.Floats(0).Length);
        }

        static void Refused(Dataset data, string message)
        {
            Batch batch = new(Wanted, 2);
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => batch.Fill(data, 0, 2)).Message, StringComparison.Ordinal);
            Assert.Equal(0, batch.Count);
        }
    }

    [Fact]
    public void A_batch_checks_what_it_is_asked_for()
    {
        Dataset data = new(new DataColumn("image", new float[16], 4), new DataColumn("label", [1, 2, 3, 4]));
        Batch batch = new(Wanted, 2);
        batch.Fill(data, [3, 1]);
        Assert.Equal([4, 2], batch.Labels(1).ToArray());
        Assert.Equal(2, batch.Count);

        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fill(data, [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fill(data, [1, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fill(data, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fill(data, 0, 3));
        Assert.Equal([4, 2], batch.Labels(1).ToArray());

        Dataset other = new(new DataColumn("label", [7]), new DataColumn("image", [1f, 2, 3, 4], 4));
        batch.Fill(data.Slice(1, 1), other);
        Assert.Equal([2, 7], batch.Labels(1).ToArray());
        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 4], batch.Floats(0).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fill(data.Slice(0, 2), other));
        Assert.Throws<ArgumentException>(() => batch.Fill(data.Slice(0, 1), new Dataset(new DataColumn("label", [7]))));
        Assert.Equal([2, 7], batch.Labels(1).ToArray());
        batch.Fill();
        Assert.Equal(0, batch.Count);
        batch.Fill(data, [3, 1]);

        Assert.Throws<ArgumentException>(() => batch.Labels(0).Length);
        Assert.Throws<ArgumentException>(() => batch.Floats(1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Floats(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(Wanted, 0));
    }
}
