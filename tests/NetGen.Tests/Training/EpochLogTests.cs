using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class EpochLogTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("netgen-logs-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_line_for_each_epoch_in_a_file_with_commas()
    {
        string path = Path.Combine(root, "log.csv");
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " } };
        string seen = "";
        Train(new CsvLog(path), () => seen = ReadShared(path));
        string[] lines = File.ReadAllText(path).Split('\n');
        Assert.Equal("epoch,loss,accuracy,val_loss,val_accuracy,\"a \"\"b\"\", c\",learning_rate,seconds", lines[0]);
        Assert.StartsWith("1,1,0.5,3,0.25,-0.5,0.25,", lines[1]);
        Assert.StartsWith("2,2,0.5,3,0.25,-0.5,0.25,", lines[2]);
        Assert.Equal(["", 4], [lines[3], (object)lines.Length]);
        // It could be read while the training ran: the callback before it ends after it.
        Assert.Equal(File.ReadAllText(path), seen);
        Train(new CsvLog(path), () => { });
        Assert.Equal(4, File.ReadAllText(path).Split('\n').Length);
    }

    [Fact]
    public void An_object_for_each_epoch_in_a_file_of_lines()
    {
        string path = Path.Combine(root, "log.jsonl");
        Train(new JsonLinesLog(path), () => { }, metric: double.NaN);
        JsonElement[] lines = [.. File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([1, 2], lines.Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.Equal([1.0, 2.0], lines.Select(line => line.GetProperty("loss").GetDouble()));
        Assert.Equal(0.25, lines[1].GetProperty("learning_rate").GetDouble());
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("a \"b\", c").ValueKind);
    }

    [Fact]
    public void TensorBoard_gets_its_events()
    {
        string folder = Path.Combine(root, "runs", "one");
        Train(new TensorBoardLog(folder), () => { });
        string file = Assert.Single(Directory.GetFiles(folder));
        Assert.Contains("tfevents", Path.GetFileName(file));
        byte[] bytes = File.ReadAllBytes(file);
        // So begins every file of TensorFlow's own: 24 bytes, and their checksum.
        Assert.Equal(Convert.FromHexString("1800000000000000A37F4B22"), bytes[..12]);

        List<byte[]> events = Records(bytes);
        Assert.Equal("brain.Event:2"u8.ToArray(), events[0][^13..]);
        Assert.Equal(3, events.Count);
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            byte[] one = events[epoch];
            // Field 1 is a double, field 2 the step.
            Assert.Equal((9, 16, epoch), (one[0], one[9], one[10]));
            Assert.Equal(0, (DateTimeOffset.UnixEpoch.AddSeconds(BinaryPrimitives.ReadDoubleLittleEndian(one.AsSpan(1))) - DateTimeOffset.UtcNow).TotalMinutes, 5d);
            Dictionary<string, float> values = Values(one.AsSpan(11));
            Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy", "a \"b\", c", "learning_rate", "seconds"], values.Keys);
            Assert.Equal((epoch, 3f, -0.5f, 0.25f), (values["loss"], values["val_loss"], values["a \"b\", c"], values["learning_rate"]));
        }

        Train(new TensorBoardLog(folder), () => { });
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    /// <summary>Field by field, as TensorFlow's summary.proto, histogram and tensor.proto number them.</summary>
    [Fact]
    public void TensorBoard_gets_histograms_texts_and_images()
    {
        string folder = Path.Combine(root, "runs", "more");
        Train(
            new TensorBoardLog(folder)
            {
                Histograms = 2,
                Texts = fit => [("said", FormattableString.Invariant($"epoch {fit.Epoch} ä"))],
                Images = _ => [("drawn", new LoggedImage([0, 0.5f, 1, 2, float.NaN, -1], 2, 3))],
            },
            () => { });
        List<byte[]> events = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder))));
        // The version, and of each epoch its numbers and the others.
        Assert.Equal(5, events.Count);
        List<ProtoField> first = Summary(events[2]), second = Summary(events[4]);
        Assert.Equal(["said", "drawn"], first.Select(Tag));
        Assert.Equal(["w", "said", "drawn"], second.Select(Tag));

        ProtoField histogram = second[0].Part(5);
        double[] limits = histogram.Part(6).Doubles(), counts = histogram.Part(7).Doubles();
        Assert.Equal((1.0, 1.0, 1.0), (histogram.Part(3).Double, counts.Sum(), histogram.Part(1).Double / histogram.Part(2).Double));
        Assert.Equal(limits.Length, counts.Length);

        ProtoField tensor = first[0].Part(8);
        Assert.Equal("text", first[0].Part(9).Part(1).Part(1).Text);
        Assert.Equal((7L, 1L, "epoch 1 ä"), (tensor.Part(1).Number, tensor.Part(2).Part(2).Part(1).Number, tensor.Part(8).Text));

        ProtoField image = first[1].Part(4);
        Assert.Equal((2L, 3L, 1L), (image.Part(1).Number, image.Part(2).Number, image.Part(3).Number));
        byte[] png = image.Part(4).Data;
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        int at = png.AsSpan().IndexOf("IDAT"u8);
        using System.IO.Compression.ZLibStream lines = new(new MemoryStream(png[(at + 4)..]), System.IO.Compression.CompressionMode.Decompress);
        byte[] pixels = new byte[8];
        lines.ReadExactly(pixels);
        Assert.Equal([0, 0, 128, 255, 0, 255, 0, 0], pixels);
        // The checksum that every PNG ends with.
        Assert.Equal(Convert.FromHexString("0000000049454E44AE426082"), png[^12..]);

        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoardLog(folder) { Histograms = -1 });
        Assert.Throws<ArgumentException>(() => new LoggedImage(new float[5], 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoggedImage(new float[12], 2, 3, channels: 2));

        static List<ProtoField> Summary(byte[] one) => [.. ProtoField.All(one).Single(field => field.Id == 5).Parts().Select(value => value)];

        static string Tag(ProtoField value) => value.Part(1).Text;
    }

    /// <summary>Each number in the bucket that its limit says, and none lost.</summary>
    [Fact]
    public void A_histogram_has_all_numbers()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => (float)Math.Sin(i * 1.7)), 1, -1, 0.5f, 0.5f];
        ProtoField histogram = new(5, 0, TensorBoardLog.Histogram([.. values, float.NaN, float.PositiveInfinity]));
        double[] limits = histogram.Part(6).Doubles(), counts = histogram.Part(7).Doubles();
        Assert.Equal((-1.0, 1.0, (double)values.Length), (histogram.Part(1).Double, histogram.Part(2).Double, histogram.Part(3).Double));
        Assert.Equal(values.Sum(value => (double)value), histogram.Part(4).Double, 1e-9);
        Assert.Equal(values.Sum(value => (double)value * value), histogram.Part(5).Double, 1e-9);
        double below = double.NegativeInfinity;
        for (int i = 0; i < limits.Length; below = limits[i++])
            Assert.Equal(values.Count(value => value > below && value <= limits[i]), counts[i]);
        // Of numbers that are none, and of none at all.
        Assert.Equal(0, new ProtoField(5, 0, TensorBoardLog.Histogram([float.NaN])).Part(3).Double);
        Assert.Equal([0.0], new ProtoField(5, 0, TensorBoardLog.Histogram([])).Part(7).Doubles());
    }

    [Fact]
    public void A_file_is_closed_when_the_training_throws()
    {
        string path = Path.Combine(root, "log.csv");
        Assert.Throws<InvalidOperationException>(() => Train(new CsvLog(path), () => throw new InvalidOperationException()));
        File.Delete(path);
        File.WriteAllText(path, "free");
        Assert.ThrowsAny<IOException>(() => Train(new CsvLog(Path.Combine(root, "none", "log.csv")), () => { }));
    }

    private static void Train(FitCallback log, Action whenEnded, double metric = -0.5)
    {
        ScriptedNetwork network = new()
        {
            OnStep = (step, batch) => new(step, batch.Count / 2d, batch.Count),
            OnEvaluate = (_, batch) => new(3, batch.Count / 4d, batch.Count),
        };
        network.Fit(
            ScriptedNetwork.Data(4),
            new FitOptions
            {
                Epochs = 2,
                ValidationData = ScriptedNetwork.Data(4),
                Metrics = [new("a \"b\", c", _ => metric)],
                Callbacks = [new After(whenEnded), log],
            },
            new Sgd(0.25f));
    }

    private static string ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static List<byte[]> Records(ReadOnlySpan<byte> file)
    {
        List<byte[]> records = [];
        while (!file.IsEmpty)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            Assert.Equal(Masked(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            Assert.Equal(Masked(file.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            records.Add(file.Slice(12, length).ToArray());
            file = file[(16 + length)..];
        }

        return records;
    }

    /// <summary>CRC-32C bit by bit, as RFC 3720 defines it, masked as TFRecord says.</summary>
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78 : 0);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    /// <summary>Field 5 { repeated field 1 { field 1: tag, field 2: float } }, all shorter than 128 bytes but the whole.</summary>
    private static Dictionary<string, float> Values(ReadOnlySpan<byte> summary)
    {
        Assert.Equal((5 << 3) | 2, summary[0]);
        int head = summary[1] < 128 ? 2 : 3;
        int length = head == 2 ? summary[1] : (summary[1] & 127) | (summary[2] << 7);
        summary = summary[head..];
        Assert.Equal(length, summary.Length);
        Dictionary<string, float> values = [];
        while (!summary.IsEmpty)
        {
            Assert.Equal((1 << 3) | 2, summary[0]);
            ReadOnlySpan<byte> value = summary.Slice(2, summary[1]);
            Assert.Equal(((1 << 3) | 2, (2 << 3) | 5), (value[0], value[2 + value[1]]));
            values.Add(Encoding.UTF8.GetString(value.Slice(2, value[1])), BinaryPrimitives.ReadSingleLittleEndian(value[(3 + value[1])..]));
            summary = summary[(2 + summary[1])..];
        }

        return values;
    }

    private sealed class After(Action action) : FitCallback
    {
        public override void OnEpochEnd(FitContext fit)
        {
            if (fit.Epochs.Count == 2)
                action();
        }
    }
}
