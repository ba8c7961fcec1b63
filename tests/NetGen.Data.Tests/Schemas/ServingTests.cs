using Xunit;

namespace NetGen.Data.Tests;

/// <summary>A row alone gets the bits that it has in a table, now and from a file.</summary>
public sealed class ServingTests : IDisposable
{
    private static readonly Table Train = Rows(500, seed: 1);
    private static readonly Table Test = Rows(300, seed: 2);

    private static readonly Schema Schema = new(
        Output.Numbers(
            "x",
            Feature.Number("a").FillMean().Clip(-3, 3).Standardize().WithMissingIndicator(),
            Feature.Number("a").FillMedian().Robust(),
            Feature.Number("b").ClipQuantiles(0.01, 0.99).Log1p().MinMax(-1, 1),
            Feature.Number("b").Log().Standardize(),
            Feature.Category("c").MissingAs("?").KeepFrequent(20).OnUnknown(Unknown.Rare).OneHot(),
            Feature.Category("c").FillMostFrequent().OnUnknown(Unknown.None).Ordinal(),
            Feature.Category("c").MissingAs("?").Hash(8),
            Feature.Category("n").OnUnknown(Unknown.None).Is("3"),
            Feature.Date("t").Part(DatePart.Days).Standardize(),
            Feature.Date("t").Cycle(DatePart.Month)),
        Output.Labels("y", Feature.Category("n").OnUnknown(Unknown.Rare).Index(), Feature.Category("c").MissingAs("none").OnUnknown(Unknown.Rare).Index()));

