using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>The tiles of images, and the matrices that they become: [matrix, sample, tile below, tile beside, channel].</summary>
/// <param name="TilesY">Tiles below each other.</param>
/// <param name="TilesX">Tiles beside each other.</param>
/// <param name="Channels">Channels that are transformed: whole vectors.</param>
/// <param name="Matrix">Floats from one matrix to the next.</param>
/// <param name="Height">Of an image, in pixels; of that behind a max pooling, where its windows are the tiles.</param>
/// <param name="Width">The same.</param>
/// <param name="Pixel">Floats from one pixel to the next.</param>
/// <param name="Step">Pixels from one tile to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WinogradShape(int TilesY, int TilesX, int Channels, nint Matrix, int Height, int Width, int Pixel, int Step)
{
    /// <summary>Floats from one image to the next.</summary>
    internal nint Sample => (nint)Height * Width * Pixel;

    /// <summary>Floats of an image's row.</summary>
    internal nint Row => (nint)Width * Pixel;

    /// <summary>Floats of a sample in a matrix.</summary>
    internal nint Tiles => (nint)TilesY * TilesX * Channels;
}
