using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// A matrix with its singular values brought near 1, by iterations of Newton and Schulz with the coefficients of Jordan et al. 2024, which
/// grow small ones fastest: after five of them all lie between 0.7 and 1.2, except for those that were tiny.
/// </summary>
/// <remarks>
/// All workers compute all products together: a worker takes some rows, or columns, and each element is made by one of them in one order,
/// so their number changes no bit. The smaller side of the matrix has the squares: of [rows, columns] with fewer columns X ← a·X + X·(b·A +
/// c·A²) with A = Xᵀ·X, else a·X + (b·A + c·A²)·X with A = X·Xᵀ, which are the same.
/// </remarks>
internal static class OrthogonalDirection
{
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

    /// <summary>Rows, or columns, that a worker takes at a time.</summary>
    private const int Block = 32;

    /// <summary>The floats that a matrix needs beside its own: twice the square of its smaller side.</summary>
    internal static int Floats(ParameterSpec parameter) => checked(2 * Whole(Smaller(parameter) * Smaller(parameter)));

    /// <param name="pass">The workers.</param>
    /// <param name="x">The matrix, in memory's layout: outputs innermost.</param>
    /// <param name="parameter">Whose direction it is.</param>
    /// <param name="squares">Σ x².</param>
    /// <param name="iterations">How many.</param>
    internal static void Run<V>(in WeightPass pass, ref float x, ParameterSpec parameter, double squares, int iterations)
        where V : struct, IVector<V>
    {
        int columns = parameter.Shape[^1], rows = parameter.Length / columns, side = Math.Min(rows, columns);
        ref float gram = ref pass.Scratch;
        ref float polynomial = ref Unsafe.Add(ref gram, Whole(side * side));
        float scale = (float)(1 / (Math.Sqrt(squares) + 1e-7));
        for (int first = 0; first < rows; first += Block)
        {
            if (pass.Takes(first / Block))
                Scale<V>(ref Unsafe.Add(ref x, (nint)first * columns), Math.Min(Block, rows - first) * columns, scale);
        }

        pass.Barrier();
        for (int i = 0; i < iterations; i++)
        {
            for (int first = 0; first < side; first += Block)
            {
                int count = Math.Min(Block, side - first);
                if (!pass.Takes(first / Block))
                    continue;
                if (columns <= rows)
                    Products<V>(ref Unsafe.Add(ref x, first), 1, columns, ref x, columns, ref Unsafe.Add(ref gram, (nint)first * side), side, count, rows, side);
                else
                    DotProducts<V>(ref x, columns, first, count, side, ref gram);
            }

            pass.Barrier();
            for (int first = 0; first < side; first += Block)
            {
                if (pass.Takes(first / Block))
                    Polynomial<V>(ref gram, ref polynomial, first, Math.Min(Block, side - first), side);
            }

            pass.Barrier();
            int blocked = columns <= rows ? rows : columns;
            for (int first = 0; first < blocked; first += Block)
            {
                int count = Math.Min(Block, blocked - first);
                if (!pass.Takes(first / Block))
                    continue;
                if (columns <= rows)
                    NextRows<V>(ref Unsafe.Add(ref x, (nint)first * columns), ref polynomial, count, columns);
                else
                    NextColumns<V>(ref Unsafe.Add(ref x, first), ref polynomial, rows, columns, count);
            }

            pass.Barrier();
        }
    }

    private static int Smaller(ParameterSpec parameter) => Math.Min(parameter.Shape[^1], parameter.Length / parameter.Shape[^1]);

    /// <summary>In whole cache lines.</summary>
    private static int Whole(int floats) => (floats + ThreadFloats.Line - 1) / ThreadFloats.Line * ThreadFloats.Line;

