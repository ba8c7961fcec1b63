namespace NetGen.Generator.Lowering;

/// <summary>64 bytes: what caches hold and vectors of 512 bits load at once.</summary>
internal static class CacheLine
{
    public const int Floats = 16;
}
