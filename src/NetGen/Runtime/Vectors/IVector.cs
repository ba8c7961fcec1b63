using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// A register of <see cref="Count"/> floats. Generated kernels are written once, generic over it, and the JIT
/// specializes them for <see cref="V512"/>, <see cref="V256"/>, <see cref="V128"/> and <see cref="V1"/>.
/// </summary>
/// <remarks>
/// Every elementwise member rounds exactly as IEEE 754 asks, so a lane has the same bits at every width and on
/// every machine. Only <see cref="Sum"/> depends on the width, because its order of additions does, and <see cref="Fma(V, V, V)"/> on the machine.
/// Masks are lanes of all ones or all zeros. Members whose name ends in Int or UInt read the lanes as 32-bit integers.
/// The references passed to Load and Store need no alignment.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVector<V> where V : struct, IVector<V>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>How many such vectors the machine has registers for: what tiles of accumulators are sized by.</summary>
    static abstract int Registers { get; }

    /// <summary>All lanes 0.</summary>
    static abstract V Zero { get; }

    /// <summary>0, 1, 2, …</summary>
    static abstract V LaneIndex { get; }

    /// <summary>The integers 0, 1, 2, … as bits.</summary>
    static abstract V LaneIndexInt { get; }

    /// <summary>All lanes <paramref name="value"/>.</summary>
    static abstract V Broadcast(float value);

    /// <summary>All lanes the bits of <paramref name="value"/>.</summary>
    static abstract V BroadcastInt(int value);

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract V Load(ref readonly float source);

    /// <summary>Reads <paramref name="count"/> floats (0 to <see cref="Count"/>) and no memory past them; the other lanes are 0.</summary>
    static abstract V LoadPartial(ref readonly float source, int count);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    void Store(ref float target);

    /// <summary>Writes the first <paramref name="count"/> lanes (0 to <see cref="Count"/>) and touches no memory past them.</summary>
    void StorePartial(ref float target, int count);

    /// <summary>
    /// Copies a square of <see cref="Count"/> × <see cref="Count"/> floats, rows to columns:
    /// target[j · targetStride + i] = source[i · sourceStride + j].
    /// </summary>
    static abstract void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride);

    /// <summary>Reads <see cref="Count"/> bytes as floats 0 to 255.</summary>
    static abstract V LoadBytes(ref readonly byte source);

    /// <summary>Reads <paramref name="count"/> bytes (0 to <see cref="Count"/>) as floats and no memory past them; the other lanes are 0.</summary>
    static abstract V LoadBytesPartial(ref readonly byte source, int count);

    /// <summary>Writes <see cref="Count"/> bytes. The lanes hold integers from 0 to 255.</summary>
    void StoreBytes(ref byte target);

    /// <summary>Writes the first <paramref name="count"/> lanes (0 to <see cref="Count"/>) as bytes. They hold integers from 0 to 255.</summary>
    void StoreBytesPartial(ref byte target, int count);

    /// <summary>a + b</summary>
    static abstract V operator +(V a, V b);

    /// <summary>a − b</summary>
    static abstract V operator -(V a, V b);

    /// <summary>a · b</summary>
    static abstract V operator *(V a, V b);

    /// <summary>a / b</summary>
    static abstract V operator /(V a, V b);

    /// <summary>−a: flips the sign bit.</summary>
    static abstract V operator -(V a);

    /// <summary>
    /// a · b + c, with one rounding where the processor has an instruction for it (Arm, and x86 with AVX2), elsewhere with two:
    /// a call for every float makes a training step sixty times slower.
    /// </summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>The same with one number for all lanes, as one call: of several the JIT inlines only so many into a method.</summary>
    static abstract V Fma(float a, V b, V c);

    /// <summary>
    /// sum = <see cref="Fma(V, V, V)"/>(a, b, sum), in the register of the sum: assigned from the result of a call the JIT lets the product's
    /// register have the result, and copies it.
    /// </summary>
    static abstract void AddProduct(ref V sum, V a, V b);

    /// <summary>a · b + c with one rounding on every machine, for functions whose stated error or bits depend on it.</summary>
    static abstract V FmaExact(V a, V b, V c);

    /// <summary>The smaller one; a if they are equal (zeros of both signs are), NaN if one is NaN. One instruction if b is a constant.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger one; a if they are equal (zeros of both signs are), NaN if one is NaN. One instruction if b is a constant.</summary>
    static abstract V Max(V a, V b);

    /// <summary>√a, correctly rounded.</summary>
    static abstract V Sqrt(V a);

    /// <summary>|a|: clears the sign bit.</summary>
    static abstract V Abs(V a);

    /// <summary>The largest integer that is not above a.</summary>
    static abstract V Floor(V a);

    /// <summary>The nearest integer; halves go to the even one.</summary>
    static abstract V Round(V a);

    /// <summary>Mask of a &gt; b; false for NaN.</summary>
    static abstract V Greater(V a, V b);

    /// <summary>Mask of a ≥ b; false for NaN.</summary>
    static abstract V GreaterOrEqual(V a, V b);

    /// <summary>Mask of a = b; false for NaN.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>The bits of <paramref name="ifTrue"/> where the mask is set, of <paramref name="ifFalse"/> elsewhere.</summary>
    static abstract V Select(V mask, V ifTrue, V ifFalse);

    /// <summary>Whether any lane of the mask is set.</summary>
    static abstract bool Any(V mask);

    /// <summary>a and b, bitwise.</summary>
    static abstract V And(V a, V b);

    /// <summary>a or b, bitwise.</summary>
    static abstract V Or(V a, V b);

    /// <summary>a xor b, bitwise.</summary>
    static abstract V Xor(V a, V b);

    /// <summary>a xor b xor c, bitwise.</summary>
    static abstract V Xor(V a, V b, V c);

    /// <summary>a and not b, bitwise.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>The sum of all lanes, by halves: lane i and lane i + Count/2 first.</summary>
    static abstract float Sum(V a);

    /// <summary>The largest lane; NaN if any lane is NaN.</summary>
    static abstract float Maximum(V a);

    /// <summary>a + b of integers, wrapping.</summary>
    static abstract V AddInt(V a, V b);

    /// <summary>a − b of integers, wrapping.</summary>
    static abstract V SubtractInt(V a, V b);

    /// <summary>The 64-bit products of the even lanes, unsigned: lane 2i gets the low half of a₂ᵢ · b₂ᵢ, lane 2i + 1 the high half.</summary>
    static abstract V MultiplyEvenUInt(V a, V b);

    /// <summary>Lane 2i gets the bits of lane 2i + 1; the odd lanes get zeros.</summary>
    static abstract V OddToEven(V a);

    /// <summary>Lane 2i gets the bits of lane 2i of <paramref name="even"/>, lane 2i + 1 those of lane 2i of <paramref name="odd"/>.</summary>
    static abstract V InterleaveEven(V even, V odd);

    /// <summary>Mask of a ≥ b, of unsigned integers.</summary>
    static abstract V GreaterOrEqualUInt(V a, V b);

    /// <summary>a shifted left by <paramref name="bits"/> (0 to 31).</summary>
    static abstract V ShiftLeftInt(V a, int bits);

    /// <summary>a shifted right by <paramref name="bits"/> (0 to 31), filled with the sign.</summary>
    static abstract V ShiftRightInt(V a, int bits);

    /// <summary>a shifted right by <paramref name="bits"/> (0 to 31), filled with zeros.</summary>
    static abstract V ShiftRightUInt(V a, int bits);

    /// <summary>Float to integer, towards zero. Lanes outside of int's range are undefined.</summary>
    static abstract V ConvertToInt(V a);

    /// <summary>Integer to float, to nearest.</summary>
    static abstract V ConvertFromInt(V a);

    /// <summary>a · 2ⁿ with one rounding, for ½ ≤ |a| &lt; 4 (or 0, infinite, NaN) and integral |n| ≤ 200.</summary>
    static abstract V Scale(V a, V n);
}
