using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Rows, columns and values per pixel of an image, <c>[Height, Width, Channels]</c> in memory.</summary>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
/// <param name="channels">Values per pixel.</param>
public readonly struct ImageShape(int height, int width, int channels)
{
    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>Values per pixel.</summary>
    public int Channels => channels;

    /// <summary>Values of an image.</summary>
    public int Length => height * width * channels;

    /// <summary>For example <c>[28, 28, 1]</c>.</summary>
    public override string ToString() => Invariant($"[{height}, {width}, {channels}]");
}
