using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Loops counted as one, against the loops themselves.</summary>
public sealed class NestedLoopsTests
{
    [Fact]
    public void A_place_is_the_sum_of_all_steps()
    {
        (int? Extent, int Stride)[][] all =
        [
            [], [(5, 3)], [(null, 676), (26, 26), (26, 1)], [(null, 100), (4, 30), (3, 5), (5, 1)], [(3, 1), (4, 3)], [(2, 50), (1, 7), (6, 2)], [(null, 5)],
        ];
        foreach (var loops in all)
        {
            var (nested, steps) = (new NestedLoops(loops), Formula.Variable("steps"));
            var place = nested.At(steps);
            var count = 0;
            void Walk(int depth, int at, List<int> taken)
            {
                if (depth == loops.Length)
                {
                    Assert.Equal(at, place.Evaluate(_ => count));
                    Assert.Equal(taken, Enumerable.Range(0, loops.Length).Select(loop => nested.Step(steps, loop).Evaluate(_ => count)));
                    count++;
                    return;
                }
                for (var i = 0; i < (loops[depth].Extent ?? 3); i++)
                    Walk(depth + 1, at + (i * loops[depth].Stride), [.. taken, i]);
            }
            Walk(0, 0, []);
        }
    }

    [Fact]
    public void The_batch_is_the_outermost() =>
        Assert.Throws<ArgumentException>(() => new NestedLoops([(3, 10), (null, 1)]).Step(Formula.Variable("steps"), 0));

    /// <summary>Loops of a convolution over [batch, 13, 13, 32], 3 × 3, are its windows.</summary>
    [Fact]
    public void Loops_of_a_convolution_are_windows()
    {
        var windows = new ImageWindows(13, 13, 32, 3, 3);
        NestedLoops rows = new([(null, 13 * 13 * 32), (11, 13 * 32), (11, 32)]), terms = new([(3, 13 * 32), (3, 32), (32, 1)]);
        Same(MatMulOperand.OfLoops("x", rows, terms, TilePrecision.Float32), MatMulOperand.Windows("x", windows, true, TilePrecision.Float32), 300, 288);
        // The weights' gradient: rows are what was summed.
        Same(MatMulOperand.OfLoops("x", terms, rows, TilePrecision.Float32), MatMulOperand.Windows("x", windows, false, TilePrecision.Float32), 288, 300);
        // With padding, from where the first window begins.
        var padded = windows with { Top = 1, Left = 1, Bottom = 1, Right = 1 };
        rows = new([(null, 13 * 13 * 32), (13, 13 * 32), (13, 32)]);
        Same(
            MatMulOperand.OfLoops("x", rows, terms, TilePrecision.Float32, -14 * 32, padded.Inside), MatMulOperand.Windows("x", padded, true, TilePrecision.Float32), 400, 288);
    }

    [Theory]
    [InlineData(true, 4, 784, 128)]
    [InlineData(true, 2, 10, 10)]
    [InlineData(true, 1, 9, 12)]
    public void Loops_of_a_matrix_are_a_matrix(bool kIsContiguous, int vector, int stride, int extent)
    {
        NestedLoops rows = new([(null, stride)]), terms = new([(extent, 1)]);
        var operand = MatMulOperand.OfLoops("x", rows, terms, TilePrecision.Float32);
        Assert.Equal((kIsContiguous, vector), (operand.KIsContiguous, operand.Vector));
        Same(operand, MatMulOperand.Matrix("x", true, stride, extent, TilePrecision.Float32), 5, extent);
        var transposed = MatMulOperand.OfLoops("x", terms, rows, TilePrecision.Float32);
        Assert.Equal((!kIsContiguous, vector), (transposed.KIsContiguous, transposed.Vector));
    }

    private static void Same(MatMulOperand actual, MatMulOperand expected, int indices, int depth)
    {
        Assert.Equal((expected.KIsContiguous, expected.Vector), (actual.KIsContiguous, actual.Vector));
        for (var index = 0; index < indices; index++)
        {
            for (var k = 0; k < depth; k++)
                Assert.Equal(Place(expected, index, k), Place(actual, index, k));
        }

        static int Place(MatMulOperand operand, int index, int k)
        {
            Formula i = Formula.Variable("i"), j = Formula.Variable("k");
            return (operand.AtIndex(i) + operand.AtK(j)).Evaluate(name => name == "i" ? index : k);
        }
    }
}
