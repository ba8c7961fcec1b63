using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Runtime;

namespace Kernels;

/// <summary>NetGen's functions of a register beside System.Numerics.Tensors' functions of spans: errors over all of float's range, and speed on one core.</summary>
internal static class VectorMathTable
{
    // All in the first-level cache.
    private const int Length = 4096;

    private delegate void SpanFunction(ReadOnlySpan<float> x, Span<float> y);

    public static void Print()
    {
        string width = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        Console.WriteLine($"| function | NetGen, max ulp | TensorPrimitives, max ulp | NetGen, G/s at 512 bits | 256 | 128 | TensorPrimitives, G/s at {width} |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Row<ExpFunction>(Math.Exp, TensorPrimitives.Exp);
        Row<Expm1Function>(x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1, TensorPrimitives.ExpM1);
        Row<LogFunction>(Math.Log, TensorPrimitives.Log);
        Row<Log1PFunction>(x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x), TensorPrimitives.LogP1);
        Row<TanhFunction>(Math.Tanh, TensorPrimitives.Tanh);
        Row<SigmoidFunction>(x => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)), TensorPrimitives.Sigmoid);
        Row<SoftplusFunction>(null, null);
        Row<ErfFunction>(null, null);
    }

    private static void Row<TFunction>(Func<double, double>? reference, SpanFunction? peer)
        where TFunction : IFunction
    {
        string[] errors =
        [
            reference is null ? "–" : Error(Widest<TFunction>, reference),
            reference is null || peer is null ? "–" : Error(peer, reference),
        ];
        var speeds = Speeds(
            Vector512.IsHardwareAccelerated ? Map<V512, TFunction> : null, Vector256.IsHardwareAccelerated ? Map<V256, TFunction> : null, Map<V128, TFunction>, peer);
        Console.WriteLine($"| {TFunction.Name} | {string.Join(" | ", errors.Concat(speeds))} |");
    }

    private static void Widest<TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : IFunction
    {
        if (Vector512.IsHardwareAccelerated)
            Map<V512, TFunction>(x, y);
        else if (Vector256.IsHardwareAccelerated)
            Map<V256, TFunction>(x, y);
        else
            Map<V128, TFunction>(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<V, TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where V : struct, IVector<V>
        where TFunction : IFunction
    {
        for (int i = 0; i < x.Length; i += V.Count)
            TFunction.Apply(V.Load(in x[i])).Store(ref y[i]);
    }

    /// <summary>Billions of numbers a second, by turns, in the best of many runs.</summary>
    private static IEnumerable<string> Speeds(params SpanFunction?[] functions)
    {
        var random = new Random(1);
        // Both at a multiple of 64 bytes, and not a multiple of 4096 apart: processors take such addresses for the same at first.
        float[] memory = GC.AllocateUninitializedArray<float>((2 * Length) + 512, pinned: true);
        int start64 = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & 63) / sizeof(float);
        Memory<float> x = memory.AsMemory(start64, Length), y = memory.AsMemory(start64 + Length + 256, Length);
        foreach (ref float value in x.Span)
            value = 0.01f + (4 * random.NextSingle());
        var best = new double[functions.Length];
        // Long enough for the JIT's last word on code that is not its own to optimize at once.
        for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 2000;)
        {
            for (int i = 0; i < functions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int run = 0; functions[i] is { } function && run < 100; run++)
                    function(x.Span, y.Span);
                best[i] = Math.Max(best[i], 100 * Length / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }
        }

        return functions.Select((function, i) => function is null ? "–" : best[i].ToString("F2", CultureInfo.InvariantCulture));
    }

    /// <summary>The largest error in units in the last place of the true result, of every 1021st float (a prime: some 8,000 for each exponent).</summary>
    private static string Error(SpanFunction function, Func<double, double> reference)
    {
        var x = new float[Length];
        var y = new float[Length];
        double worst = 0;
        for (ulong bits = 0; bits < 1UL << 32; bits += 1021 * Length)
        {
            for (int i = 0; i < Length; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + (1021 * (ulong)i), uint.MaxValue));
            function(x, y);
            for (int i = 0; i < Length; i++)
                worst = Math.Max(worst, Error(y[i], reference(x[i])));
        }

        return worst.ToString(worst < 1000 ? "F2" : "0.#E+0", CultureInfo.InvariantCulture);
    }

    private static double Error(float y, double truth)
    {
        // Results that are not finite must be right; a result that is rounded to the largest float instead of ∞ is not counted.
        var rounded = (float)truth;
        if (!float.IsFinite(rounded) || !float.IsFinite(y))
            return y.Equals(rounded) || Math.Abs(truth) > float.MaxValue / 2 ? 0 : double.PositiveInfinity;
        int exponent = Math.Max(truth == 0 ? -126 : Math.ILogB(truth), -126);
        return Math.Abs(y - truth) / Math.ScaleB(1, exponent - 23);
    }

    private interface IFunction
    {
        static abstract string Name { get; }

        static abstract V Apply<V>(V x) where V : struct, IVector<V>;
    }

    private readonly struct ExpFunction : IFunction
    {
        public static string Name => "exp";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Exp(x);
    }

    private readonly struct Expm1Function : IFunction
    {
        public static string Name => "expm1";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Expm1(x);
    }

    private readonly struct LogFunction : IFunction
    {
        public static string Name => "log";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log(x);
    }

    private readonly struct Log1PFunction : IFunction
    {
        public static string Name => "log1p";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log1P(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static string Name => "tanh";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Tanh(x);
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static string Name => "sigmoid";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sigmoid(x);
    }

    private readonly struct SoftplusFunction : IFunction
    {
        public static string Name => "softplus";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Softplus(x);
    }

    private readonly struct ErfFunction : IFunction
    {
        public static string Name => "erf";
        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Erf(x);
    }
}
