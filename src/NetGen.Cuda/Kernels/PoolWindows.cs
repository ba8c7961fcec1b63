using System.ComponentModel;

namespace NetGen.Cuda.Kernels;

/// <summary>The windows of a pooling over an image: what its kernels know at build time.</summary>
/// <param name="Height">Of the image.</param>
/// <param name="Width">Of the image.</param>
/// <param name="Channels">Of the image.</param>
/// <param name="OutHeight">Windows below each other.</param>
/// <param name="OutWidth">Windows beside each other.</param>
/// <param name="PoolH">Rows of a window.</param>
/// <param name="PoolW">Columns of a window.</param>
/// <param name="StrideH">From a window to the next below.</param>
/// <param name="StrideW">From a window to the next beside it.</param>
/// <param name="Top">Lines of padding before the image.</param>
/// <param name="Left">Columns of padding before the image.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PoolWindows(
    int Height, int Width, int Channels, int OutHeight, int OutWidth, int PoolH, int PoolW, int StrideH, int StrideW, int Top, int Left);
