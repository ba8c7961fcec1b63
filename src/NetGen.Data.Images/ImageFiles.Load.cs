using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Reading the pictures.</summary>
public sealed partial class ImageFiles
{
    /// <summary>What one picture gave, on the thread that read it.</summary>
    internal delegate void PixelsOfFile(int file, ReadOnlySpan<float> pixels);

    /// <summary>Reads all pictures into memory, on all cores: columns of images <c>[height, width, channels]</c> and of labels.</summary>
    /// <param name="input">What the network takes of a picture.</param>
    /// <param name="image">Name of the image column: best that of the objective's parameter.</param>
    /// <param name="label">Name of the label column.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">A picture cannot be read, or they are too many for memory; the message has the file, and says
    /// how many others fail too.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public Dataset Load(ImageInput input, string image = "image", string label = "label", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if ((long)Count * input.Length > Array.MaxLength)
        {
            throw new InvalidDataException(
                Invariant($"{Count} pictures of [{input.Height}, {input.Width}, {input.Channels}] are more than an array can hold. Make them smaller, or read them while training: {nameof(Stream)}."));
        }

        float[] pixels = new float[Count * input.Length];
        ForEach(input, (file, values) => values.CopyTo(pixels.AsSpan(file * input.Length)), cancellationToken);
        return new(new DataColumn(image, pixels, input.Height, input.Width, input.Channels), new DataColumn(label, (ReadOnlyMemory<int>)labels));
    }

    /// <summary>The pictures as a source that reads them while a network is trained: more of them than memory holds.</summary>
    /// <param name="input">What the network takes of a picture.</param>
    /// <param name="image">Name of the image column: best that of the objective's parameter.</param>
    /// <param name="label">Name of the label column.</param>
    /// <param name="workers">How many threads read ahead (<see cref="IndexedSource.Workers"/>); null: what fits the network.</param>
    /// <param name="ahead">How many batches are read ahead at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is negative, or <paramref name="ahead"/> below
    /// 1.</exception>
    public IndexedSource Stream(ImageInput input, string image = "image", string label = "label", int? workers = null, int ahead = 2)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ImageFileSource(this, input, image, label) { Workers = workers, Ahead = ahead };
    }

    /// <summary>Reads one picture.</summary>
    internal void Read(ImageInput input, int file, Span<float> pixels) => input.Encode(Image.Load(paths[file], input.Color), paths[file], pixels);

    /// <summary>Reads all pictures on all cores.</summary>
    /// <exception cref="InvalidDataException">Some cannot be read; the message names the first.</exception>
    internal void ForEach(ImageInput input, PixelsOfFile take, CancellationToken cancellationToken)
    {
        Exception?[] failures = new Exception?[Count];
        Parallel.For(0, Count, new ParallelOptions { CancellationToken = cancellationToken }, () => new float[input.Length], (file, _, buffer) =>
        {
            try
            {
                Read(input, file, buffer);
                take(file, buffer);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                failures[file] = exception;
            }

            return buffer;
        }, _ => { });
        int failed = failures.Count(failure => failure is not null);
        if (failed == 0)
            return;
        Exception first = failures.First(failure => failure is not null)!;
        throw new InvalidDataException(failed == 1 ? first.Message : Invariant($"{first.Message} (So are {failed - 1} of the other {Count - 1} pictures.)"), first);
    }
}
