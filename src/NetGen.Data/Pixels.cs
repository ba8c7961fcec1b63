namespace NetGen.Data;

/// <summary>Bytes of pixels as floats in 0..1.</summary>
internal static class Pixels
{
    private static readonly float[] Values = Divided();

    internal static float[] ToFloats(ReadOnlySpan<byte> pixels)
    {
        float[] floats = new float[pixels.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = Values[pixels[i]];
        return floats;
    }

    internal static float ToFloat(byte pixel) => Values[pixel];

    private static float[] Divided()
    {
        float[] values = new float[256];
        // Division, not multiplication by 1/255: the correctly rounded quotient, the same everywhere.
        for (int i = 0; i < values.Length; i++)
            values[i] = i / 255f;
        return values;
    }
}
