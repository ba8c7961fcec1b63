using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Labelled images in memory: pixels as floats in 0..1, laid out <c>[Count, Height, Width, Channels]</c>, and one class index per image.
/// </summary>
/// <example>
/// <code>
/// ImageSet fashion = ImageSet.ReadIdx("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", classes: 10);
/// Dataset data = fashion.ToDataset();
/// </code>
/// </example>
public sealed class ImageSet
{
    private readonly float[] images;
    private readonly int[] labels;

    /// <summary>Wraps the arrays (they are not copied).</summary>
    /// <param name="images">The pixels, <c>[count, height, width, channels]</c>.</param>
    /// <param name="labels">One class index per image, 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="channels">Values per pixel.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a label is not a class.</exception>
    /// <exception cref="ArgumentException">The lengths of the arrays do not belong together.</exception>
    public ImageSet(float[] images, int[] labels, int height, int width, int channels, int classes)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        OutOfRange.ThrowIfLess(height, 1);
        OutOfRange.ThrowIfLess(width, 1);
        OutOfRange.ThrowIfLess(channels, 1);
        OutOfRange.ThrowIfLess(classes, 1);
        long expected = (long)labels.Length * height * width * channels;
        if (images.Length != expected)
        {
            throw new ArgumentException(
                Invariant($"images has {images.Length} values; expected {expected}: {labels.Length} labels times [{height}, {width}, {channels}]."), nameof(images));
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), Invariant($"labels[{i}] is {labels[i]}; expected 0 to {classes - 1}."));
            }
        }

        this.images = images;
        this.labels = labels;
        Height = height;
        Width = width;
        Channels = channels;
        Classes = classes;
    }

    /// <summary>
    /// Reads images and labels from two files of the idx format, MNIST's own: Fashion-MNIST, EMNIST, KMNIST and others have it. A name that
    /// ends in <c>.gz</c> is decompressed.
    /// </summary>
    /// <param name="images">The file of the images: idx3-ubyte.</param>
    /// <param name="labels">The file of their labels: idx1-ubyte.</param>
    /// <param name="classes">The number of classes; labels run from 0 to this minus 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is not in 1 to 256.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together; the message says which, how, and what
    /// was expected.</exception>
    public static ImageSet ReadIdx(string images, string labels, int classes)
    {
        ArgumentException.ThrowIfNullOrEmpty(images);
        ArgumentException.ThrowIfNullOrEmpty(labels);
        OutOfRange.ThrowIfLess(classes, 1);
        if (classes > 256)
            throw OutOfRange.Of(nameof(classes), classes, FormattableString.Invariant($"'classes' is {classes}; expected at most 256."));
        return IdxImages.Read((images, () => IdxReader.Open(images)), (labels, () => IdxReader.Open(labels)), size: null, classes);
    }

    /// <summary>
    /// Reads images of 32×32×3 in ten classes from files of CIFAR-10's binary version (<c>data_batch_1.bin</c> to <c>5</c>,
    /// <c>test_batch.bin</c>).
    /// </summary>
    /// <param name="paths">The files; their images follow each other.</param>
    /// <exception cref="ArgumentException">There is no file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">A file is not of that format; the message says which, how, and what was expected.</exception>
    public static ImageSet ReadCifar10(params ReadOnlySpan<string> paths) => paths.Length > 0
        ? CifarFile.Read(paths)
        : throw new ArgumentException("There is no file to read.", nameof(paths));

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Values per pixel.</summary>
    public int Channels { get; }

    /// <summary>Number of classes; labels run from 0 to this minus 1.</summary>
    public int Classes { get; }

    /// <summary>Values per image: height × width × channels.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>All pixels, <c>[Count, Height, Width, Channels]</c>, each in 0..1.</summary>
    public ReadOnlyMemory<float> Images => images;

    /// <summary>All labels, <c>[Count]</c>.</summary>
    public ReadOnlyMemory<int> Labels => labels;

    /// <summary>
    /// The set as columns for training, without a copy: the images as floats of <c>[Height, Width, Channels]</c>, and the labels. Columns
    /// are found by the names of the objective's parameters.
    /// </summary>
    /// <param name="image">Name of the image column.</param>
    /// <param name="label">Name of the label column.</param>
    /// <exception cref="ArgumentException">A name is empty, or both are the same.</exception>
    public Dataset ToDataset(string image = "image", string label = "label") =>
        new(new DataColumn(image, images, Height, Width, Channels), new DataColumn(label, labels));

    /// <summary>The pixels of one image, <c>[Height, Width, Channels]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not an image of this set.</exception>
    public ReadOnlySpan<float> Image(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), Invariant($"Image {index} of a set of {Count}."));
        }

        return images.AsSpan(index * Length, Length);
    }
}
