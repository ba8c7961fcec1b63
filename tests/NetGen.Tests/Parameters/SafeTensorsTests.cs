using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Parameters;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name = "net.safetensors") => Path.Combine(folder, name);

    [Fact]
    public void A_file_brings_every_bit_back()
    {
        float[] weights = Counted();
        // Negative zero, infinity, a NaN with a payload and the smallest number are kept as they are.
        weights[3] = -0f;
        weights[16] = float.NegativeInfinity;
        weights[17] = BitConverter.Int32BitsToSingle(0x7FC1_2345);
        weights[18] = float.Epsilon;
        SafeTensors.Save(File(), new NetworkParameters(Layout(), weights), allowNotFinite: true);

        float[] read = new float[weights.Length];
        SafeTensors.Load(File(), new NetworkParameters(Layout(), read), allowNotFinite: true);

        NetworkParameters expected = new(Layout(), weights);
        NetworkParameters actual = new(Layout(), read);
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(Bits(expected[i].Values), Bits(actual[i].Values));
        Assert.Equal(0f, read[7]); // the gaps are not in the file

        static int[] Bits(Span<float> values) => Array.ConvertAll(values.ToArray(), BitConverter.SingleToInt32Bits);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Weights_that_are_not_finite_are_refused_and_an_old_file_stays(float value, string text)
    {
        float[] weights = Counted();
        weights[7] = value; // a gap
        SafeTensors.Save(File(), new NetworkParameters(Layout(), weights));
        byte[] old = System.IO.File.ReadAllBytes(File());

        // The conv.weight [2, 2, 3, 4] begins at 32; its element [1, 0, 2, 1] is 24 + 0 + 8 + 1 behind.
        weights[32 + 33] = value;
        string message = $"The weights of Net are not saved: conv.weight[1, 0, 2, 1] is {text}.";
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => SafeTensors.Save(File(), new NetworkParameters(Layout(), weights)));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        using MemoryStream stream = new();
        e = Assert.Throws<InvalidOperationException>(() => SafeTensors.Save(stream, new NetworkParameters(Layout(), weights)));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
        Assert.Equal(old, System.IO.File.ReadAllBytes(File()));
        Assert.Single(Directory.GetFiles(folder));

        SafeTensors.Save(stream, new NetworkParameters(Layout(), weights), allowNotFinite: true);
        Assert.Equal(old.Length, stream.Length);

        // Nor are they loaded, unless that is asked for.
        float[] read = Counted();
        stream.Position = 0;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(stream, new NetworkParameters(Layout(), read)));
        Assert.StartsWith($"The stream cannot be loaded into Net: conv.weight[1, 0, 2, 1] is {text}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Counted(), read);
        stream.Position = 0;
        SafeTensors.Load(stream, new NetworkParameters(Layout(), read), allowNotFinite: true);
        Assert.Equal(value, read[32 + 33]);
    }

    [Fact]
    public void The_file_has_PyTorchs_order_of_axes()
    {
        using MemoryStream stream = new();
        SafeTensors.Save(stream, new NetworkParameters(Layout(), Counted()));
        byte[] file = stream.ToArray();

        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        Assert.Equal("""{"format":"pt","network":"Net","features":"channels first"}""", header.RootElement.GetProperty("__metadata__").GetRawText());
        JsonElement linear = header.RootElement.GetProperty("fc.weight");
        Assert.Equal("F32", linear.GetProperty("dtype").GetString());
        Assert.Equal("[3,2]", linear.GetProperty("shape").GetRawText());
        Assert.Equal("[0,24]", linear.GetProperty("data_offsets").GetRawText());
        Assert.Equal("[4,3,2,2]", header.RootElement.GetProperty("conv.weight").GetProperty("shape").GetRawText());

        // Memory [in 2, out 3] = 0 1 2 / 3 4 5.
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], Floats(file, 8 + length, 6));
        // Memory [kh, kw, in, out]; file [out, in, kh, kw].
        float[] conv = Floats(file, 8 + length + 24 + 12, 48);
        for (int o = 0; o < 4; o++)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int y = 0; y < 2; y++)
                {
                    for (int x = 0; x < 2; x++)
                        Assert.Equal(32 + ((y * 2 + x) * 3 + i) * 4 + o, conv[((o * 3 + i) * 2 + y) * 2 + x]);
                }
            }
        }

        static float[] Floats(byte[] bytes, int start, int count)
        {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++)
                floats[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + 4 * i));
            return floats;
        }
    }

    [Fact]
    public void One_dimensional_convolutions_turn_too()
    {
        ParameterLayout layout = new([new("conv.weight", [5, 3, 2], 0, Initializer.Zeros, FileLayout.Convolution)], 32, "Net");
        float[] weights = new float[32];
        for (int i = 0; i < 30; i++)
            weights[i] = i;
        SafeTensors.Save(File(), new NetworkParameters(layout, weights));
        Assert.Equal([2, 3, 5], layout.Parameters[0].FileShape.ToArray());
        float[] read = new float[32];
        SafeTensors.Load(File(), new NetworkParameters(layout, read));
        Assert.Equal(weights, read);
    }

    [Fact]
    public void Tensors_larger_than_a_piece_come_back()
    {
        ParameterLayout layout = new([new("table", [1_100_000, 2], 0, Initializer.Uniform(0f, 1f), FileLayout.Linear)], 2_200_000, "Net");
        float[] weights = new float[layout.TotalFloats];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = i;
        SafeTensors.Save(File(), new NetworkParameters(layout, weights));
        float[] read = new float[weights.Length];
        SafeTensors.Load(File(), new NetworkParameters(layout, read));
        Assert.True(weights.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public void Scalars_empty_tensors_and_odd_names_come_back()
    {
        ParameterLayout layout = new(
            [new("größe \"x\"\n", [], 0, Initializer.Zeros), new("empty", [0, 4], 16, Initializer.Zeros, FileLayout.Linear), new("😀", [1], 16, Initializer.Zeros)], 32, "Net");
        float[] weights = new float[32];
        weights[0] = 7;
        weights[16] = 8;
        SafeTensors.Save(File(), new NetworkParameters(layout, weights));
        float[] read = new float[32];
        SafeTensors.Load(File(), new NetworkParameters(layout, read));
        Assert.Equal(weights, read);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_too()
    {
        using MemoryStream stream = new();
        SafeTensors.Save(stream, new NetworkParameters(Layout(), Counted()));
        byte[] file = stream.ToArray();
        NetworkParameters parameters = new(Layout(), new float[80]);
        SafeTensors.Load(new Trickle(file), parameters);
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], parameters[0].Values.ToArray());

        Assert.Contains("ends inside the values of 'conv.weight'", Refused(new Trickle(file[..^3])), StringComparison.Ordinal);
        Assert.Contains("goes on after the last tensor", Refused(new Trickle([.. file, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_replaces_a_file_and_leaves_nothing_else()
    {
        System.IO.File.WriteAllText(File(), "an older and longer file".PadRight(10_000));
        SafeTensors.Save(File(), new NetworkParameters(Layout(), Counted()));
        SafeTensors.Load(File(), new NetworkParameters(Layout(), new float[80]));
        Assert.Equal([File()], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_nothing_else()
    {
        // A folder of that name: writing succeeds, the move does not.
        Directory.CreateDirectory(File("taken"));
        Assert.ThrowsAny<SystemException>(() => SafeTensors.Save(File("taken"), new NetworkParameters(Layout(), Counted())));
        Assert.Equal([File("taken")], Directory.GetFileSystemEntries(folder));

        // Weights that are gone when they are to be written.
        System.IO.File.WriteAllText(File(), "old");
        Assert.Throws<ObjectDisposedException>(() => SafeTensors.Save(File(), new NetworkParameters(Layout(), new GoneStore())));
        Assert.Equal("old", System.IO.File.ReadAllText(File()));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);

        Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Save(Path.Combine(folder, "no", "net"), new NetworkParameters(Layout(), Counted())));
    }

    [Fact]
    public void Missing_files_are_reported_as_dotnet_does()
    {
        NetworkParameters parameters = new(Layout(), Counted());
        Assert.Throws<FileNotFoundException>(() => SafeTensors.Load(File("none"), parameters));
        Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Load(Path.Combine(folder, "no", "net"), parameters));
        Assert.Throws<ArgumentException>(() => SafeTensors.Load("", parameters));
        Assert.Throws<ArgumentException>(() => SafeTensors.Save("", parameters));
        Assert.Throws<ArgumentNullException>(() => SafeTensors.Load(File(), null!));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using MemoryStream stream = new();
        SafeTensors.Save(stream, new NetworkParameters(Layout(), Counted()));
        byte[] file = stream.ToArray();
        for (int length = 0; length < file.Length; length++)
            Refused(new MemoryStream(file, 0, length));
        Assert.Contains("the tensors need", Refused(new MemoryStream([.. file, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless_but_never_another_exception()
    {
        using MemoryStream stream = new();
        SafeTensors.Save(stream, new NetworkParameters(Layout(), Counted()));
        byte[] file = stream.ToArray();
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Random random = new(3);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. file];
            for (int n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(header)] = (byte)random.Next(256);
            try
            {
                SafeTensors.Load(new MemoryStream(damaged), new NetworkParameters(Layout(), new float[80]));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory]
    [InlineData(100_000_001L, "at most 100000000")]
    [InlineData(-1L, "at most 100000000")]
    [InlineData(long.MaxValue, "at most 100000000")]
    [InlineData(100_000_000L, "the file ends after 2 of them")]
    [InlineData(0L, "the shortest is {}")]
    [InlineData(1L, "the shortest is {}")]
    public void Absurd_header_lengths_are_refused(long length, string message)
    {
        byte[] file = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        Assert.Contains(message, Refused(new MemoryStream(file)), StringComparison.Ordinal);
    }

    private const string Fc = """ "fc.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]} """;
    private const string Bias = """ "fc.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]} """;
    private const string Conv = """ "conv.weight":{"dtype":"F32","shape":[4,3,2,2],"data_offsets":[36,228]} """;

    [Fact]
    public void A_file_in_another_order_with_other_properties_is_read()
    {
        string[] headers =
        [
            $$"""{ {{Conv}},{{Bias}},{{Fc}} }     """,
            $$"""{ "__metadata__":{"a":"b"}, {{Fc}},{{Bias}},{{Conv}} }""",
            $$"""{ {{Fc.Replace("}", ""","note":{"a":[1,2]}}""")}},{{Bias}},{{Conv}} }""",
            $$"""{ {{Conv.Replace("36,228", "0,192")}},{{Bias.Replace("24,36", "192,204")}},{{Fc.Replace("0,24", "204,228")}} }""",
        ];
        foreach (string header in headers)
            SafeTensors.Load(new MemoryStream(FileOf(header)), new NetworkParameters(Layout(), new float[80]));
    }

    public static TheoryData<string, string> BadHeaders => new()
    {
        { "[]", "not a JSON object" },
        { "12", "not a JSON object" },
        { "nonsense", "not well-formed JSON" },
        { "{\"fc.weight\":", "not well-formed JSON, at 'fc.weight'" },
        { $"{{ {Fc},{Bias},{Conv} }} x", "not well-formed JSON" },
        { $"{{ {Fc},{Bias},{Conv} }} {{}}", "not well-formed JSON" },
        { new string('[', 1000), "not a JSON object" },
        { $"{{ \"fc.weight\":{new string('[', 1000)}", "'fc.weight' is not described by a JSON object" },
        { $"{{ \"fc.weight\":{{\"x\":{new string('[', 1000)}", "not well-formed JSON, at 'fc.weight'" },
        { $"{{ {Fc},{Fc},{Bias},{Conv} }}", "'fc.weight' is there twice" },
        { $"{{ {Fc},{Bias},{Conv},\"__metadata__\":{{}},\"__metadata__\":{{}} }}", "'__metadata__' is there twice" },
        { $"{{ {Fc},{Bias},{Conv},\"__metadata__\":{{\"a\":1}} }}", "__metadata__ holds something else than strings" },
        { $"{{ {Fc},{Bias},{Conv},\"__metadata__\":7 }}", "__metadata__ is not a JSON object" },
        { $"{{ {Fc},{Conv},\"fc.bias\":5 }}", "'fc.bias' is not described by a JSON object" },
        { $"{{ {Fc},{Conv},\"fc.bias\":{{}} }}", "'fc.bias' has no dtype" },
        { $"{{ {Fc},{Conv},\"fc.bias\":{{\"dtype\":\"F32\"}} }}", "'fc.bias' has no shape" },
        { $"{{ {Fc},{Conv},\"fc.bias\":{{\"dtype\":\"F32\",\"shape\":[3]}} }}", "'fc.bias' has no data_offsets" },
        { $"{{ {Fc},{Conv},{Bias.Replace("\"shape\"", "\"dtype\":\"F32\",\"shape\"")} }}", "'fc.bias' has two dtype" },
        { $"{{ {Fc},{Conv},{Bias.Replace("\"F32\"", "32")} }}", "the dtype of 'fc.bias' is not a string" },
        { $"{{ {Fc},{Conv},{Bias.Replace("F32", "BF16")} }}", "'fc.bias' is of type BF16; only F32 can be read" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "[4]")} }}", "'fc.bias' has the shape [4]; expected [3]" },
        { $"{{ {Fc.Replace("[3,2]", "[2,3]")},{Conv},{Bias} }}", "'fc.weight' has the shape [2, 3]; expected [3, 2]" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "[3,1]")} }}", "'fc.bias' has the shape [3, 1]; expected [3]" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "[-3]")} }}", "the shape of 'fc.bias' is not an array of whole numbers" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "[3.0]")} }}", "the shape of 'fc.bias' is not an array of whole numbers" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "[99999999999999999999]")} }}", "the shape of 'fc.bias' is not an array of whole numbers" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[3]", "3")} }}", "the shape of 'fc.bias' is not an array" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[24,36]", "[24]")} }}", "'fc.bias' has 1 data_offsets" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[24,36]", "[36,24]")} }}", "the bytes of 'fc.bias' end at 24, before their begin at 36" },
        { $"{{ {Fc},{Conv},{Bias.Replace("[24,36]", "[-4,36]")} }}", "the data_offsets of 'fc.bias'" },
        { $"{{ {Fc},{Bias.Replace("[24,36]", "[20,36]")},{Conv} }}", "the bytes of 'fc.bias' begin at 20, inside those of 'fc.weight', which end at 24" },
        { $"{{ {Fc},{Bias.Replace("[24,36]", "[0,12]")},{Conv} }}", "inside those of 'fc.bias'" },
        { $"{{ {Fc},{Bias.Replace("[24,36]", "[28,36]")},{Conv} }}", "a hole of 4 bytes before 'fc.bias'" },
        { $"{{ {Fc.Replace("[0,24]", "[4,24]")},{Bias},{Conv} }}", "a hole of 4 bytes before 'fc.weight'" },
        { $"{{ {Fc},{Bias},{Conv.Replace("228", "9000000000000000000")} }}", "the bytes of 'conv.weight' end at 9000000000000000000; the file has 228" },
        { $"{{ {Fc},{Bias},{Conv.Replace("228", "224")} }}", "the tensors need 224 bytes of values; the file has 228" },
        { $"{{ {Fc.Replace("[0,24]", "[0,20]")},{Bias.Replace("[24,36]", "[20,36]")},{Conv} }}", "'fc.weight' has 20 bytes; its shape [3, 2] needs 24" },
        { $"{{ {Fc},{Bias.Replace("fc.bias", "fc.bais")},{Conv} }}", "'fc.bias' missing in the file, which has 'fc.bais' that the network does not know" },
        { $"{{ {Fc},{Bias},{Conv},\"extra\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[228,228]}} }}", "the file has 'extra' that the network does not know" },
        { "{}", "the tensors need 0 bytes of values; the file has 228" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void Bad_headers_are_refused_and_named(string header, string message) =>
        Assert.Contains(message, Refused(new MemoryStream(FileOf(header))), StringComparison.Ordinal);

    [Fact]
    public void Names_that_are_no_text_are_refused()
    {
        byte[] invalid = [.. "{\""u8, 0xFF, .. "\":{}}"u8];
        Assert.Contains("not well-formed text, at a name", Refused(new MemoryStream(FileOf(invalid))), StringComparison.Ordinal);
        Assert.Contains("not well-formed text, at a name", Refused(new MemoryStream(FileOf("""{"\ud800":{}}"""))), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_a_file_cannot_flood_a_message()
    {
        string header = $$"""{ {{Fc}},{{Bias}},{{Conv}},"{{new string('x', 5000)}}\u001b[2J":{"dtype":"F32","shape":[0],"data_offsets":[228,228]} }""";
        string message = Refused(new MemoryStream(FileOf(header)));
        Assert.True(message.Length < 300);
        Assert.DoesNotContain('\u001b', message);
    }

    [Fact]
    public void All_that_is_missing_is_named()
    {
        string header = """{"a":{"dtype":"F32","shape":[57],"data_offsets":[0,228]}}""";
        Assert.Contains("'fc.weight', 'fc.bias', 'conv.weight' missing", Refused(new MemoryStream(FileOf(header))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_the_file_and_the_network()
    {
        System.IO.File.WriteAllText(File(), "no weights at all");
        NetworkParameters parameters = new(Layout(), Counted());
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File(), parameters));
        Assert.StartsWith($"{File()} cannot be loaded into Net: the header claims", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Loads, expects a refusal and that no weight has changed.</summary>
    private static string Refused(Stream stream)
    {
        float[] weights = Counted();
        NetworkParameters parameters = new(Layout(), weights);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(stream, parameters));
        Assert.Equal(Counted(), weights);
        return e.Message;
    }

    private static byte[] FileOf(string header) => FileOf(Encoding.UTF8.GetBytes(header));

    private static byte[] FileOf(byte[] header)
    {
        byte[] file = new byte[8 + header.Length + 228];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static float[] Counted()
    {
        float[] weights = new float[80];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = i;
        return weights;
    }

    private static ParameterLayout Layout() => new(
        [
            new("fc.weight", [2, 3], 0, Initializer.Zeros, FileLayout.Linear),
            new("fc.bias", [3], 16, Initializer.Zeros),
            new("conv.weight", [2, 2, 3, 4], 32, Initializer.Zeros, FileLayout.Convolution),
        ], 80, "Net");

    private sealed class GoneStore : NetGen.Runtime.IWeightStore
    {
        public Span<float> Weights => throw new ObjectDisposedException("Net");
    }

    /// <summary>Gives a few bytes at a time and knows no length, like a network stream.</summary>
    private sealed class Trickle(byte[] bytes) : Stream
    {
        private int position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int n = Math.Min(Math.Min(count, 7), bytes.Length - position);
            Array.Copy(bytes, position, buffer, offset, n);
            position += n;
            return n;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
