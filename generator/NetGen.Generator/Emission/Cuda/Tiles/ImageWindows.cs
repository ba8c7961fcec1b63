namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>The windows of images [batch, height, width, channels] over which a kernel of a convolution is laid.</summary>
/// <param name="Height">Of the image.</param>
/// <param name="Width">Of the image.</param>
/// <param name="Channels">Of the image.</param>
/// <param name="KernelHeight">Of a window.</param>
/// <param name="KernelWidth">Of a window.</param>
/// <param name="StrideDown">Rows from a window to the one below.</param>
/// <param name="StrideAcross">Columns from a window to the next.</param>
/// <param name="Top">Rows of zeros above the image.</param>
/// <param name="Bottom">Rows of zeros below the image.</param>
/// <param name="Left">Columns of zeros before the image.</param>
/// <param name="Right">Columns of zeros behind the image.</param>
internal sealed record ImageWindows(
    int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int StrideDown = 1, int StrideAcross = 1, int Top = 0, int Bottom = 0, int Left = 0, int Right = 0)
{
    public bool IsPadded => Top + Bottom + Left + Right > 0;

    public int Down => ((Height + Top + Bottom - KernelHeight) / StrideDown) + 1;

    public int Across => ((Width + Left + Right - KernelWidth) / StrideAcross) + 1;

    /// <summary>Windows of an image.</summary>
    public int Count => Down * Across;

    /// <summary>Numbers of a window.</summary>
    public int Size => KernelHeight * Segment;

    /// <summary>
    /// Distances that a vector of neighbours must divide: where windows and their rows begin, and how long a row is. With padding a vector lies in one pixel.
    /// </summary>
    public IEnumerable<int> ContiguousParts => IsPadded ? [Channels] : [Segment, Width * Channels, StrideAcross * Channels];

    /// <summary>A row of a window lies side by side in the image.</summary>
    private int Segment => KernelWidth * Channels;

    /// <summary>Where a window begins; windows are numbered [batch, down, across]. With padding that may be ahead of the image.</summary>
    public Formula Begin(Formula window)
    {
        var begin = (window / Count * (Height * Width * Channels)) + (window % Count / Across * (StrideDown * Width * Channels)) + (window % Across * (StrideAcross * Channels));
        return begin - (((Top * Width) + Left) * Channels);
    }

    /// <summary>Where a number lies in its window; numbers are numbered [kernel rows, kernel columns, channels].</summary>
    public Formula Within(Formula number) => (number / Segment * (Width * Channels)) + (number % Segment);

    /// <summary>The row and the column of a window's number in the image, and how many there are.</summary>
    public IReadOnlyList<(Formula Number, int Limit)> Inside(Formula window, Formula number) =>
    [
        (((window % Count / Across * StrideDown) - Top) + (number / Segment), Height),
        (((window % Across * StrideAcross) - Left) + (number % Segment / Channels), Width),
    ];
}
