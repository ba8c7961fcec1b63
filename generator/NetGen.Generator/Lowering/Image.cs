using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>The places of a batch of images [B, Height, Width, Channels] in memory.</summary>
internal readonly record struct Image(int Height, int Width, int Channels)
{
    public Image(TensorType type)
        : this(type.Dims[0], type.Dims[1], type.Dims[2])
    {
    }

    /// <summary>Elements of one row.</summary>
    public int Row => Width * Channels;

    /// <summary>Elements of one image.</summary>
    public int Size => Height * Row;

    public int At(int sample, int y, int x, int channel) => (sample * Size) + (y * Row) + (x * Channels) + channel;
}
