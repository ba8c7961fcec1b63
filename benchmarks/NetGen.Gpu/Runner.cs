using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Gpu;

/// <summary>Runs workloads on a GPU: first against the CPU, then against the clock.</summary>
internal sealed class Runner(CudaAccelerator device, bool quick)
{
    /// <summary>Results of a product that are compared with the CPU's, at most.</summary>
    private const int Compared = 2048;

    private readonly CudaStream stream = (CudaStream)device.CreateStream();

    public (Agreement Agreement, Row? Row) Run(Workload workload)
    {
        var (kernel, batch) = workload;
        var operands = new Operands(kernel, batch);
        var (rows, columns) = (kernel.Rows(batch), kernel.Columns);
        using var left = Upload(operands.Left, kernel.IsPairs);
        using var right = Upload(operands.Right, kernel.IsPairs);
        using var result = device.Allocate1D<float>((long)rows * columns);
        using var parts = device.Allocate1D<float>(kernel.Parts == 1 ? 4 : (long)kernel.Parts * rows * columns);
        using var loaded = new Loaded(kernel);
        // What no kernel writes is not by chance right.
        result.MemSetToZero();
        Launch();
        stream.Synchronize();
        var agreement = Compare(operands, result.GetAsArray1D(), rows, columns);
        Launch();
        stream.Synchronize();
        return (agreement, agreement.Holds ? new Row { Workload = workload.Name, Seconds = Time(Launch), Flops = workload.Flops } : null);

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

    /// <summary>Seconds per launch: many in a row between two events of the device, for at least some milliseconds.</summary>
    private Comparison.Statistics Time(Action launch)
    {
        var (samples, least) = quick ? (5, 2.0) : (15, 20.0);
        var count = 1;
        while (Milliseconds(launch, count) < least && count < 1 << 16)
        {
            count *= 2;
        }
        return Comparison.Statistics.Of(Enumerable.Range(0, samples).Select(_ => Milliseconds(launch, count) / 1000 / count));
    }

    private double Milliseconds(Action launch, int count)
    {
        var api = CudaAPI.CurrentAPI;
        Driver.Check(api.CreateEvent(out var begin, CudaEventFlags.CU_EVENT_DEFAULT), "An event");
        Driver.Check(api.CreateEvent(out var end, CudaEventFlags.CU_EVENT_DEFAULT), "An event");
        Driver.Check(api.RecordEvent(begin, stream.StreamPtr), "An event");
        for (var i = 0; i < count; i++)
        {
            launch();
        }
        Driver.Check(api.RecordEvent(end, stream.StreamPtr), "An event");
        Driver.Check(api.SynchronizeEvent(end), "A kernel");
        Driver.Check(api.ElapsedTime(out var milliseconds, begin, end), "An event");
        Driver.Check(api.DestroyEvent(begin), "An event");
        Driver.Check(api.DestroyEvent(end), "An event");
        return milliseconds;
    }

    private MemoryBuffer Upload(float[] numbers, bool isPairs) => isPairs ? device.Allocate1D(Operands.Pairs(numbers)) : device.Allocate1D(numbers);

    /// <summary>A product's one or two kernels in the driver.</summary>
    private sealed class Loaded : IDisposable
    {
        public Loaded(ProductKernel kernel)
        {
            var ptx = kernel.Compile().ToArray();
            Main = new LoadedKernel(ptx[0].Ptx, ptx[0].Method, kernel.Threads, kernel.DynamicSharedBytes);
            Sum = ptx.Length == 1 ? null : new LoadedKernel(ptx[1].Ptx, ptx[1].Method, ProductKernel.SumThreads, 0);
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
