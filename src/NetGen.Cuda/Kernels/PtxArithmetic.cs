using System.ComponentModel;
using ILGPU.IR.Intrinsics;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Arithmetic that a kernel asks of PTX by name, with its rounding. What ILGPU makes of C#'s operators says nothing of rounding, and the assembler then fuses
/// products and sums as it likes: results would differ from the CPU's, and from one version of the assembler to the next. Each method's C# is the
/// meaning of the instruction in <see cref="Compilation.PtxInstructions"/>, and what runs on ILGPU's CPU accelerator.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PtxArithmetic
{
    /// <summary>a + b, rounded once.</summary>
    [IntrinsicImplementation]
    public static float Add(float a, float b) => a + b;

    /// <summary>a − b, rounded once.</summary>
    [IntrinsicImplementation]
    public static float Subtract(float a, float b) => a - b;

    /// <summary>a · b, rounded once.</summary>
    [IntrinsicImplementation]
    public static float Multiply(float a, float b) => a * b;

    /// <summary>a / b, rounded once.</summary>
    [IntrinsicImplementation]
    public static float Divide(float a, float b) => a / b;

    /// <summary>a · b + c, rounded once.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>a · b + c for four numbers, each rounded once.</summary>
    [IntrinsicImplementation]
    public static Float4 MultiplyAdd4(float a, Float4 b, Float4 c) => new()
    {
        X = MultiplyAdd(a, b.X, c.X),
        Y = MultiplyAdd(a, b.Y, c.Y),
        Z = MultiplyAdd(a, b.Z, c.Z),
        W = MultiplyAdd(a, b.W, c.W),
    };

    /// <summary>Four of <see cref="MultiplyAdd4"/>, one after the other: c + a.X · b0 + a.Y · b1 + a.Z · b2 + a.W · b3.</summary>
    [IntrinsicImplementation]
    public static Float4 MultiplyAdd16(Float4 a, Float4 b0, Float4 b1, Float4 b2, Float4 b3, Float4 c) =>
        MultiplyAdd4(a.W, b3, MultiplyAdd4(a.Z, b2, MultiplyAdd4(a.Y, b1, MultiplyAdd4(a.X, b0, c))));

    /// <summary>√a, rounded once.</summary>
    [IntrinsicImplementation]
    public static float SquareRoot(float a) => MathF.Sqrt(a);

    /// <summary>NaN if one is NaN; −0 is smaller than 0.</summary>
    [IntrinsicImplementation]
    public static float Minimum(float a, float b) => MathF.Min(a, b);

    /// <summary>NaN if one is NaN; 0 is larger than −0.</summary>
    [IntrinsicImplementation]
    public static float Maximum(float a, float b) => MathF.Max(a, b);

    /// <summary>The largest integer that is not larger.</summary>
    [IntrinsicImplementation]
    public static float Floor(float a) => MathF.Floor(a);

    /// <summary>To the nearest integer; halves to the even one.</summary>
    [IntrinsicImplementation]
    public static float Round(float a) => MathF.Round(a);
}
