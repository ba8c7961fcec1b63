using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Cuda.Kernels;
using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>The fragments of tensor cores: that their map is the one by which the instruction multiplies, and that what is read from shared memory is that fragment.</summary>
public sealed class FragmentMapTests
{
    private delegate Float4[] Multiplication(Float4[] c, Word4[] a, Word4[] b);

    private static IEnumerable<(MatMulTile Tile, OperandTile Operand, bool IsLeft)> Operands => TileCases.Operands()
        .Where(x => x.Tile.Precision != TilePrecision.Float32).DistinctBy(x => (x.Operand, x.IsLeft, x.Tile.WarpRows, x.Tile.WarpColumns));

    [Fact]
    public void TF32_fragments_multiply_as_matrices() => MultiplyAsMatrices(4, WarpMatrix.MultiplyAddTensorFloat32);

    [Fact]
    public void BF16_fragments_multiply_as_matrices() => MultiplyAsMatrices(2, WarpMatrix.MultiplyAddBFloat16);

    [Fact]
    public void What_is_loaded_is_the_fragment()
    {
        foreach (var (tile, operand, isLeft) in Operands)
        {
            var image = Image(operand);
            var step = FragmentMap.StepDepth(operand.ElementBytes);
            for (var k = 0; k < operand.Depth; k += step)
            {
                for (var first = 0; first < operand.Extent; first += FragmentMap.Rows)
                {
                    var registers = operand.Reading == OperandReading.Matrices ? ByMatrices(image, operand, isLeft, first, k) : ByWords(image, operand, isLeft, first, k);
                    for (var lane = 0; lane < WarpMatrix.Lanes; lane++)
                    {
                        for (var register = 0; register < 4; register++)
                        {
                            for (var part = 0; part < 4 / operand.ElementBytes; part++)
                            {
                                var (index, atK) = isLeft
                                    ? FragmentMap.Left(operand.ElementBytes, lane, register, part)
                                    : Swap(FragmentMap.Right(operand.ElementBytes, lane, register % 2, part), register / 2 * FragmentMap.Columns);
                                var found = (registers[lane][register] >> (16 * part)) & (operand.ElementBytes == 2 ? 0xFFFF : uint.MaxValue);
                                Assert.True(Name(operand, first + index, k + atK) == found, $"{tile}: {operand}, {(isLeft ? "left" : "right")} at {first}, {k}: lane {lane}, register {register}, part {part}");
                            }
                        }
                    }
                }
            }
        }

        static (int, int) Swap((int K, int Column) place, int columns) => (place.Column + columns, place.K);
    }

    [Fact]
    public void A_warp_reads_without_bank_conflicts()
    {
        foreach (var (_, operand, isLeft) in Operands)
        {
            var lane = Formula.Variable("thread", WarpMatrix.Lanes);
            var step = FragmentMap.StepDepth(operand.ElementBytes);
            for (var k = 0; k < operand.Depth; k += step)
            {
                for (var first = 0; first < operand.Extent; first += FragmentMap.Rows)
                {
                    if (operand.Reading == OperandReading.Matrices)
                    {
                        var place = isLeft ? FragmentMap.LeftMatrices(operand, lane, first, k) : FragmentMap.RightMatrices(operand, lane, first, k);
                        var places = Enumerable.Range(0, WarpMatrix.Lanes).Select(thread => place.Evaluate(TileCases.Thread(thread)));
                        Assert.True(places.Chunk(8).All(TileCases.AreApart), $"{operand} at {first}, {k}");
                        continue;
                    }
                    for (var register = 0; register < 4; register++)
                    {
                        var banks = Words(operand, isLeft, first, k, register).Select(word => word % 32);
                        Assert.Equal(WarpMatrix.Lanes, banks.Distinct().Count());
                    }
                }
            }
        }
    }

