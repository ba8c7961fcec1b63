namespace NetGen;

/// <summary>
/// What keeps the state of an optimizer out of the denormal numbers: added before the last operation of an update and subtracted after it.
/// </summary>
/// <remarks>
/// A running average of gradients that have become 0 (a pixel that is rarely set, a ReLU that no sample opens) falls to the denormal
/// numbers and stays there, since 0.9 times four of the smallest float is four of it again. Processors are slow with them: measured on Zen 4,
/// a division or a square root takes ten times as long, a whole Adam step three times; others trap on every operation.
/// At 1.5·2ᵏ the spacing of floats is 2^(k − 23): a sum that comes by there is rounded to a multiple of it. Numbers from 2ᵏ on are rounded once more to
/// their 24 bits, and nothing happens to those from 2^(k + 26) on, whose last bit is too large to notice.
/// </remarks>
internal static class Underflow
{
    /// <summary>1.5·2⁻⁸⁰, for averages of gradients: they are multiples of 2⁻¹⁰³ (1e-31), so that quotients by up to 2²³ are normal too.</summary>
    internal const float Mean = 1.24077092e-24f;

    /// <summary>1.5·2⁻¹⁰², for averages of squares: they are multiples of 2⁻¹²⁵ (2.4e-38), whose roots lie far below every ε.</summary>
    internal const float MeanSquare = 2.95822839e-31f;
}