    private readonly string folder = Directory.CreateTempSubdirectory("netgen-schema-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_single_row_has_the_bits_of_its_table()
    {
        FittedSchema schema = Schema.Fit(Train);
        Dataset data = schema.Encode(Test);
        int width = schema["x"].Length;
        SchemaRow row = schema.NewRow();
        for (int i = 0; i < Test.Count; i++)
        {
            row.Clear().Set("a", Test["a"].Numbers[i]).Set("b", Test["b"].Numbers[i]).Set("c", Test["c"].Text(i))
                .Set("n", Test["n"].Numbers[i]).Set("t", Test["t"].Date(i));
            Assert.Equal(Bits(data["x"].Floats.Slice(i * width, width)), Bits(row.Encode("x")));
            Assert.Equal(data["y"].Labels.Slice(2 * i, 2).ToArray(), row.EncodeLabels("y"));
        }
    }

    [Fact]
    public void An_object_has_the_bits_of_its_table()
    {
        FittedSchema schema = Schema.Fit(Train);
        var type = new RowType<(double A, double B, string? C, int N, DateTime? T)>()
            .Number("a", r => r.A).Number("b", r => r.B).Text("c", r => r.C).Number("n", r => r.N).Date("t", r => r.T);
        (double, double, string?, int, DateTime?)[] items =
            [.. Enumerable.Range(0, Test.Count).Select(i => (Test["a"].Numbers[i], Test["b"].Numbers[i], Test["c"].Text(i), (int)Test["n"].Numbers[i], Test["t"].Date(i)))];
        DataColumn expected = schema.Encode(Test, "x")["x"];
        Assert.Equal(Bits(expected.Floats), Bits(schema.Encode(Table.Of(items, type), "x")["x"].Floats));
        for (int i = 0; i < items.Length; i++)
            Assert.Equal(Bits(expected.Floats.Slice(i * expected.Length, expected.Length)), Bits(schema.Encode("x", items[i], type)));
    }

    [Fact]
    public void A_schema_comes_back_from_the_file_of_the_weights_with_the_same_bits()
    {
        FittedSchema schema = Schema.Fit(Train);
        string file = Path.Combine(folder, "net.safetensors");
        using var saved = new FakeNetwork(3);
        saved.Save(file, schema);

        FittedSchema loaded = FittedSchema.Load(file);
        Assert.Equal(schema.ToJson(), loaded.ToJson());
        Assert.Equal(schema["x"].FeatureNames, loaded["x"].FeatureNames);
        Assert.Equal(500, loaded.FittedRows);
        Assert.Equal(Bits(schema.Encode(Test)["x"].Floats), Bits(loaded.Encode(Test)["x"].Floats));
        Assert.Equal(schema.Encode(Test)["y"].Labels.ToArray(), loaded.Encode(Test)["y"].Labels.ToArray());
        using var network = new FakeNetwork(0);
        network.Load(file);
        Assert.Equal([3f, 3f], network.Parameters[0].Values);

        network.Save(file);
        Assert.Contains("has no schema", Assert.Throws<InvalidDataException>(() => FittedSchema.Load(file)).Message);
    }

    [Fact]
    public void Values_that_were_not_set_are_missing_and_wrong_ones_are_named()
    {
        FittedSchema schema = Schema.Fit(Train);
        SchemaRow row = schema.NewRow().Set("a", 1).Set("c", "red").Set("n", 3).Set("t", new DateTime(2020, 1, 1));
        Assert.Contains("'b' is missing", Assert.Throws<InvalidDataException>(() => row.Encode("x")).Message);
        row.Set("b", "2");
        Assert.Contains("'b' is of the kind Text; expected a number", Assert.Throws<InvalidDataException>(() => row.Encode("x")).Message);
        Assert.Equal(schema["x"].Length, row.Set("b", 2).Encode("x").Length);
        Assert.Contains("they read: a, b, c, t, n", Assert.Throws<KeyNotFoundException>(() => row.Set("d", 1)).Message.Replace("n, t", "t, n"));
        Assert.Throws<ArgumentOutOfRangeException>(() => row.Set("a", double.NegativeInfinity));
        Assert.Throws<ArgumentException>(() => row.Encode("x", new float[1]));
        Assert.Throws<InvalidOperationException>(() => row.Encode("y"));
        Assert.Throws<InvalidOperationException>(() => row.EncodeLabels("x"));
        Assert.Throws<KeyNotFoundException>(() => row.Encode("z"));
    }

    [Fact]
    public void A_row_costs_no_memory_once_it_is_there()
    {
        FittedSchema schema = new Schema(Output.Numbers("x", Feature.Number("a").FillMean().Standardize(), Feature.Category("c").MissingAs("?").OneHot())).Fit(Train);
        SchemaRow row = schema.NewRow();
        float[] target = new float[schema["x"].Length];
        Fill(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Fill(int times)
        {
            for (int i = 0; i < times; i++)
                row.Set("a", i % 3).Set("c", "red").Encode("x", target);
        }
    }

    public static TheoryData<string, string> Damaged => new()
    {
        { "", "not well-formed JSON" },
        { "[]", "is Array where an object should be" },
        { """{"version":2,"rows":1,"outputs":[]}""", "is of version 2; this version of NetGen knows 1" },
        { """{"version":1,"rows":1,"outputs":[]}""", "has no outputs" },
        { """{"version":1,"rows":0,"outputs":[{"name":"x","type":"Float","features":[{"feature":"number","column":"a","steps":[]}]}]}""", "has a 'rows'" },
        { One("""{"feature":"magic"}"""), "has a feature 'magic'" },
        { One("""{"feature":"number","column":"a","steps":[{"step":"magic"}]}"""), "has a step 'magic'" },
        { One("""{"feature":"number","column":"a","steps":[{"step":"scale","center":1,"scale":0}]}"""), "has a 'scale' of 0" },
        { One("""{"feature":"number","column":"a","steps":[{"step":"fill","value":1e999}]}"""), "no finite number" },
        { One("""{"feature":"number","column":"a"}"""), "has no 'steps' of the kind Array" },
        { One("""{"feature":"cycle","column":"a","part":"Year"}"""), "has a cycle of Year" },
        { One("""{"feature":"cycle","column":"a","part":"77"}"""), "has a 'part' that this version does not know" },
        { One("""{"feature":"category","column":"a","form":"OneHot","categories":["a","a"],"unknown":"Error"}"""), "contradict each other" },
        { One("""{"feature":"category","column":"a","form":"Is","categories":["a"],"unknown":"Error","is":"b"}"""), "contradict each other" },
        { One("""{"feature":"hash","column":"a","buckets":-1}"""), "has a 'buckets'" },
        { One("""{"feature":"number","column":"a","steps":[]}""").Replace("Float", "Label"), "features that it cannot have" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_text_that_is_no_schema_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => FittedSchema.FromJson(json)).Message);

    /// <summary>Whatever a text is, it is a schema or refused.</summary>
    [Fact]
    public void Random_damage_is_refused_or_harmless_but_never_another_exception()
    {
        string whole = Schema.Fit(Train).ToJson();
        Random random = new(5);
        for (int i = 0; i < 3000; i++)
        {
            char[] damaged = whole.ToCharArray();
            for (int j = random.Next(1, 4); j > 0; j--)
                damaged[random.Next(damaged.Length)] = "{}[]\",:0-9eEa\\x\u0001\uD800"[random.Next(17)];
            try
            {
                FittedSchema.FromJson(new string(damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static string One(string feature) => $$"""{"version":1,"rows":1,"outputs":[{"name":"x","type":"Float","features":[{{feature}}]}]}""";

    private static int[] Bits(ReadOnlyMemory<float> values) => Array.ConvertAll(values.ToArray(), BitConverter.SingleToInt32Bits);

    private static Table Rows(int count, int seed)
    {
        Random random = new(seed);
        string[] colours = ["red", "green", "blue", "Rot", "ocker", "weiß"];
        return Table.Of(
            TableColumn.OfNumbers("a", Fill(() => random.Next(10) == 0 ? double.NaN : random.NextDouble() * 9 - 4)),
            TableColumn.OfNumbers("b", Fill(() => Math.Exp(random.NextDouble() * 20 - 10))),
            TableColumn.OfTexts("c", Fill(() => random.Next(12) == 0 ? null : colours[(int)(random.NextDouble() * random.NextDouble() * (4 + seed))])),
            TableColumn.OfNumbers("n", Fill(() => (double)random.Next(4 + seed))),
            TableColumn.OfDates("t", Fill(() => (DateTime?)new DateTime(2000, 1, 1).AddMinutes(random.Next(10_000_000)))));

        T[] Fill<T>(Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
    }

    private sealed class FakeNetwork(float value) : INetwork
    {
        public string Name => "Fake";

        public NetworkParameters Parameters { get; } = new(new ParameterLayout([new("w", [2], 0, Initializer.Zeros)], 16, "Fake"), [.. Enumerable.Repeat(value, 16)]);

        public Device Device => Device.Cpu();

        public void Save(string path, bool allowNotFinite = false) => SafeTensors.Save(path, Parameters, allowNotFinite);

        public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) => SafeTensors.Load(path, Parameters, order, allowNotFinite);

        public void Dispose()
        {
        }
    }
}
