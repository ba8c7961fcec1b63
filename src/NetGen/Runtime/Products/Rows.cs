using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

internal struct Rows1 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }
}

internal struct Rows2 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }
}

internal struct Rows3 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 3; }
}

internal struct Rows4 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }
}

internal struct Rows5 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 5; }
}

internal struct Rows6 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 6; }
}

internal struct Rows7 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 7; }
}

internal struct Rows8 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }
}

internal struct Rows9 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 9; }
}

internal struct Rows10 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 10; }
}

internal struct Rows11 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 11; }
}

internal struct Rows12 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 12; }
}

internal struct Rows13 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 13; }
}

internal struct Rows14 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 14; }
}

internal struct Rows15 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 15; }
}

internal struct Rows16 : IRows
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 16; }
}
