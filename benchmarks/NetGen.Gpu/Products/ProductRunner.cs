using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Gpu;

/// <summary>Runs products on a GPU: first against the CPU, then against the clock.</summary>
internal sealed class ProductRunner(CudaAccelerator device, bool quick)
{
    /// <summary>Results of a product that are compared with the CPU's, at most.</summary>
    private const int Compared = 2048;

    private readonly CudaStream stream = (CudaStream)device.CreateStream();

    /// <param name="timed">False: only against the CPU.</param>
    public (Agreement Agreement, Row? Row) Run(ProductWorkload workload, bool timed = true)
    {
        var (kernel, batch) = workload;
        var operands = new Operands(kernel, batch);
        var (rows, columns) = (kernel.Rows(batch), kernel.Columns);
        using var left = Upload(operands.Left, kernel.IsPairs);
        using var right = Upload(operands.Right, kernel.IsPairs);
        using var result = device.Allocate1D<float>((long)rows * columns);
        using var parts = device.Allocate1D<float>(kernel.Parts == 1 ? 4 : (long)kernel.Parts * rows * columns);
        using var loaded = new Loaded(device, kernel);
        // What no kernel writes is not by chance right.
        result.MemSetToZero();
        Launch();
        stream.Synchronize();
        var agreement = Compare(operands, result.GetAsArray1D(), rows, columns);
        Launch();
        stream.Synchronize();
        return (agreement, agreement.Holds && timed ? new Row { Workload = workload.Name, Seconds = DeviceClock.Time(stream, Launch, quick), Flops = workload.Flops } : null);

        void Launch()
        {
            loaded.Main.Launch(
                stream, kernel.Blocks(batch), kernel.Parts, batch, LoadedKernel.Argument.Of(left), LoadedKernel.Argument.Of(right), LoadedKernel.Argument.Of(result), LoadedKernel.Argument.Of(parts));
            loaded.Sum?.Launch(stream, kernel.SumBlocks(batch), 1, batch, LoadedKernel.Argument.Of(result), LoadedKernel.Argument.Of(parts));
        }
    }

    /// <summary>The corners, and others at random.</summary>
    private static Agreement Compare(Operands operands, float[] actual, int rows, int columns)
    {
        var random = new Random(1);
        var places = rows * columns <= Compared
            ? Enumerable.Range(0, rows * columns).Select(i => (Row: i / columns, Column: i % columns))
            : new[] { (0, 0), (rows - 1, 0), (0, columns - 1), (rows - 1, columns - 1) }.Concat(
                Enumerable.Range(0, Compared).Select(_ => (random.Next(rows), random.Next(columns))));
        var worst = new Agreement(0, 0, true);
        foreach (var (row, column) in places)
        {
            var (expected, bound) = operands.Expected(row, column);
            var error = Math.Abs((double)actual[(row * columns) + column] - expected);
            // Not a number is no error that is within a bound.
            worst = new Agreement(Math.Max(worst.LargestError, error), Math.Max(worst.Bound, bound), worst.Holds && error <= bound);
        }
        return worst;
    }

    private MemoryBuffer Upload(float[] numbers, bool isPairs) => isPairs ? device.Allocate1D(Operands.Pairs(numbers)) : device.Allocate1D(numbers);

    /// <summary>A product's one or two kernels in the driver.</summary>
    private sealed class Loaded : IDisposable
    {
        public Loaded(CudaAccelerator device, ProductKernel kernel)
        {
            var ptx = kernel.Compile().ToArray();
            Main = new LoadedKernel(device, ptx[0].Ptx, ptx[0].Method, kernel.Threads, kernel.DynamicSharedBytes);
            Sum = ptx.Length == 1 ? null : new LoadedKernel(device, ptx[1].Ptx, ptx[1].Method, ProductKernel.SumThreads, 0);
        }

        public LoadedKernel Main { get; }

        public LoadedKernel? Sum { get; }

        public void Dispose()
        {
            Main.Dispose();
            Sum?.Dispose();
        }
    }
}
