using Xunit;

namespace NetGen.Data.Tests;

public sealed class TableTests
{
    private static readonly Table People = Table.ParseCsv(
        """
        name,age,city,since
        Ann,39,Rome,2020-01-01
        Bob,?,Oslo,2019-01-01
        Cid,25,?,2021-06-01
        Dee,39,Rome,?
        Ann,39,Rome,2020-01-01
        """);

    [Fact]
    public void Columns_are_selected_dropped_and_renamed()
    {
        Assert.Equal(["city", "age"], Names(People.Select("city", "age")));
        Assert.Equal(["name", "city"], Names(People.Drop("age", "since")));
        Assert.Equal(["name", "years", "city", "since"], Names(People.Rename("age", "years")));
        Assert.Equal(39, People.Rename("age", "years")["years"].Numbers[0]);
        Assert.Contains("there are: name, age, city, since", Assert.Throws<KeyNotFoundException>(() => People.Select("town")).Message);
        Assert.Throws<KeyNotFoundException>(() => People.Drop("town"));
        Assert.Throws<ArgumentException>(() => People.Drop("name", "age", "city", "since"));
        Assert.Throws<ArgumentException>(() => People.Select("age", "age"));
        Assert.Throws<ArgumentException>(() => People.Rename("age", "city"));
    }

    [Fact]
    public void Rows_are_selected_by_condition_and_index_and_keep_their_place()
    {
        Table old = People.Where(row => row.Number("age") > 30 && row.Text("city") == "Rome");
        Assert.Equal(["Ann", "Dee", "Ann"], Texts(old, "name"));
        Assert.Equal("text(5)", old.Place(1));
        Assert.Equal(["Cid", "Ann"], Texts(People.Rows(2, 0), "name"));
        Assert.Equal(2, People.Take(2).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => People.Rows(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => People.Take(6));
        Assert.Equal([1, 2], People.Where(row => row.IsMissing("age") || row.IsMissing("city"))["name"].Codes.ToArray());
    }

    [Fact]
    public void Order_puts_missing_values_last()
    {
        Assert.Equal(["Cid", "Ann", "Dee", "Ann", "Bob"], Texts(People.OrderBy("age"), "name"));
        Assert.Equal(["Bob", "Ann", "Ann", "Cid", "Dee"], Texts(People.OrderBy("since"), "name"));
        Assert.Equal(["Bob", "Ann", "Dee", "Ann", "Cid"], Texts(People.OrderBy("city"), "name"));
    }

    [Fact]
    public void Missing_values_are_dropped_or_filled()
    {
        Assert.Equal(["Ann", "Ann"], Texts(People.DropMissing(), "name"));
        Assert.Equal(["Ann", "Cid", "Dee", "Ann"], Texts(People.DropMissing("age"), "name"));
        Assert.Equal([39, 0, 25, 39, 39], People.FillMissing("age", 0)["age"].Numbers);
        Assert.Equal(["Rome", "Oslo", "nowhere", "Rome", "Rome"], Texts(People.FillMissing("city", "nowhere"), "city"));
        Assert.Throws<ArgumentOutOfRangeException>(() => People.FillMissing("age", double.NaN));
        Assert.Throws<InvalidOperationException>(() => People.FillMissing("city", 0));
    }

    [Fact]
    public void Duplicates_are_equal_in_all_named_columns()
    {
        Assert.Equal([4], People.Duplicates());
        Assert.Equal([3, 4], People.Duplicates("age", "city"));
        Assert.Equal(4, People.DropDuplicates().Count);
        Table zeros = Table.Of(TableColumn.OfNumbers("x", [0, -0.0, double.NaN, -double.NaN]));
        Assert.Equal([1, 3], zeros.Duplicates());
    }

    [Fact]
    public void A_description_has_what_is_in_each_column()
    {
        TableDescription description = Table.ParseCsv("x,c\n1,a\n2,b\n3,a\n?,?\n10,a").Describe();
        ColumnDescription x = description.Columns[0], c = description.Columns[1];
        Assert.Equal((5, 1, 4, 4.0), (description.Rows, x.Missing, x.Different, x.Mean));
        Assert.Equal(Math.Sqrt(12.5), x.StandardDeviation, 1e-15);
        Assert.Equal([1, 1.75, 2.5, 4.75, 10], x.Quartiles);           // numpy.quantile([1, 2, 3, 10], [0, .25, .5, .75, 1])
        Assert.Equal([new("a", 3), new("b", 1)], c.MostFrequent);
        Assert.Equal("5 rows\nx  Number, 1 missing, mean 4 ± 3.53553, quartiles 1 1.75 2.5 4.75 10\nc  Text, 1 missing, 2 different: a (3), b (1)\n", description.ToString());
        Assert.Contains("since  Date, 1 missing, 3 different", People.Describe().ToString());
    }

    [Fact]
    public void Classes_are_counted()
    {
        Assert.Equal([new("Rome", 3), new("Oslo", 1)], People.CountClasses("city"));
        Assert.Equal([new("39", 3), new("25", 1)], People.CountClasses("age"));
        Assert.Equal([0, 1, 2, 0, 0], People.ClassesOf("city"));
    }

    [Fact]
    public void Tables_stand_below_each_other()
    {
        Table more = Table.ParseCsv("age,name,since,city\n20,Eve,2022-01-01,Rome\n21,Ann,?,Bern");
        Table all = People.Concat(more);
        Assert.Equal(7, all.Count);
        Assert.Equal("Bern", all["city"].Text(6));
        Assert.Equal(all["city"].Codes[0], all["city"].Codes[5]);
        Assert.Equal("text(3)", all.Place(6));
        Assert.Throws<KeyNotFoundException>(() => People.Concat(more.Drop("age")));
        Assert.Contains("'height' that this one has not", Assert.Throws<ArgumentException>(() => People.Concat(more.Rename("age", "height"))).Message);
        Table other = Table.ParseCsv("age,name,since,city\n20,Eve,2022-01-01,Rome\nold,Ann,?,Bern");
        Assert.Contains("'age' is Number in one table and Text in the other. text(3): 'old' is not a number.", Assert.Throws<ArgumentException>(() => People.Concat(other)).Message);
    }

    [Fact]
    public void Arrays_and_objects_are_tables_too()
    {
        Table table = Table.Of(TableColumn.OfNumbers("x", [1.0, double.NaN]), TableColumn.OfNumbers("y", [1f, 2f]), TableColumn.OfTexts("c", "a", null), TableColumn.OfDates("d", new DateTime(2020, 1, 1), null));
        Assert.Equal("2 rows (x: Number; y: Number; c: Text; d: Date)", table.ToString());
        Assert.Equal("row 1 of the table", table.Place(1));
        Assert.Equal(2, table.With(TableColumn.OfNumbers("x", [5.0, 6.0]))["x"].Numbers[1] - 4);
        Assert.Throws<ArgumentException>(() => table.With(TableColumn.OfNumbers("x", [5.0])));
        Assert.Throws<ArgumentException>(() => TableColumn.OfNumbers("x", [double.PositiveInfinity]));

        var type = new RowType<(int Age, string? Work)>().Number("age", p => p.Age).Text("work", p => p.Work);
        Table people = Table.Of([(39, "gov"), (50, null)], type);
        Assert.Equal([39, 50], people["age"].Numbers);
        Assert.True(people["work"].IsMissing(1));
        Assert.Throws<ArgumentException>(() => type.Text("age", p => p.Work));
        Assert.Throws<InvalidOperationException>(() => Table.Of([1], new RowType<int>()));
    }

    [Fact]
    public async Task Objects_may_come_one_by_one()
    {
        var type = new RowType<int>().Number("n", n => n);
        Table table = await Table.OfAsync(Counted(3), type, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2], table["n"].Numbers);
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.OfAsync(Counted(3), type, source.Token));

