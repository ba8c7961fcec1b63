using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>Headers that are made to cost memory or to flood a message. What is allocated is at most a few times what the file really has.</summary>
public sealed class HostileHeaderTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Millions_of_dimensions_are_refused_at_the_first_too_many()
    {
        StringBuilder header = new("{\"w\":{\"dtype\":\"F32\",\"shape\":[");
        header.Insert(header.Length, "1,", 4_000_000).Append("1],\"data_offsets\":[0,4]}}");
        Refused(header.ToString(), "the shape of 'w' has more than 64 numbers", allocations: 9 * Megabyte);
        Refused(header.ToString().Replace("shape", "data_offsets", StringComparison.Ordinal), "the data_offsets of 'w' has more than 64 numbers", 9 * Megabyte);
    }

    [Fact]
    public void Sixty_four_dimensions_are_read()
    {
        string shape = string.Join(",", Enumerable.Repeat("1", 64));
        Refused($$"""{"w":{"dtype":"F32","shape":[{{shape}}],"data_offsets":[0,4]} }""", "expected [1]", Megabyte);
    }

    [Fact]
    public void Hundreds_of_thousands_of_tensors_are_refused_before_they_are_remembered()
    {
        StringBuilder header = new("{");
        for (int i = 0; i < 150_000; i++)
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}},");
        header[^1] = '}';
        // A 7 MB file; remembering all took ten times that.
        Refused(header.ToString(), "the file has more than 1001 tensors; the network has 1", 10 * Megabyte);
    }

    [Fact]
    public void Metadata_of_hundreds_of_thousands_of_parameters_are_refused()
    {
        StringBuilder header = new("{\"__metadata__\":{");
        for (int i = 0; i < 200_000; i++)
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"features.{i}\":\"as in memory\",");
        header[^1] = '}';
        Refused(header.Append('}').ToString(), "the metadata name more than 1001 parameters", Megabyte);
    }

    [Fact]
    public void Long_names_and_types_are_refused()
    {
        string longest = new('n', 5_000_000);
        Refused($$"""{"{{longest}}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]} }""", "a name has 5000000 bytes; at most 65536", 8 * Megabyte);
        Refused($$"""{"w":{"dtype":"{{longest}}","shape":[1],"data_offsets":[0,4]} }""", "the dtype of 'w' has 5000000 bytes", 8 * Megabyte);
        Refused($$"""{"w":{"{{longest}}":1,"dtype":"F32","shape":[2],"data_offsets":[0,4]} }""", "expected [1]", 8 * Megabyte);
        Refused($$"""{"__metadata__":{"a":"{{longest}}"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]} }""", "expected [1]", 8 * Megabyte);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_claim_of_100_MB_costs_nothing_before_the_bytes_come(bool seeks)
    {
        byte[] file = new byte[100_000];
        BinaryPrimitives.WriteInt64LittleEndian(file, 100_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(seeks ? new MemoryStream(file) : new OneWay(file), Parameters()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Megabyte);
        Assert.Contains("claims 100000000 bytes; the file ends after 99992", e.Message, StringComparison.Ordinal);
    }

    private static void Refused(string header, string message, long allocations)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new OneWay(file) })
        {
            NetworkParameters parameters = Parameters();
            long before = GC.GetAllocatedBytesForCurrentThread();
            InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(stream, parameters));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
            // The header itself is read piece by piece, in arrays of double the size (and a stream of another class copies each once more).
            Assert.InRange(allocated, 0, allocations + (4L * text.Length));
            Assert.InRange(e.Message.Length, 0, 1000);
            Assert.Equal(5, parameters[0].Values[0]);
        }
    }

    private static NetworkParameters Parameters() => new(new([new("w", [1], 0, Initializer.Zeros)], 16, "Net"), [5, .. new float[15]]);

    /// <summary>Knows no length.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
