using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// The matrices of Winograd's algorithm F(3×3, 3×3): a tile of 3×3 results of a convolution with a 3×3 kernel g over 5×5 pixels d is
/// Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A (Lavin and Gray 2016, "Fast algorithms for convolutional neural networks"). By the points 0, 1, −1, 2 and ∞.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradF3
{
    /// <summary>Bᵀ: pixels to what is multiplied.</summary>
    public readonly struct Pixels : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 5;

        /// <inheritdoc/>
        public static int Columns => 5;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = V.Fma(-2f, x2, V.Fma(2f, x0, x3 - x1));
            y1 = V.Fma(-2f, x1, x3 - x2);
            y2 = V.Fma(-3f, x2, V.Fma(2f, x1, x3));
            y3 = x3 - x1;
            y4 = V.Fma(-2f, x3, V.Fma(2f, x1, x4 - x2));
        }
    }

    /// <summary>B: products to the gradients of pixels.</summary>
    public readonly struct PixelsTransposed : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 5;

        /// <inheritdoc/>
        public static int Columns => 5;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            var sum = x0 + x3;
            y0 = x0 + x0;
            y1 = V.Fma(2f, x4 + x2 - x1, -sum);
            y2 = V.Fma(-3f, x2, V.Fma(-2f, x0, -(x1 + x4)));
            y3 = V.Fma(-2f, x4, sum + x1 + x2);
            y4 = x4;
        }
    }

    /// <summary>G: a kernel to what it is multiplied with.</summary>
    public readonly struct Weights : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 5;

        /// <inheritdoc/>
        public static int Columns => 3;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = V.Broadcast(0.5f) * x0;
            y1 = V.Broadcast(0.5f) * (-x0 - x1 - x2);
            y2 = V.Broadcast(0.16666667f) * (x1 - x0 - x2);
            y3 = V.Fma(0.6666667f, x2, V.Fma(0.33333334f, x1, V.Broadcast(0.16666667f) * x0));
            y4 = x2;
        }
    }

    /// <summary>G for a kernel that is turned by 180°.</summary>
    public readonly struct TurnedWeights : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 5;

        /// <inheritdoc/>
        public static int Columns => 3;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = V.Broadcast(0.5f) * x2;
            y1 = V.Broadcast(0.5f) * (-x0 - x1 - x2);
            y2 = V.Broadcast(0.16666667f) * (x1 - x0 - x2);
            y3 = V.Fma(0.16666667f, x2, V.Fma(0.33333334f, x1, V.Broadcast(0.6666667f) * x0));
            y4 = x0;
        }
    }

    /// <summary>Gᵀ: the gradient of a transformed kernel to that of the kernel.</summary>
    public readonly struct WeightsTransposed : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 3;

        /// <inheritdoc/>
        public static int Columns => 5;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = V.Fma(0.16666667f, x3, V.Fma(-0.16666667f, x2, V.Fma(-0.5f, x1, V.Broadcast(0.5f) * x0)));
            y1 = V.Fma(0.33333334f, x3, V.Fma(0.16666667f, x2, V.Broadcast(-0.5f) * x1));
            y2 = V.Fma(0.6666667f, x3, V.Fma(-0.16666667f, x2, V.Fma(-0.5f, x1, x4)));
            y3 = V.Zero;
            y4 = V.Zero;
        }
    }

    /// <summary>Aᵀ: products to results.</summary>
    public readonly struct Results : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 3;

        /// <inheritdoc/>
        public static int Columns => 5;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = x0 + x1 + x2 + x3;
            y1 = V.Fma(2f, x3, x1 - x2);
            y2 = V.Fma(4f, x3, x1 + x2 + x4);
            y3 = V.Zero;
            y4 = V.Zero;
        }
    }

    /// <summary>A: the gradients of results to what is multiplied.</summary>
    public readonly struct ResultsTransposed : IWinogradMatrix
    {
        /// <inheritdoc/>
        public static int Rows => 5;

        /// <inheritdoc/>
        public static int Columns => 3;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V : struct, IVector<V>
        {
            y0 = x0;
            y1 = x0 + x1 + x2;
            y2 = x0 + x2 - x1;
            y3 = V.Fma(4f, x2, V.Fma(2f, x1, x0));
            y4 = x2;
        }
    }
}
