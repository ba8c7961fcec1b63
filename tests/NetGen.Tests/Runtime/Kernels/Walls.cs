using Xunit;

namespace NetGen.Tests.Runtime.Kernels;

/// <summary>
/// Buffers with walls of NaN, not aligned: what reads past an operand poisons the result, what writes past it is seen.
/// </summary>
internal static class Walls
{
    /// <summary>The first index between the walls.</summary>
    public const int Start = 67;

    public static float[] Around(float[] values)
    {
        var walled = Unwritten(values.Length);
        values.CopyTo(walled, Start);
        return walled;
    }

    public static byte[] Around(byte[] values) => [.. Enumerable.Repeat((byte)251, Start), .. values, .. Enumerable.Repeat((byte)251, Start)];

    /// <summary>A result in which each element is to be written.</summary>
    public static float[] Unwritten(int length)
    {
        var walled = new float[Start + length + Start];
        Array.Fill(walled, float.NaN);
        return walled;
    }

    /// <summary>What is between the walls.</summary>
    public static float[] Inside(float[] walled)
    {
        Assert.All(walled[..Start].Concat(walled[^Start..]), v => Assert.True(float.IsNaN(v), "A kernel wrote outside of its result."));
        return walled[Start..^Start];
    }

    /// <summary>1, 2, 3, …: no two elements are alike.</summary>
    public static float[] Count(int length) => [.. Enumerable.Range(1, length).Select(i => (float)i)];
}
