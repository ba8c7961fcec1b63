using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime.Kernels;

public abstract class TransposeTests<V> where V : struct, IVector<V>
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 33, 47, 70];

    [Fact]
    public void Transpose()
    {
        foreach (var rows in Sizes)
        {
            foreach (var columns in Sizes)
            {
                var x = Walls.Count(rows * columns);
                var expected = new float[x.Length];
                for (var i = 0; i < x.Length; i++)
                {
                    expected[(i % columns * rows) + (i / columns)] = x[i];
                }
                var source = Walls.Around(x);
                for (var workers = 1; workers <= 3; workers++)
                {
                    var y = Walls.Unwritten(x.Length);
                    for (var worker = 0; worker < workers; worker++)
                    {
                        CopyKernels.Transpose<V>(ref source[Walls.Start], ref y[Walls.Start], rows, columns, 1, worker, workers);
                    }
                    Assert.Equal(expected, Walls.Inside(y));
                }
            }
        }
    }

    [Fact]
    public void FlipTranspose()
    {
        foreach (var area in new[] { 1, 4, 9 })
        {
            foreach (var inputs in Sizes)
            {
                foreach (var outputs in new[] { 1, 3, 4, 8, 16, 21, 32 })
                {
                    var x = Walls.Count(area * inputs * outputs);
                    var expected = new float[x.Length];
                    for (var i = 0; i < x.Length; i++)
                    {
                        var (k, input, output) = (i / outputs / inputs, i / outputs % inputs, i % outputs);
                        expected[((((area - 1 - k) * outputs) + output) * inputs) + input] = x[i];
                    }
                    var source = Walls.Around(x);
                    for (var workers = 1; workers <= 3; workers++)
                    {
                        var y = Walls.Unwritten(x.Length);
                        for (var worker = 0; worker < workers; worker++)
                        {
                            CopyKernels.FlipTranspose<V>(ref source[Walls.Start], ref y[Walls.Start], area, inputs, outputs, 1, worker, workers);
                        }
                        Assert.Equal(expected, Walls.Inside(y));
                    }
                }
            }
        }
    }

    [Fact]
    public void TransposedPanel()
    {
        foreach (var (terms, columns, stride) in new[] { (16, 16, 16), (32, 48, 32), (48, 16, 67) })
        {
            var source = Walls.Around(Walls.Count(columns * stride));
            var panel = Walls.Unwritten(terms * columns);
            PackKernels.TransposedPanel<V>(ref source[Walls.Start], stride, ref panel[Walls.Start], terms, columns);
            var inside = Walls.Inside(panel);
            for (var i = 0; i < inside.Length; i++)
                Assert.Equal(source[Walls.Start + (i % columns * stride) + (i / columns)], inside[i]);
        }
    }

    [Fact]
    public void Panel()
    {
        var source = Walls.Around(Walls.Count(5 * 67));
        var panel = Walls.Unwritten(5 * 32);
        PackKernels.Panel<V>(ref source[Walls.Start], 67, ref panel[Walls.Start], 5, 32);
        var inside = Walls.Inside(panel);
        for (var i = 0; i < inside.Length; i++)
            Assert.Equal(source[Walls.Start + (i / 32 * 67) + (i % 32)], inside[i]);
    }

    /// <summary>Any strides, also odd ones, and nothing around the square is touched.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 5)]
    [InlineData(16, 0)]
    public void Square(int moreSource, int moreTarget)
    {
        var (sourceStride, targetStride) = (V.Count + moreSource, V.Count + moreTarget);
        var source = Walls.Around(Walls.Count(V.Count * sourceStride));
        var target = Walls.Unwritten(V.Count * targetStride);
        V.Transpose(in source[Walls.Start], sourceStride, ref target[Walls.Start], targetStride);
        var inside = Walls.Inside(target);
        for (var i = 0; i < inside.Length; i++)
        {
            var (row, column) = (i / targetStride, i % targetStride);
            Assert.Equal(column < V.Count ? source[Walls.Start + (column * sourceStride) + row] : float.NaN, inside[i]);
        }
    }
}

public sealed class TransposeV512Tests : TransposeTests<V512>;

public sealed class TransposeV256Tests : TransposeTests<V256>;

public sealed class TransposeV128Tests : TransposeTests<V128>;

public sealed class TransposeV1Tests : TransposeTests<V1>;
