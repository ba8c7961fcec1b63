using System.ComponentModel;
using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Loads, stores and asynchronous copies that a kernel asks of PTX by name, so that they have the width and the order in which they stand. Each method's C# is
/// its meaning for one thread, and what runs on ILGPU's CPU accelerator; the instruction is the method of the same name in
/// <see cref="Compilation.PtxInstructions"/>. Addresses of 16 bytes must be multiples of 16, those of 8 of 8.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PtxMemory
{
    /// <summary>
    /// Begins to copy 16 bytes from global to shared memory, past the registers and the first-level cache. Of the source <paramref name="bytes"/> are read, the
    /// rest is zeros; with 0 bytes nothing is read, wherever the source lies.
    /// </summary>
    /// <param name="target">In shared memory.</param>
    /// <param name="offset">A constant: how many <see cref="Float4"/> the target lies behind <paramref name="target"/>.</param>
    /// <param name="source">In global memory.</param>
    /// <param name="bytes">From 0 to 16.</param>
    [IntrinsicImplementation]
    public static void CopyAsync16(ref Float4 target, int offset, ref float source, int bytes) => Copy(ref target, offset, 0, ref Bytes(ref source), bytes, 16);

    /// <inheritdoc cref="CopyAsync16(ref Float4, int, ref float, int)"/>
    [IntrinsicImplementation]
    public static void CopyAsync16(ref Float4 target, int offset, ref ushort source, int bytes) => Copy(ref target, offset, 0, ref Bytes(ref source), bytes, 16);

    /// <summary>Begins to copy 8 bytes: half a <see cref="Float4"/>.</summary>
    /// <param name="part">A constant: 0 or 1, which half.</param>
    /// <inheritdoc cref="CopyAsync16(ref Float4, int, ref float, int)"/>
    [IntrinsicImplementation]
    public static void CopyAsync8(ref Float4 target, int offset, int part, ref float source, int bytes) => Copy(ref target, offset, 8 * part, ref Bytes(ref source), bytes, 8);

    /// <inheritdoc cref="CopyAsync8(ref Float4, int, int, ref float, int)"/>
    [IntrinsicImplementation]
    public static void CopyAsync8(ref Float4 target, int offset, int part, ref ushort source, int bytes) => Copy(ref target, offset, 8 * part, ref Bytes(ref source), bytes, 8);

    /// <summary>Begins to copy 4 bytes: one number of a <see cref="Float4"/>.</summary>
    /// <param name="part">A constant from 0 to 3: which number.</param>
    /// <inheritdoc cref="CopyAsync16(ref Float4, int, ref float, int)"/>
    [IntrinsicImplementation]
    public static void CopyAsync4(ref Float4 target, int offset, int part, ref float source, int bytes) => Copy(ref target, offset, 4 * part, ref Bytes(ref source), bytes, 4);

    /// <inheritdoc cref="CopyAsync4(ref Float4, int, int, ref float, int)"/>
    [IntrinsicImplementation]
    public static void CopyAsync4(ref Float4 target, int offset, int part, ref ushort source, int bytes) => Copy(ref target, offset, 4 * part, ref Bytes(ref source), bytes, 4);

    /// <summary>Closes the group of this thread's copies that were begun since the last call.</summary>
    [IntrinsicImplementation]
    public static void CommitCopies() => PendingCopies.Commit();

    /// <summary>Waits until at most <paramref name="groups"/> of this thread's groups, the last ones, are under way. Other threads see the copies after a barrier.</summary>
    /// <param name="groups">A constant.</param>
    [IntrinsicImplementation]
    public static void WaitCopies(int groups) => PendingCopies.Wait(groups);

    /// <summary>128 bits of shared memory.</summary>
    /// <param name="source">In shared memory.</param>
    /// <param name="offset">A constant: how many <see cref="Float4"/> behind <paramref name="source"/>.</param>
    [IntrinsicImplementation]
    public static Float4 LoadShared(ref Float4 source, int offset) => Unsafe.Add(ref source, offset);

    /// <summary>A number of shared memory, as its bits.</summary>
    /// <param name="source">In shared memory.</param>
    /// <param name="offset">A constant: how many <see cref="Float4"/> behind <paramref name="source"/>.</param>
    [IntrinsicImplementation]
    public static uint LoadSharedWord(ref float source, int offset) => BitConverter.SingleToUInt32Bits(Unsafe.Add(ref source, 4 * offset));

    /// <summary>128 bits of global memory that nothing writes while the kernel runs.</summary>
    [IntrinsicImplementation]
    public static Float4 LoadReadOnly4(ref float source) => Unsafe.As<float, Float4>(ref source);

    /// <summary>128 bits of global memory.</summary>
    [IntrinsicImplementation]
    public static Float4 Load4(ref float source) => Unsafe.As<float, Float4>(ref source);

    /// <summary>A number of global memory that nothing writes while the kernel runs.</summary>
    [IntrinsicImplementation]
    public static float LoadReadOnly(ref float source) => source;

    /// <summary>128 bits to global memory.</summary>
    [IntrinsicImplementation]
    public static void Store4(ref float target, float x, float y, float z, float w) => Unsafe.As<float, Float4>(ref target) = new Float4 { X = x, Y = y, Z = z, W = w };

    /// <summary>64 bits to global memory.</summary>
    [IntrinsicImplementation]
    public static void Store2(ref float target, float x, float y)
    {
        target = x;
        Unsafe.Add(ref target, 1) = y;
    }

    /// <summary>A word to global memory, over two numbers of 16 bits: a pair of <see cref="PtxMatrix.PackBFloat16"/>.</summary>
    [IntrinsicImplementation]
    public static void StoreWord(ref ushort target, uint word) => Unsafe.As<ushort, uint>(ref target) = word;

    private static ref byte Bytes<T>(ref T source)
        where T : unmanaged => ref Unsafe.As<T, byte>(ref source);

    private static void Copy(ref Float4 target, int offset, int skip, ref byte source, int bytes, int length) =>
        PendingCopies.Begin(ref Unsafe.Add(ref Bytes(ref Unsafe.Add(ref target, offset)), skip), ref source, bytes, length);
}
