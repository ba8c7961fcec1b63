using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Labelled images from two files of the idx format.</summary>
internal static class IdxImages
{
    private const int LabelsHeader = 8, ImagesHeader = 16;

    /// <param name="images">The file of the images.</param>
    /// <param name="labels">The file of the labels.</param>
    /// <param name="size">The rows and columns that the images must have; null: any.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="InvalidDataException">The content is not what it should be.</exception>
    internal static ImageSet Read(
        (string Path, Func<Stream> Open) images, (string Path, Func<Stream> Open) labels, (int Rows, int Columns)? size, int classes)
    {
        // The headers first, then the lengths, and memory last: what a file claims costs nothing before it is known to be true.
        using Stream labelStream = labels.Open();
        int labelCount = IdxReader.ReadLabelsHeader(labelStream, labels.Path);
        using Stream imageStream = images.Open();
        (int count, int rows, int columns) = IdxReader.ReadImagesHeader(imageStream, images.Path, size);
        // At most 2³¹ images of 2³¹ pixels.
        long bytes = (long)count * rows * columns;
        string what = IdxReader.Images(count, rows, columns);
        if (count != labelCount)
        {
            throw new InvalidDataException(
                Invariant($"{images.Path} has {count} images and {labels.Path} has {labelCount} labels; expected one label per image."));
        }

        IdxReader.CheckBody(labels.Open, labels.Path, LabelsHeader, labelCount, IdxReader.Labels(labelCount));
        IdxReader.CheckBody(images.Open, images.Path, ImagesHeader, bytes, what);

        byte[] answers = IdxReader.ReadLabels(labelStream, labels.Path, labelCount, classes);
        byte[] pixels = IdxReader.ReadBody(imageStream, images.Path, bytes, what);
        return new ImageSet(Pixels.ToFloats(pixels), Array.ConvertAll(answers, label => (int)label), rows, columns, 1, classes);
    }
}
