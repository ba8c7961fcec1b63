using System.Globalization;
using System.IO.Compression;

namespace NetGen.Data;

/// <summary>Where the images of a <see cref="Mnist"/> came from.</summary>
public enum MnistOrigin
{
    /// <summary><see cref="MnistOptions.Directory"/>.</summary>
    Directory,

    /// <summary>The folder that the environment variable <c>NETGEN_DATA</c> names.</summary>
    Environment,

    /// <summary>The user's cache, filled by an earlier download.</summary>
    Cache,

    /// <summary>A public mirror, just now; the files are in the cache.</summary>
    Download,

    /// <summary>The subset that is part of this library: 6,000 training and 1,000 test images.</summary>
    Embedded,
}

/// <summary>
/// MNIST: handwritten digits (LeCun, Cortes, Burges), 28×28 pixels in 0..1, labels 0 to 9.
/// </summary>
/// <example>
/// <code>
/// var mnist = Mnist.Load();
/// Console.WriteLine(mnist.Source);
/// ReadOnlySpan&lt;float&gt; first = mnist.Train.Image(0);   // [28, 28, 1]
/// </code>
/// </example>
public sealed class Mnist
{
    /// <summary>Rows and columns of an image.</summary>
    public const int Size = 28;

    /// <summary>Number of digits.</summary>
    public const int Classes = 10;

    internal const string EnvironmentVariable = "NETGEN_DATA";

    private Mnist(ImageSet train, ImageSet test, MnistOrigin origin, string source)
    {
        Train = train;
        Test = test;
        Origin = origin;
        Source = string.Create(CultureInfo.InvariantCulture, $"MNIST, {train.Count:N0} training and {test.Count:N0} test images, {source}.");
    }

    /// <summary>The images to train on.</summary>
    public ImageSet Train { get; }

    /// <summary>The images to test on.</summary>
    public ImageSet Test { get; }

    /// <summary>Which source was used.</summary>
    public MnistOrigin Origin { get; }

    /// <summary>One sentence for people: how many images, where they came from, and why not from a better source.</summary>
    public string Source { get; }

    /// <summary>
    /// Loads MNIST from the first source that has it: <see cref="MnistOptions.Directory"/>; the folder in the environment variable
    /// <c>NETGEN_DATA</c> (or its subfolder <c>mnist</c>); the user's cache, filled by download with a SHA-256 check; the subset in this library.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The given folder, or the one in <c>NETGEN_DATA</c>, does not exist.</exception>
    /// <exception cref="FileNotFoundException">One of the four files is missing from it.</exception>
    /// <exception cref="InvalidDataException">A file there is damaged; the message says which, how, and what was expected.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Mnist Load(MnistOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MnistOptions();
        if (options.Directory is { } directory)
            return LoadFolder(directory, MnistOrigin.Directory, $"from {directory}");

        string why = "";
        if (options.Environment(EnvironmentVariable) is { Length: > 0 } root)
        {
            if (FindFolder(root) is { } folder)
                return LoadFolder(folder, MnistOrigin.Environment, $"from {folder} ({EnvironmentVariable})");
            why = $"{EnvironmentVariable} ({root}) holds no MNIST files; ";
        }

        var cache = new MnistCache(options);
        if (cache.TryFill(cancellationToken, out bool downloaded, out string reason))
        {
            return downloaded
                ? LoadFolder(cache.Folder, MnistOrigin.Download, $"downloaded into {cache.Folder}")
                : LoadFolder(cache.Folder, MnistOrigin.Cache, $"from the cache {cache.Folder}");
        }

        return LoadEmbedded($"the subset in NetGen.Data ({why}{reason})");
    }

    /// <summary>The subset in this library, without looking anywhere else: 600 training and 100 test images of each digit.</summary>
    public static Mnist LoadEmbedded() => LoadEmbedded("the subset in NetGen.Data");

    private static string? FindFolder(string root)
    {
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"{root}: no such folder ({EnvironmentVariable}); expected one with the MNIST files, or with a folder mnist that has them.");

        // One file is enough to mean this folder; the others are then required.
        return new[] { root, Path.Combine(root, "mnist") }.FirstOrDefault(folder => MnistFile.All.Any(file => file.Find(folder) is not null));
    }

    private static Mnist LoadFolder(string folder, MnistOrigin origin, string source)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected one with the MNIST files.");

        // All four names before any content: the cheapest mistake is reported first.
        foreach (MnistFile file in MnistFile.All)
            Locate(folder, file);

        return new Mnist(
            Read(Open(MnistFile.TrainImages), Open(MnistFile.TrainLabels)),
            Read(Open(MnistFile.TestImages), Open(MnistFile.TestLabels)), origin, source);

        (string, Func<Stream>) Open(MnistFile file)
        {
            string path = Locate(folder, file);
            return (path, () => IdxReader.Open(path));
        }
    }

    private static string Locate(string folder, MnistFile file) =>
        file.Find(folder) ?? throw new FileNotFoundException(
            $"{Path.Combine(folder, file.Name)}: no such file, plain or .gz; expected the four MNIST files there.", Path.Combine(folder, file.Name));

    private static Mnist LoadEmbedded(string source)
    {
        return new Mnist(
            Read(Open(MnistFile.TrainImages), Open(MnistFile.TrainLabels)),
            Read(Open(MnistFile.TestImages), Open(MnistFile.TestLabels)), MnistOrigin.Embedded, source);

        static (string, Func<Stream>) Open(MnistFile file) => (file.Name, () => OpenEmbedded(file));
    }

    internal static Stream OpenEmbedded(MnistFile file) =>
        new GZipStream(typeof(Mnist).Assembly.GetManifestResourceStream($"NetGen.Data.Subset.{file.Name}.gz")!, CompressionMode.Decompress);

    private static ImageSet Read((string Path, Func<Stream> Open) images, (string Path, Func<Stream> Open) labels) =>
        IdxImages.Read(images, labels, (Size, Size), Classes);
}
