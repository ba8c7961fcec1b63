using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>The memory of sessions, by its addresses.</summary>
internal static unsafe class SessionMemory
{
    /// <summary>Numbers of an address.</summary>
    private const int Width = 2;

    /// <summary>A place in the memory of a session.</summary>
    public static ref float Of(ref int sessions, nint session, int place) =>
        ref Unsafe.Add(ref *(float*)(nint)Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref sessions, session * Width))), place);
}
