using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Data.Tests;

/// <summary>A temporary folder with a tiny MNIST that tests can damage: 20 training and 10 test images, labels i % 10, pixel p of image i = (i + p) % 256.</summary>
internal sealed class MnistFolder : IDisposable
{
    public const int TrainCount = 20, TestCount = 10;

    public MnistFolder(bool compressed = false, string? at = null)
    {
        Path = at ?? Directory.CreateTempSubdirectory("netgen-mnist-").FullName;
        Directory.CreateDirectory(Path);
        string suffix = compressed ? ".gz" : "";
        Write("train-images-idx3-ubyte" + suffix, Images(TrainCount));
        Write("train-labels-idx1-ubyte" + suffix, Labels(TrainCount));
        Write("t10k-images-idx3-ubyte" + suffix, Images(TestCount));
        Write("t10k-labels-idx1-ubyte" + suffix, Labels(TestCount));
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] content) =>
        System.IO.File.WriteAllBytes(File(name), name.EndsWith(".gz", StringComparison.Ordinal) ? Compress(content) : content);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static byte[] Images(int count, int rows = 28, int columns = 28, int magic = 0x803)
    {
        byte[] content = new byte[16 + count * rows * columns];
        Header(content, magic, count, rows, columns);
        for (int i = 0; i < content.Length - 16; i++)
            content[16 + i] = (byte)(i / (rows * columns) + i % (rows * columns));
        return content;
    }

    public static byte[] Labels(int count, int magic = 0x801)
    {
        byte[] content = new byte[8 + count];
        Header(content, magic, count);
        for (int i = 0; i < count; i++)
            content[8 + i] = (byte)(i % 10);
        return content;
    }

    public static void Header(byte[] content, params int[] values)
    {
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 * i), values[i]);
    }

    public static byte[] Compress(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }

    public static byte[] Decompress(Stream compressed)
    {
        using var target = new MemoryStream();
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        gzip.CopyTo(target);
        return target.ToArray();
    }
}