        static async IAsyncEnumerable<int> Counted(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }

    [Fact]
    public void Lags_are_what_the_same_series_had_before()
    {
        Table table = Table.ParseCsv("shop,sales\na,1\na,2\nb,10\na,3\nb,?\nb,30");
        Assert.Equal([double.NaN, 1, double.NaN, 2, 10, double.NaN], table.WithLags("sales", "shop", 1)["sales lag 1"].Numbers);
        Table all = table.WithLags("sales", null, 1, 3);
        Assert.Equal([double.NaN, 1, 2, 10, 3, double.NaN], all["sales lag 1"].Numbers);
        Assert.Equal([double.NaN, double.NaN, double.NaN, 1, 2, 10], all["sales lag 3"].Numbers);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.WithLags("sales", null, 0));
        Assert.Throws<InvalidOperationException>(() => table.WithLags("shop", null, 1));
        Assert.Throws<ArgumentException>(() => all.WithLags("sales", null, 1));
    }

    [Fact]
    public void A_split_parts_a_table_and_marks_what_is_tested()
    {
        Table table = Table.Of(TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 100).Select(i => (double)i)]), TableColumn.OfTexts("c", [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? "a" : "b")]));
        var (train, test) = table.TrainTestSplit(0.2, seed: 1, stratifyBy: "c");
        Assert.Equal((80, 20, false, true), (train.Count, test.Count, train.IsHeldOut, test.IsHeldOut));
        Assert.Equal([new("b", 15), new("a", 5)], test.CountClasses("c"));
        Assert.True(test.Take(3).IsHeldOut);
        Assert.True(test.Concat(train).IsHeldOut);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), train["x"].Numbers.ToArray().Concat(test["x"].Numbers.ToArray()).Order());
        Table grouped = table.TrainTestSplit(0.2, seed: 1, groupBy: "c").Test;
        Assert.Single(grouped.CountClasses("c"));
        Assert.Throws<ArgumentException>(() => table.TrainTestSplit(0.2, 1, stratifyBy: "c", groupBy: "c"));
        Assert.Throws<ArgumentException>(() => table.Split(Splits.Holdout(99, 0.2, 1)));
        Assert.Equal([2, 3], Table.ParseCsv("t,x\n2020-01-03,0\n2020-01-04,1\n2020-01-01,2\n2020-01-02,3").TimesOf("t").Select(time => time.Day).Order().Skip(1).Take(2));
        Assert.Contains("text(5): 'since' is missing", Assert.Throws<InvalidOperationException>(() => People.TimesOf("since")).Message);
    }

    private static string[] Names(Table table) => [.. table.Columns.ToArray().Select(column => column.Name)];

    private static string?[] Texts(Table table, string column) => [.. Enumerable.Range(0, table.Count).Select(row => table[column].Text(row))];
}
