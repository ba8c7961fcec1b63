using NetGen.Data;

/// <summary>Fashion-MNIST: 70,000 grey images of ten kinds of clothing.</summary>
internal static class Clothing
{
    /// <summary>Where Debian's package dataset-fashion-mnist has it.</summary>
    public const string Debian = "/usr/share/datasets/fashion-mnist";

    /// <summary>What to train with and what to test with, of the folder, of Debian's, or null where that is not there.</summary>
    public static (ImageSet Train, ImageSet Test)? Load(string? folder)
    {
        folder ??= Directory.Exists(Debian) ? Debian : null;
        return folder is null ? null : (Read(folder, "train"), Read(folder, "t10k"));
    }

    private static ImageSet Read(string folder, string part) => ImageSet.ReadIdx(
        Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), classes: 10);
}
