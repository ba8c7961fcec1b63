using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Orthogonal rows (or columns, where there are fewer of them) from random ones, by Gram and Schmidt: the Q of a QR decomposition whose R
/// has a positive diagonal, which is uniform among all such matrices (Mezzadri 2007).
/// </summary>
internal static class OrthogonalMatrix
{
    internal static void Fill(Span<float> values, int rows, int columns, float gain, PhiloxKey key)
    {
        bool isTall = rows > columns;
        (int count, int length) = isTall ? (columns, rows) : (rows, columns);
        double[] vectors = new double[(long)count * length];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Philox.Normal(key, (uint)i);
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = vectors.AsSpan(i * length, length);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> before = vectors.AsSpan(j * length, length);
                Add(vector, before, -Dot(vector, before));
            }

            double inverse = 1 / Math.Sqrt(Dot(vector, vector));
            foreach (ref double number in vector)
                number *= inverse;
        }

        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k++)
                values[isTall ? k * columns + i : i * columns + k] = (float)(gain * vectors[i * length + k]);
        }
    }

    // In one order on every machine, so that the numbers are the same.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
            s0 += a[i] * b[i];
        return s0 + s1 + (s2 + s3);
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> x, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * x[i];
    }
}
