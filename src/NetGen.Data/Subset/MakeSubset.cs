// Makes the four .gz files of this folder from the full MNIST; see README.md. Not part of the library.
// dotnet run MakeSubset.cs FOLDER_WITH_MNIST_GZ_FILES OUTPUT_FOLDER
using System.Buffers.Binary;
using System.IO.Compression;

string from = args[0], to = args[1];
Make("train", 600);
Make("t10k", 100);

void Make(string set, int perClass)
{
    byte[] images = Read($"{set}-images-idx3-ubyte.gz"), labels = Read($"{set}-labels-idx1-ubyte.gz");
    const int Pixels = 28 * 28, ImageHeader = 16, LabelHeader = 8;
    int[] taken = new int[10];
    using var chosenImages = new MemoryStream();
    using var chosenLabels = new MemoryStream();
    chosenImages.Write(Header(0x803, 10 * perClass, 28, 28));
    chosenLabels.Write(Header(0x801, 10 * perClass));
    for (int i = 0; i < labels.Length - LabelHeader; i++)
    {
        byte label = labels[LabelHeader + i];
        if (taken[label]++ >= perClass)
            continue;
        chosenImages.Write(images.AsSpan(ImageHeader + i * Pixels, Pixels));
        chosenLabels.WriteByte(label);
    }

    Write($"{set}-images-idx3-ubyte.gz", chosenImages);
    Write($"{set}-labels-idx1-ubyte.gz", chosenLabels);
}

byte[] Read(string name)
{
    using var stream = new GZipStream(File.OpenRead(Path.Combine(from, name)), CompressionMode.Decompress);
    using var content = new MemoryStream();
    stream.CopyTo(content);
    return content.ToArray();
}

void Write(string name, MemoryStream content)
{
    using var stream = new GZipStream(File.Create(Path.Combine(to, name)), CompressionLevel.SmallestSize);
    stream.Write(content.ToArray());
}

byte[] Header(params int[] values)
{
    byte[] header = new byte[4 * values.Length];
    for (int i = 0; i < values.Length; i++)
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * i), values[i]);
    return header;
}
