using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>Texts beside the weights, in one file.</summary>
public sealed class FileTextsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-texts-").FullName;

    private string Path => System.IO.Path.Combine(folder, "net.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("one \"quoted\" line\nand a second — and a smile \U0001F600")]
    [InlineData(null)]
    public void Texts_come_back_and_weights_too(string? text)
    {
        // Longer than what a reader of weights remembers of a file.
        text ??= new string('x', 200_000);
        SafeTensors.Save(Path, Net(3), new Dictionary<string, string> { ["schema"] = text, ["notes"] = "second" });

        IReadOnlyDictionary<string, string> texts = SafeTensors.ReadMetadata(Path);
        Assert.Equal(text, texts["schema"]);
        Assert.Equal("second", texts["notes"]);
        Assert.Equal("channels first", texts["features"]);
        NetworkParameters loaded = Net(0);
        SafeTensors.Load(Path, loaded);
        Assert.Equal([3f, 3f], loaded[0].Values);
    }

    [Fact]
    public void The_same_texts_make_the_same_file()
    {
        SafeTensors.Save(Path, Net(1), new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        byte[] first = File.ReadAllBytes(Path);
        SafeTensors.Save(Path, Net(1), new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("format")]
    [InlineData("network")]
    [InlineData("features")]
    [InlineData("features.w")]
    public void Names_that_NetGen_writes_itself_are_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => SafeTensors.Save(Path, Net(1), new Dictionary<string, string> { [name] = "" }));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_file_without_texts_has_those_of_the_format()
    {
        SafeTensors.Save(Path, Net(1));
        Assert.Equal(["features", "format", "network"], SafeTensors.ReadMetadata(Path).Keys.Order());
    }

    [Theory]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "the metadata have 'a' twice.")]
    [InlineData("""{"__metadata__":{"a":1}}""", "holds something else than strings")]
    [InlineData("""{"__metadata__":[]}""", "is not a JSON object")]
    public void A_header_that_is_not_well_formed_is_refused_by_name(string header, string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        File.WriteAllBytes(Path, file);
        string said = Assert.Throws<InvalidDataException>(() => SafeTensors.ReadMetadata(Path)).Message;
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains(Path, said, StringComparison.Ordinal);
    }

    private static NetworkParameters Net(float value) =>
        new(new ParameterLayout([new("w", [2], 0, Initializer.Zeros)], 16, "Net"), [.. Enumerable.Repeat(value, 16)]);
}
