using System.IO.Compression;
using Xunit;

namespace NetGen.Data.Tests;

/// <summary>Every way in which a file can be wrong is an error that names the file, what is wrong and what was expected.</summary>
public sealed class MnistFileErrorTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    private readonly MnistFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WrongMagicOfImages() =>
        Fails(Images, MnistFolder.Images(20, magic: 0x801), "wrong magic number 0x00000801", "expected 0x00000803");

    [Fact]
    public void WrongMagicOfLabels() =>
        Fails(Labels, MnistFolder.Labels(20, magic: 0x803), "wrong magic number 0x00000803", "expected 0x00000801");

    [Fact]
    public void CutImages() => Fails(Images, MnistFolder.Images(20)[..^1], "cut, 15679 bytes after the header", "expected 15680");

    [Fact]
    public void CutLabels() => Fails(Labels, MnistFolder.Labels(20)[..^3], "cut, 17 bytes after the header", "expected 20");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    public void CutHeader(int length) => Fails(Images, MnistFolder.Images(20)[..length], $"cut after {length} bytes", "expected an idx header of 16 bytes");

    [Fact]
    public void TrailingBytesOfImages() => Fails(Images, [.. MnistFolder.Images(20), 0], "trailing bytes", "expected the file to end after 20 images");

    [Fact]
    public void TrailingBytesOfLabels() => Fails(TestLabels, [.. MnistFolder.Labels(10), 1], "trailing bytes", "expected the file to end after 10 labels");

    [Fact]
    public void CountsDiffer() => Fails(Labels, MnistFolder.Labels(19), "has 20 images", "has 19 labels", "expected one label per image");

    [Fact]
    public void LabelOutOfRange()
    {
        byte[] labels = MnistFolder.Labels(20);
        labels[8 + 5] = 10;
        Fails(Labels, labels, "label 5 is 10", "expected 0 to 9");
    }

    [Fact]
    public void OtherImageSize() => Fails(Images, MnistFolder.Images(20, rows: 14), "the images are 14×28", "expected 28×28");

    [Theory]
    [InlineData(0, "0 images")]
    [InlineData(-1, "4294967295 images")]
    public void ImpossibleCount(int count, string message)
    {
        byte[] images = MnistFolder.Images(1);
        MnistFolder.Header(images, 0x803, count, 28, 28);
        Fails(Images, images, message, "expected 1 to 2147483647");
    }

    [Fact]
    public void ACountThatTheOtherFileHasNotIsRefusedBeforeTheContentIsRead()
    {
        byte[] images = MnistFolder.Images(1);
        MnistFolder.Header(images, 0x803, int.MaxValue, 28, 28);
        Assert.InRange(Allocated(() => Fails(Images, images, "has 2147483647 images", "has 20 labels")), 0, 1_000_000);
    }

    [Fact]
    public void CountsBeyondTheContentAllocateLittle()
    {
        byte[] images = MnistFolder.Images(1), labels = MnistFolder.Labels(1);
        MnistFolder.Header(images, 0x803, 2_000_000, 28, 28);
        MnistFolder.Header(labels, 0x801, 2_000_000);
        File.WriteAllBytes(folder.File(Labels), labels);
        Assert.InRange(Allocated(() => Fails(Images, images, "cut, 784 bytes after the header; expected 1568000000")), 0, 1_000_000);

        MnistFolder.Header(images, 0x803, int.MaxValue, 28, 28);
        MnistFolder.Header(labels, 0x801, int.MaxValue);
        File.WriteAllBytes(folder.File(Images), images);
        Assert.InRange(Allocated(() => Fails(Labels, labels, "the header says 2147483647 labels", "expected at most")), 0, 1_000_000);
    }

    [Theory]
    [InlineData(-1, "cut, 156799999 bytes after the header; expected 156800000")]
    [InlineData(1, "trailing bytes; expected the file to end after 200000 images")]
    public void ASmallCompressedFileThatGrowsIsRefusedWithoutMemoryForIt(int more, string message)
    {
        const int Count = 200_000;
        byte[] labels = MnistFolder.Labels(Count);
        File.WriteAllBytes(folder.File(Labels), labels);
        File.Delete(folder.File(Images));
        byte[] header = new byte[16];
        MnistFolder.Header(header, 0x803, Count, 28, 28);
        using (var gzip = new GZipStream(File.Create(folder.File(Images + ".gz")), CompressionLevel.Fastest))
        {
            gzip.Write(header);
            byte[] zeros = new byte[28 * 28 * 1000];
            for (long left = (28L * 28 * Count) + more; left > 0; left -= zeros.Length)
                gzip.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
        }

        Assert.InRange(new FileInfo(folder.File(Images + ".gz")).Length, 0, 2_000_000);
        Assert.InRange(Allocated(() => AssertFails(Images + ".gz", message)), 0, 1_000_000);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void NotGzip()
    {
        File.Delete(folder.File(Images));
        File.WriteAllBytes(folder.File(Images + ".gz"), MnistFolder.Images(20));
        AssertFails(Images + ".gz", "not a gzip file, it starts with 00 00", "expected 1F 8B");
    }

    [Fact]
    public void EmptyGzip()
    {
        File.Delete(folder.File(Images));
        File.WriteAllBytes(folder.File(Images + ".gz"), []);
        AssertFails(Images + ".gz", "not a gzip file, it starts with (end) (end)", "expected 1F 8B");
    }

    [Fact]
    public void GzipUnderAPlainName() =>
        Fails(Images, MnistFolder.Compress(MnistFolder.Images(20)), "starts with 1F 8B", "expected an uncompressed idx file");

    [Fact]
    public void DamagedGzip()
    {
        byte[] gzip = MnistFolder.Compress(MnistFolder.Images(20));
        gzip[gzip.Length - 6] ^= 0x55;   // the checksum
        File.Delete(folder.File(Images));
        File.WriteAllBytes(folder.File(Images + ".gz"), gzip);
        AssertFails(Images + ".gz", "damaged gzip data");
    }

    [Fact]
    public void CutGzip()
    {
        byte[] gzip = MnistFolder.Compress(MnistFolder.Images(20));
        File.Delete(folder.File(Images));
        File.WriteAllBytes(folder.File(Images + ".gz"), gzip[..(gzip.Length / 2)]);
        AssertFails(Images + ".gz");
    }

    [Theory]
    [InlineData(Images)]
    [InlineData(Labels)]
    [InlineData(TestLabels)]
    public void MissingFile(string name)
    {
        File.Delete(folder.File(name));
        var e = Assert.Throws<FileNotFoundException>(Load);
        Assert.Equal(folder.File(name), e.FileName);
        Assert.Contains(folder.File(name), e.Message);
        Assert.Contains("expected the four MNIST files", e.Message);
    }

    [Fact]
    public void MissingFolder()
    {
        string path = folder.File("nowhere");
        var e = Assert.Throws<DirectoryNotFoundException>(() => Load(path));
        Assert.Contains(path, e.Message);
    }

    private void Fails(string name, byte[] content, params string[] messages)
    {
        File.WriteAllBytes(folder.File(name), content);
        AssertFails(name, messages);
    }

    private void AssertFails(string name, params string[] messages)
    {
        var e = Assert.Throws<InvalidDataException>(Load);
        Assert.Contains(folder.File(name), e.Message);
        Assert.All(messages, message => Assert.Contains(message, e.Message));
        Assert.DoesNotContain('\n', e.Message);
    }

    private void Load() => Load(folder.Path);

    private static void Load(string path) => Mnist.Load(new MnistOptions { Directory = path }, TestContext.Current.CancellationToken);
}
