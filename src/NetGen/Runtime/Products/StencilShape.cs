using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// A convolution of each channel by itself, over images [batch, Height, Width, Channels] with a weight [KernelH, KernelW, Channels].
/// </summary>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Columns of the image.</param>
/// <param name="Channels">Channels of image and result.</param>
/// <param name="OutHeight">Rows of the result.</param>
/// <param name="OutWidth">Columns of the result.</param>
/// <param name="KernelH">Rows of the kernel.</param>
/// <param name="KernelW">Columns of the kernel.</param>
/// <param name="StrideH">Rows of the image from a row of the result to the next.</param>
/// <param name="StrideW">Columns of the image from a column of the result to the next.</param>
/// <param name="DilationH">Rows of the image from a row of the kernel to the next.</param>
/// <param name="DilationW">Columns of the image from a column of the kernel to the next.</param>
/// <param name="Top">Rows of zeros before the image.</param>
/// <param name="Left">Columns of zeros before the image.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StencilShape(
    int Height, int Width, int Channels, int OutHeight, int OutWidth, int KernelH, int KernelW, int StrideH, int StrideW,
    int DilationH, int DilationW, int Top, int Left);
