using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Reads CIFAR-10's binary version: records of a label and 32×32 pixels, all red values, then all green, then all blue ones (Krizhevsky 2009).
/// </summary>
internal static class CifarFile
{
    internal const int Size = 32, Channels = 3, Classes = 10;

    private const int Plane = Size * Size, Record = 1 + Channels * Plane;

    /// <exception cref="InvalidDataException">The length is not that of records, or a label is no class; the message has file and image.</exception>
    internal static ImageSet Read(ReadOnlySpan<string> paths)
    {
        List<byte[]> files = [];
        long count = 0;
        foreach (string path in paths)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length == 0 || stream.Length % Record != 0 || stream.Length > Array.MaxLength)
            {
                throw new InvalidDataException(
                    Invariant($"{path}: {stream.Length} bytes; a file of CIFAR-10's binary version has {Record} for each image, 1 or more. (cifar-10-binary.tar.gz has such files; others need Python.)"));
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files.Add(bytes);
            count += bytes.Length / Record;
        }

        if (count * Channels * Plane > Array.MaxLength)
            throw new InvalidDataException(Invariant($"The files have {count} images together, more than an array can hold."));
        int[] labels = new int[count];
        float[] images = new float[count * Channels * Plane];
        int image = 0;
        for (int file = 0; file < files.Count; file++)
        {
            for (int start = 0; start < files[file].Length; start += Record, image++)
            {
                ReadOnlySpan<byte> record = files[file].AsSpan(start, Record);
                labels[image] = record[0] < Classes
                    ? record[0]
                    : throw new InvalidDataException(Invariant($"{paths[file]}: the label of image {start / Record} is {record[0]}; expected 0 to {Classes - 1}."));
                for (int i = 0; i < Channels * Plane; i++)
                    images[image * Channels * Plane + i % Plane * Channels + i / Plane] = Pixels.ToFloat(record[1 + i]);
            }
        }

        return new ImageSet(images, labels, Size, Size, Channels, Classes);
    }
}
