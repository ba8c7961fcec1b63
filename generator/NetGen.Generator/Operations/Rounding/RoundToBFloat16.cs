using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Rounding;

/// <summary>
/// Floats as BF16, rounded to the nearest, halves to even: the operand of a product on tensor cores. Only programs for CUDA have it, and it stands behind
/// differentiation, so it has no backward rule.
/// </summary>
internal sealed record RoundToBFloat16 : Operation
{
    /// <summary>The rounding is the store's; in registers the number stays what it was.</summary>
    private static readonly ElementwiseFunction Function = new(nameof(RoundToBFloat16), 1, (v, _) => Round(v[0]), "{0}", "bf16({0})", _ => [null]);

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0] with { Element = ElementType.BFloat16 };

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = Round(call.Input(0)[i]);
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Function);

    /// <summary>To 8 bits of mantissa, the leading one among them.</summary>
    private static double Round(double value)
    {
        if (value == 0 || double.IsNaN(value) || double.IsInfinity(value))
            return value;
        var unit = Math.Pow(2, Math.Floor(Math.Log(Math.Abs(value), 2)) - 7);
        return Math.Round(value / unit, MidpointRounding.ToEven) * unit;
    }
}
