using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Runtime;

/// <summary>The ragged ends of byte rows, lane by lane: at most 16 bytes, once per row.</summary>
internal static class ByteLanes
{
    /// <summary>Reads <paramref name="count"/> bytes (0 to 16); the others are 0.</summary>
    [MethodImpl(Jit.Kernel)]
    public static Vector128<byte> Load(ref readonly byte source, int count)
    {
        var lanes = Vector128<byte>.Zero;
        ref var first = ref Unsafe.As<Vector128<byte>, byte>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref first, i) = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        }
        return lanes;
    }

    /// <summary>Writes the first <paramref name="count"/> bytes (0 to 16).</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Store(Vector128<byte> lanes, ref byte target, int count)
    {
        ref var first = ref Unsafe.As<Vector128<byte>, byte>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
        }
    }
}
