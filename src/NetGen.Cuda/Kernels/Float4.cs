using System.ComponentModel;

namespace NetGen.Cuda.Kernels;

/// <summary>Four floats that move together: 128 bits, the most that one instruction of a thread loads or stores. Shared memory of tiles consists of these.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float4
{
    /// <summary>The number at the lowest address.</summary>
    public float X;

    /// <summary>The second.</summary>
    public float Y;

    /// <summary>The third.</summary>
    public float Z;

    /// <summary>The number at the highest address.</summary>
    public float W;
}

/// <summary>Four registers of 32 bits: what <see cref="PtxMatrix.LoadMatrices"/> gives a thread of four matrices.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Word4
{
    /// <summary>Of the first matrix.</summary>
    public uint X;

    /// <summary>Of the second.</summary>
    public uint Y;

    /// <summary>Of the third.</summary>
    public uint Z;

    /// <summary>Of the fourth.</summary>
    public uint W;
}
