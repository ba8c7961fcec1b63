namespace NetGen.Data;

/// <summary>One of the four files that MNIST consists of.</summary>
/// <param name="Name">Its name without <c>.gz</c>.</param>
/// <param name="Sha256">SHA-256 of its uncompressed content, lower-case hex.</param>
/// <param name="Length">Length of its uncompressed content.</param>
internal sealed record MnistFile(string Name, string Sha256, int Length)
{
    // The smallest file first: an unreachable server costs one small request.
    public static readonly MnistFile TestLabels = new("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", 10_008);
    public static readonly MnistFile TrainLabels = new("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", 60_008);
    public static readonly MnistFile TestImages = new("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", 7_840_016);
    public static readonly MnistFile TrainImages = new("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", 47_040_016);

    public static IReadOnlyList<MnistFile> All { get; } = [TestLabels, TrainLabels, TestImages, TrainImages];

    /// <summary>The file in <paramref name="folder"/>, plain or .gz, also under the spelling with a dot (<c>train-images.idx3-ubyte</c>); null if it is not there.</summary>
    public string? Find(string folder)
    {
        string dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
        foreach (string name in (ReadOnlySpan<string>)[Name, Name + ".gz", dotted, dotted + ".gz"])
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
