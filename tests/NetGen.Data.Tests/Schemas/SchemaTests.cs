using Xunit;

namespace NetGen.Data.Tests;

public sealed class SchemaTests
{
    private static readonly Table People = Table.ParseCsv(
        """
        age,work,since,income
        39,gov,2020-01-06,<=50K
        ?,Private,2019-07-15T12:00:00,>50K
        25,Private,2021-03-01,<=50K
        60,?,2021-12-31,>50K
        31,self,2020-02-29,<=50K
        """);

    [Fact]
    public void Features_stand_side_by_side_under_their_names()
    {
        FittedSchema schema = new Schema(
            Output.Numbers(
                "person",
                Feature.Number("age").FillMedian().WithMissingIndicator(),
                Feature.Category("work").MissingAs("?").OneHot(),
                Feature.Date("since").Part(DatePart.Year).MinMax(),
                Feature.Date("since").Cycle(DatePart.DayOfWeek)),
            Output.Numbers("rich", Feature.Category("income").Is(">50K")),
            Output.Labels("class", Feature.Category("income").Index())).Fit(People);

        Assert.Equal(
            ["age", "age is missing", "work=?", "work=Private", "work=gov", "work=self", "since Year", "since sin(DayOfWeek)", "since cos(DayOfWeek)"],
            schema["person"].FeatureNames);
        Assert.Equal("person: Float [9]; rich: Float [1]; class: Label [1]", schema.ToString());
        Assert.Equal(["age", "work", "since"], schema["person"].Columns);
        Assert.Equal(["<=50K", ">50K"], schema["class"].LabelNames[0]);
        Dataset data = schema.Encode(People);
        float[] person = data["person"].Floats.ToArray();
        Assert.Equal([39, 0, 0, 0, 1, 0, 0.5f, 0, 1], person[..9]);            // a Monday
        Assert.Equal([35, 1, 0, 1, 0, 0, 0], person[9..16]);                    // the median of 25, 31, 39, 60
        Assert.Equal([0f, 1, 0, 1, 0], data["rich"].Floats.ToArray());
        Assert.Equal([0, 1, 0, 1, 0], data["class"].Labels.ToArray());
        Assert.Empty(data["class"].Shape.ToArray());
        Assert.Equal([9], data["person"].Shape.ToArray());
    }

    [Fact]
    public void Parts_of_dates_are_right()
    {
        DateTime time = new(2020, 3, 1, 18, 45, 0);                             // a Sunday of a leap year
        (DatePart Part, double Value)[] expected =
        [
            (DatePart.Days, 18322.78125), (DatePart.Year, 2020), (DatePart.Month, 3), (DatePart.Day, 1), (DatePart.DayOfYear, 61),
            (DatePart.DayOfWeek, 6), (DatePart.Hour, 18), (DatePart.Minute, 45), (DatePart.Weekend, 1),
        ];
        Assert.Equal(Enum.GetValues<DatePart>(), expected.Select(e => e.Part));
        Table table = Table.Of(TableColumn.OfDates("t", time));
        foreach ((DatePart part, double value) in expected)
            Assert.Equal((float)value, Encoded(table, Feature.Date("t").Part(part))[0]);
        Assert.Equal([(float)Math.Sin(Math.PI * 1.5), (float)Math.Cos(Math.PI * 1.5)], Encoded(table, Feature.Date("t").Cycle(DatePart.Hour)));
        foreach (DatePart part in new[] { DatePart.Days, DatePart.Year, DatePart.Weekend })
            Assert.Throws<ArgumentOutOfRangeException>(() => Feature.Date("t").Cycle(part));
    }

    [Fact]
    public void Nothing_is_learned_from_rows_that_are_tested()
    {
        Table table = Numbered(100);
        Schema schema = new(Output.Numbers("x", Feature.Number("x").Standardize()));
        TableSplit split = table.TrainTestSplit(0.2, seed: 1);

        Assert.Contains("set apart to test on", Assert.Throws<InvalidOperationException>(() => schema.Fit(split.Test)).Message);
        Assert.Throws<InvalidOperationException>(() => schema.Fit(split.Test.Take(5)));
        Assert.Throws<InvalidOperationException>(() => schema.Fit(split.Train.Concat(split.Test)));

        // Fitted before the split: the test's rows are known to it, in whatever table they stand, and by their place.
        FittedSchema leaking = schema.Fit(table);
        string said = Assert.Throws<InvalidOperationException>(() => leaking.Encode(split.Test)).Message;
        Assert.Contains($"{split.Test.Place(0)} is to be tested on, and the schema has learned from it", said);
        Assert.Throws<InvalidOperationException>(() => leaking.Encode(split.Test.OrderBy("x").Rename("x", "y").Rename("y", "x").Take(1)));
        Assert.Equal(100, leaking.Encode(table).Count);

        // Fitted behind it: fine, and another fold's rows for testing may be this one's for training.
        FittedSchema fitted = schema.Fit(split.Train);
        Assert.Equal((20, 80), (fitted.Encode(split.Test).Count, fitted.FittedRows));
        foreach (Split fold in Splits.KFold(100, 5, seed: 1))
        {
            var (train, test) = table.Split(fold);
            Assert.Equal(20, schema.Fit(train).Encode(test).Count);
            var (inner, validation) = train.TrainTestSplit(0.25, seed: 2);
            Assert.Equal(20, schema.Fit(inner).Encode(validation).Count);
            FittedSchema outer = schema.Fit(train);
            Assert.Throws<InvalidOperationException>(() => outer.Encode(validation));
        }
    }

