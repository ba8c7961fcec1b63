namespace NetGen;

/// <summary>
/// What a network's products round their operands to on a CUDA device. Sums, everything else, the weights and the optimizer's state are floats in any case, and a processor
/// always computes with floats. Products of few columns or few terms, which tensor cores gain nothing from, stay exact.
/// </summary>
public enum Precision
{
    /// <summary>Not at all: floats, as on a processor.</summary>
    Float32,

    /// <summary>To 10 bits of mantissa and float's range (TF32), for tensor cores: an operand is off by up to 2⁻¹¹ of itself.</summary>
    TensorFloat32,

    /// <summary>
    /// To 7 bits of mantissa and float's range (BF16), for tensor cores: an operand is off by up to 2⁻⁸ of itself, takes half the memory and twice the speed.
    /// Where the numbers of an operand cannot be copied in pairs, its product is <see cref="TensorFloat32"/>.
    /// </summary>
    BFloat16,
}
