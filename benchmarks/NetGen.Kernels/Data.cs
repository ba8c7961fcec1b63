namespace Kernels;

/// <summary>What the kernels compute with.</summary>
internal static class Data
{
    /// <summary>Numbers from −1 to 1, the same at each call.</summary>
    public static float[] Floats(int length)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
