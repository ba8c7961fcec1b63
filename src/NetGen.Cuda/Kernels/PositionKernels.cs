using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Positions of rows in their sequence; the meanings are those of NetGen.Runtime.PositionKernels. A thread takes an element, or the
/// first of a pair. Angles are reduced in
/// double, so those of far rows are as good as those of near ones.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionKernels
{
    /// <summary>Turns the pairs of the first heads of row t by the angles t·theta^(−2i/size), or back.</summary>
    public static void Rotate(
        ArrayView<float> x, ArrayView<float> y, int perSample, int sequences, int rows, int width, int heads, int size, int theta,
            int interleaved,
        int back, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= (perSample != 0 ? batch * sequences : sequences) * rows * width)
        {
            return;
        }
        var (column, row) = (index % width, index / width % rows);
        if (column >= heads * size)
        {
            y[index] = x[index];
            return;
        }
        var (place, half) = (column % size, size / 2);
        // The other of a pair is written here too: the result may be the operand's memory.
        if (interleaved != 0 ? place % 2 != 0 : place >= half)
        {
            return;
        }
        var (pair, other) = interleaved != 0 ? (place / 2, index + 1) : (place, index + half);
        var angle = row * Frequency(Interop.IntAsFloat((uint)theta), 2.0 * pair / size);
        var (sine, cosine) = (Lane.Broadcast((float)Sine(angle)), Lane.Broadcast((float)Sine(angle + HalfPi)));
        sine = back != 0 ? -sine : sine;
        var (a, b) = (new Lane(x[index]), new Lane(x[other]));
        y[index] = ((a * cosine) - (b * sine)).Value;
        y[other] = ((b * cosine) + (a * sine)).Value;
    }

    /// <summary>y[t, 2i] = x + sin(t·10000^(−2i/width)), y[t, 2i + 1] = x + cos(…).</summary>
    public static void AddSinusoids(ArrayView<float> x, ArrayView<float> y, int perSample, int sequences, int rows, int width, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= (perSample != 0 ? batch * sequences : sequences) * rows * width)
        {
            return;
        }
        var (column, row) = (index % width, index / width % rows);
        var angle = row * Frequency(10000f, 2.0 * (column / 2) / width);
        y[index] = (new Lane(x[index]) + Lane.Broadcast((float)Sine(column % 2 == 0 ? angle : angle + HalfPi))).Value;
    }

    private const double HalfPi = 1.5707963267948966;

    /// <summary>theta^(−power), to the precision of double.</summary>
    private static double Frequency(float theta, double power)
    {
        // e^(−power·ln theta), with ln from Newton's method on the float's logarithm and e^x from its series behind halving.
        double logarithm = VectorMath.Log(Lane.Broadcast(theta)).Value;
        for (var i = 0; i < 2; i++)
        {
            logarithm += (theta * Exponential(-logarithm)) - 1;
        }
        return Exponential(-power * logarithm);
    }

    private static double Exponential(double x)
    {
        var small = x / 1024;
        var series = 1.0;
        for (var n = 7; n > 0; n--)
        {
            series = 1 + (series * small / n);
        }
        for (var i = 0; i < 10; i++)
        {
            series *= series;
        }
        return series;
    }

    /// <summary>sin x for x ≥ 0: of the distance to the nearest multiple of π.</summary>
    private static double Sine(double x)
    {
        var turns = (long)((x / (2 * HalfPi)) + 0.5);
        var r = x - (turns * (2 * HalfPi));
        var square = r * r;
        var series = 1.0;
        for (var n = 14; n > 0; n -= 2)
        {
            series = 1 - (series * square / (n * (n + 1)));
        }
        series *= r;
        return turns % 2 == 0 ? series : -series;
    }
}