    /// <summary>Registers filled by the map give the product of the matrices, read out by the map.</summary>
    private static void MultiplyAsMatrices(int elementBytes, Multiplication multiply)
    {
        var depth = FragmentMap.StepDepth(elementBytes);
        var random = new Random(1);
        // Few bits, so that products and sums are exact.
        float[,] left = Matrix(FragmentMap.Rows, depth), right = Matrix(depth, FragmentMap.Columns), sums = Matrix(FragmentMap.Rows, FragmentMap.Columns);
        Word4[] a = new Word4[WarpMatrix.Lanes], b = new Word4[WarpMatrix.Lanes];
        var c = new Float4[WarpMatrix.Lanes];
        for (var lane = 0; lane < WarpMatrix.Lanes; lane++)
        {
            for (var register = 0; register < 4; register++)
            {
                Floats(ref c[lane])[register] = sums[Row(lane, register), Column(lane, register)];
                for (var part = 0; part < 4 / elementBytes; part++)
                {
                    var (row, k) = FragmentMap.Left(elementBytes, lane, register, part);
                    Words(ref a[lane])[register] |= Bits(left[row, k]) << (16 * part);
                    if (register < 2)
                    {
                        (k, var column) = FragmentMap.Right(elementBytes, lane, register, part);
                        Words(ref b[lane])[register] |= Bits(right[k, column]) << (16 * part);
                    }
                }
            }
        }
        var result = multiply(c, a, b);
        var seen = new HashSet<(int, int)>();
        for (var lane = 0; lane < WarpMatrix.Lanes; lane++)
        {
            for (var register = 0; register < 4; register++)
            {
                var (row, column) = (Row(lane, register), Column(lane, register));
                Assert.True(seen.Add((row, column)));
                Assert.Equal(sums[row, column] + Enumerable.Range(0, depth).Sum(k => left[row, k] * right[k, column]), Floats(ref result[lane])[register]);
            }
        }
        Assert.Equal(FragmentMap.Rows * FragmentMap.Columns, seen.Count);

        float[,] Matrix(int rows, int columns)
        {
            var matrix = new float[rows, columns];
            foreach (var (row, column) in from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select (row, column))
                matrix[row, column] = random.Next(-8, 9) / 4f;
            return matrix;
        }

        uint Bits(float value) => elementBytes == 2 ? WarpMatrix.ToBFloat16(value) : BitConverter.SingleToUInt32Bits(value);

        static int Row(int lane, int register) => FragmentMap.ResultRow(lane, register).Constant!.Value;

        static int Column(int lane, int register) => FragmentMap.ResultColumn(lane, register).Constant!.Value;
    }

    /// <summary>A tile in shared memory whose numbers say which they are.</summary>
    private static Float4[] Image(OperandTile operand)
    {
        var image = new Float4[operand.Chunks];
        var bytes = MemoryMarshal.AsBytes(image.AsSpan());
        for (var index = 0; index < operand.Extent; index++)
        {
            for (var k = 0; k < operand.Depth; k++)
            {
                var (row, along) = operand.KIsContiguous ? (index, k) : (k, index);
                var place = (operand.Position(row, along / operand.PerChunk).Constant!.Value * operand.PerChunk) + (along % operand.PerChunk);
                if (operand.ElementBytes == 2)
                    MemoryMarshal.Cast<byte, ushort>(bytes)[place] = (ushort)Name(operand, index, k);
                else
                    MemoryMarshal.Cast<byte, uint>(bytes)[place] = Name(operand, index, k);
            }
        }
        return image;
    }

    private static uint Name(OperandTile operand, int index, int k) => (uint)((index * operand.Depth) + k);

    private static uint[][] ByMatrices(Float4[] image, OperandTile operand, bool isLeft, int first, int k)
    {
        var lane = Formula.Variable("thread", WarpMatrix.Lanes);
        var place = isLeft ? FragmentMap.LeftMatrices(operand, lane, first, k) : FragmentMap.RightMatrices(operand, lane, first, k);
        var rows = Enumerable.Range(0, WarpMatrix.Lanes).Select(thread => image[place.Evaluate(TileCases.Thread(thread))]).ToArray();
        var loaded = operand.KIsContiguous ? WarpMatrix.Load(rows) : WarpMatrix.LoadTransposed(rows);
        return [.. loaded.Select(word => new[] { word.X, word.Y, word.Z, word.W })];
    }

    private static uint[][] ByWords(Float4[] image, OperandTile operand, bool isLeft, int first, int k)
    {
        var words = MemoryMarshal.Cast<Float4, uint>(image).ToArray();
        var registers = Enumerable.Range(0, 4).Select(register => Words(operand, isLeft, first, k, register).Select(word => words[word]).ToArray()).ToArray();
        return [.. Enumerable.Range(0, WarpMatrix.Lanes).Select(lane => registers.Select(register => register[lane]).ToArray())];
    }

    /// <summary>By thread, which word of the tile it reads for a register: as <see cref="TensorBody"/> does.</summary>
    private static int[] Words(OperandTile operand, bool isLeft, int first, int k, int register)
    {
        var lane = Formula.Variable("thread", WarpMatrix.Lanes);
        var half = FragmentMap.StepDepth(operand.ElementBytes) / 2;
        var chunk = isLeft ? FragmentMap.Word(operand, lane, first, register % 2, k + (register / 2 * half)) : FragmentMap.Word(operand, lane, first, register / 2, k + (register % 2 * half));
        var word = (chunk * 4) + FragmentMap.WordInChunk(lane);
        return [.. Enumerable.Range(0, WarpMatrix.Lanes).Select(thread => word.Evaluate(TileCases.Thread(thread)))];
    }

    private static Span<uint> Words(ref Word4 registers) => MemoryMarshal.CreateSpan(ref Unsafe.As<Word4, uint>(ref registers), 4);

    private static Span<float> Floats(ref Float4 registers) => MemoryMarshal.CreateSpan(ref Unsafe.As<Float4, float>(ref registers), 4);
}
