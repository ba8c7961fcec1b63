namespace Gpu;

/// <summary>A product's numbers, the same each time, and what the result must be.</summary>
internal sealed class Operands
{
    private readonly ProductKernel kernel;
    private readonly int batch;

    public Operands(ProductKernel kernel, int batch)
    {
        (this.kernel, this.batch) = (kernel, batch);
        var (rows, depth) = (kernel.Rows(batch), kernel.Depth(batch));
        Left = Numbers((long)rows * depth, 1);
        Right = Numbers((long)depth * kernel.Columns, 2);
    }

    /// <summary>As they are multiplied: of bf16 and tf32, numbers that are representable, so that both sides round alike.</summary>
    public float[] Left { get; }

    /// <inheritdoc cref="Left"/>
    public float[] Right { get; }

    /// <summary>The upper halves.</summary>
    public static ushort[] Pairs(float[] numbers) => [.. numbers.Select(number => (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16))];

    /// <summary>
    /// A result as float32 sums it, in the kernel's order and to its last bit; and by how much tensor cores may differ, whose order and width of additions NVIDIA does not
    /// say: a unit of 2⁻²² of the sum of the products' magnitudes for each addition.
    /// </summary>
    public (float Value, double Bound) Expected(int row, int column)
    {
        int depth = kernel.Depth(batch), part = kernel.PartDepth(batch), rows = kernel.Rows(batch);
        float total = 0;
        double magnitudes = 0;
        for (var p = 0; p < kernel.Parts; p++)
        {
            var sum = 0f;
            for (var k = p * part; k < Math.Min(depth, (p + 1) * part); k++)
            {
                var a = Left[kernel.LeftKIsContiguous ? ((long)row * depth) + k : ((long)k * rows) + row];
                var b = Right[kernel.RightKIsContiguous ? ((long)column * depth) + k : ((long)k * kernel.Columns) + column];
                sum = MathF.FusedMultiplyAdd(a, b, sum);
                magnitudes += Math.Abs((double)a * b);
            }
            total = p == 0 ? sum : total + sum;
        }
        return (total, kernel.Precision == "float32" ? 0 : Math.ScaleB(magnitudes, -22) * depth);
    }

    private float[] Numbers(long count, uint seed)
    {
        var mask = kernel.Precision switch { "bf16" => 0xFFFF0000, "tf32" => 0xFFFFE000, _ => uint.MaxValue };
        var numbers = new float[count];
        var state = seed;
        for (var i = 0; i < numbers.Length; i++)
        {
            // Marsaglia's xorshift: quick, and 64 million numbers are needed.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            numbers[i] = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(((state >> 8) * (1f / (1 << 23))) - 1f) & mask);
        }
        return numbers;
    }
}
