using NetGen.Generator.Emission.Cuda.Tiles;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Products small enough for the CPU accelerator, with rows, columns and depths that no tile divides.</summary>
internal static class CpuProducts
{
    public static readonly IReadOnlyList<Product> All =
    [
        // One warp of 4 × 4 numbers per thread; all four orders of the operands.
        new("thread_nn", Thread(1, 1, 32, 16, 4, 8), 37, 20, 20, true, false),
        new("thread_nt", Thread(1, 1, 32, 16, 4, 8), 37, 20, 20, true, true),
        new("thread_tn", Thread(1, 1, 32, 16, 4, 8), 36, 20, 20, false, false, RowsAreDynamic: false),
        new("thread_tt", Thread(1, 1, 32, 16, 4, 8), 36, 20, 20, false, true, RowsAreDynamic: false),
        // Nothing divides anything: numbers are copied one at a time.
        new("thread_odd_nn", Thread(1, 1, 32, 16, 4, 8), 33, 19, 13, true, false),
        new("thread_odd_nt", Thread(1, 1, 32, 32, 8, 16), 33, 19, 13, true, true),
        new("thread_pairs", Thread(1, 1, 32, 16, 4, 8), 33, 10, 18, true, false),
        // The gradient of a weight: what is summed is the batch.
        new("thread_batch", Thread(1, 1, 32, 16, 4, 8), 32, 10, 21, false, false, RowsAreDynamic: false, DepthIsDynamic: true),
        // Several warps; several bands of tiles, the last one lower; more stages than tiles.
        new("thread_warps", Thread(2, 2, 32, 16, 4, 8), 130, 64, 12, true, false),
        new("thread_bands", Thread(1, 1, 16, 16, 4, 4), 16 * 10, 40, 8, true, false),
        new("thread_bands_static", Thread(1, 1, 16, 16, 4, 4), 16 * 11, 40, 8, true, false, RowsAreDynamic: false),
        new("thread_stages", Thread(1, 1, 32, 16, 4, 8) with { Stages = 4 }, 32, 16, 40, true, false),
        // Parts of the sum: more than there are tiles, and of a depth that is not known.
        new("thread_parts", Thread(1, 1, 32, 16, 4, 8) with { Parts = 3 }, 33, 20, 40, true, false),
        new("thread_empty_parts", Thread(1, 1, 32, 16, 4, 8) with { Parts = 4 }, 33, 10, 40, true, false),
        new("thread_batch_parts", Thread(1, 1, 32, 16, 4, 8) with { Parts = 2 }, 32, 9, 45, false, false, RowsAreDynamic: false, DepthIsDynamic: true),
        // What follows a product is done with its sums, after a sum of parts with those.
        new("thread_fused", Thread(1, 1, 32, 16, 4, 8), 33, 20, 24, true, false, IsFused: true),
        new("thread_fused_parts", Thread(1, 1, 32, 16, 4, 8) with { Parts = 2 }, 33, 19, 24, true, true, IsFused: true),
        new("tf32_fused", Tensor(TilePrecision.TensorFloat32, 1, 1, 16, 16, 8), 20, 16, 24, true, true, IsFused: true),
        // Convolutions: windows of 3 × 3 × 4 as rows; of 2 × 3 × 3 with strides, whose numbers are copied one at a time; as what is summed.
        new("thread_windows", Thread(1, 1, 32, 16, 4, 8), 2 * 4 * 3, 8, 36, true, false, Windows: new ImageWindows(6, 5, 4, 3, 3)),
        new("thread_odd_windows", Thread(1, 1, 32, 16, 4, 8), 2 * 2 * 2, 5, 18, true, false, Windows: new ImageWindows(5, 6, 3, 2, 3, 3, 2)),
        new("thread_windows_gradient", Thread(1, 1, 32, 16, 4, 8), 36, 8, 2 * 4 * 3, false, false, RowsAreDynamic: false, DepthIsDynamic: true, Windows: new ImageWindows(6, 5, 4, 3, 3)),
        // The same with zeros around the image: on all sides, with strides and one channel, and as what is summed.
        new("thread_padded", Thread(1, 1, 32, 16, 4, 8), 2 * 5 * 4, 8, 36, true, false, Windows: new ImageWindows(5, 4, 4, 3, 3, Top: 1, Bottom: 1, Left: 1, Right: 1)),
        new("thread_padded_odd", Thread(1, 1, 32, 16, 4, 8), 2 * 3 * 3, 5, 10, true, false, Windows: new ImageWindows(6, 5, 1, 2, 5, 3, 2, Top: 2, Bottom: 1, Left: 1, Right: 3)),
        new("thread_padded_gradient", Thread(1, 1, 32, 16, 4, 8), 36, 8, 2 * 5 * 4, false, false, RowsAreDynamic: false, DepthIsDynamic: true, Windows: new ImageWindows(5, 4, 4, 3, 3, Top: 1, Bottom: 1, Left: 1, Right: 1)),
        new("tf32_windows", Tensor(TilePrecision.TensorFloat32, 1, 1, 16, 16, 8), 2 * 4 * 3, 8, 36, true, false, Windows: new ImageWindows(6, 5, 4, 3, 3)),
        // Tensor cores.
        new("tf32_nn", Tensor(TilePrecision.TensorFloat32, 1, 1, 32, 32, 16), 33, 40, 36, true, false),
        new("tf32_nt", Tensor(TilePrecision.TensorFloat32, 1, 1, 16, 16, 8), 20, 16, 24, true, true),
        new("tf32_tn", Tensor(TilePrecision.TensorFloat32, 1, 1, 32, 16, 16), 36, 20, 20, false, false, RowsAreDynamic: false),
        new("tf32_odd", Tensor(TilePrecision.TensorFloat32, 1, 1, 16, 16, 8), 17, 10, 13, true, false),
        new("tf32_warps", Tensor(TilePrecision.TensorFloat32, 2, 2, 16, 16, 32), 33, 32, 32, true, false),
        new("bf16_nn", Tensor(TilePrecision.BFloat16, 1, 1, 32, 32, 32), 33, 40, 40, true, false),
        new("bf16_nt", Tensor(TilePrecision.BFloat16, 1, 1, 16, 16, 16), 20, 16, 48, true, true),
        new("bf16_tn", Tensor(TilePrecision.BFloat16, 1, 1, 32, 16, 32), 40, 24, 36, false, false, RowsAreDynamic: false),
        new("bf16_pairs", Tensor(TilePrecision.BFloat16, 1, 1, 16, 16, 16), 17, 10, 18, true, false),
        new("bf16_parts", Tensor(TilePrecision.BFloat16, 2, 1, 16, 16, 32) with { Parts = 2 }, 33, 16, 72, true, false),
    ];

    private static MatMulTile Thread(int down, int across, int rows, int columns, int lanesAcross, int depth) =>
        new(TilePrecision.Float32, down, across, rows, columns, lanesAcross, depth, 2, 1, 1);

    private static MatMulTile Tensor(TilePrecision precision, int down, int across, int rows, int columns, int depth) =>
        new(precision, down, across, rows, columns, 4, depth, 3, 1, 1);
}