    [MethodImpl(Jit.Kernel)]
    private static void Scale<V>(ref float x, int length, float scale)
        where V : struct, IVector<V>
    {
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            (V.Broadcast(scale) * V.LoadPartial(ref Unsafe.Add(ref x, i), count)).StorePartial(ref Unsafe.Add(ref x, i), count);
        }
    }

    /// <summary>Rows of b·A + c·A².</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Polynomial<V>(ref float gram, ref float result, int first, int count, int side)
        where V : struct, IVector<V>
    {
        ref float from = ref Unsafe.Add(ref gram, (nint)first * side);
        ref float to = ref Unsafe.Add(ref result, (nint)first * side);
        Products<V>(ref from, side, 1, ref gram, side, ref to, side, count, side, side);
        Combine<V>(ref to, C, ref from, B, count * side);
    }

    /// <summary>Rows of a·X + X·P in place of X's: each needs no other.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void NextRows<V>(ref float x, ref float polynomial, int count, int side)
        where V : struct, IVector<V>
    {
        ref float sums = ref ThreadFloats.Of(count * side);
        Products<V>(ref x, side, 1, ref polynomial, side, ref sums, side, count, side, side);
        Combine<V>(ref x, A, ref sums, 1f, count * side);
    }

    /// <summary>Columns of a·X + P·X in place of X's.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void NextColumns<V>(ref float x, ref float polynomial, int side, int stride, int count)
        where V : struct, IVector<V>
    {
        ref float sums = ref ThreadFloats.Of(side * count);
        Products<V>(ref polynomial, side, 1, ref x, stride, ref sums, count, side, side, count);
        for (int row = 0; row < side; row++)
            Combine<V>(ref Unsafe.Add(ref x, (nint)row * stride), A, ref Unsafe.Add(ref sums, row * count), 1f, count);
    }

    /// <summary>x ← α·x + β·y</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Combine<V>(ref float x, float alpha, ref float y, float beta, int length)
        where V : struct, IVector<V>
    {
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V sum = V.Fma(V.Broadcast(alpha), V.LoadPartial(ref Unsafe.Add(ref x, i), count), V.Broadcast(beta) * V.LoadPartial(ref Unsafe.Add(ref y, i), count));
            sum.StorePartial(ref Unsafe.Add(ref x, i), count);
        }
    }

    /// <summary>y[r, c] = Σ_t a[r·row + t·term] · b[t·stride + c]: four rows and two vectors of columns in registers.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Products<V>(
        ref float a, nint row, nint term, ref float b, nint stride, ref float y, nint width, int rows, int terms, int columns)
        where V : struct, IVector<V>
    {
        for (int c = 0; c < columns; c += 2 * V.Count)
        {
            int left = Math.Clamp(columns - c, 0, V.Count), right = Math.Clamp(columns - c - V.Count, 0, V.Count);
            for (int r = 0; r < rows; r += 4)
            {
                // Rows that are not there repeat the last one, and are not stored.
                int last = rows - 1 - r;
                ref float a0 = ref Unsafe.Add(ref a, r * row);
                ref float a1 = ref Unsafe.Add(ref a0, Math.Min(1, last) * row);
                ref float a2 = ref Unsafe.Add(ref a0, Math.Min(2, last) * row);
                ref float a3 = ref Unsafe.Add(ref a0, Math.Min(3, last) * row);
                ref float at = ref Unsafe.Add(ref b, c);
                (V s00, V s01, V s10, V s11) = (V.Zero, V.Zero, V.Zero, V.Zero);
                (V s20, V s21, V s30, V s31) = (V.Zero, V.Zero, V.Zero, V.Zero);
                for (int t = 0; t < terms; t++)
                {
                    V b0 = left == V.Count ? V.Load(ref at) : V.LoadPartial(ref at, left);
                    V b1 = right == V.Count ? V.Load(ref Unsafe.Add(ref at, V.Count)) : V.LoadPartial(ref Unsafe.Add(ref at, V.Count), right);
                    nint offset = t * term;
                    (V f0, V f1) = (V.Broadcast(Unsafe.Add(ref a0, offset)), V.Broadcast(Unsafe.Add(ref a1, offset)));
                    (s00, s01) = (V.Fma(f0, b0, s00), V.Fma(f0, b1, s01));
                    (s10, s11) = (V.Fma(f1, b0, s10), V.Fma(f1, b1, s11));
                    (f0, f1) = (V.Broadcast(Unsafe.Add(ref a2, offset)), V.Broadcast(Unsafe.Add(ref a3, offset)));
                    (s20, s21) = (V.Fma(f0, b0, s20), V.Fma(f0, b1, s21));
                    (s30, s31) = (V.Fma(f1, b0, s30), V.Fma(f1, b1, s31));
                    at = ref Unsafe.Add(ref at, stride);
                }

                ref float to = ref Unsafe.Add(ref y, r * width + c);
                Store(ref to, s00, s01, left, right);
                if (last > 0)
                    Store(ref Unsafe.Add(ref to, width), s10, s11, left, right);
                if (last > 1)
                    Store(ref Unsafe.Add(ref to, 2 * width), s20, s21, left, right);
                if (last > 2)
                    Store(ref Unsafe.Add(ref to, 3 * width), s30, s31, left, right);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V>(ref float y, V first, V second, int left, int right)
        where V : struct, IVector<V>
    {
        first.StorePartial(ref y, left);
        second.StorePartial(ref Unsafe.Add(ref y, V.Count), right);
    }

    /// <summary>Rows of X·Xᵀ: y[i, j] = Σ x[i, ..]·x[j, ..].</summary>
    [MethodImpl(Jit.Kernel)]
    private static void DotProducts<V>(ref float x, nint length, int first, int count, int side, ref float y)
        where V : struct, IVector<V>
    {
        for (int i = first; i < first + count; i++)
        {
            ref float own = ref Unsafe.Add(ref x, i * length);
            for (int j = 0; j < side; j += 4)
            {
                int last = side - 1 - j;
                ref float x0 = ref Unsafe.Add(ref x, j * length);
                ref float x1 = ref Unsafe.Add(ref x0, Math.Min(1, last) * length);
                ref float x2 = ref Unsafe.Add(ref x0, Math.Min(2, last) * length);
                ref float x3 = ref Unsafe.Add(ref x0, Math.Min(3, last) * length);
                (V s0, V s1, V s2, V s3) = (V.Zero, V.Zero, V.Zero, V.Zero);
                for (nint t = 0; t < length; t += V.Count)
                {
                    int lanes = (int)Math.Min(V.Count, length - t);
                    V factor = V.LoadPartial(ref Unsafe.Add(ref own, t), lanes);
                    s0 = V.Fma(factor, V.LoadPartial(ref Unsafe.Add(ref x0, t), lanes), s0);
                    s1 = V.Fma(factor, V.LoadPartial(ref Unsafe.Add(ref x1, t), lanes), s1);
                    s2 = V.Fma(factor, V.LoadPartial(ref Unsafe.Add(ref x2, t), lanes), s2);
                    s3 = V.Fma(factor, V.LoadPartial(ref Unsafe.Add(ref x3, t), lanes), s3);
                }

                ref float to = ref Unsafe.Add(ref y, (nint)i * side + j);
                to = V.Sum(s0);
                if (last > 0)
                    Unsafe.Add(ref to, 1) = V.Sum(s1);
                if (last > 1)
                    Unsafe.Add(ref to, 2) = V.Sum(s2);
                if (last > 2)
                    Unsafe.Add(ref to, 3) = V.Sum(s3);
            }
        }
    }
}
