using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Views;

/// <summary>
/// Some or all elements of the operand, moved: the element at (i₀, i₁, …) of the result is that at Start + Σ iₖ·Strideₖ of the same sample of the operand.
/// Kernels of pointwise nodes, and sums, read the operand's memory there; others read a copy.
/// </summary>
internal abstract record View : Operation
{
    /// <summary>Start, and the stride of each dimension of the result, in elements of an operand of that type.</summary>
    public abstract ViewBody Places(TensorType source);

    public override void Evaluate(ReferenceCall call)
    {
        var source = call.InputType(0);
        var places = Places(source);
        for (var i = 0; i < call.Result.Length; i++)
        {
            var (rest, from) = (i, (long)places.Start);
            for (var axis = call.Type.Rank - 1; axis >= 0; axis--)
            {
                from += rest % call.Type.Dims[axis] * (long)places.Strides[axis];
                rest /= call.Type.Dims[axis];
            }
            call.Result[i] = call.Input(0)[from + (rest * source.Count)];
        }
    }

    public override KernelBody Lower(LoweringContext context) => Places(context.Inputs[0]);

    /// <summary>The stride of each dimension of a dense tensor.</summary>
    protected static int[] DenseStrides(EquatableArray<int> dims) =>
        [.. dims.Select((_, axis) => dims.Skip(axis + 1).Aggregate(1, (product, dim) => checked(product * dim)))];
}
