namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>The windows of images [batch, height, width, channels] over which a kernel of a convolution is laid; no padding.</summary>
/// <param name="Height">Of the image.</param>
/// <param name="Width">Of the image.</param>
/// <param name="Channels">Of the image.</param>
/// <param name="KernelHeight">Of a window.</param>
/// <param name="KernelWidth">Of a window.</param>
/// <param name="StrideDown">Rows from a window to the one below.</param>
/// <param name="StrideAcross">Columns from a window to the next.</param>
internal sealed record ImageWindows(int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int StrideDown = 1, int StrideAcross = 1)
{
    public int Down => ((Height - KernelHeight) / StrideDown) + 1;

    public int Across => ((Width - KernelWidth) / StrideAcross) + 1;

    /// <summary>Windows of an image.</summary>
    public int Count => Down * Across;

    /// <summary>Numbers of a window.</summary>
    public int Size => KernelHeight * Segment;

    /// <summary>Distances that a vector of neighbours must divide: where windows and their rows begin, and how long a row is.</summary>
    public IEnumerable<int> ContiguousParts => [Segment, Width * Channels, StrideAcross * Channels];

    /// <summary>A row of a window lies side by side in the image.</summary>
    private int Segment => KernelWidth * Channels;

    /// <summary>Where a window begins; windows are numbered [batch, down, across].</summary>
    public Formula Begin(Formula window) =>
        (window / Count * (Height * Width * Channels)) + (window % Count / Across * (StrideDown * Width * Channels)) + (window % Across * (StrideAcross * Channels));

    /// <summary>Where a number lies in its window; numbers are numbered [kernel rows, kernel columns, channels].</summary>
    public Formula Within(Formula number) => (number / Segment * (Width * Channels)) + (number % Segment);
}
