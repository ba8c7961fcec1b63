using System.Runtime.CompilerServices;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Asynchronous copies on ILGPU's CPU accelerator: as late as the instructions allow. A copy is made when its thread waits for it, and until then its target has what no
/// one wants, so that a kernel that waits too little, or copies over what is still read, gives wrong results there. Addresses are of unmanaged memory, as the
/// accelerator's are.
/// </summary>
internal static class PendingCopies
{
    [ThreadStatic]
    private static Queue<List<Copy>>? committed;

    [ThreadStatic]
    private static List<Copy>? begun;

    /// <summary>Begins a copy; of the source <paramref name="bytes"/> are read, the rest is zeros.</summary>
    public static void Begin(ref byte target, ref byte source, int bytes, int length)
    {
        // As floats and as pairs of BF16 these are NaN.
        Unsafe.InitBlockUnaligned(ref target, 0xFF, (uint)length);
        (begun ??= []).Add(new Copy(Address(ref target), Address(ref source), bytes, length));
    }

    /// <summary>Closes the group of the copies that were begun.</summary>
    public static void Commit()
    {
        (committed ??= []).Enqueue(begun ?? []);
        begun = null;
    }

    /// <summary>Makes the copies of all groups but the last ones.</summary>
    public static void Wait(int groups)
    {
        while (committed?.Count > groups)
        {
            foreach (var copy in committed.Dequeue())
            {
                ref var target = ref At(copy.Target);
                Unsafe.InitBlockUnaligned(ref target, 0, (uint)copy.Length);
                Unsafe.CopyBlockUnaligned(ref target, ref At(copy.Source), (uint)copy.Bytes);
            }
        }
    }

    private static nint Address(ref byte place) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref place);

    private static ref byte At(nint address) => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), address);

    private readonly record struct Copy(nint Target, nint Source, int Bytes, int Length);
}
