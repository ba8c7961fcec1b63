using Xunit;

namespace NetGen.Data.Tests;

/// <summary>Images of other data sets, in files of the formats that these have.</summary>
public sealed class ImageFileTests : IDisposable
{
    private const int Record = 1 + 3 * 1024;

    private readonly string folder = Directory.CreateTempSubdirectory("netgen-images-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Idx_files_have_images_of_any_size()
    {
        string images = Write("images", MnistFolder.Images(3, rows: 2, columns: 5)), labels = Write("labels", MnistFolder.Labels(3));
        ImageSet set = ImageSet.ReadIdx(images, labels, classes: 3);
        Assert.Equal((3, 2, 5, 1, 3), (set.Count, set.Height, set.Width, set.Channels, set.Classes));
        Assert.Equal([0, 1, 2], set.Labels.ToArray());
        Assert.Equal(Enumerable.Range(2, 10).Select(i => i / 255f), set.Image(2).ToArray());
        Assert.Equal("labels: label 2 is 2; expected 0 to 1.", Said(() => ImageSet.ReadIdx(images, labels, classes: 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSet.ReadIdx(images, labels, classes: 257));
        Assert.Throws<FileNotFoundException>(() => ImageSet.ReadIdx(Path.Combine(folder, "no"), labels, 2));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Idx_files_that_claim_absurd_sizes_are_refused(int rows, int columns)
    {
        byte[] content = MnistFolder.Images(1, 1, 1);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8), rows);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(12), columns);
        string images = Write("images", content), labels = Write("labels", MnistFolder.Labels(1));
        Assert.StartsWith("images: the header says images of", Said(() => ImageSet.ReadIdx(images, labels, 10)));
    }

    [Fact]
    public void Fashion_MNIST_is_read()
    {
        const string Fashion = "/usr/share/datasets/fashion-mnist";
        if (!Directory.Exists(Fashion))
            Assert.Skip("Debian's dataset-fashion-mnist is not installed.");
        ImageSet set = ImageSet.ReadIdx(Path.Combine(Fashion, "t10k-images-idx3-ubyte.gz"), Path.Combine(Fashion, "t10k-labels-idx1-ubyte.gz"), 10);
        Assert.Equal((10_000, 28, 28), (set.Count, set.Height, set.Width));
        Assert.Equal(Enumerable.Repeat(1000, 10), set.Labels.ToArray().CountBy(label => label).Select(pair => pair.Value));
    }

    [Fact]
    public void CIFAR_10_has_its_colours_at_each_pixel()
    {
        // Of each record the label, then red 0, 1, 2, …, green 50, 51, …, blue 100, 101, …, modulo 256, and the number of the record added.
        string first = Write("data_batch_1.bin", [.. Cifar(3), .. Cifar(9)]), second = Write("data_batch_2.bin", Cifar(0));
        ImageSet set = ImageSet.ReadCifar10(first, second);
        Assert.Equal((3, 32, 32, 3, 10), (set.Count, set.Height, set.Width, set.Channels, set.Classes));
        Assert.Equal([3, 9, 0], set.Labels.ToArray());
        Assert.Equal([3 / 255f, 53 / 255f, 103 / 255f, 4 / 255f, 54 / 255f, 104 / 255f], set.Image(0)[..6].ToArray());
        Assert.Equal([(1023 + 9) % 256 / 255f, (1073 + 9) % 256 / 255f, (1123 + 9) % 256 / 255f], set.Image(1)[^3..].ToArray());
    }

    [Fact]
    public void Files_that_are_not_CIFAR_10s_are_refused()
    {
        byte[] wrong = Cifar(10);
        Assert.Equal("wrong.bin: the label of image 1 is 10; expected 0 to 9.", Said(() => ImageSet.ReadCifar10(Write("wrong.bin", [.. Cifar(1), .. wrong]))));
        Assert.StartsWith("cut.bin: 3072 bytes; a file of CIFAR-10's binary version has 3073 for each image", Said(() => ImageSet.ReadCifar10(Write("cut.bin", wrong[..^1]))));
        Assert.StartsWith("empty.bin: 0 bytes", Said(() => ImageSet.ReadCifar10(Write("empty.bin", []))));
        Assert.Throws<ArgumentException>(() => ImageSet.ReadCifar10());
    }

    private static byte[] Cifar(byte label) =>
        [label, .. Enumerable.Range(0, Record - 1).Select(i => (byte)(i % 1024 + i / 1024 * 50 + label))];

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Without the folder.</summary>
    private string Said(Action action) => Assert.Throws<InvalidDataException>(action).Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