    [Fact]
    public void Equal_rows_of_two_files_are_not_the_same_rows()
    {
        FittedSchema fitted = new Schema(Output.Numbers("x", Feature.Number("x").Standardize())).Fit(Numbered(10));
        Assert.Equal(5, fitted.Encode(Numbered(10).TrainTestSplit(0.5, 1).Test).Count);
    }

    [Theory]
    [InlineData("age", "text(3): 'age' is missing, as in 1 of 5 rows for training.")]
    [InlineData("work", "'work' is a column of the kind Text; expected Number.")]
    [InlineData("since", "'since' is a column of the kind Date; expected Number.")]
    public void What_a_number_cannot_be_is_said_when_it_is_fitted(string column, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Fitted(People, Feature.Number(column))).Message);

    [Fact]
    public void A_typo_among_numbers_is_named_where_it_stands()
    {
        Table typo = Table.ParseCsv("age,x\n39,1\nx40,2");
        Assert.Contains("text(3): 'x40' is not a number.", Assert.Throws<InvalidDataException>(() => Fitted(typo, Feature.Number("age"))).Message);
    }

    [Fact]
    public void What_has_no_result_is_said_with_place_and_value()
    {
        Table table = Table.ParseCsv("x,y\n1,0\n-1,0\n0,0\n1e300,0");
        Assert.Contains("text(3): 'x' is -1, and there is no logarithm of it.", Said(Feature.Number("x").Log()));
        Assert.Contains("text(3): 'x' is -1, and there is no logarithm of it and 1.", Said(Feature.Number("x").Log1p()));
        FittedSchema raw = Fitted(table, Feature.Number("x"));
        Assert.Contains("text(5): 'x' becomes 1E+300, which is too large", Assert.Throws<InvalidDataException>(() => raw.Encode(table)).Message);
        Assert.Contains("no value in the rows for training", Assert.Throws<InvalidDataException>(() => Fitted(Table.ParseCsv("x,y\n?,0"), Feature.Number("x").FillMean())).Message);

        string Said(Feature feature) => Assert.Throws<InvalidDataException>(() => Fitted(table, feature)).Message;
    }

    [Fact]
    public void Missing_and_unknown_categories_are_errors_unless_something_is_said()
    {
        Assert.Contains("text(5): 'work' is missing, as in 1 of 5 rows", Assert.Throws<InvalidDataException>(() => Fitted(People, Feature.Category("work").OneHot())).Message);
        FittedSchema schema = Fitted(People.DropMissing("work"), Feature.Category("work").OneHot());
        Table other = Table.ParseCsv("work,x\ngov,1\nNever-worked,1");
        Assert.Contains("text(3): 'work' is 'Never-worked', which was not among the rows for training.", Assert.Throws<InvalidDataException>(() => schema.Encode(other)).Message);
        Assert.Contains("text(5): 'work' is missing", Assert.Throws<InvalidDataException>(() => schema.Encode(People)).Message);
    }

    [Fact]
    public void Unknown_categories_go_where_they_are_told()
    {
        Table train = Table.ParseCsv("c,x\na,1\na,1\na,1\nb,1\nb,1\nc,1");
        Table test = Table.ParseCsv("c,x\nc,1\nz,1\nb,1");
        CategoryFeature c = Feature.Category("c");
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 1, 0], Encode(c.OnUnknown(Unknown.None).OneHot()));
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0], Encode(c.OnUnknown(Unknown.Rare).OneHot()));
        Assert.Equal([0, 1, 0, 1, 0, 1], Encode(c.KeepFrequent(3).OnUnknown(Unknown.Rare).OneHot()));
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 1, 0], Encode(c.KeepFrequent(2).OnUnknown(Unknown.Rare).OneHot()));
        Assert.Equal([2f, -1, 1], Encode(c.OnUnknown(Unknown.None).Ordinal()));
        Assert.Equal([2f, 2, 1], Encode(c.KeepMost(2).OnUnknown(Unknown.Rare).Ordinal()));
        Assert.Equal([0f, 0, 1], Encode(c.OnUnknown(Unknown.None).Is("b")));
        Assert.Throws<InvalidDataException>(() => Encode(c.KeepMost(2).OneHot()));      // c is rare and known, z is unknown
        Assert.Throws<InvalidOperationException>(() => c.OnUnknown(Unknown.None).Index());
        Assert.Throws<InvalidOperationException>(() => c.KeepMost(2).Hash(4));
        FittedSchema index = new Schema(Output.Labels("i", c.KeepMost(2).OnUnknown(Unknown.Rare).Index(), c.OnUnknown(Unknown.Rare).Index("c", "b", "a"))).Fit(train);
        Assert.Equal([2, 0, 2, 3, 1, 1], index.Encode(test)["i"].Labels.ToArray());
        Assert.Equal(["c", "b", "a", "(rare)"], index["i"].LabelNames[1]);

        float[] Encode(Feature feature) => Fitted(train, feature).Encode(test)["x"].Floats.ToArray();
    }

    /// <summary>Given categories have their places whether training has them or not, and however rare they are there.</summary>
    [Fact]
    public void Categories_that_are_given_have_their_places()
    {
        Table train = Table.ParseCsv("c,x\na,1\na,1\nb,1\n");
        CategoryFeature c = Feature.Category("c");
        FittedSchema fitted = Fitted(train, c.OneHot("z", "b", "a"));
        Assert.Equal(["c=z", "c=b", "c=a"], fitted["x"].FeatureNames);
        Assert.Equal([1, 0, 0], fitted.Encode(Table.ParseCsv("c,x\nz,1"))["x"].Floats.ToArray());
        Assert.Equal([0, 1, 0], Fitted(train, c.KeepFrequent(2).OneHot("z", "b", "a")).Encode(Table.ParseCsv("c,x\nb,1"))["x"].Floats.ToArray());
        Assert.Equal([0, 0, 1, 0], Fitted(train, c.OnUnknown(Unknown.None).OneHot("z", "b")).Encode(Table.ParseCsv("c,x\na,1\nz,1"))["x"].Floats.ToArray());
        Assert.Equal([0, 0, 1], Fitted(train, c.OnUnknown(Unknown.Rare).OneHot("z", "b")).Encode(Table.ParseCsv("c,x\na,1"))["x"].Floats.ToArray());
        Assert.Throws<InvalidDataException>(() => Fitted(train, c.OneHot("a")));
        Assert.Throws<ArgumentException>(() => c.OneHot("a", "a"));
    }

    [Fact]
    public void Missing_categories_count_as_the_most_frequent()
    {
        FittedSchema schema = Fitted(People, Feature.Category("work").FillMostFrequent().OneHot());
        Assert.Equal(["work=Private", "work=gov", "work=self"], schema["x"].FeatureNames);
        Assert.Equal([1, 0, 0], schema.Encode(People)["x"].Floats.Slice(9, 3).ToArray());
    }

    [Fact]
    public void Categories_that_are_asked_for_must_be_there()
    {
        Assert.Contains("'income' is never '>50K.'", Said(Feature.Category("income").Is(">50K.")));
        Assert.Contains("has a category '>50K' in the rows for training that is not in the order given", Said(Feature.Category("income").Ordinal("<=50K")));
        Assert.Throws<ArgumentException>(() => Feature.Category("income").Ordinal("a", "a"));

        static string Said(Feature feature) => Assert.Throws<InvalidDataException>(() => Fitted(People, feature)).Message;
    }

    [Fact]
    public void Whole_numbers_are_categories_too()
    {
        Table table = Table.ParseCsv("label,x\n1,0\n0,0\n10,0");
        Assert.Equal([0, 1, 0, 1, 0, 0, 0, 0, 1], Fitted(table, Feature.Category("label").OneHot()).Encode(table)["x"].Floats.ToArray());
        Table broken = Table.ParseCsv("label,x\n1,0\n0.5,0");
        Assert.Contains("text(3): 'label' is 0.5; numbers are categories only where they are whole.", Assert.Throws<InvalidDataException>(() => Fitted(broken, Feature.Category("label").OneHot())).Message);
    }

    [Fact]
    public void A_schema_names_its_outputs_once()
    {
        Output output = Output.Numbers("x", Feature.Number("a"));
        Assert.Throws<ArgumentException>(() => new Schema());
        Assert.Throws<ArgumentException>(() => new Schema(output, output));
        Assert.Throws<ArgumentException>(() => Output.Numbers("x"));
        Assert.Throws<ArgumentException>(() => Fitted(People.Take(0), Feature.Number("age")));
        Assert.Throws<KeyNotFoundException>(() => Fitted(People, Feature.Number("height")));
    }

    private static float[] Encoded(Table table, Feature feature) => Fitted(table, feature).Encode(table)["x"].Floats.ToArray();

    private static FittedSchema Fitted(Table table, Feature feature) => new Schema(Output.Numbers("x", feature)).Fit(table);

    private static Table Numbered(int count) => Table.Of(TableColumn.OfNumbers("x", [.. Enumerable.Range(0, count).Select(i => (double)i)]));
}
